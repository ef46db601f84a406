"""Walk HTML and lay it out as blocks: the one walker for web pages, Markdown and Word files."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from retrieval.documents import BlockKind
from retrieval.reading import classing, plainlines, rows
from retrieval.reading.footnotes import footnotes_in
from retrieval.reading.layout import Layout, Piece
from retrieval.reading.unseen import is_dropped, is_unseen, unseen_by_style

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_BLOCKS = (
    frozenset(
        {
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "center",
            "dd",
            "details",
            "dialog",
            "div",
            "dl",
            "dt",
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "form",
            "header",
            "hgroup",
            "hr",
            "html",
            "legend",
            "li",
            "main",
            "nav",
            "p",
            "pre",
            "section",
            "summary",
            "table",
            "tbody",
            "td",
            "tfoot",
            "th",
            "thead",
            "tr",
        }
    )
    | _LISTS
    | set(_HEADINGS)
)
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MARKER = re.compile(r"\[?(\d{1,3})\]?")


@dataclass(frozen=True)
class Place:
    """What the text inside an element becomes; ``in_row`` while it is a table cell's."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    label: str = ""
    boxed: bool = False
    depth: int = 0
    in_row: bool = False


@dataclass
class Walk:
    """A walk through a document, filling ``layout``.

    ``leaves_out`` says of an element whether it is furniture of a web site. ``counts_lists`` is
    False where the source has printed labels of its own.
    """

    layout: Layout
    leaves_out: Callable[[LexborNode], bool] = lambda _: False
    counts_lists: bool = True
    pictures: int = 0
    furniture: int = 0
    _level: int = 0
    _words: list[str] = field(default_factory=list)
    _light: list[str] = field(default_factory=list)
    _sink: list[Piece] | None = None
    _feet: dict[str, LexborNode] = field(default_factory=dict)
    _skipped: set[int] = field(default_factory=set)
    _unseen: set[int] = field(default_factory=set)

    def document(self, tree: LexborHTMLParser, root: LexborNode) -> None:
        """Lay out everything in ``root``; footnotes that no marker called come last."""
        self._feet = footnotes_in(tree)
        self._skipped = {node.mem_id for node in self._feet.values()}
        self._unseen = unseen_by_style(tree)
        self._through(root, Place())
        self._flush(Place())
        for name in list(self._feet):
            self._footnote(name, "")

    def _through(self, node: LexborNode, place: Place) -> None:
        for child in node.iter(include_text=True):
            self._visit(child, place)

    def _visit(self, node: LexborNode, place: Place) -> None:
        tag = node.tag or ""
        if tag == "-text":
            self._say(node.text_content or "")
        elif self._is_left_out(node, tag):
            return
        elif tag in _BLOCKS:
            self._flush(place)
            self._block(node, tag, place)
        else:
            self._inline(node, tag, place)

    def _is_left_out(self, node: LexborNode, tag: str) -> bool:
        if is_dropped(tag) or node.mem_id in self._skipped:
            return True
        if node.mem_id in self._unseen or is_unseen(node):
            self.layout.hidden += len(" ".join(node.text(separator=" ").split()))
            return True
        if self.leaves_out(node):
            self.furniture += len(" ".join(node.text(separator=" ").split()))
            return True
        return False

    def _say(self, text: str) -> None:
        self._words.append(text)
        self._light.append(text)

    def _inline(self, node: LexborNode, tag: str, place: Place) -> None:
        if tag == "br":
            self._say(" ")
        elif tag == "img":
            self.pictures += 1
        elif tag == "input" and node.attributes.get("type") == "checkbox":
            self._say("☒ " if "checked" in node.attributes else "☐ ")
        elif tag == "sup" and (marker := _MARKER.fullmatch(node.text().strip())):
            self._marker(node, marker.group(1))
        else:
            self._worded(node, tag, place)

    def _marker(self, node: LexborNode, label: str) -> None:
        self._words.append(label.translate(_SUPERSCRIPT))
        link = node.css_first("a[href]")
        self._footnote((link.attributes.get("href") or "")[1:] if link else "", label)

    def _worded(self, node: LexborNode, tag: str, place: Place) -> None:
        light = list(self._light) if tag in ("b", "strong") else None
        self._through(node, place)
        if light is not None:
            self._light = light

    def _footnote(self, name: str, label: str) -> None:
        if note := self._feet.pop(name, None):
            words, light, self._words, self._light = self._words, self._light, [], []
            pieces = self._gathered(note, Place(in_row=True))
            self._words, self._light = words, light
            self.layout.add_footnote(" ".join(piece.text for piece in pieces).rstrip(" ↑↩"), label)

    def _block(self, node: LexborNode, tag: str, place: Place) -> None:
        if tag == "table":
            self._table(node, place)
        elif tag == "dl":
            self._emit(rows.of_definitions(self._cells(node, ("dt", "dd"), place)))
        elif tag in _LISTS:
            self._list(node, tag, place)
        elif tag == "pre":
            self._emit(plainlines.pieces(node.text()))
        else:
            self._ordinary(node, tag, place)

    def _ordinary(self, node: LexborNode, tag: str, place: Place) -> None:
        inner = place
        if tag in _HEADINGS:
            self._level = _HEADINGS[tag]
            inner = replace(place, kind=BlockKind.HEADING, level=self._level, label="")
        self._through(node, inner)
        self._flush(inner)

    def _list(self, node: LexborNode, tag: str, place: Place) -> None:
        depth = place.depth + 1
        labels = rows.list_labels(node) if tag == "ol" and self.counts_lists else None
        for item in node.iter():
            if item.tag != "li":
                self._visit(item, replace(place, depth=depth))
                continue
            label = next(labels) if labels else ""
            inner = Place(BlockKind.BULLET, depth, label, place.boxed, depth, place.in_row)
            if not self._is_left_out(item, "li"):
                self._emit(rows.of_item(self._gathered(item, inner)))

    def _table(self, node: LexborNode, place: Place) -> None:
        for caption in (child for child in node.iter() if child.tag == "caption"):
            self._block(caption, "caption", place)
        lines = [line for line in rows.rows_of(node) if not self._is_left_out(line, "tr")]
        columns = max((len(rows.cells_of(line)) for line in lines), default=0)
        if columns == 1 or node.attributes.get("role") in ("presentation", "none"):
            self._box(lines, replace(place, boxed=place.boxed or columns == 1))
            return
        for line in lines:
            self._emit(rows.of_cells([c for _, c in self._cells(line, ("td", "th"), place)]))

    def _box(self, lines: list[LexborNode], place: Place) -> None:
        for cell in (cell for line in lines for cell in rows.cells_of(line)):
            self._visit(cell, place)

    def _cells(
        self, node: LexborNode, tags: tuple[str, ...], place: Place
    ) -> list[tuple[str, list[Piece]]]:
        """What the children with these tags hold, ``div`` between them looked through."""
        inner = Place(boxed=place.boxed, depth=place.depth, in_row=True)
        found: list[tuple[str, list[Piece]]] = []
        for child in node.iter():
            if child.tag == "div":
                found += self._cells(child, tags, place)
            elif child.tag in tags:
                left_out = self._is_left_out(child, child.tag)
                found.append((child.tag, [] if left_out else self._gathered(child, inner)))
        return found

    def _gathered(self, node: LexborNode, place: Place) -> list[Piece]:
        """The pieces inside an element, kept from the layout."""
        outer, self._sink = self._sink, []
        self._through(node, place)
        self._flush(place)
        gathered, self._sink = self._sink, outer
        return gathered

    def _flush(self, place: Place) -> None:
        """End the block that is being filled."""
        text, self._words = "".join(self._words), []
        bold, self._light = not "".join(self._light).strip(), []
        if text.strip():
            piece = Piece(place.kind, text, place.level, place.label, place.boxed)
            below = 0 if place.in_row or not bold else min(6, self._level + 1)
            self._emit([classing.classed(piece, bold_level=below)])

    def _emit(self, pieces: list[Piece]) -> None:
        if self._sink is not None:
            self._sink.extend(pieces)
            return
        for piece in pieces:
            self.layout.add(piece)
