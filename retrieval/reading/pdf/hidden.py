"""Leave out of a sheet what a person looking at the page cannot see, and say how much it was."""

from dataclasses import dataclass, replace

from retrieval.reading.cleaning import visible
from retrieval.reading.pdf.pieces import HYPHEN
from retrieval.reading.pdf.sheet import Run, Shape, Sheet

_SMALLEST = 3.0
_WHITE = (255, 255, 255)
_SAME_COLOUR = 20
_WHOLE_PAGE = 0.5
# Printed signs that stand for letters: ligatures, soft hyphens, which PDF makers use for the
# hyphens they do print, and pdfium's sign for a hyphen at the end of a line.
_LETTERS = str.maketrans(
    {
        "\x02": HYPHEN,
        "\u00ad": "-",
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
    }
)


@dataclass(frozen=True)
class Shown:
    """A sheet with only what can be seen, how many characters went, and whether it is a scan."""

    sheet: Sheet
    left_out: int
    scan: bool


def shown(sheet: Sheet) -> Shown:
    """The sheet without unseen text; a scanner's text layer over its picture counts as seen."""
    scan = _is_scan(sheet)
    kept, left_out = [], 0
    for run in sheet.runs:
        text, unseen = visible(run.text.translate(_LETTERS))
        if _cannot_be_seen(run, sheet, scan):
            left_out += sum(not letter.isspace() for letter in run.text)
            continue
        left_out += unseen
        kept.append(replace(run, text=text))
    return Shown(replace(sheet, runs=tuple(kept)), left_out, scan)


def _is_scan(sheet: Sheet) -> bool:
    words = [run for run in sheet.runs if run.text.strip()]
    area = sheet.width * sheet.height * _WHOLE_PAGE
    return (
        bool(words)
        and all(run.invisible for run in words)
        and any(shape.picture and shape.area >= area for shape in sheet.shapes)
    )


def _cannot_be_seen(run: Run, sheet: Sheet, scan: bool) -> bool:
    if run.invisible and not scan:
        return True
    if run.size < _SMALLEST:
        return True
    if run.right < 0 or run.left > sheet.width or not -run.size < run.base < sheet.height:
        return True
    return not scan and _vanishes(run, sheet.shapes)


def _vanishes(run: Run, shapes: tuple[Shape, ...]) -> bool:
    """Whether the letters have the colour of what they stand on; a picture is never their colour.

    The last shape drawn there wins, since drawing order is what pdfium gives.
    """
    x, y = (run.left + run.right) / 2, run.base + run.size / 3
    behind = [shape for shape in shapes if (shape.fill or shape.picture) and shape.holds(x, y)]
    ground = behind[-1].fill if behind else _WHITE
    return ground is not None and _alike(run.colour, ground)


def _alike(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= _SAME_COLOUR
