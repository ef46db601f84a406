"""Read a PDF: its tags where it has them, else the look of its lines; no OCR here."""

from collections import Counter
from pathlib import Path

from retrieval.documents import BlockKind, Page, Reading
from retrieval.reading.pdf.boxes import with_boxes
from retrieval.reading.pdf.furniture import furniture
from retrieval.reading.pdf.headings import with_headings
from retrieval.reading.pdf.hidden import Shown, shown
from retrieval.reading.pdf.lines import Line
from retrieval.reading.pdf.lists import with_bullets
from retrieval.reading.pdf.notes import with_notes
from retrieval.reading.pdf.overleaf import carried_on
from retrieval.reading.pdf.pages import in_order, page
from retrieval.reading.pdf.pieces import Piece, piece
from retrieval.reading.pdf.plain import plain_pieces
from retrieval.reading.pdf.sheet import Sheet
from retrieval.reading.pdf.sheets import sheets
from retrieval.reading.pdf.tagged import tagged_pieces, tagged_share

_ENOUGH_TAGGED = 0.93
_PICTURE = 0.25


def read(path: Path, *, digest: str, max_pages: int) -> Reading:
    """The pages of a PDF; Refused when it is locked, damaged, empty or has too many pages.

    A page without text has no blocks and a note of its own.
    """
    raw, said = sheets(path, max_pages=max_pages)
    seen = [shown(sheet) for sheet in raw]
    clean = [one.sheet for one in seen]
    edges = furniture(clean)
    shares = [tagged_share(sheet, _places(edge)) for sheet, edge in zip(clean, edges, strict=True)]
    tagged = _all_in_all(clean, shares) >= _ENOUGH_TAGGED
    pieces = _pieces(clean, edges, [tagged and share >= _ENOUGH_TAGGED for share in shares])
    pages = tuple(
        _page(one, edge, body) for one, edge, body in zip(seen, edges, pieces, strict=True)
    )
    return Reading(
        digest=digest,
        reader="pdf-tagged" if tagged else "pdf-plain",
        pages=pages,
        notes=_notes(seen, pages),
        properties=said,
    )


def _places(edge: list[Line]) -> frozenset[int]:
    return frozenset(place for line in edge for place in line.places)


def _all_in_all(clean: list[Sheet], shares: list[float]) -> float:
    """The share of all pages' text that tags reach; 0 when no page has tags."""
    sizes = [sum(len(run.text) for run in sheet.runs) for sheet in clean]
    if not any(sheet.tags for sheet in clean) or not sum(sizes):
        return 0.0
    return sum(a * b for a, b in zip(sizes, shares, strict=True)) / sum(sizes)


def _pieces(clean: list[Sheet], edges: list[list[Line]], tagged: list[bool]) -> list[list[Piece]]:
    body = _body_size(clean)
    pages = []
    for sheet, edge, by_tags in zip(clean, edges, tagged, strict=True):
        found = _found(sheet, _places(edge), by_tags, body)
        pages.append(with_bullets(with_notes(with_boxes(found, sheet), body)))
    return carried_on(with_headings(pages, body))


def _found(sheet: Sheet, spare: frozenset[int], by_tags: bool, body: float) -> list[Piece]:
    """The page's pieces; what tags did not reach comes after what they did."""
    found, used = tagged_pieces(sheet, spare) if by_tags else ([], frozenset())
    left = [place for place in range(len(sheet.runs)) if place not in used | spare]
    return found + plain_pieces(sheet, left, body)


def _body_size(clean: list[Sheet]) -> float:
    """The letter size of the running text: the one most letters of the document have."""
    sizes: Counter[float] = Counter()
    for sheet in clean:
        for run in sheet.runs:
            sizes[run.size] += len(run.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 0.0


def _page(one: Shown, edge: list[Line], body: list[Piece]) -> Page:
    sheet = one.sheet
    pieces = [
        (line.base > sheet.height / 2, made)
        for line in edge
        if (made := piece(sheet, line.places, BlockKind.FURNITURE))
    ]
    top = [made for above, made in pieces if above]
    bottom = [made for above, made in pieces if not above]
    whole = in_order(top, body, bottom) if body or not _pictured(sheet) else []
    return page(sheet.number, whole, ocr=one.scan)


def _pictured(sheet: Sheet) -> bool:
    """Whether a picture covers a good part of the page, as a scan under a stamped number does."""
    least = _PICTURE * sheet.width * sheet.height
    return any(shape.picture and shape.area >= least for shape in sheet.shapes)


def _notes(seen: list[Shown], pages: tuple[Page, ...]) -> tuple[str, ...]:
    notes = []
    for one, made in zip(seen, pages, strict=True):
        if not made.blocks:
            notes.append(f"page {made.number} has no text: scanned?")
        elif one.scan:
            notes.append(f"page {made.number} is a scan: its words are a scanner's reading")
    left_out = sum(one.left_out for one in seen)
    if left_out:
        some = "character was" if left_out == 1 else "characters were"
        notes.append(f"{left_out} hidden {some} left out")
    return tuple(notes)
