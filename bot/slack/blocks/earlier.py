"""What earlier reports raised that may be the same as an item: suggestions, for a person to say."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.responding import counting
from bot.responding.recurrence import Suggestion, wording
from bot.slack.blocks import kit, limits, message, text
from bot.slack.blocks.kit import Block
from bot.slack.blocks.message import Message, Piece, Profile
from bot.store.cases import Item

LOOK = re.compile(r"^case_earlier$")
JUDGE = re.compile(r"^(?:not_)?same:\d+$")
SHOWN = 3  # suggestions for an item
NONE = "No earlier report that may be read here seems to raise any of this."
_VALUE = re.compile(r"([a-z0-9][a-z0-9-]{0,79})\|(\d{1,5})\|([0-9a-f]{8})\|(same|not_same)")


@dataclass(frozen=True)
class Judged:
    """What a button says: the item, which suggestion, and whether it is the same."""

    case: str
    item: int
    name: str
    same: bool


def look(case: str) -> Block:
    """The button that has earlier reports looked through."""
    return kit.button("Raised before?", "case_earlier", case)


def value(judged: Judged) -> str:
    """What a button carries, as text."""
    return f"{judged.case}|{judged.item}|{judged.name}|{'same' if judged.same else 'not_same'}"


def pressed(said: str) -> Judged | None:
    """What a button carries, None for what we never wrote."""
    found = _VALUE.fullmatch(said)
    return Judged(found[1], int(found[2]), found[3], found[4] == "same") if found else None


def messages(
    case: str, item: Item, sentence: str, found: Sequence[Suggestion], profile: Profile
) -> list[Message]:
    """One item with what may be the same, each with its evidence and two buttons.

    ``sentence`` rests on what people have confirmed, "" for nothing.
    """
    number = f" {item.number}" if item.number else ""
    head = f"Item {item.id}: {counting.name(item.kind)}{number}. Raised before?"
    pieces = [*message.strong(head), *message.grey(text.cut(text.one_line(item.text), 300))]
    pieces += message.told(sentence)
    for place, one in enumerate(found[:SHOWN], 1):
        pieces += _suggestion(case, item, one, place)
    return message.packed(pieces, profile)


def _suggestion(case: str, item: Item, one: Suggestion, place: int) -> Iterator[Piece]:
    yield from message.strong(text.cut(f"{wording.what(one)} · {wording.source(one.earlier)}", 300))
    for line in wording.evidence(one.earlier):
        yield from message.told(text.cut(text.one_line(line), limits.SECTION))
    judged = text.one_line(wording.judged(one.same))
    block = kit.row(f"earlier:{place}", list(_buttons(case, item, one, place)))
    yield Piece(text.escaped(judged), (kit.grey(f"{judged[:1].upper()}{judged[1:]}."), block))


def _buttons(case: str, item: Item, one: Suggestion, place: int) -> Iterator[Block]:
    for same, words in ((True, "The same"), (False, "Not the same")):
        if one.same is not same:
            carried = value(Judged(case, item.id, one.earlier.name, same))
            yield kit.button(words, f"{'same' if same else 'not_same'}:{place}", carried)
