"""How a case stands on a day: its clock, what has a decision, what comes next, who has it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.responding import plan
from bot.responding.confirming import clock
from bot.responding.duty import Clock, Standing
from bot.responding.duty.wording import full
from bot.responding.plan import Planned
from bot.store.cases import Case, Item, Status

_DONE = (Status.CLOSED, Status.SUPERSEDED, Status.WITHDRAWN)


@dataclass(frozen=True)
class Progress:
    """One case on one day. ``clock`` and ``planned`` are None and () without a confirmed date.

    ``decided`` of ``asked`` items of ours have a decision; ``limbs`` is how many limbs those have.
    No limb counts as answered until a draft answers it.
    """

    case: Case
    on: date
    clock: Clock | None
    planned: tuple[Planned, ...]
    asked: int
    decided: int
    limbs: int
    limbs_answered: int = 0

    @property
    def next(self) -> Planned | None:
        """The next step, None without a clock or when all is done."""
        return plan.next_step(self.planned)

    @property
    def answered_on(self) -> date | None:
        """The day on which the response was published, as a person confirmed it."""
        said = self.case.content
        return said.response if said.response_confirmed else None


def of(case: Case, on: date, days: Mapping[str, int] = plan.DAYS) -> Progress:
    """How a case stands on that day."""
    running = clock(case.content)
    mine = [item for item in case.content.items if item.ours]
    return Progress(
        case=case,
        on=on,
        clock=running,
        planned=plan.steps(case, running, days) if running else (),
        asked=len(mine),
        decided=sum(item.decision is not None for item in mine),
        limbs=sum(len(item.limbs) for item in mine),
    )


def standing(progress: Progress) -> str:
    """Where the clock stands, in words."""
    running = progress.clock
    if running is None:
        return "no clock: a person has to confirm the day of publication"
    if progress.answered_on:
        return f"answered on {full(progress.answered_on)}, {_judged(running, progress.answered_on)}"
    day = running.day(progress.on)
    if day is None:
        return f"not published before {full(running.published)}"
    return f"day {day} of {running.length}{_so(running, progress.on)}"


def urgency(progress: Progress) -> tuple[bool, date]:
    """What has no clock first, then by the last day; what is answered comes last."""
    last = progress.clock.last_day if progress.clock else date.min
    return progress.answered_on is not None, last


def line(progress: Progress) -> str:
    """One case in a line: where its clock stands, its last day, what comes next."""
    told = [f"{progress.case.content.title}: {standing(progress)}"]
    if progress.clock and not progress.answered_on:
        told.append(f"last day {full(progress.clock.last_day)}")
    if (step := progress.next) and not progress.answered_on:
        told.append(f"next: {step.words}, by {full(step.on)}")
    return "; ".join(told) + "."


def is_open(case: Case, item: Item) -> bool:
    """Whether an item of ours is open on the record: nothing that was said ends it."""
    status = case.status(item.id)
    return item.ours and (status is None or status.status not in _DONE)


def _judged(running: Clock, on: date) -> str:
    """What a response of that day is in law."""
    day = f"day {running.day(on)}" if running.day(on) else "before publication"
    match running.standing(on):
        case Standing.RUNNING | Standing.LAST_DAY:
            return f"{day}: in time"
        case Standing.OVER:
            return f"{day}: {running.rule.late}"
        case Standing.NO_RULE:
            return f"{day}: neither {running.rule.late} nor on time, the rule was not in force"
        case Standing.NOT_PUBLISHED:
            return day


def _so(running: Clock, on: date) -> str:
    match running.standing(on):
        case Standing.LAST_DAY:
            return ", the last day"
        case Standing.OVER:
            return f", {-running.days_left(on)} after the last day: {running.rule.late}"
        case Standing.NO_RULE:
            return ", by a rule that was not in force"
        case _:
            return ""


def repeated_in(case: Case, item: Item, cases: Sequence[Case]) -> list[str]:
    """The later items that a person confirmed to repeat this one, as CASE/ID."""
    name = f"{case.id}/{item.id}"
    return [
        f"{other.id}/{one.id}"
        for other in cases
        if other.confirmed
        for one in other.content.items
        if one.repeats == name
    ]
