"""What every other part talks about: documents, pages, blocks, spans, passages, items and limbs.

All character offsets count Python characters (Unicode code points) in ``Page.text``, from 0, end
exclusive. Page numbers are physical, from 1.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum


class Refused(Exception):
    """A file that cannot be taken in. The message says what, where and what to do, in one line."""


class Kind(StrEnum):
    """What a document is."""

    INSPECTION_REPORT = "inspection_report"
    JOINT_INSPECTION_LETTER = "joint_inspection_letter"
    FOLLOW_UP_LETTER = "follow_up_letter"
    RESPONSE = "response"
    POLICE_AND_CRIME_PLAN = "police_and_crime_plan"
    OTHER = "other"


class BlockKind(StrEnum):
    """What a stretch of a page is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    TABLE_ROW = "table_row"
    FOOTNOTE = "footnote"
    FURNITURE = "furniture"  # running headers and footers, printed page numbers


@dataclass(frozen=True)
class Block:
    """One heading, paragraph, bullet, table row or footnote: ``page.text[start:end]``.

    ``level`` is 1-6 for headings (1 the highest), the depth from 1 for bullets, 0 otherwise.
    ``continues`` says that the block carries on the last block of the page before.
    ``label`` is a printed number or letter of a list item or heading ("4a)"), "" for a glyph.
    ``boxed`` says that the block stands in a box beside the running text (a case study).
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    continues: bool = False
    label: str = ""
    boxed: bool = False


@dataclass(frozen=True)
class Page:
    """One page: its text, and the blocks that cut it up in reading order without overlap."""

    number: int
    text: str
    blocks: tuple[Block, ...]
    ocr: bool = False


@dataclass(frozen=True)
class Reading:
    """What reading a file gave.

    ``digest`` is the SHA-256 of the file's bytes in hex; ``reader`` says which path was taken
    ("pdf-tagged", "pdf-plain", "pdf-ocr", "docx", "html", "markdown", "text"); ``notes`` are
    sentences for the person ("page 3 has no text: scanned?", "12 hidden characters were left out").
    ``properties`` are what the file says of itself (title, created); never trusted silently.
    """

    digest: str
    reader: str
    pages: tuple[Page, ...]
    notes: tuple[str, ...] = ()
    properties: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, order=True)
class Span:
    """An exact stretch of one page: ``page.text[start:end]``."""

    page: int
    start: int
    end: int


@dataclass(frozen=True)
class CatalogueEntry:
    """What a document is, as a person confirmed it (or, unconfirmed, as it was proposed).

    ``path`` is relative to the catalogue's folder. ``published`` is None until somebody has said
    so. ``collection`` is ``public``, ``office`` or ``restricted:<name>``; ``embargo_until`` is the
    moment (with a time zone) before which nobody is shown the document.
    """

    path: str
    title: str
    kind: Kind = Kind.OTHER
    body: str = ""
    place: str = ""
    published: date | None = None
    source: str = ""
    collection: str = "public"
    embargo_until: datetime | None = None
    confirmed: bool = False
    withdrawn: bool = False

    @property
    def year(self) -> int | None:
        """The year of publication, when it is known."""
        return self.published.year if self.published else None

    def embargoed(self, now: datetime) -> bool:
        """Whether the document may not be shown yet at ``now`` (which has a time zone)."""
        return self.embargo_until is not None and now.astimezone(UTC) < self.embargo_until


@dataclass(frozen=True)
class Sentence:
    """One sentence (or table row, or heading) of a document and where it stands.

    A sentence that crosses a page has one span on each page. ``text`` is the spans' text joined by
    a space, white space folded: it is what people read; the spans are what proves it.
    """

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Passage:
    """A stretch of a document worth finding: whole bullets, with the headings above it.

    ``key`` is made from content (document digest and spans), so it is the same on every machine.
    ``trail`` is the headings above, highest first; it is searched and never quoted.
    """

    key: str
    document: str
    ordinal: int
    trail: tuple[str, ...]
    text: str
    sentences: tuple[Sentence, ...]

    @property
    def pages(self) -> tuple[int, ...]:
        """The physical pages it stands on, in order."""
        return tuple(sorted({span.page for line in self.sentences for span in line.spans}))


class ItemKind(StrEnum):
    """What a report asks for, in the inspectorates' own classes."""

    CAUSE_OF_CONCERN = "cause_of_concern"
    RECOMMENDATION = "recommendation"
    AREA_FOR_IMPROVEMENT = "area_for_improvement"
    PRIORITY_ACTION = "priority_action"


@dataclass(frozen=True)
class Limb:
    """One bullet of an item: one thing asked."""

    text: str
    page: int


@dataclass(frozen=True)
class Item:
    """One thing a report asks for.

    ``text`` is what is asked, without its limbs; ``finding`` the text before it that says why;
    ``number`` as printed ("" when none); ``deadline`` the words as printed ("" when none).
    """

    kind: ItemKind
    number: str
    text: str
    limbs: tuple[Limb, ...]
    page: int
    section: str = ""
    group: str = ""
    finding: str = ""
    addressee: str = ""
    deadline: str = ""


def quoted(pages: tuple[Page, ...], span: Span) -> str:
    """The exact words of ``span``; IndexError when the page is not there."""
    return pages[span.page - 1].text[span.start : span.end]
