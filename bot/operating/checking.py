"""What `rejoinder doctor` says of one thing, and several of them within a time."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from queue import Empty, SimpleQueue


@dataclass(frozen=True)
class Check:
    """One thing looked at. ``ok`` is None for something optional that is not set up."""

    name: str
    ok: bool | None
    words: str


_Found = SimpleQueue[Check | BaseException | None]


def within(seconds: float, name: str, checks: Iterator[Check]) -> Iterator[Check]:
    """The checks as they come; after ``seconds`` one more, under ``name``, says that some lack.

    They are looked at in a thread that does not hold up the end of the process. What they raise is
    raised here.
    """
    found: _Found = SimpleQueue()
    threading.Thread(target=_look, args=(checks, found), name="checks", daemon=True).start()
    end = time.monotonic() + seconds
    while True:
        try:
            one = found.get(timeout=max(0.0, end - time.monotonic()))
        except Empty:
            yield Check(name, False, f"gave no answer in {seconds:g} seconds: try again later")
            return
        if one is None:
            return
        if isinstance(one, BaseException):
            raise one
        yield one


def _look(checks: Iterator[Check], found: _Found) -> None:
    try:
        for one in checks:
            found.put(one)
        found.put(None)
    except BaseException as error:  # raised to whoever reads the checks
        found.put(error)
