"""A case is seen by who may read every document that it says anything of."""

import pytest

from bot.responding import visible
from bot.store.cases import Case, Status
from tests.bot.responding.cases import case, document, status

MINE, LETTER, OTHER = "1" * 64, "9" * 64, "2" * 64
PLAIN = case()
CLOSED = case(statuses=(status(1, Status.CLOSED),))
TWO = case(documents=(document(1), document(2)))


@pytest.mark.parametrize(
    ("told", "readable", "seen"),
    [
        (PLAIN, {MINE}, True),
        (PLAIN, {MINE, OTHER}, True),
        (PLAIN, {OTHER}, False),
        (PLAIN, set(), False),
        (TWO, {MINE}, False),
        (TWO, {MINE, OTHER}, True),
        (CLOSED, {MINE}, False),
        (CLOSED, {MINE, LETTER}, True),
    ],
)
def test_a_case_is_seen_only_whole(told: Case, readable: set[str], seen: bool) -> None:
    assert visible.of([told], readable) == ([told] if seen else [])
