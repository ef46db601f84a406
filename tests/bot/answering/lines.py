"""Lines of documents as a search would give them, for tests of what is made of them."""

from dataclasses import replace
from datetime import date

from bot.answering.evidence import Line
from retrieval.documents import Kind
from retrieval.library import Filed
from retrieval.search import Found
from tests.fakes.findings import found


def line(
    text: str,
    document: str = "a",
    *,
    published: date | None = date(2031, 3, 4),
    place: str = "Fernshire",
    kind: Kind = Kind.INSPECTION_REPORT,
    page: int = 4,
    score: float = 1.0,
    meets: float = 1.0,
    cosine: float = 0.5,
) -> Line:
    """A line of a document of its own; ``document`` is one letter of its hash."""
    one = found(text, place=place, kind=kind, published=published, page=page)
    return Line(of(one, document), 0, cosine=cosine, covered=0.5, meets=meets, score=score)


def of(one: Found, document: str) -> Found:
    """The same passage in a document with another hash."""
    digest = document * 64
    held = one.held
    passage = replace(held.passage, document=digest, key=f"{document} {held.passage.key}")
    filed = replace(held.filed, digest=digest, file=f"/shelf/{document}.pdf")
    return replace(one, held=replace(held, passage=passage, filed=filed))


def filed(one: Line) -> Filed:
    """The document that a line stands in."""
    return one.found.held.filed
