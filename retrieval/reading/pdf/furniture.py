"""Find what a page repeats from its neighbours: printed page numbers, running heads and feet."""

import re
from collections import Counter

from retrieval.reading.pdf.lines import Line, lines
from retrieval.reading.pdf.sheet import Sheet

_EDGE = 0.1  # of the page's height, for what is repeated
_MARGIN = 0.15  # the same for what is called an artifact or is nothing but a number
_NUMBER = re.compile(
    r"(?:page\s*)?[-–|]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*[-–|]?(?:\s*(?:of|/)\s*\d{1,4})?", re.I
)
_DIGITS = re.compile(r"\d+")


def furniture(sheets: list[Sheet]) -> list[list[Line]]:
    """For each sheet its lines that are furniture, top ones first."""
    edges = [lines(sheet, _edge_places(sheet)) for sheet in sheets]
    repeated = _repeated(edges)
    return [
        sorted(
            (line for line in edge if _is_furniture(line, sheet, repeated)),
            key=lambda line: -line.base,
        )
        for sheet, edge in zip(sheets, edges, strict=True)
    ]


def _edge_places(sheet: Sheet) -> list[int]:
    return [place for place, run in enumerate(sheet.runs) if _near_edge(run.base, sheet, _MARGIN)]


def _near_edge(base: float, sheet: Sheet, share: float) -> bool:
    return not share * sheet.height < base < (1 - share) * sheet.height


def _repeated(edges: list[list[Line]]) -> frozenset[str]:
    """Texts, digits aside, that stand at the edge of at least two pages in five and of three."""
    seen = Counter(same for edge in edges for same in {_same(line) for line in edge})
    enough = max(3, 0.4 * len(edges))
    return frozenset(text for text, times in seen.items() if times >= enough)


def _same(line: Line) -> str:
    return _DIGITS.sub("0", line.text).casefold()


def _is_furniture(line: Line, sheet: Sheet, repeated: frozenset[str]) -> bool:
    if all(sheet.runs[place].artifact for place in line.places):
        return True
    if _same(line) in repeated and _near_edge(line.base, sheet, _EDGE):
        return True
    return bool(_NUMBER.fullmatch(line.text))
