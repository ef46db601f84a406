"""What is said of a report being answered: its items, grades and dates, and what closes what.

``data`` and ``content`` turn it into JSON and back.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from retrieval.documents import ItemKind, Kind, Span


class Choice(StrEnum):
    """What the office decided on an item."""

    TAKEN = "taken"
    PROPOSED = "proposed"
    NONE = "none"


class Status(StrEnum):
    """How far an item has been carried out, as somebody said."""

    AWAITING_REVIEW = "awaiting_review"
    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted_for_closure"
    CLOSED = "closed"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Origin:
    """Where a proposal was read; ``of`` names it. From the catalogue: page 0 and no quote."""

    of: str
    page: int
    quote: str


@dataclass(frozen=True)
class Limb:
    """One bullet of an item; no spans where the item is retyped."""

    text: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Decided:
    """A decision as a response puts it: ``document`` is its number in the case, 0 for none."""

    choice: Choice
    reason: str = ""
    document: int = 0
    page: int = 0
    quote: str = ""
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Item:
    """One thing that a report asks for. ``id`` stays the item's own in all revisions of a case.

    ``retyped`` is why its words are not those of the page; ``repeats`` is an older item, as
    "case/id"; ``reason`` is why it is not ours.
    """

    id: int
    kind: ItemKind
    page: int
    text: str
    document: int = 1
    number: str = ""
    finding: str = ""
    limbs: tuple[Limb, ...] = ()
    addressee: str = ""
    deadline: str = ""
    grade: str = ""
    section: str = ""
    ours: bool = True
    reason: str = ""
    retyped: str = ""
    repeats: str = ""
    decision: Decided | None = None
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Grade:
    """A grade as printed, and what was graded; ``retyped`` as for an item."""

    area: str
    grade: str
    page: int
    document: int = 1
    retyped: str = ""
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Closing:
    """What a letter says has become of an older item; nothing until ``confirmed``."""

    case: str
    item: int
    status: Status
    page: int
    quote: str
    on: date | None = None
    document: int = 1
    confirmed: bool = False
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Content:
    """All that is said of a case. No date counts until its ``…_confirmed`` is True."""

    title: str
    kind: Kind
    rule: str
    published: date | None = None
    published_confirmed: bool = False
    reply_by: date | None = None
    owner: str = ""
    response: date | None = None
    response_confirmed: bool = False
    addressees: tuple[str, ...] = ()
    grades: tuple[Grade, ...] = ()
    items: tuple[Item, ...] = ()
    closes: tuple[Closing, ...] = ()
    origins: tuple[Origin, ...] = ()

    @property
    def counted_from(self) -> date | None:
        """The day of publication that a person confirmed: the clock starts from no other."""
        return self.published if self.published_confirmed else None

    def item(self, number: int) -> Item | None:
        """The item with that id."""
        return next((one for one in self.items if one.id == number), None)


@cache
def _form() -> TypeAdapter[Content]:
    return TypeAdapter(Content)


def data(said: Content) -> dict[str, Any]:
    """What is said, as plain JSON."""
    told: dict[str, Any] = _form().dump_python(said, mode="json")
    return told


def content(told: dict[str, Any]) -> Content:
    """What is said, from the JSON of ``data``."""
    return _form().validate_python(told)
