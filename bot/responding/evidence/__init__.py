"""The evidence pack of an item: what a draft on it may rest on, each piece with its exact words.

A pack is stored with its draft: ``data`` and ``pack`` turn it into JSON and back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from bot.store.wordings import Cited, Voice


class Sort(StrEnum):
    """What a piece of evidence is to the item."""

    FINDING = "finding"
    ASKED = "asked"
    REPORT = "report"
    GRADE = "grade"
    EARLIER = "earlier_finding"
    OUTCOME = "outcome"
    ANSWER = "earlier_answer"
    PROMISE = "promise"
    FORCE = "earlier_force"
    COMMENT = "chief_comment"
    PLAN = "plan"
    OFFICE = "office"


OWN = (Sort.ANSWER, Sort.PROMISE, Sort.PLAN, Sort.OFFICE)
"""What the office itself has said."""


@dataclass(frozen=True)
class Piece:
    """One piece of evidence. ``voice`` is None for somebody who is none of the three.

    ``closed`` is why it may not be published, "" when it may; ``days`` is its age on the day of the
    pack, None without a date; ``limb`` is the limb (from 1) it bears on, 0 for the whole item;
    ``about`` is the heading that it stands under.
    """

    sort: Sort
    cited: Cited
    voice: Voice | None
    closed: str = ""
    days: int | None = None
    limb: int = 0
    about: str = ""

    @property
    def open(self) -> bool:
        """Whether it may be published."""
        return not self.closed

    @property
    def words(self) -> str:
        """Its exact words."""
        return self.cited.quote


@dataclass(frozen=True)
class Clash:
    """Two pieces that give different figures for one thing, the older first."""

    older: Piece
    newer: Piece


@dataclass(frozen=True)
class Pack:
    """The evidence on one item, as it was on a day.

    ``names`` are what the case and its documents are called; ``known`` are all names in the report.
    ``awaited`` says that the chief officer's comments have not come.
    """

    case: str
    item: int
    on: date
    pieces: tuple[Piece, ...] = ()
    clashes: tuple[Clash, ...] = ()
    names: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    awaited: bool = True

    def of(self, *sorts: Sort) -> tuple[Piece, ...]:
        """The pieces of these sorts, in order."""
        return tuple(one for one in self.pieces if one.sort in sorts)

    @property
    def about(self) -> tuple[str, ...]:
        """What the documents and the case are called: names may come from there."""
        return tuple(dict.fromkeys((*self.names, *(one.cited.title for one in self.pieces))))

    @property
    def dated(self) -> tuple[str, ...]:
        """The days on which the documents were published."""
        return tuple(dict.fromkeys(self._days()))

    def _days(self) -> Iterator[str]:
        for one in self.pieces:
            if day := one.cited.published:
                yield f"{day.day} {day:%B %Y}"


@cache
def _form() -> TypeAdapter[Pack]:
    return TypeAdapter(Pack)


def data(made: Pack) -> dict[str, Any]:
    """A pack as plain JSON."""
    told: dict[str, Any] = _form().dump_python(made, mode="json")
    return told


def pack(told: dict[str, Any]) -> Pack:
    """A pack from the JSON of ``data``."""
    return _form().validate_python(told)
