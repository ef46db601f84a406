"""Footnotes by their look: small words at the foot of the page that begin with a number."""

import re
from dataclasses import replace

from retrieval.documents import BlockKind
from retrieval.reading.pdf.pieces import Piece

SMALL = 0.9  # of the running text's letter size
_MARKED = re.compile(r"[⁰¹²³⁴-⁹]|\d{1,3}\s?[A-Z]|[*†‡]")


def begins_note(text: str) -> bool:
    """Whether words begin as a footnote does: "² The Act …", "2 The Act …"."""
    return bool(_MARKED.match(text))


def with_notes(pieces: list[Piece], body: float) -> list[Piece]:
    """The pieces with the small ones that end the page as footnotes, the first one numbered."""
    start = len(pieces)
    while start and _may_be_note(pieces[start - 1], body):
        start -= 1
    while start < len(pieces) and not begins_note(pieces[start].text):
        start += 1
    return pieces[:start] + [replace(piece, kind=BlockKind.FOOTNOTE) for piece in pieces[start:]]


def _may_be_note(piece: Piece, body: float) -> bool:
    plain = piece.kind in {BlockKind.PARAGRAPH, BlockKind.FOOTNOTE} and not piece.boxed
    return plain and piece.size <= SMALL * body
