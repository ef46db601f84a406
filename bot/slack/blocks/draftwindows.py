"""The windows of a draft: its own words to edit, why changes are asked for, what it is based on."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.responding.drafting.style import USUAL, Style
from bot.responding.duty import plain
from bot.responding.evidence import Pack, Piece, Sort
from bot.responding.pressing import CODES
from bot.slack.blocks import fields, kit, limits, text
from bot.slack.blocks.draftcards import Pressed
from bot.slack.blocks.kit import Block
from bot.store.cases import Choice
from bot.store.wordings import Cited, Voice, Wording

CALLBACK = "draft_step"
TOO_LONG = "The commissioner's words are too long to be edited in a window: use the command line."
NO_WORDS = "Say it in a few words, so that others can act on it."
_UNDECIDED = "undecided"
_CHOICES = {
    Choice.TAKEN.value: "Action taken",
    Choice.PROPOSED.value: "Action proposed",
    Choice.NONE.value: "No action, because …",
    _UNDECIDED: "Not decided yet",
}
_SORTS = {
    Sort.FINDING: "What was found",
    Sort.ASKED: "What is asked",
    Sort.REPORT: "Elsewhere in the report",
    Sort.GRADE: "Grade",
    Sort.EARLIER: "Found before",
    Sort.OUTCOME: "What came of it",
    Sort.ANSWER: "Answered before",
    Sort.PROMISE: "Promised",
    Sort.FORCE: "The force said before",
    Sort.COMMENT: "The chief officer's comments",
    Sort.PLAN: "Police and crime plan",
    Sort.OFFICE: "The office's documents",
}
_PIECES = 30
_QUOTE = 600


@dataclass(frozen=True)
class Kept:
    """What a window keeps: the step, the draft as the card showed it, and where that stands."""

    step: str
    pressed: Pressed
    channel: str
    thread: str


def remembered(kept: Kept) -> str:
    """What a window keeps, as text."""
    return json.dumps(asdict(kept))


def of(private_metadata: str) -> Kept:
    """The window that comes back."""
    told = json.loads(private_metadata)
    return Kept(**told | {"pressed": Pressed(**told["pressed"])})


def changes(kept: Kept) -> Block:
    """Why changes are asked for: a reason from the list, and words."""
    blocks = [
        fields.choice("code", "What has to change", CODES, ""),
        fields.paragraph("words", "In your words", ""),
    ]
    return fields.window(CALLBACK, "Ask for changes", "Ask", blocks, remembered(kept))


def withdraw(kept: Kept) -> Block:
    """Why a decision is taken back."""
    blocks = [fields.paragraph("words", "Why", "")]
    return fields.window(CALLBACK, "Take back", "Take it back", blocks, remembered(kept))


def redraft(kept: Kept, *, model: bool) -> Block:
    """What is wanted of another draft; without a model nobody can follow an instruction."""
    told = "A new draft is made from the evidence as it is now. The text so far stays on record."
    wish = fields.paragraph("words", "What should be different", "", optional=True)
    blocks = [kit.words(told), *([wish] if model else [])]
    return fields.window(CALLBACK, "Draft anew", "Draft", blocks, remembered(kept))


def edit(said: Wording, kept: Kept, style: Style = USUAL) -> Block | None:
    """The commissioner's own words and the decision; None when a field does not take them.

    The other voices are quotations: nobody edits them.
    """
    own = own_words(said, style)
    if limits.size(own) > limits.INPUT:
        return None
    hint = "Quote in “…” and give the page; what cannot be found in the evidence is your own word."
    choice = said.choice.value if said.choice else _UNDECIDED
    blocks = [
        fields.paragraph("own", style.own_label, own, hint=hint),
        fields.choice("choice", style.decision_label, _CHOICES, choice),
        fields.line("reason", "Why no action is taken", said.reason, 500, optional=True),
    ]
    return fields.window(CALLBACK, "Edit the draft", "Keep", blocks, remembered(kept))


def own_words(said: Wording, style: Style = USUAL) -> str:
    """What the commissioner says, a sentence on a line, as ``edited`` reads it back."""
    mine = (one for one in said.sentences if one.voice is Voice.COMMISSIONER)
    return "\n".join(one.text for one in mine if not one.text.startswith(style.decision_label))


def edited(
    values: Mapping[str, Any], before: Wording, *, null_is_untouched: bool, style: Style = USUAL
) -> str:
    """What the window says as the text of a draft, for ``rebind``; untouched it says the same."""
    own = fields.said(values, "own")
    own = own_words(before, style) if own is None and null_is_untouched else own or ""
    choice = fields.said(values, "choice") or (before.choice.value if before.choice else "")
    reason = fields.said(values, "reason")
    reason = before.reason if reason is None and null_is_untouched else reason or ""
    lines = [style.own_label, *own.splitlines(), "", *_decided(choice, reason, style)]
    return "\n".join(lines)


def _decided(choice: str, reason: str, style: Style) -> Iterator[str]:
    words = {"taken": "action taken.", "proposed": "action proposed.", "none": "no action."}
    if choice in words:
        yield f"{style.decision_label}: {words[choice]} {reason}".rstrip()


def basis(pack: Pack) -> Block:
    """What a draft is based on, each piece with its place, its age, and whether it may go out."""
    blocks = [block for one in pack.pieces[:_PIECES] for block in _piece(one)]
    more = len(pack.pieces) - _PIECES
    if more > 0:
        blocks.append(kit.grey(f"And {more} more pieces."))
    for clash in pack.clashes:
        words = f"The sources differ: “{clash.older.words}” / “{clash.newer.words}”"
        blocks.append(kit.words(text.cut(text.one_line(words), limits.SECTION)))
    shown = blocks or [kit.words("Nothing was found beside the item itself.")]
    return _read_only("Based on", shown[: limits.VIEW_BLOCKS])


def evidence(number: int, wording: Wording) -> Block:
    """The exact words that a sentence (from 1) rests on."""
    if not 0 < number <= len(wording.sentences):
        return gone("This draft has no such sentence.")
    one = wording.sentences[number - 1]
    said = text.cut(text.one_line(one.text), limits.SECTION)
    cited = [block for place in one.cited for block in _cited(place)]
    return _read_only(f"Sentence {number}", [kit.words(said), kit.rule(), *cited])


def gone(words: str) -> Block:
    """A window that says why there is nothing to show."""
    return _read_only("Draft", [kit.words(text.cut(words, limits.SECTION))])


def _piece(one: Piece) -> list[Block]:
    age = f", {_aged(one.days)}" if one.days is not None else ""
    closed = f". May not be published: {one.closed}" if one.closed else ""
    limb = f" (limb {one.limb})" if one.limb else ""
    head = f"{_SORTS[one.sort]}{limb}: {_source(one.cited)}{age}{closed}"
    words = text.cut(text.one_line(one.words), _QUOTE)
    return [kit.words(f"“{words}”"), kit.grey(text.cut(text.one_line(head), limits.SECTION))]


def _cited(one: Cited) -> list[Block]:
    words = text.cut(text.one_line(one.quote), limits.SECTION - 2)
    return [kit.words(f"“{words}”"), kit.grey(text.one_line(_source(one)))]


def _source(one: Cited) -> str:
    day = f", {plain(one.published)}" if one.published else ""
    return f"{one.title}{day}, page {one.page}"


def _aged(days: int) -> str:
    if days < 60:
        return f"{days} days old"
    return f"{days // 30} months old" if days < 730 else f"{days // 365} years old"


def _read_only(title: str, blocks: Sequence[Block]) -> Block:
    shown = kit.label(text.cut(title, limits.TITLE))
    return {"type": "modal", "title": shown, "close": kit.label("Close"), "blocks": [*blocks]}
