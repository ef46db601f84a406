"""The office's own plan within the clock: who has what by which day, and what is done already.

Days are those of a period of 56. The first steps count from publication, the later ones back from
the last day, so that a letter with a date of its own is planned by the same settings.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from bot.responding.duty import Clock, london_date, workdays
from bot.store.cases import Case, ChiefStep, Step

DAYS: Mapping[str, int] = {
    "intake": 0,
    "items": 3,
    "invited": 5,
    "comments": 28,
    "drafts": 35,
    "chief_executive": 42,
    "commissioner": 49,
    "published": 53,
    "last_day": 56,
}
"""The default plan: each step with its day."""

_LENGTH = 56
_FROM_THE_START = ("intake", "items", "invited")
_OWNER, _CHIEF = "the owner", "the chief officer"
_STEPS = {
    "intake": ("Take the report in", _OWNER),
    "items": ("Confirm the items", _OWNER),
    "invited": ("Invite the chief officer to comment", _OWNER),
    "comments": ("The chief officer's comments due", _CHIEF),
    "drafts": ("Drafts ready", _OWNER),
    "chief_executive": ("To the chief executive", "the chief executive"),
    "commissioner": ("To the commissioner", "the commissioner"),
    "published": ("Publish and send copies", _OWNER),
    "last_day": ("Last day", "the commissioner"),
}


@dataclass(frozen=True)
class Planned:
    """One step: its day of the clock, its date, the last working day on or before it, who has it.

    ``done_on`` is None while it is not done, or while the record does not say.
    """

    name: str
    words: str
    day: int
    on: date
    working_day: date
    who: str
    done_on: date | None


def steps(case: Case, clock: Clock, days: Mapping[str, int] = DAYS) -> tuple[Planned, ...]:
    """The plan of a case by its clock, in order; ``days`` has every step of ``DAYS``."""
    done = _done(case)
    owner = case.content.owner
    return tuple(
        _planned(name, day, clock, owner, done.get(name))
        for name, day in zip(DAYS, _on_the_clock(clock, days), strict=True)
    )


def next_step(planned: tuple[Planned, ...]) -> Planned | None:
    """The first step not done after all that are; None when all is done."""
    done = [place for place, one in enumerate(planned) if one.done_on]
    return next(iter(planned[done[-1] + 1 if done else 0 :]), None)


def chief(case: Case) -> ChiefStep | None:
    """What was last said of the chief officer's comments."""
    return case.chief[-1] if case.chief else None


def _on_the_clock(clock: Clock, days: Mapping[str, int]) -> list[int]:
    """The day of each step; in a short period none comes before the one before it."""
    wanted = [
        max(day, 1) if name in _FROM_THE_START else clock.length - (_LENGTH - day)
        for name, day in ((name, days[name]) for name in DAYS)
    ]
    return list(accumulate((min(max(day, 1), clock.length) for day in wanted), max))


def _planned(name: str, day: int, clock: Clock, owner: str, done: date | None) -> Planned:
    words, who = _STEPS[name]
    on = clock.date_of(day)
    whose = owner or "nobody yet" if who == _OWNER else who
    working = max(workdays.not_after(on), clock.published)
    return Planned(name, words, day, on, working, whose, done)


def _done(case: Case) -> dict[str, date]:
    """What the record says is done, and when; drafting and publishing are not recorded yet."""
    done = {"intake": london_date(case.added_at)}
    if case.confirmed:
        done["items"] = london_date(case.confirmed[0].at)
    for one in case.chief:
        name = "invited" if one.step is Step.INVITED else "comments"
        done[name] = one.on
    if case.content.response_confirmed and case.content.response:
        done["published"] = done["last_day"] = case.content.response
    return done
