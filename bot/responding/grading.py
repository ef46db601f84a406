"""Grades where they are printed: in tables, lists and questions. A picture gives none.

A table that names another year ("2015 grade") tells what was before and is left alone.
"""

import re
from collections.abc import Iterator

from bot.store.cases import Grade
from retrieval.documents import Block, BlockKind, Page, Span

_STEP = r"(?:outstanding|good|adequate|requires improvement|inadequate)"
_GRADED = re.compile(rf"({_STEP})\b[^\t]*$", re.IGNORECASE)
_ONLY = re.compile(_STEP, re.IGNORECASE)
_LISTED = re.compile(rf"({_STEP}):\s+(.+)$", re.IGNORECASE | re.DOTALL)
_ASKED = re.compile(rf"(.+\?)\s+({_STEP})$", re.IGNORECASE | re.DOTALL)
_BEFORE = re.compile(r"\b(?:19|20)\d\d\b.{0,20}\bgrade|\bgrade\b.{0,20}\b(?:19|20)\d\d\b", re.I)


def printed(pages: tuple[Page, ...]) -> tuple[Grade, ...]:
    """The grades of a report, each once, in the order in which they are printed."""
    found: dict[tuple[str, str], Grade] = {}
    for page in pages:
        for one in _on(page):
            found.setdefault((one.area.casefold(), one.grade.casefold()), one)
    return tuple(found.values())


def of(grades: tuple[Grade, ...], *headings: str) -> str:
    """The grade of the area that one of these headings names, "" for none."""
    named = {heading.casefold().strip() for heading in headings if heading}
    return next((one.grade for one in grades if one.area.casefold() in named), "")


def _on(page: Page) -> Iterator[Grade]:
    columns: list[str] = []
    old = False
    for block in page.blocks:
        text = page.text[block.start : block.end].strip("\n ")
        if block.kind is not BlockKind.TABLE_ROW:
            columns, old = [], False
            yield from _in_line(page, block, text)
            continue
        cells = [cell.strip() for cell in text.split("\t")]
        if _BEFORE.search(text):
            old = True
        elif all(_ONLY.fullmatch(cell) for cell in cells if cell):
            columns = cells
        elif columns:
            yield from _by_column(page, block, columns, cells)
        elif not old:
            yield from _by_row(page, block, cells)


def _in_line(page: Page, block: Block, text: str) -> Iterator[Grade]:
    listed = _LISTED.fullmatch(text) if block.kind is BlockKind.BULLET else None
    if listed:
        for area in listed[2].split(";"):
            yield _grade(page, block, area, listed[1])
    asked = _ASKED.fullmatch(text) if block.kind is BlockKind.PARAGRAPH else None
    if asked:
        yield _grade(page, block, asked[1], asked[2])


def _by_column(page: Page, block: Block, columns: list[str], cells: list[str]) -> Iterator[Grade]:
    for grade, area in zip(columns, cells, strict=False):
        if area:
            yield _grade(page, block, area, grade)


def _by_row(page: Page, block: Block, cells: list[str]) -> Iterator[Grade]:
    graded = _GRADED.match(cells[-1]) if len(cells) == 2 else None
    if graded and cells[0]:
        yield _grade(page, block, cells[0], graded[1])


def _grade(page: Page, block: Block, area: str, grade: str) -> Grade:
    span = Span(page.number, block.start, block.end)
    return Grade(" ".join(area.split()), grade, page.number, spans=(span,))
