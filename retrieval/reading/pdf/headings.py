"""Which pieces are headings, and of which level, when the tags do not say so."""

import re
from dataclasses import replace

from retrieval.documents import BlockKind
from retrieval.reading.pdf.pieces import Piece

_LONGEST_WORDS = 36
_LONGEST = 260
_LARGER = 1.12
_CLOSED = re.compile(r"[.;,]$")
_CLOSE = re.compile(r"yours (?:sincerely|faithfully|truly)", re.I)
_Look = tuple[float, bool]


def with_headings(pages: list[list[Piece]], body: float) -> list[list[Piece]]:
    """The pieces with short bold or large lines as headings; ``body`` is the usual letter size."""
    found = _without_signatories([[_named(piece, body) for piece in page] for page in pages], body)
    levels = _levels([piece for page in found for piece in page])
    return [[_levelled(piece, levels) for piece in page] for page in found]


def _named(piece: Piece, body: float) -> Piece:
    if piece.kind is BlockKind.HEADING:
        long = len(piece.text) > _LONGEST
        return replace(piece, kind=BlockKind.PARAGRAPH, rank=0) if long else piece
    return replace(piece, kind=BlockKind.HEADING) if _is_heading(piece, body) else piece


def _is_heading(piece: Piece, body: float) -> bool:
    if piece.kind is not BlockKind.PARAGRAPH or piece.glyph or piece.continues:
        return False
    stands_out = piece.bold or piece.size >= _LARGER * body
    short = len(piece.text) <= _LONGEST and len(piece.text.split()) <= _LONGEST_WORDS
    worded = any(letter.isalpha() for letter in piece.text)
    return stands_out and short and worded and not _CLOSED.search(piece.text)


def _without_signatories(pages: list[list[Piece]], body: float) -> list[list[Piece]]:
    """Bold names under a letter's close are no headings; what is larger or tagged ends them."""
    signing, made = False, []
    for page in pages:
        out = []
        for piece in page:
            large = piece.rank or piece.size >= _LARGER * body
            signing = bool(_CLOSE.match(piece.text)) or (signing and not large)
            is_name = signing and piece.kind is BlockKind.HEADING
            out.append(replace(piece, kind=BlockKind.PARAGRAPH) if is_name else piece)
        made.append(out)
    return made


def _levels(pieces: list[Piece]) -> dict[_Look, int]:
    """A level for each look: the tag's where one has it, else by size, below larger tagged ones."""
    headings = [piece for piece in pieces if piece.kind is BlockKind.HEADING]
    tagged: dict[_Look, int] = {}
    for piece in headings:
        if piece.rank:
            tagged[_look(piece)] = min(piece.rank, tagged.get(_look(piece), 6))
    levels: dict[_Look, int] = {}
    level = 0
    for look in sorted({_look(piece) for piece in headings}, reverse=True):
        level = tagged.get(look, level + 1)
        levels[look] = min(level, 6)
    return levels


def _look(piece: Piece) -> _Look:
    return piece.size, piece.bold


def _levelled(piece: Piece, levels: dict[_Look, int]) -> Piece:
    if piece.kind is not BlockKind.HEADING:
        return piece
    return replace(piece, level=min(piece.rank, 6) or levels[_look(piece)])
