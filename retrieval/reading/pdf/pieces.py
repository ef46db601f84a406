"""A piece of a page: the words of some runs put together, with where and how they stand."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.documents import BlockKind
from retrieval.reading.pdf.sheet import Run, Sheet

HYPHEN = "\ufffe"  # a hyphen at the end of a line
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MARKER = re.compile(r"\d{1,3}(?:\s*,\s*\d{1,3})*")
_SMALLER = 0.82
_RAISED = 0.12
_FOLDED = re.compile(r"[ \n\r\t]+")


@dataclass(frozen=True)
class Piece:
    """What will be a block: its words and its look. Lengths are points, ``top`` above ``bottom``.

    ``hang`` is where the lines after the first begin. ``rank`` is the level of a heading's tag, 0
    without one. ``glyph`` is the bullet's sign. ``listed``: the file itself calls it a list item.
    """

    kind: BlockKind
    text: str
    size: float
    bold: bool
    left: float
    right: float
    bottom: float
    top: float
    hang: float
    level: int = 0
    rank: int = 0
    label: str = ""
    glyph: str = ""
    listed: bool = False
    boxed: bool = False
    continues: bool = False


def piece(sheet: Sheet, places: Sequence[int], kind: BlockKind) -> Piece | None:
    """The runs at ``places`` of a sheet as one piece; None when there are no words."""
    runs = [sheet.runs[place] for place in places]
    text = joined(sheet, places)
    if not text:
        return None
    size = usual_size(runs)
    return Piece(
        kind=kind,
        text=text,
        size=size,
        bold=_share_of_bold(runs) >= 0.95,
        left=min(run.left for run in runs if run.text.strip()),
        right=max(run.right for run in runs),
        bottom=min(run.base for run in runs) - 0.25 * size,
        top=max(run.base for run in runs) + 0.75 * size,
        hang=_hang(runs, size),
    )


def _hang(runs: Sequence[Run], size: float) -> float:
    """Where the lines after the first begin; with one line, where it does."""
    worded = [run for run in runs if run.text.strip()]
    first = max(run.base for run in worded)
    below = [run.left for run in worded if run.base < first - 0.5 * size]
    return min(below or [run.left for run in worded])


def joined(sheet: Sheet, places: Sequence[int]) -> str:
    """The words of the runs, lines joined by a space, raised numbers as superscript digits."""
    size = usual_size([sheet.runs[place] for place in places])
    text = ""
    for number, place in enumerate(places):
        run = sheet.runs[place]
        raised = _is_marker(run, sheet, places, number, size)
        words = run.text.translate(_SUPERSCRIPT) if raised else run.text
        text += ("" if raised else _between(text, sheet, places, number)) + words
    return folded(text.replace(HYPHEN + " ", "-").replace(HYPHEN, "-"))


def folded(text: str) -> str:
    """White space folded to single spaces, none at the ends."""
    return _FOLDED.sub(" ", text).strip()


def usual_size(runs: Sequence[Run]) -> float:
    """The size most letters have."""
    sizes: Counter[float] = Counter()
    for run in runs:
        sizes[run.size] += len(run.text.strip())
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 0.0


def _share_of_bold(runs: Sequence[Run]) -> float:
    letters = sum(len(run.text.strip()) for run in runs)
    return sum(len(run.text.strip()) for run in runs if run.bold) / max(letters, 1)


def _between(text: str, sheet: Sheet, places: Sequence[int], number: int) -> str:
    """What stands between this run and the words before it."""
    if not text or number == 0:
        return ""
    run, before = sheet.runs[places[number]], sheet.runs[places[number - 1]]
    new_line = run.gap == "\n" or abs(run.base - before.base) > 0.5 * max(run.size, before.size)
    if text.endswith(HYPHEN) or (new_line and re.search(r"\w-$", text)):
        return ""
    if places[number] == places[number - 1] + 1:
        return " " if run.gap else ""
    touching = not new_line and -1 <= run.left - before.right < 0.15 * run.size
    return "" if touching else " "


def _is_marker(run: Run, sheet: Sheet, places: Sequence[int], number: int, size: float) -> bool:
    """Whether a run is a footnote's number, set small above the line it belongs to."""
    if run.size > _SMALLER * size or not _MARKER.fullmatch(run.text.strip()):
        return False
    near = [
        sheet.runs[places[other]].base
        for other in (number - 1, number + 1)
        if 0 <= other < len(places) and sheet.runs[places[other]].size > run.size
    ]
    return any(_RAISED * size < run.base - base < size for base in near)
