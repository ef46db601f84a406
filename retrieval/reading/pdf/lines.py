"""Lines of a page from where its letters stand, in the order in which they were printed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from retrieval.reading.pdf.marks import is_mark
from retrieval.reading.pdf.pieces import joined, usual_size
from retrieval.reading.pdf.sheet import Run, Sheet

_ENDS = re.compile(r"[.!?:;][\"'”’)]?$")
_ADDRESS_WORDS = 16
_COLUMN_GAP = 2.0  # in letter sizes: a wider gap on one line parts two cells


@dataclass(frozen=True)
class Line:
    """One printed line: the places of its runs, cell by cell, and its look."""

    cells: tuple[tuple[int, ...], ...]
    text: str
    size: float
    bold: bool
    left: float
    right: float
    base: float

    @property
    def places(self) -> tuple[int, ...]:
        """The places of all its runs."""
        return tuple(place for cell in self.cells for place in cell)


def lines(sheet: Sheet, places: Iterable[int]) -> list[Line]:
    """The runs at ``places`` as lines; lines without words are left out."""
    made = [_line(sheet, group) for group in _groups(sheet, places)]
    return [line for line in made if line.text]


def in_reading_order(set_lines: list[Line]) -> list[Line]:
    """The lines as printed; from top to bottom, column by column, where that order is jumbled.

    Most makers print in reading order, so it is kept unless lines keep jumping up in a column.
    """
    jumps = sum(
        after.base > before.base + 0.5 * after.size
        and after.left < before.right
        and before.left < after.right
        for before, after in pairwise(set_lines)
    )
    if jumps <= max(2, 0.1 * len(set_lines)):
        return set_lines
    return sorted(set_lines, key=lambda line: (_column(line, set_lines), -line.base, line.left))


def _column(line: Line, set_lines: list[Line]) -> int:
    """1 for lines in the right of two columns, 0 for others."""
    left, right = min(o.left for o in set_lines), max(o.right for o in set_lines)
    middle = (left + right) / 2
    crossing = sum(o.left < middle - o.size and o.right > middle + o.size for o in set_lines)
    return int(line.left > middle - line.size and crossing < 0.1 * len(set_lines))


def had_room(before: Line, line: Line, edge: float) -> bool:
    """Whether the line above ended although the next word would still have fitted."""
    word = len(line.text.split(" ", 1)[0]) * 0.55 * line.size
    spare = 0.5 if _ENDS.search(before.text) else 2.0
    return before.right + word + spare * line.size < edge


def single_lines(sheet: Sheet, places: Iterable[int], edge: float) -> list[tuple[int, ...]]:
    """The places line by line when every line ends by choice, as in an address; else all in one."""
    places = tuple(places)
    made = lines(sheet, places)
    chosen = all(
        had_room(before, line, edge) and line.text[:1].isupper() for before, line in pairwise(made)
    )
    short = all(len(line.text.split()) <= _ADDRESS_WORDS for line in made)
    if len(made) < 2 or not chosen or not short or made[0].bold:
        return [places]
    return [line.places for line in made]


def _groups(sheet: Sheet, places: Iterable[int]) -> Iterator[list[int]]:
    group: list[int] = []
    for place in places:
        if group and not _same_line(sheet.runs[group[0]], sheet.runs[group[-1]], sheet.runs[place]):
            yield group
            group = []
        group.append(place)
    if group:
        yield group


def _same_line(first: Run, before: Run, run: Run) -> bool:
    tall, small = max(first.size, run.size), min(first.size, run.size)
    near = abs(run.base - first.base) < (0.6 if small < 0.82 * tall else 0.35) * tall
    return near and run.left >= before.right - 2 * tall


def _line(sheet: Sheet, group: list[int]) -> Line:
    runs = [sheet.runs[place] for place in group]
    worded = [run for run in runs if run.text.strip()] or runs
    letters = sum(len(run.text.strip()) for run in runs)
    bold = sum(len(run.text.strip()) for run in runs if run.bold)
    cells = list(_cells(sheet, group))
    if len(cells) > 1 and is_mark(joined(sheet, cells[0])):
        cells[:2] = [cells[0] + cells[1]]
    return Line(
        cells=tuple(cells),
        text=joined(sheet, group),
        size=usual_size(runs),
        bold=bold >= 0.95 * max(letters, 1),
        left=min(run.left for run in worded),
        right=max(run.right for run in worded),
        base=median(run.base for run in worded),
    )


def _cells(sheet: Sheet, group: list[int]) -> Iterator[tuple[int, ...]]:
    cell: list[int] = []
    for place in group:
        run = sheet.runs[place]
        if not run.text.strip():
            continue
        if cell and run.left - sheet.runs[cell[-1]].right > _COLUMN_GAP * run.size:
            yield tuple(cell)
            cell = []
        cell.append(place)
    if cell:
        yield tuple(cell)
