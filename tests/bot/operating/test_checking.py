"""Several looks within a time."""

import threading
from collections.abc import Iterator

import pytest

from bot.operating.checking import Check, within

ONE, TWO = Check("one", True, "is there"), Check("two", None, "is not set")


def test_the_checks_come_as_they_are() -> None:
    assert list(within(30, "slack", iter([ONE, TWO]))) == [ONE, TWO]


def test_what_comes_in_time_is_told_and_that_more_is_lacking() -> None:
    never = threading.Event()

    def slow() -> Iterator[Check]:
        yield ONE
        never.wait()
        yield TWO

    found = within(0.2, "slack", slow())
    assert next(found) == ONE
    assert [(one.name, one.ok) for one in found] == [("slack", False)]
    never.set()


def test_an_error_comes_out_where_the_checks_are_read() -> None:
    def broken() -> Iterator[Check]:
        yield ONE
        raise LookupError("not foreseen")

    found = within(30, "slack", broken())
    assert next(found) == ONE
    with pytest.raises(LookupError, match="not foreseen"):
        next(found)
