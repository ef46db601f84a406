"""Which reminders of a case are due: of the steps of its plan, and that few days are left.

Pure: what was sent before is handed in. A reminder is known by its step and the day that it is
for; when the clock or the plan moves, so does the day.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.responding import confirming, plan
from bot.responding.duty import Clock, london_date, plain
from bot.responding.duty.wording import full
from bot.responding.plan import Planned
from bot.responding.progress import Progress
from bot.store.cases import Case, Step
from bot.store.reminders import Sent

STEPS: Mapping[str, int] = {
    "comments": 0,
    "chief_executive": 0,
    "commissioner": 0,
    "published": 0,
    "last_day": 1,
}
"""The steps of the plan that are reminded of, each with how many days before its own."""
LEFT: Mapping[str, int] = {"three_days_left": 3, "one_day_left": 1}
"""The reminders that escalate, each with how many days are left before the last in law."""
_LONDON = ZoneInfo("Europe/London")
_LATE = "This reminder is late: it was for {day}."


@dataclass(frozen=True)
class Reminder:
    """What people are reminded of. ``on`` is the day that it is for; ``late``: that is over.

    ``words`` say what is due, and of a late one for which day it was. ``escalates``: whoever can
    act is told too.
    """

    step: str
    on: date
    words: str
    late: bool
    escalates: bool = False


def due(
    progress: Progress, sent: Collection[Sent], now: datetime, hour: int
) -> tuple[Reminder, ...]:
    """The reminders to be sent at that moment, by their days; () before ``hour`` in London.

    There is none without a confirmed date, none of a case that is answered, and none whose day was
    over before its clock began to run: nobody was late in sending it. ValueError for a ``now``
    without a time zone.
    """
    today, began = london_date(now), _began(progress.case)
    running = progress.clock
    early = now.astimezone(_LONDON).hour < hour
    if running is None or began is None or progress.answered_on or early:
        return ()
    first = max(began, running.published)
    found = [*_of_the_plan(progress, running, today), *_of_the_end(running, today)]
    wanted = [one for one in found if first <= one.on <= today and not _was_sent(one, sent)]
    return tuple(sorted(wanted, key=lambda one: one.on))


def _began(case: Case) -> date | None:
    """The day on which the clock began to run: that of the first confirmation with a date."""
    dated = (one for one in case.confirmed if confirming.clock(one.content))
    first = next(dated, None)
    return london_date(first.at) if first else None


def _was_sent(one: Reminder, sent: Collection[Sent]) -> bool:
    """Whether it was sent on its day or later.

    So a day moved back behind a reminder that was sent brings no second one; moved on, it does.
    """
    return any(past.step == one.step and london_date(past.at) >= one.on for past in sent)


def _of_the_plan(progress: Progress, running: Clock, today: date) -> Iterator[Reminder]:
    """Those of the steps that are ahead of all that is done."""
    following = progress.next
    ahead = progress.planned[progress.planned.index(following) :] if following else ()
    for step in ahead:
        if step.name in STEPS:
            on = step.on - timedelta(days=STEPS[step.name])
            words = f"{_planned(step, on, running, today)}{_invited(progress.case, step)}"
            yield Reminder(step.name, on, words, on < today)


def _planned(step: Planned, on: date, running: Clock, today: date) -> str:
    if on < today:
        late = _LATE.format(day="that day" if on == step.on else _numbered(running, on))
        return f"{step.words}: {_numbered(running, step.on)}. {late}"
    when = "today" if on == step.on else f"tomorrow, {full(step.on)}"
    return f"{step.words}: {when}, day {step.day}."


def _numbered(running: Clock, on: date) -> str:
    return f"{full(on)}, day {running.day(on)}"


def _invited(case: Case, step: Planned) -> str:
    """Beside the day of the chief officer's comments: whether they were asked for."""
    if step.name != "comments":
        return ""
    said = plan.chief(case)
    if said is None:
        return " The chief officer has not been invited to comment yet."
    asked = said.step is Step.INVITED and said.until
    return f" The chief officer was asked to comment before {plain(asked)}." if asked else ""


def _of_the_end(running: Clock, today: date) -> Iterator[Reminder]:
    for name, days in LEFT.items():
        on = running.last_day - timedelta(days=days)
        yield Reminder(name, on, _left(days, on, running, today), on < today, escalates=True)


def _left(days: int, on: date, running: Clock, today: date) -> str:
    counted = "1 day" if days == 1 else f"{days} days"
    if on < today:
        were = "was" if days == 1 else "were"
        return f"{counted} {were} left on {_numbered(running, on)}. {_LATE.format(day='that day')}"
    told = f"{counted} {'is' if days == 1 else 'are'} left."
    working = running.last_working_day
    if working == running.last_day:
        return told
    return f"{told} The last working day {'is' if today <= working else 'was'} {full(working)}."
