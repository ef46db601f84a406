"""Tables and lists: which cells make a row, which pieces make an item, how items are labelled."""

from collections.abc import Iterator
from dataclasses import replace

from selectolax.lexbor import LexborNode

from retrieval.documents import BlockKind
from retrieval.reading.layout import PAGE_TURN, Piece

_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def rows_of(table: LexborNode) -> list[LexborNode]:
    """A table's own rows, without those of tables inside it."""
    found = []
    for child in table.iter():
        if child.tag == "tr":
            found.append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            found += [row for row in child.iter() if row.tag == "tr"]
    return found


def cells_of(row: LexborNode) -> list[LexborNode]:
    """A row's own cells."""
    return [cell for cell in row.iter() if cell.tag in ("td", "th")]


def of_cells(cells: list[list[Piece]]) -> list[Piece]:
    """One row: the cells' words joined by tabs; bullets and inner tables follow it as they are.

    A row with a heading in it is no row of data: its pieces stand one after the other.
    """
    pieces = [piece for cell in cells for piece in cell]
    if any(piece.kind is BlockKind.HEADING for piece in pieces):
        return pieces
    worded = [" ".join(piece.text for piece in cell if not _apart(piece)) for cell in cells]
    row = Piece(BlockKind.TABLE_ROW, "\t".join(" ".join(words.split()) for words in worded))
    boxed = any(piece.boxed for piece in pieces)
    after = [piece for piece in pieces if _apart(piece)]
    return _turned([replace(row, boxed=boxed)]) + after


def of_definitions(parts: list[tuple[str, list[Piece]]]) -> list[Piece]:
    """A definition list: each term with its definitions as a row."""
    lines: list[list[list[Piece]]] = []
    last = ""
    for tag, cell in parts:
        if not lines or (tag == "dt" and last == "dd"):
            lines.append([])
        lines[-1].append(cell)
        last = tag
    return [piece for line in lines for piece in of_cells(line)]


def of_item(pieces: list[Piece]) -> list[Piece]:
    """One list item as one bullet; words after a list inside it are a paragraph of their own."""
    made: list[Piece] = []
    for piece in pieces:
        own = piece.kind is BlockKind.BULLET and pieces[0].level == piece.level
        if own and len(made) == 1 and made[0].kind is BlockKind.BULLET:
            made[0] = replace(made[0], text=f"{made[0].text} {piece.text}")
        elif own and made:
            made.append(replace(piece, kind=BlockKind.PARAGRAPH, level=0, label=""))
        else:
            made.append(piece)
    return made


def list_labels(node: LexborNode) -> Iterator[str]:
    """The labels that a browser prints before the items of an ordered list, without end."""
    number = _whole(node.attributes.get("start"), 1)
    kind = node.attributes.get("type") or "1"
    while True:
        yield f"{_written(number, kind)}."
        number += 1


def _apart(piece: Piece) -> bool:
    return piece.kind in (BlockKind.BULLET, BlockKind.TABLE_ROW)


def _turned(pieces: list[Piece]) -> list[Piece]:
    """A row is not cut by a page turn: one before its words goes first, others go last."""
    text = pieces[0].text
    cells = text.split("\t")
    turns = max(cell.count(PAGE_TURN) for cell in cells)
    if not turns:
        return pieces
    first = any(cell.startswith(PAGE_TURN) for cell in cells)
    bare = " ".join(text.replace(PAGE_TURN, " ").split(" "))
    marked = PAGE_TURN + bare + PAGE_TURN * (turns - 1) if first else bare + PAGE_TURN * turns
    return [replace(pieces[0], text=marked)]


def _whole(text: str | None, otherwise: int) -> int:
    digits = (text or "").strip()
    return int(digits) if digits.isdecimal() and len(digits) < 7 else otherwise


def _written(number: int, kind: str) -> str:
    if kind in ("a", "A") and 1 <= number <= 26:
        return chr(ord(kind) + number - 1)
    if kind in ("i", "I") and 1 <= number <= 39:
        return roman(number).upper() if kind == "I" else roman(number)
    return str(number)


def roman(number: int) -> str:
    """A number from 1 to 39 in small Roman letters."""
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written
