"""The bones of a response paragraph as a message: three voices apart, the gaps said."""

from collections.abc import Iterator, Sequence

from bot.answering import telling
from bot.answering.answers import Sentence
from bot.responding import paragraph
from bot.responding.paragraph import Paragraph
from bot.slack.blocks import message
from bot.slack.blocks.message import Message, Piece, Profile

NOT_REVIEWED = (
    "Not a response: nobody has reviewed it, and only the quotations are from documents. "
    "Copy it and write on from here."
)


def messages(begun: Paragraph, profile: Profile) -> list[Message]:
    """The paragraph as far as the documents give it."""
    return message.packed(list(_pieces(begun)), profile)


def _pieces(begun: Paragraph) -> Iterator[Piece]:
    yield from message.strong("Draft paragraph, begun from this answer")
    yield from _part("What the inspectorate found", begun.found)
    if begun.said_before:
        yield from _part("What the office has said before", begun.said_before)
    yield from _part("The Chief Constable's comments", (), paragraph.CHIEF)
    yield from _part("The Commissioner's response", (), paragraph.GAP)
    yield from message.grey(NOT_REVIEWED)


def _part(heading: str, quoted: Sequence[Sentence], otherwise: str = "") -> Iterator[Piece]:
    yield from message.strong(heading)
    for sentence in quoted:
        where = "; ".join(dict.fromkeys(map(telling.source, sentence.citations)))
        said = f"“{sentence.text}”" if sentence.verbatim else sentence.text
        yield from message.told(f"{said} ({where})")
    if not quoted:
        yield from message.told(otherwise)
