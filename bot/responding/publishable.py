"""What stands between a case and its publication: the rule, over what is handed in. Pure.

Section 55(5B) of the Police Act 1996: for each recommendation the action taken or proposed, or why
none. What is missing of another kind of item is a warning.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.responding.pressing import Standing
from bot.responding.workflow import Status, Step
from bot.store.cases import Case, Choice, Item
from bot.store.cases import Step as Chief
from bot.store.drafted import Draft, Event
from retrieval.documents import ItemKind

MUST = frozenset({ItemKind.RECOMMENDATION, ItemKind.PRIORITY_ACTION})
"""The kinds of item that nothing is published without; a priority action is a joint letter's."""


@dataclass(frozen=True)
class Failed:
    """A blocking check that a revision does not pass; ``check`` names it."""

    check: str
    words: str


@dataclass(frozen=True)
class Prepared:
    """A case on its way out, as the checks found it.

    ``open_limbs`` are the limbs (from 1) that no sentence answers, ``failed`` the checks, both by
    item and of the revision in ``revisions``; ``legal`` is the legal sentence that is to go out,
    and ``legal_now`` the one that the rule gives today, None when it bears none.
    """

    case: Case
    on: date
    legal: str
    legal_now: str | None
    revisions: Mapping[int, int] = field(default_factory=dict)
    open_limbs: Mapping[int, Sequence[int]] = field(default_factory=dict)
    failed: Mapping[int, Sequence[Failed]] = field(default_factory=dict)

    @property
    def items(self) -> tuple[Item, ...]:
        """The items that the office answers."""
        return tuple(one for one in self.case.content.items if one.ours)


@dataclass(frozen=True)
class Wanting:
    """One thing that is missing; ``item`` 0 is the case itself. It ``blocks``, or is a warning."""

    item: int
    words: str
    blocks: bool = True


@dataclass(frozen=True)
class Past:
    """A failed check that two people let past: who, why, and who agreed."""

    item: int
    check: str
    person: str
    reason: str
    second: str


def wanting(prepared: Prepared, standings: Mapping[int, Standing]) -> tuple[Wanting, ...]:
    """All that is missing, the case's own first; ``standings`` are the drafts by item."""
    found = list(_of_case(prepared))
    for item in prepared.items:
        must = item.kind in MUST
        for words in _of_item(prepared, item, standings.get(item.id)):
            found.append(Wanting(item.id, words, must))
        found += _of_checks(prepared, item, standings.get(item.id))
    return tuple(found)


def goes_out(prepared: Prepared, standings: Mapping[int, Standing]) -> tuple[Standing, ...]:
    """The drafts that are published: those of our items whose approval holds."""
    mine = (standings.get(item.id) for item in prepared.items)
    return tuple(one for one in mine if one and one.status is Status.APPROVED)


def past(draft: Draft, failed: Sequence[Failed]) -> tuple[Past, ...]:
    """The failed checks of the latest revision that one person let past and another agreed to."""
    pairs = ((one.check, _pair(draft, one.check)) for one in failed)
    return tuple(
        Past(draft.item, check, first.person, first.words, second.person)
        for check, pair in pairs
        if pair
        for first, second in (pair,)
    )


def waived(draft: Draft) -> dict[int, Event]:
    """The limbs of the latest revision that somebody waived, with the step that did."""
    return {one.detail["of"]: one for one in draft.noted(Step.WAIVE)}


def _of_case(prepared: Prepared) -> Iterator[Wanting]:
    case = prepared.case
    published = case.content.counted_from
    if published is None:
        yield Wanting(0, "Nobody has confirmed the day on which the report was published.")
    elif prepared.on < published:
        yield Wanting(0, "The report is not published yet.")
    if not any(one.step is Chief.INVITED for one in case.chief):
        words = "The chief officer has not been invited to comment: section 55(4) asks for it."
        yield Wanting(0, words)
    if prepared.legal_now is None:
        yield Wanting(0, "No legal sentence fits this report today.")
    elif prepared.legal != prepared.legal_now:
        yield Wanting(0, "The legal sentence is not the one in force.")


def _of_item(prepared: Prepared, item: Item, standing: Standing | None) -> Iterator[str]:
    if standing is None or standing.status not in (Status.APPROVED, Status.PUBLISHED):
        yield _unapproved(standing)
    elif standing.status is Status.APPROVED:
        yield from _of_text(prepared, item, standing.draft)


def _of_text(prepared: Prepared, item: Item, draft: Draft) -> Iterator[str]:
    if prepared.revisions.get(item.id) != draft.latest.number:
        yield "The checks were made on another revision; make them again."
    said = draft.latest.wording
    if said.choice is None:
        yield "Nobody has chosen the decision: action taken, proposed, or none."
    if said.choice is Choice.NONE and not said.reason.strip():
        yield "No action is taken, and the reason is missing."
    for limb in sorted({*prepared.open_limbs.get(item.id, ())} - waived(draft).keys()):
        yield f"Limb {limb} is neither answered nor waived."


def _unapproved(standing: Standing | None) -> str:
    if standing is None:
        return "There is no draft."
    reasons = " ".join(one.words for one in standing.reasons)
    return f"No approval holds. {reasons}".strip()


def _of_checks(prepared: Prepared, item: Item, standing: Standing | None) -> Iterator[Wanting]:
    """Failed checks stop every text that would go out, unless two people let them past."""
    if standing is None or standing.status is not Status.APPROVED:
        return
    failed = prepared.failed.get(item.id, ())
    let = {one.check for one in past(standing.draft, failed)}
    for one in failed:
        if one.check not in let:
            yield Wanting(item.id, f"The check “{one.check}” fails: {one.words}")


def _pair(draft: Draft, check: str) -> tuple[Event, Event] | None:
    """Who let a check past first, and another person who agreed since."""
    firsts = [one for one in draft.noted(Step.LET_PAST) if one.detail["of"] == check]
    seconds = [one for one in draft.noted(Step.SECOND) if one.detail["of"] == check]
    pairs = ((one, two) for two in seconds for one in firsts)
    return next((pair for pair in pairs if _agree(*pair)), None)


def _agree(first: Event, second: Event) -> bool:
    reasoned = bool(first.words.strip())
    return reasoned and first.person != second.person and first.number < second.number
