"""A message for Slack, and the packing of what is to be said into as few as hold it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.slack.blocks import kit, limits, text
from bot.slack.blocks.kit import Block

CONTINUED = "continued"
NOTHING = "There are no words to show."


class Profile(StrEnum):
    """How much of Block Kit can be counted on."""

    RICH = "rich"
    PLAIN = "plain"  # section, header, divider, context, image, actions and input
    TEXT = "text"


@dataclass(frozen=True)
class Message:
    """What is posted. ``text`` says all of it for notifications and screen readers.

    It is escaped, at most 4,000 characters and never empty. ``blocks`` are empty when the text is
    the message; the first of them has no ``block_id``.
    """

    text: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Piece:
    """Something that is not parted between messages: the same in escaped text and in blocks."""

    text: str
    blocks: tuple[Block, ...]


def told(said: str) -> list[Piece]:
    """Words as they are, in as many pieces as they need; none for no words."""
    return [
        Piece(text.escaped(part), (kit.words(part),))
        for part in text.parts(text.plain(said), limits.SECTION)
        if part.strip()
    ]


def strong(said: str) -> list[Piece]:
    """One line in bold, in as many pieces as it needs."""
    line = text.one_line(said)
    return [
        Piece(text.escaped(part), (kit.strong(part),))
        for part in text.parts(line, limits.SECTION - 2)
    ]


def grey(said: str) -> list[Piece]:
    """Small grey lines, in as many pieces as they need."""
    return [
        Piece(text.escaped(part), (kit.grey(part),))
        for part in text.parts(text.plain(said), limits.SECTION)
        if part.strip()
    ]


def single(said: str) -> Message:
    """A short message in one piece: words over the limit are cut, and no words say so."""
    line = text.cut(text.plain(said).strip(), limits.SECTION) or NOTHING
    return Message(text.escaped(line), (kit.words(line),))


def packed(
    pieces: Sequence[Piece], profile: Profile, buttons: tuple[Block, ...] = ()
) -> list[Message]:
    """The messages that hold the pieces in order, with the buttons on the last."""
    if profile is Profile.TEXT:
        return [Message(_text(group)) for group in _groups(pieces, _fit_as_text)]
    room = limits.MESSAGE_WORDS - limits.words(buttons)
    fit = _fitting(limits.MESSAGE_BLOCKS - len(buttons), room)
    groups = _groups(pieces, fit)
    blocks = [tuple(block for piece in group for block in piece.blocks) for group in groups]
    blocks[-1] += buttons
    texts = [text.cut(_text(group), limits.MESSAGE_TEXT) for group in groups]
    return [Message(*both) for both in zip(texts, blocks, strict=True)]


def _groups(pieces: Sequence[Piece], fit: Callable[[list[Piece]], bool]) -> list[list[Piece]]:
    groups: list[list[Piece]] = [[]]
    for piece in pieces:
        if groups[-1] and not fit([*groups[-1], piece]):
            groups.append([Piece(f"({CONTINUED})", (kit.grey(CONTINUED),))])
        groups[-1].append(piece)
    return groups


def _text(group: Sequence[Piece]) -> str:
    return "\n\n".join(piece.text.strip() for piece in group)


def _fit_as_text(group: list[Piece]) -> bool:
    return limits.units(_text(group)) <= limits.MESSAGE_TEXT


def _fitting(most: int, room: int) -> Callable[[list[Piece]], bool]:
    def fit(group: list[Piece]) -> bool:
        blocks = [block for piece in group for block in piece.blocks]
        return len(blocks) <= most and limits.words(blocks) <= room

    return fit
