"""Cases as a person reads them on the command line, and as JSON has them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.bootstrap import Parts
from bot.responding import counting, plan, progress
from bot.responding.duty import Clock, plain
from bot.responding.duty.wording import full, working
from bot.responding.progress import Progress
from bot.responding.recurrence import counting as raising
from bot.responding.recurrence import wording
from bot.responding.sheet import writing
from bot.store.cases import Case, ChiefStep, Choice, Item, ItemStatus, Revision, Step
from bot.store.recurrences import confirmed as links

_CHOICES = {
    Choice.TAKEN: "action taken",
    Choice.PROPOSED: "action proposed",
    Choice.NONE: "no action",
}
_STEPS = {
    Step.INVITED: "invited to comment",
    Step.RECEIVED: "comments received",
    Step.NONE: "no comments received",
}


@dataclass(frozen=True)
class Raised:
    """What people confirmed of earlier reports that raise the same; ``said`` by case."""

    said: raising.Said
    cases: Sequence[Case]

    def lines(self, case: Case, one: Item) -> Iterator[str]:
        """The sentence on an item and the links that it rests on; nothing without any."""
        if told := raising.sentence(case, one, self.said, self.cases):
            yield f"   {told}"
        yield from (
            f"   {wording.link(link)}" for link in links(self.said.get(case.id, ()), one.id)
        )

    def data(self, case: Case) -> list[dict[str, Any]]:
        """The items that somebody said something of, as JSON has it."""
        said = self.said.get(case.id, ())
        told = [(item, raising.sentence(case, item, self.said, self.cases), links(said, item.id))
                for item in case.content.items]  # fmt: skip
        return [
            {"item": item.id, "sentence": words or None, "said": list(map(wording.link_data, mine))}
            for item, words, mine in told
            if words or mine
        ]


def plan_days(parts: Parts) -> Mapping[str, int]:
    """The plan that the settings give."""
    return {**plan.DAYS, **parts.settings.plan}


def proposed(case: Case, file: Path, notes: Sequence[str]) -> Iterator[str]:
    """What was read, and what to do."""
    said = case.latest.content
    yield f"Case {case.id}: {said.title}"
    yield f"Read: {counting.counted(said.items)}."
    yield from (f"Look here first: {note}" for note in notes)
    if said.published and not said.published_confirmed:
        read = [writing.origin(one) for one in said.origins if one.of == "published"]
        where = f" ({'; '.join(read)})" if read else ""
        yield f"Published {plain(said.published)}{where}. Not confirmed, so no clock runs."
    elif not said.published:
        yield "No date of publication was found: write it on the sheet."
    yield f"Correct {file}, set published_confirmed: yes, and run"
    yield f"rejoinder report confirm {file}"


def confirmed(told: Progress, revision: Revision, *, again: bool) -> Iterator[str]:
    """What was kept, and whether the clock runs."""
    case = told.case
    if again:
        yield f"Case {case.id}: this is what revision {revision.number} says already."
    else:
        yield f"Case {case.id}: revision {revision.number} confirmed by {revision.person}."
        yield f"Corrections: {len(revision.corrections)}"
        yield from (f"  {path}" for path in revision.corrections)
    if told.clock is None:
        yield "No clock runs: confirm the date of publication with published_confirmed: yes."
        return
    if told.answered_on:
        yield f"Response: {progress.standing(told)}."
    yield from clock(told.clock, told.answered_on or told.on)


def clock(running: Clock, on: date) -> Iterator[str]:
    """The last day, and the working."""
    yield f"Last day {full(running.last_day)}"
    yield f"Last working day {full(running.last_working_day)}"
    yield working(running, on)


def chief(step: ChiefStep | None) -> str:
    """Where the chief officer's comments stand."""
    if step is None:
        return "Chief officer: not invited yet"
    until = f", until {plain(step.until)}" if step.until else ""
    return f"Chief officer: {_STEPS[step.step]} on {plain(step.on)}{until} ({step.person})"


def item(case: Case, one: Item) -> Iterator[str]:
    """One item with what became of it."""
    number = f" {one.number}" if one.number else ""
    document = f"document {one.document}, " if len(case.documents) > 1 else ""
    yield f"{one.id}. {counting.name(one.kind)}{number} ({document}page {one.page})"
    yield f"   {one.text}"
    yield from (f"   - {limb.text}" for limb in one.limbs)
    for name in ("addressee", "deadline", "grade", "retyped", "repeats"):
        if value := getattr(one, name):
            yield f"   {name.capitalize()}: {value}"
    if not one.ours:
        yield f"   Not ours: {one.reason}"
    if one.decision:
        yield f"   Decision: {decision(one)}"
    if said := case.status(one.id):
        yield f"   Status: {status(said)}"


def decision(one: Item) -> str:
    """What was decided, with its words."""
    said = one.decision
    if said is None:
        return "none on record"
    quote = f": “{said.quote}” (document {said.document}, page {said.page})" if said.quote else ""
    reason = f", because {said.reason}" if said.reason and said.reason != said.quote else ""
    return f"{_CHOICES[said.choice]}{reason}{quote}"


def status(said: ItemStatus) -> str:
    """What somebody said has become of an item, with its source."""
    words = said.status.value.replace("_", " ")
    source = f"{said.title}, page {said.page}: “{said.quote}”"
    return f"{words} on {plain(said.on)}; {source} ({said.person})"


def status_data(said: ItemStatus) -> dict[str, Any]:
    """A status as JSON has it."""
    told = asdict(said) | {"on": said.on.isoformat(), "at": said.at.isoformat()}
    return told | {"spans": [asdict(one) for one in said.spans]}


def summary(told: Progress) -> dict[str, Any]:
    """Where a case stands, as JSON has it; None for what is not known."""
    case, running = told.case, told.clock
    following = told.next
    return {
        "case": case.id,
        "title": case.content.title,
        "state": case.state.value,
        "revision": case.latest.number,
        "owner": case.content.owner or None,
        "rule": case.content.rule,
        "published": _iso(case.content.counted_from),
        "on": told.on.isoformat(),
        "day": running.day(told.on) if running else None,
        "length": running.length if running else None,
        "last_day": _iso(running.last_day) if running else None,
        "last_working_day": _iso(running.last_working_day) if running else None,
        "standing": running.standing(told.on) if running else None,
        "words": progress.standing(told),
        "working": working(running, told.on) if running else None,
        "answered_on": _iso(told.answered_on),
        "working_of_response": (
            working(running, told.answered_on) if running and told.answered_on else None
        ),
        "coverage": {
            "items": told.asked,
            "decided": told.decided,
            "limbs": told.limbs,
            "limbs_answered": told.limbs_answered,
        },
        "next": _step(following) if following and not told.answered_on else None,
        "plan": [_step(one) for one in told.planned],
    }


def _step(one: plan.Planned) -> dict[str, Any]:
    told = asdict(one) | {"on": one.on.isoformat(), "working_day": one.working_day.isoformat()}
    return told | {"done_on": _iso(one.done_on)}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
