"""What waits for one person: the next step of each case that is theirs, by name or by role."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bot.responding.duty.wording import full
from bot.responding.plan import Planned
from bot.responding.progress import Progress
from bot.store.cases import Case, State

OFFICER, PUBLISHER = "officer", "publisher"
_SENT = "published"  # the step that a publisher takes too
_COMMENTS = "comments"
_NOBODY = "nobody yet"  # has the steps of a case without an owner


@dataclass(frozen=True)
class Reader:
    """Somebody who looks: ``names`` are what an owner may be written as, id and name."""

    names: Collection[str]
    roles: Collection[str] = ()


def owns(reader: Reader, case: Case) -> bool:
    """Whether a case is this person's."""
    owner = case.content.owner.strip().casefold()
    return bool(owner) and owner in {one.strip().casefold() for one in reader.names}


def of(cases: Sequence[Progress], reader: Reader) -> list[str]:
    """What waits for this person, a line each, in the order of the cases."""
    return [line for one in cases for line in _lines(one, reader)]


def _lines(told: Progress, reader: Reader) -> Iterator[str]:
    case = told.case
    mine, officer = owns(reader, case), OFFICER in reader.roles
    takes = mine or (officer and not case.content.owner)
    if case.state is not State.CONFIRMED and officer:
        yield f"Confirm the items of {case.content.title}."
    elif told.clock is None and (mine or officer):
        yield f"Confirm the day of publication of {case.content.title}: until then no clock runs."
    elif (step := told.next) and not told.answered_on:
        yield from _of_step(told, step, takes=takes, publishes=PUBLISHER in reader.roles)


def _of_step(told: Progress, step: Planned, *, takes: bool, publishes: bool) -> Iterator[str]:
    title, when = told.case.content.title, _when(told, step)
    if step.name == _COMMENTS:
        # The chief officer is not in Slack: whoever has the case notes what came.
        if takes and step.on <= told.on:
            yield f"Note whether the chief officer's comments came, for {title}: {when}."
        return
    owners = step.who == (told.case.content.owner or _NOBODY)
    if (takes and owners) or (publishes and step.name == _SENT):
        yield f"{step.words}, for {title}: {when}."


def _when(told: Progress, step: Planned) -> str:
    due = "overdue since" if step.on < told.on else "by"
    return f"{due} {full(step.on)}, day {step.day}"
