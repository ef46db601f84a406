"""Pieces of a page from the tags its maker put in: paragraphs, lists, tables, footnotes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from retrieval.documents import BlockKind
from retrieval.reading.pdf.lines import single_lines
from retrieval.reading.pdf.pieces import Piece, joined, piece
from retrieval.reading.pdf.plain import plain_pieces
from retrieval.reading.pdf.sheet import Node, Sheet

_HEADING = re.compile(r"H(?:eading)?[ _]?([1-6])|(H|Title)")
_NOTES = frozenset({"Note", "FENote", "Footnote", "Endnote"})
_INLINE = frozenset(
    {"Span", "Link", "Quote", "Reference", "Em", "Strong", "Sub", "Annot", "Form", "Lbl", "LBody"}
    | {"Code", "BibEntry", "Ruby", "Warichu", "RB", "RT", "RP", "WT", "WP", "NonStruct", "Private"}
)


# Tags that only wrap the words of a list item or footnote.
_OPENED = {
    BlockKind.BULLET: frozenset({"P", "LBody", "Lbl"}),
    BlockKind.FOOTNOTE: frozenset({"P"}),
}
# Tags whose words are one paragraph; in others the look of the lines decides.
_WORDED = frozenset({"P", "Caption", "BlockQuote", "TOCI", "TD", "TH", "LI", "LBody"})


def tagged_share(sheet: Sheet, spare: frozenset[int]) -> float:
    """How much of the page's text its tags reach, not counting the runs in ``spare``."""
    reached = {number for node in sheet.tags for number in _numbers(node)}
    found = total = 0
    for place, run in enumerate(sheet.runs):
        letters = 0 if place in spare or run.artifact else len(run.text.replace(" ", ""))
        total += letters
        found += letters if run.tag in reached else 0
    return found / total if total else 1.0


def tagged_pieces(sheet: Sheet, spare: frozenset[int]) -> tuple[list[Piece], frozenset[int]]:
    """The pieces in the tags' order, and the places of the runs they used."""
    walk = _Walk(sheet, spare)
    for node in sheet.tags:
        walk.block(node)
    return walk.pieces, frozenset(walk.used)


def _numbers(node: Node) -> Iterator[int]:
    for child in node.children:
        if isinstance(child, int):
            yield child
        else:
            yield from _numbers(child)


class _Walk:
    """One walk over the tags of one page, gathering pieces."""

    def __init__(self, sheet: Sheet, spare: frozenset[int]) -> None:
        self.pieces: list[Piece] = []
        self.used: set[int] = set()
        self._sheet = sheet
        self._places: dict[int, list[int]] = {}
        self._depth = 0
        self._edge = max((run.right for run in sheet.runs), default=0.0)
        for place, run in enumerate(sheet.runs):
            if place not in spare and run.tag >= 0:
                self._places.setdefault(run.tag, []).append(place)

    def block(self, node: Node) -> None:
        """Take in a tag that stands for a block or holds blocks."""
        heading = _HEADING.fullmatch(node.name)
        if node.name == "Table":
            self._table(node)
        elif node.name == "L":
            self._list(node)
        elif heading:
            self._flow(node, BlockKind.HEADING, rank=int(heading[1] or 1))
        elif node.name in _NOTES:
            self._flow(node, BlockKind.FOOTNOTE)
        else:
            self._flow(node, BlockKind.PARAGRAPH)

    def _list(self, node: Node) -> None:
        self._depth += 1
        for child in node.children:
            if isinstance(child, Node):
                if child.name == "L":
                    self._list(child)
                else:
                    self._flow(child, BlockKind.BULLET)
        self._depth -= 1

    def _flow(self, node: Node, kind: BlockKind, rank: int = 0) -> None:
        """Words directly in the tag and in its inline tags make pieces; blocks inside cut them."""
        waiting: list[int] = []
        loose = node.name not in _WORDED and kind is BlockKind.PARAGRAPH
        apart = loose and not any(isinstance(child, int) for child in node.children)
        for child in node.children if apart else self._unwrapped(node, kind):
            if isinstance(child, int):
                waiting += self._take(child)
                continue
            if child.name not in _NOTES:
                self._add(waiting, kind, rank, loose)
                waiting = []
            self.block(child)
        self._add(waiting, kind, rank, loose)

    def _unwrapped(self, node: Node, kind: BlockKind) -> Iterator[Node | int]:
        """The tag's children with inline tags opened; a list item's paragraph is its words too."""
        opened = _OPENED.get(kind, frozenset())
        for child in node.children:
            if isinstance(child, Node) and (_is_inline(child) or child.name in opened):
                yield from self._unwrapped(child, kind)
            else:
                yield child

    def _take(self, number: int) -> list[int]:
        places = [place for place in self._places.get(number, []) if place not in self.used]
        self.used.update(places)
        return places

    def _add(self, places: list[int], kind: BlockKind, rank: int = 0, loose: bool = False) -> None:
        if loose:
            self.pieces += plain_pieces(self._sheet, places, 0)
        elif kind is BlockKind.PARAGRAPH:
            for line in single_lines(self._sheet, places, self._edge):
                self._make(line, kind)
        else:
            self._make(places, kind, rank)

    def _make(self, places: Sequence[int], kind: BlockKind, rank: int = 0) -> None:
        made = piece(self._sheet, places, kind)
        if made is None:
            return
        level = max(self._depth, 1) if kind is BlockKind.BULLET else 0
        listed = kind is BlockKind.BULLET
        self.pieces.append(replace(made, level=level, rank=rank, listed=listed))

    def _table(self, node: Node) -> None:
        for row in _rows(node):
            cells = [cell for cell in row.children if isinstance(cell, Node) and self._holds(cell)]
            if len(cells) == 1:
                self._flow(cells[0], BlockKind.PARAGRAPH)
            elif cells:
                self._row(cells)

    def _holds(self, node: Node) -> bool:
        places = [place for number in _numbers(node) for place in self._places.get(number, [])]
        return bool(joined(self._sheet, places))

    def _row(self, cells: list[Node]) -> None:
        places = [[p for number in _numbers(cell) for p in self._take(number)] for cell in cells]
        whole = piece(self._sheet, [p for cell in places for p in cell], BlockKind.TABLE_ROW)
        if whole:
            text = "\t".join(joined(self._sheet, cell) for cell in places)
            self.pieces.append(replace(whole, text=text))


def _is_inline(node: Node) -> bool:
    """Whether a tag is part of a line; some makers put whole blocks into such tags."""
    inside = (child for child in node.children if isinstance(child, Node))
    return node.name in _INLINE and all(
        _is_inline(child) or child.name in _NOTES or child.name == "Figure" for child in inside
    )


def _rows(node: Node) -> Iterator[Node]:
    for child in node.children:
        if isinstance(child, Node) and child.name == "TR":
            yield child
        elif isinstance(child, Node) and child.name in {"THead", "TBody", "TFoot"}:
            yield from _rows(child)
        elif isinstance(child, Node):
            yield Node("TR", (child,))
