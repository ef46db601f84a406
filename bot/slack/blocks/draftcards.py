"""The card of a draft: where its review stands, its text, what it covers, what is wrong with it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.responding import counting
from bot.responding.checking import Finding, Matrix
from bot.responding.drafting import telling
from bot.responding.drafting.making import Checked
from bot.responding.drafting.scaffold import letter
from bot.responding.pressing import Standing
from bot.responding.workflow import Status
from bot.slack.blocks import kit, limits, message, text
from bot.slack.blocks.kit import Block
from bot.slack.blocks.message import Message, Piece, Profile

ASK = re.compile(r"^draft_items$")
STEP = re.compile(r"^draft_(?:approve|take_over)$")
WINDOW = re.compile(r"^draft_(?:changes|edit|redraft|withdraw)$")
BASIS = re.compile(r"^draft_basis$")
EVIDENCE = re.compile(r"^draft_evidence:\d+$")
OLD = "This card is of an earlier revision. The draft stands in the same thread."
_VALUE = re.compile(r"([a-z0-9][a-z0-9-]{0,79})\|(\d{1,5})\|(\d{1,5})\|(\d{1,6})(?:\|(\d{1,3}))?")
_SHOWN = 10  # of the checks
_STATUSES = {
    Status.DRAFTED: "waits for a reviewer",
    Status.CHANGES_ASKED: "changes were asked for",
    Status.NEEDS_SECOND: "needs a second reviewer",
    Status.APPROVED: "approved",
    Status.VOID: "its approval is void",
    Status.PUBLISHED: "published",
}


@dataclass(frozen=True)
class Shown:
    """A draft as it is shown. ``weakest`` are sentences (from 1); ``names`` by a person's id."""

    standing: Standing
    checked: Checked
    weakest: Sequence[int]
    names: Mapping[str, str]


@dataclass(frozen=True)
class Pressed:
    """What a button of a card carries: the draft, and what of it the card showed.

    ``revision`` and ``event`` are the numbers; ``sentence`` is 0 where the button is of none.
    """

    case: str
    item: int
    revision: int
    event: int
    sentence: int = 0


def value(pressed: Pressed) -> str:
    """What a button carries, as text."""
    told = (pressed.case, pressed.item, pressed.revision, pressed.event)
    return "|".join(map(str, (*told, pressed.sentence) if pressed.sentence else told))


def pressed(said: str) -> Pressed | None:
    """What a button carries, None for what we never wrote."""
    found = _VALUE.fullmatch(said)
    return Pressed(found[1], *(int(one) for one in found.groups()[1:] if one)) if found else None


def ask(case: str) -> Block:
    """The button that asks for drafts of all items of a case."""
    return kit.button("Draft the items", "draft_items", case)


def messages(shown: Shown, profile: Profile) -> list[Message]:
    """The card."""
    standing, checked = shown.standing, shown.checked
    pieces = [
        *message.strong(_headed(shown)),
        *(piece for line in _status(shown) for piece in message.grey(line)),
        *_text(checked),
        *_coverage(checked.matrix),
        *_checks(checked.findings),
        *(piece for reason in standing.reasons for piece in message.told(f"▲ {reason.words}")),
    ]
    return message.packed(pieces, profile, tuple(_rows(shown)))


def line(words: str) -> Message:
    """What happened with a draft, in a line of the thread."""
    return message.single(words)


def _headed(shown: Shown) -> str:
    item = shown.checked.item
    number = f" {item.number}" if item.number else ""
    words = f"Item {item.id}: {counting.name(item.kind)}{number}, page {item.page}"
    return text.cut(text.one_line(words), limits.SECTION - 2)


def _status(shown: Shown) -> Iterator[str]:
    standing, names = shown.standing, shown.names
    latest = standing.draft.latest
    asked = names.get(latest.requested_by, latest.requested_by)
    edited = names.get(latest.edited_by, latest.edited_by)
    by = f", edited by {edited}" if edited else ""
    who = f"Revision {latest.number}, asked for by {asked}{by}"
    yield f"{who}: {_STATUSES[standing.status]}."
    if standing.approvals:
        approved = ", ".join(names.get(one.person, one.person) for one in standing.approvals)
        yield (
            f"Approved by {approved} ({len(standing.approvals)} of {standing.needed}). "
            "Anything that changes the text or a source now voids this."
        )
        blocking = sum(one.blocks for one in shown.checked.findings)
        if blocking:
            yield f"Not ready to be published: {blocking} of the checks below stand in the way."


def _text(checked: Checked) -> Iterator[Piece]:
    """The draft with its voices under their labels."""
    for section in telling.text(checked.wording, checked.item).split("\n\n"):
        label, _, rest = section.partition("\n")
        if rest:
            yield from message.strong(label)
            for words in rest.split("\n"):
                yield from message.told(words)
        else:
            yield from message.told(label)


def _coverage(matrix: Matrix) -> Iterator[Piece]:
    """Limb by limb, by signs and in words: no colour says it alone."""
    if not matrix.rows:
        return
    answered = sum(row.answered for row in matrix.rows)
    yield from message.strong(f"Limbs answered: {answered} of {len(matrix.rows)}")
    for row in matrix.rows:
        own = f"sentence {', '.join(map(str, row.own))}" if row.own else "not answered yet"
        sign = "✓" if row.answered else "✗"
        words = text.cut(text.one_line(row.text), 200)
        yield from message.grey(f"{sign} ({letter(row.limb)}) {words}: {own}")


def _checks(findings: Sequence[Finding]) -> Iterator[Piece]:
    if not findings:
        yield from message.grey("✓ No check has anything to say.")
        return
    blocking = sum(one.blocks for one in findings)
    yield from message.strong(f"Checks: {blocking} in the way, {len(findings) - blocking} to see")
    for one in findings[:_SHOWN]:
        sign = "✗" if one.blocks else "○"
        yield from message.grey(f"{sign} {_sentence(one.what)} {one.how}")
    if more := len(findings) - _SHOWN:
        yield from message.grey(f"And {more} more.") if more > 0 else ()


def _sentence(said: str) -> str:
    told = said.strip().rstrip(".")
    return f"{told[:1].upper()}{told[1:]}."


def _rows(shown: Shown) -> Iterator[Block]:
    draft = shown.standing.draft
    here = Pressed(draft.case, draft.item, draft.latest.number, draft.turned.number)
    buttons = [kit.button(words, f"draft_{name}", value(here)) for name, words in _offered(shown)]
    if buttons:
        yield kit.row("draft", buttons)
    yield kit.row("basis", [*_evidence(shown, here), _basis(here)])


def _evidence(shown: Shown, here: Pressed) -> Iterator[Block]:
    """The weakest first: whoever reviews begins there."""
    for number in shown.weakest:
        carried = Pressed(here.case, here.item, here.revision, here.event, number)
        label = f"Evidence of sentence {number}"
        yield kit.button(label, f"draft_evidence:{number}", value(carried))


def _basis(here: Pressed) -> Block:
    return kit.button("What is this based on?", "draft_basis", value(here))


def _offered(shown: Shown) -> Iterator[tuple[str, str]]:
    """What may be done at this status; who may, is asked at the press."""
    status = shown.standing.status
    if status is Status.PUBLISHED:
        return
    if status in (Status.DRAFTED, Status.NEEDS_SECOND, Status.VOID):
        yield "approve", "Approve"
        yield "changes", "Ask for changes…"
    if status in (Status.NEEDS_SECOND, Status.APPROVED, Status.CHANGES_ASKED):
        yield "withdraw", "Take the decision back…"
    yield "edit", "Edit…"
    yield "redraft", "Draft anew…"
    yield "take_over", "Take over"
