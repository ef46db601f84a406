"""Questions, answers and people with good defaults, and many doing the same at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Any, TypeVar

from sqlalchemy import Engine

from bot.store.asking import Kept, Place, Question
from bot.store.audit import Audit
from bot.store.people import Person
from tests.builders import NOW

T = TypeVar("T")


def question(key: str = "C1/1.1", **changes: Any) -> Question:
    """A question that U1 asked in a channel at ``NOW``."""
    usual = Question(
        key=key,
        team="T1",
        channel="C1",
        thread="1.0",
        message="1.1",
        person="U1",
        place=Place.CHANNEL,
        text="How many officers has the vetting unit?",
        asked_at=NOW,
    )
    return replace(usual, **changes)


def kept(key: str = "C1/1.1", **changes: Any) -> Kept:
    """The answer to its first revision."""
    usual = Kept(
        key=key,
        revision=1,
        status="answered",
        data={"sentences": [{"text": "The unit has six officers.", "pages": [4]}]},
        by="openai:one",
        prompt="p" * 64,
        made_at=NOW,
    )
    return replace(usual, **changes)


def person(**changes: Any) -> Person:
    """A colleague."""
    usual = Person("U1", "T1", "Ffion Rees", False, False, False, False, NOW)
    return replace(usual, **changes)


def events(engine: Engine, subject: str | None = None) -> list[str]:
    """What the audit tells, oldest first."""
    return [entry.event for entry in Audit(engine).entries(subject)]


def at_once(work: Callable[[int], T], times: int = 8) -> list[T]:
    """What that many threads got, all let go at the same moment."""
    gate = Barrier(times)

    def wait_and_work(number: int) -> T:
        gate.wait()
        return work(number)

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(wait_and_work, range(times)))
