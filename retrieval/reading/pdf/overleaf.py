"""Find what a page end or a box cut off, and mark the piece that carries it on."""

import re
from dataclasses import replace

from retrieval.documents import BlockKind
from retrieval.reading.pdf.pieces import Piece

_ASIDE = frozenset({BlockKind.FURNITURE, BlockKind.FOOTNOTE})
_RUNNING = frozenset({BlockKind.PARAGRAPH, BlockKind.BULLET})
_CLOSED = re.compile(r"[.!?:;][\"'”’)\]⁰¹²³⁴-⁹]*$")
_SMALL = re.compile(r"[‘“(]?[a-z]")
_HANGING = re.compile(
    r"(?:,|\b(?:a|an|and|as|at|by|for|from|in|is|are|its|not|of|on|or|that|the|their|this|to|which|"
    r"with|within))$"
)
_FULL_LINE = 60
_INDENT = 4.0


def carried_on(pages: list[list[Piece]]) -> list[list[Piece]]:
    """The pieces with ``continues`` where one carries on words that were cut off before it.

    Furniture, footnotes and boxes in between do not end a paragraph; a box is carried on by a box.
    """
    thread = _Thread()
    made = []
    for page in pages:
        thread.cut()
        made.append([thread.follow(piece) for piece in page])
    return made


class _Thread:
    """The last words of the running text and of the box beside it, while pages turn."""

    def __init__(self) -> None:
        self._last: dict[bool, Piece | None] = {False: None, True: None}
        self._cut = {False: False, True: False}

    def cut(self) -> None:
        """A page ends here."""
        self._cut = {False: True, True: True}

    def follow(self, piece: Piece) -> Piece:
        """The next piece, marked when it carries on."""
        if piece.kind in _ASIDE:
            return piece
        last, boxed = self._last[piece.boxed], piece.boxed
        if last and self._cut[boxed] and _carries_on(last, piece):
            level = last.level if last.kind is BlockKind.BULLET else 0
            piece = replace(piece, kind=last.kind, level=level, continues=True)
        self._last[boxed], self._cut[boxed] = piece, False
        if boxed:
            self._cut[False] = True
        else:
            self._last[True] = None
        return piece


def _carries_on(last: Piece, piece: Piece) -> bool:
    if last.kind not in _RUNNING or piece.kind not in _RUNNING or piece.glyph or piece.label:
        return False
    if _SMALL.match(piece.text):
        return True
    if piece.listed and last.glyph:
        return True
    if last.kind is BlockKind.BULLET and _hangs_as(last, piece):
        return True
    if _CLOSED.search(last.text):
        return False
    alike = last.kind is piece.kind and len(last.text) > _FULL_LINE and last.bold == piece.bold
    return alike or bool(_HANGING.search(last.text))


def _hangs_as(last: Piece, piece: Piece) -> bool:
    """Whether a piece is set in as far as the words of the bullet before it."""
    return last.hang > last.left + _INDENT and abs(piece.left - last.hang) < _INDENT / 2
