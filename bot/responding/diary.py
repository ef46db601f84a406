"""The deadlines of all cases as a calendar file. The only home of ``icalendar``.

An entry keeps its UID when its date moves, and its sequence grows, so that a calendar that has
taken the file in before moves the entry instead of adding another.
"""

from collections.abc import Iterable
from datetime import timedelta

from icalendar import Calendar, Event

from bot.responding.duty.wording import full
from bot.responding.plan import Planned
from bot.responding.progress import Progress


def written(cases: Iterable[Progress]) -> bytes:
    """All-day entries for each step that is not done; cases without a clock have none."""
    calendar = Calendar()
    calendar.add("prodid", "-//Rejoinder//Deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for progress in cases:
        for step in progress.planned:
            if step.done_on is None and progress.answered_on is None:
                calendar.add_component(_entry(progress, step))
    return bytes(calendar.to_ical())


def _entry(progress: Progress, step: Planned) -> Event:
    case = progress.case
    entry = Event()
    entry.add("uid", f"{case.id}.{step.name}@rejoinder")
    entry.add("sequence", case.latest.number)
    entry.add("dtstamp", case.latest.at)
    entry.add("dtstart", step.on)
    entry.add("dtend", step.on + timedelta(days=1))
    entry.add("summary", f"{step.words}: {case.content.title}")
    entry.add("description", _told(progress, step))
    entry.add("transp", "TRANSPARENT")
    return entry


def _told(progress: Progress, step: Planned) -> str:
    length = progress.clock.length if progress.clock else 0
    told = f"Case {progress.case.id}, day {step.day} of {length}. With {step.who}."
    if step.working_day == step.on:
        return told
    return f"{told} The last working day before it is {full(step.working_day)}."
