"""Lines of plain text → blocks: paragraphs, bullets, labels, headings, rows of cells."""

import re
from itertools import groupby

from retrieval.documents import BlockKind
from retrieval.reading.layout import Piece
from retrieval.reading.printed import without_dash, without_glyph, without_label

_UNDERLINE = re.compile(r"(={3,}|-{3,})\s*")
_SENTENCE_END = (".", "!", "?", ":", ";")
_HEADING_WORDS = 14


def pieces(page: str) -> list[Piece]:
    """The blocks of one page of plain text."""
    lines = page.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    groups = (list(group) for blank, group in groupby(lines, lambda x: not x.strip()) if not blank)
    return [piece for group in groups for piece in _of_group(group)]


def _of_group(lines: list[str]) -> list[Piece]:
    """The blocks of lines with no blank line between them."""
    found: list[Piece] = []
    indents: list[int] = []
    for line in lines:
        underline = _UNDERLINE.fullmatch(line.strip())
        if underline and found and found[-1].kind is BlockKind.PARAGRAPH:
            found[-1] = _heading(found[-1].text, 1 if line.strip()[0] == "=" else 2)
            continue
        piece = _of_line(line, indents)
        if found and _carries_on(found[-1], piece):
            found[-1] = _joined(found[-1], piece)
        elif not underline:
            found.append(piece)
    return found


def _of_line(line: str, indents: list[int]) -> Piece:
    text = line.strip()
    if "\t" in text and not _listed(text.replace("\t", " "))[1]:
        return Piece(BlockKind.TABLE_ROW, text)
    rest, is_item, label = _listed(text.replace("\t", " "))
    if is_item:
        return Piece(BlockKind.BULLET, rest, level=_depth(line, indents), label=label)
    if _is_capitals(text):
        return _heading(text, 2)
    return Piece(BlockKind.PARAGRAPH, text)


def _listed(text: str) -> tuple[str, bool, str]:
    for strip in (without_glyph, without_dash):
        rest, found = strip(text)
        if found and rest:
            return rest, True, ""
    rest, label = without_label(text)
    return rest, bool(label), label


def _depth(line: str, indents: list[int]) -> int:
    """How deep a list item stands, from how far the items above it are indented."""
    indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
    while indents and indents[-1] >= indent:
        indents.pop()
    indents.append(indent)
    return len(indents)


def _carries_on(last: Piece, piece: Piece) -> bool:
    """Whether a line belongs to the block of the line before it."""
    if piece.kind is BlockKind.HEADING:
        return last.kind is BlockKind.HEADING
    follows = piece.kind is BlockKind.PARAGRAPH
    return follows and last.kind in (BlockKind.PARAGRAPH, BlockKind.BULLET)


def _joined(last: Piece, piece: Piece) -> Piece:
    return Piece(last.kind, f"{last.text}\n{piece.text}", last.level, last.label)


def _heading(text: str, level: int) -> Piece:
    return Piece(BlockKind.HEADING, text, level=level)


def _is_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    short = len(text.split()) <= _HEADING_WORDS and not text.endswith(_SENTENCE_END)
    return short and len(letters) >= 4 and text.upper() == text
