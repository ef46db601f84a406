"""What people said of earlier reports on an item: that they raise the same, or that they do not."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Engine, insert, select

from bot.store import audit, case_rows
from bot.store import tables as t
from bot.store.engine import for_reading
from bot.store.questions import storable
from retrieval.documents import Span


@dataclass(frozen=True)
class Answered:
    """Exact words of the answer to an earlier report; ``published`` is the answer's day."""

    document: str  # digest
    title: str
    page: int
    quote: str
    spans: tuple[Span, ...]
    published: date | None = None


@dataclass(frozen=True)
class Earlier:
    """What an earlier report raised, in its words. ``older`` is "case/item", "" for no case.

    ``grade`` is that of its area then, "" for none printed; ``answered`` what was answered then.
    """

    older: str
    document: str  # digest
    title: str
    published: date
    page: int
    quote: str
    spans: tuple[Span, ...]
    grade: str = ""
    answered: tuple[Answered, ...] = ()

    @property
    def name(self) -> str:
        """What a person calls it: eight signs, the same as long as its words stand there."""
        return sha256(f"{self.document}\n{self.page}\n{self.quote}".encode()).hexdigest()[:8]


@dataclass(frozen=True)
class Recurrence:
    """A person's word that an item raises the same as an earlier report, or that it does not."""

    item: int
    same: bool
    earlier: Earlier
    person: str
    at: datetime


class Recurrences:
    """All such words in one database; they are only added."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reads = for_reading(engine)

    def of(self, case: str) -> tuple[Recurrence, ...]:
        """All that was said of a case's items, in order; () when nobody has said anything."""
        with self._reads.connect() as connection:
            return _said(connection, case)

    def all(self) -> dict[str, tuple[Recurrence, ...]]:
        """All that was said, by case."""
        with self._reads.connect() as connection:
            names = connection.scalars(select(t.recurrences.c.case).distinct()).all()
            return {name: _said(connection, name) for name in names}

    def note(self, case: str, said: Recurrence) -> None:
        """Add a person's word, unless it is the last one said of this already. NoSuchCase."""
        with audit.changing(self._engine) as connection:
            case_rows.refuse_unknown(connection, case)
            kept = replace(said, earlier=_storable(said.earlier))
            known = _said(connection, case)
            if any(_same(one, kept) for one in latest(known)):
                return
            row = _row(kept) | {"case": case, "number": len(known) + 1}
            connection.execute(insert(t.recurrences).values(row))
            audit.append(
                connection, event="case.recurrence", subject=case, person=said.person,
                facts=_facts(kept), at=said.at,
            )  # fmt: skip


def latest(said: Iterable[Recurrence]) -> tuple[Recurrence, ...]:
    """The last word on each link of an item with the words of an earlier report."""
    last: dict[tuple[object, ...], Recurrence] = {}
    for one in said:
        last[one.item, one.earlier.document, one.earlier.page, one.earlier.quote] = one
    return tuple(last.values())


def confirmed(said: Iterable[Recurrence], item: int) -> tuple[Recurrence, ...]:
    """The links of an item that a person has confirmed and nobody taken back, oldest first."""
    links = [one for one in latest(said) if one.item == item and one.same]
    return tuple(sorted(links, key=lambda one: (one.earlier.published, one.earlier.title)))


def _said(connection: Connection, case: str) -> tuple[Recurrence, ...]:
    return tuple(map(_of_row, case_rows.numbered(connection, t.recurrences, case)))


def _same(one: Recurrence, other: Recurrence) -> bool:
    return (one.item, one.same, one.earlier) == (other.item, other.same, other.earlier)


def _storable(earlier: Earlier) -> Earlier:
    answered = tuple(replace(one, quote=storable(one.quote)) for one in earlier.answered)
    return replace(earlier, quote=storable(earlier.quote), answered=answered)


def _row(said: Recurrence) -> dict[str, Any]:
    told = asdict(said.earlier)
    told |= {"spans": list(told["spans"]), "answered": list(told["answered"])}
    for one in told["answered"]:
        day = one["published"]
        one |= {"spans": list(one["spans"]), "published": day.isoformat() if day else None}
    return told | {"item": said.item, "same": said.same, "person": said.person, "at": said.at}


def _of_row(row: dict[str, Any]) -> Recurrence:
    told = {name: value for name, value in row.items() if name != "number"}
    own = {name: told.pop(name) for name in ("item", "same", "person", "at")}
    told |= {"spans": _spans(told["spans"]), "answered": tuple(map(_answered, told["answered"]))}
    return Recurrence(earlier=Earlier(**told), **own)


def _answered(told: dict[str, Any]) -> Answered:
    day = date.fromisoformat(told["published"]) if told["published"] else None
    return Answered(**(told | {"spans": _spans(told["spans"]), "published": day}))


def _spans(told: Iterable[dict[str, int]]) -> tuple[Span, ...]:
    return tuple(Span(**one) for one in told)


def _facts(said: Recurrence) -> dict[str, Any]:
    """Ids and hashes for the audit; no words."""
    earlier = said.earlier
    return {
        "item": said.item,
        "same": said.same,
        "older": earlier.older,
        "document": earlier.document,
        "page": earlier.page,
        "quote": audit.sha256(earlier.quote),
        "answered": [audit.sha256(one.quote) for one in earlier.answered],
    }
