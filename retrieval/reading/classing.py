"""Tell what a paragraph is from its own words: a typed bullet, a footnote, a bold heading."""

import re
from dataclasses import replace

from retrieval.documents import BlockKind
from retrieval.reading.layout import LABEL_MARK, PAGE_TURN, Piece
from retrieval.reading.printed import without_glyph, without_label

_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_NOTE = re.compile("([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})\\s*(?=\\S)")
_NO_HEADING_ENDS = (".", ";", ",")
_HEADING_WORDS = 14


def classed(piece: Piece, *, bold_level: int) -> Piece:
    """The piece with its kind and label as printed.

    ``bold_level`` is the level of a heading that is only a bold line, 0 where there is none.
    """
    turns, text = _turns(piece.text)
    if text.startswith(LABEL_MARK):
        return _numbered(piece, turns, text)
    if piece.kind is BlockKind.HEADING:
        return _labelled(piece, turns, text)
    rest, is_bullet = without_glyph(text)
    if is_bullet and rest:
        return replace(piece, kind=BlockKind.BULLET, text=turns + rest, level=max(1, piece.level))
    if piece.kind is BlockKind.PARAGRAPH:
        return _paragraph(piece, turns, text, bold_level)
    return piece


def _turns(text: str) -> tuple[str, str]:
    """Page turns before the first word, and the text from there."""
    start = len(text) - len(text.lstrip(PAGE_TURN + " \n\t\r"))
    return PAGE_TURN * text.count(PAGE_TURN, 0, start), text[start:]


def _numbered(piece: Piece, turns: str, text: str) -> Piece:
    """A paragraph that the source itself has numbered: ``LABEL_MARK 4a) LABEL_MARK words``."""
    _, label, rest = text.split(LABEL_MARK, 2)
    marked = replace(piece, text=turns + rest, label=label.strip())
    if piece.kind is BlockKind.PARAGRAPH:
        return replace(marked, kind=BlockKind.BULLET, level=1)
    return marked


def _labelled(piece: Piece, turns: str, text: str) -> Piece:
    rest, label = without_label(text)
    return replace(piece, text=turns + rest, label=label or piece.label)


def _paragraph(piece: Piece, turns: str, text: str, bold_level: int) -> Piece:
    note = _NOTE.match(text)
    if note:
        label = note.group(1).translate(_PLAIN)
        return replace(piece, kind=BlockKind.FOOTNOTE, text=turns + text[note.end() :], label=label)
    if bold_level and _is_short(text):
        return _labelled(replace(piece, kind=BlockKind.HEADING, level=bold_level), turns, text)
    rest, label = without_label(text)
    if label:
        return replace(piece, kind=BlockKind.BULLET, text=turns + rest, label=label, level=1)
    return piece


def _is_short(text: str) -> bool:
    words = text.split()
    ends = bool(words) and words[-1].endswith(_NO_HEADING_ENDS)
    return len(words) <= _HEADING_WORDS and not ends and any(c.isalpha() for c in text)
