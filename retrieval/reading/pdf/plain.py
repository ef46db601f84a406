"""Pieces of a page without tags: paragraphs from the distance, indent and look of its lines."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from retrieval.documents import BlockKind
from retrieval.reading.pdf.lines import Line, had_room, in_reading_order, lines
from retrieval.reading.pdf.marks import parted
from retrieval.reading.pdf.notes import begins_note
from retrieval.reading.pdf.pieces import Piece, joined, piece
from retrieval.reading.pdf.sheet import Sheet


def plain_pieces(sheet: Sheet, places: Iterable[int], body: float) -> list[Piece]:
    """The runs at ``places`` as pieces; ``body`` is the size of the running text."""
    set_lines = in_reading_order(lines(sheet, places))
    bottom = _first_note_line(set_lines, body)
    made: list[Piece] = []
    for group in _groups(set_lines[:bottom]):
        made += _paragraph(sheet, group, BlockKind.PARAGRAPH)
    for group in _groups(set_lines[bottom:]):
        made += _paragraph(sheet, group, BlockKind.FOOTNOTE)
    return made


def _first_note_line(set_lines: list[Line], body: float) -> int:
    """Where the footnotes begin: small lines at the end of the page, the first with its number."""
    start = len(set_lines)
    while start and set_lines[start - 1].size < 0.9 * body:
        start -= 1
    for index in range(start, len(set_lines)):
        if begins_note(set_lines[index].text):
            return index
    return len(set_lines)


def _groups(set_lines: list[Line]) -> Iterator[list[Line]]:
    """Lines that belong together: a paragraph, a bullet, a heading or rows of a table."""
    if not set_lines:
        return
    usual = _usual_step(set_lines)
    edge = max(line.right for line in set_lines)
    group = [set_lines[0]]
    for before, line in pairwise(set_lines):
        if _begins(group, before, line, usual, edge):
            yield group
            group = []
        group.append(line)
    yield group


def _usual_step(set_lines: list[Line]) -> float:
    """The commonest distance from line to line, in letter sizes."""
    steps = sorted(
        (above.base - below.base) / below.size
        for above, below in pairwise(set_lines)
        if above.size == below.size and 0.8 * below.size < above.base - below.base < 2 * below.size
    )
    return steps[len(steps) // 4] if steps else 1.2


def _begins(group: list[Line], before: Line, line: Line, usual: float, edge: float) -> bool:
    step = (before.base - line.base) / line.size
    if len(before.cells) > 1 or len(line.cells) > 1:
        return not (len(before.cells) > 1 and len(line.cells) > 1 and 0 <= step < 1.3 * usual)
    if step < 0 or step > 1.25 * usual:
        return True
    if _starts_item(line, group) or _changes_look(group, line):
        return True
    return had_room(before, line, edge) and not line.text[:1].islower()


def _starts_item(line: Line, group: list[Line]) -> bool:
    glyph, label, _ = parted(line.text)
    return bool(glyph) or (bool(label) and line.left <= group[0].left + 1)


def _changes_look(group: list[Line], line: Line) -> bool:
    return abs(line.size - group[-1].size) > 0.5 or (
        line.bold != group[-1].bold
        and len({other.bold for other in group}) == 1
        and bool(group[-1].bold or line.bold)
        and not group[-1].text.endswith(",")
    )


def _paragraph(sheet: Sheet, group: list[Line], kind: BlockKind) -> list[Piece]:
    if len(group[0].cells) > 1 and kind is BlockKind.PARAGRAPH:
        return [row for line in group if (row := _row(sheet, line))]
    made = piece(sheet, [place for line in group for place in line.places], kind)
    return [made] if made else []


def _row(sheet: Sheet, line: Line) -> Piece | None:
    made = piece(sheet, line.places, BlockKind.TABLE_ROW)
    return made and replace(made, text="\t".join(joined(sheet, cell) for cell in line.cells))
