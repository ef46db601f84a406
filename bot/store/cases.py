"""Cases as the program knows them: what is said of a report, on what, and what became of it.

A revision of a case is never changed, only followed by another.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.store.contents import (
    Choice,
    Closing,
    Content,
    Decided,
    Grade,
    Item,
    Limb,
    Origin,
    Status,
    content,
    data,
)
from retrieval.documents import Kind, Page, Span

__all__ = [
    "Case", "ChiefStep", "Choice", "Closing", "Content", "Decided", "Document", "Grade", "Item",
    "ItemStatus", "Limb", "Origin", "Read", "Revision", "Role", "State", "Status", "Step",
    "content", "data",
]  # fmt: skip


class State(StrEnum):
    """How far a case has come."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"


class Role(StrEnum):
    """What a document is to a case."""

    REPORT = "report"
    RESPONSE = "response"
    SOURCE = "source"


class Step(StrEnum):
    """Where the chief officer's comments stand."""

    INVITED = "invited"
    RECEIVED = "received"
    NONE = "none"


@dataclass(frozen=True)
class Revision:
    """One state of what is said. ``corrections`` name the proposals that the person changed."""

    number: int
    confirmed: bool
    content: Content
    corrections: tuple[str, ...]
    person: str
    at: datetime


@dataclass(frozen=True)
class Document:
    """A document that a case rests on; ``number`` counts from 1 within the case."""

    number: int
    digest: str
    file: str
    title: str
    kind: Kind
    role: Role


@dataclass(frozen=True)
class Read:
    """A document with its pages, on its way into a case."""

    digest: str
    file: str
    title: str
    kind: Kind
    role: Role
    pages: tuple[Page, ...]


@dataclass(frozen=True)
class ChiefStep:
    """What happened with the chief officer's comments; ``until`` is the day set for them."""

    step: Step
    on: date
    until: date | None
    person: str
    at: datetime


@dataclass(frozen=True)
class ItemStatus:
    """What somebody said has become of an item, with the words that bear it out."""

    item: int
    status: Status
    on: date
    document: str
    title: str
    page: int
    quote: str
    spans: tuple[Span, ...]
    person: str
    at: datetime


@dataclass(frozen=True)
class Case:
    """One report being answered. ``revisions`` are in order; the steps and statuses too."""

    id: str
    added_by: str
    added_at: datetime
    revisions: tuple[Revision, ...]
    documents: tuple[Document, ...]
    chief: tuple[ChiefStep, ...] = ()
    statuses: tuple[ItemStatus, ...] = field(default=())

    @property
    def latest(self) -> Revision:
        """The newest revision, proposed or confirmed."""
        return self.revisions[-1]

    @property
    def proposal(self) -> Revision:
        """What a person corrects: the newest revision that was read, or confirmed before."""
        kept = (one for one in reversed(self.revisions) if one.confirmed or not one.corrections)
        return next(kept)

    @property
    def confirmed(self) -> tuple[Revision, ...]:
        """The revisions that a person confirmed."""
        return tuple(one for one in self.revisions if one.confirmed)

    @property
    def standing(self) -> Revision:
        """What counts: the last confirmed revision, or the proposal while there is none."""
        return self.confirmed[-1] if self.confirmed else self.latest

    @property
    def content(self) -> Content:
        """What counts of all that was said."""
        return self.standing.content

    @property
    def state(self) -> State:
        """CONFIRMED once a person has confirmed anything."""
        return State.CONFIRMED if self.confirmed else State.PROPOSED

    def document(self, digest: str) -> Document | None:
        """The document with that content."""
        return next((one for one in self.documents if one.digest == digest), None)

    def status(self, item: int) -> ItemStatus | None:
        """What was last said of an item: the latest date counts, then the latest word."""
        said = [one for one in self.statuses if one.item == item]
        return max(said, key=lambda one: (one.on, one.at)) if said else None
