"""All cases in one database. Each change is one transaction, with what the audit says of it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Table, insert, select

from bot.store import audit, case_rows, rows
from bot.store import tables as t
from bot.store.case_rows import NoSuchCase
from bot.store.cases import (
    Case,
    ChiefStep,
    Choice,
    Content,
    ItemStatus,
    Read,
    Revision,
    Status,
    Step,
    data,
)
from bot.store.engine import for_reading
from bot.store.questions import storable
from retrieval.documents import Page

__all__ = ["Casebook", "Choice", "NoSuchCase", "Stale", "Status", "Step", "Taken"]


class Taken(Exception):
    """A case of that name, or of that document, is there already; ``case`` is its id."""

    def __init__(self, case: str) -> None:
        super().__init__(case)
        self.case = case


class Stale(Exception):
    """Somebody changed the case since; ``revision`` is the one that it has now."""

    def __init__(self, revision: int) -> None:
        super().__init__(revision)
        self.revision = revision


class Casebook:
    """The cases in one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reads = for_reading(engine)

    def get(self, case: str) -> Case:
        """The case with that id. NoSuchCase when there is none."""
        with self._reads.connect() as connection:
            return case_rows.case(connection, case)

    def all(self) -> list[Case]:
        """Every case, by id."""
        with self._reads.connect() as connection:
            names = list(connection.scalars(select(t.cases.c.id).order_by(t.cases.c.id)))
            return [case_rows.case(connection, name) for name in names]

    def of(self, digest: str) -> str | None:
        """The case that answers the report with that content, None for none."""
        with self._reads.connect() as connection:
            return case_rows.case_of(connection, digest)

    def pages(self, digest: str) -> tuple[Page, ...]:
        """The pages of a document of a case as they were read; () for another document."""
        query = select(t.case_pages).where(t.case_pages.c.document == digest)
        with self._reads.connect() as connection:
            found = connection.execute(query.order_by(t.case_pages.c.number)).mappings()
            return tuple(map(rows.page_of, found))

    def add(self, case: str, said: Content, read: Read, *, person: str, now: datetime) -> None:
        """Keep a new case, proposed. Taken when its id or its report is known."""
        with audit.changing(self._engine) as connection:
            taken = case_rows.case_of(connection, read.digest)
            if taken or case_rows.is_there(connection, case):
                raise Taken(taken or case)
            values = {"id": case, "added_by": person, "added_at": now}
            connection.execute(insert(t.cases).values(values))
            case_rows.take_in(connection, case, read)
            _revise(connection, "added", case, Revision(1, False, said, (), person, now))

    def take_in(
        self, case: str, said: Content, read: Read, *, after: int, person: str, now: datetime
    ) -> None:
        """Give a case another document and a proposal that rests on it.

        NoSuchCase, Stale when its newest revision is not ``after``, Taken when another case has it.
        """
        with audit.changing(self._engine) as connection:
            _refuse_stale(connection, case, after)
            other = case_rows.case_of(connection, read.digest)
            if other and other != case:
                raise Taken(other)
            case_rows.take_in(connection, case, read)
            revision = Revision(after + 1, False, said, (), person, now)
            _revise(connection, f"{read.role}_added", case, revision)

    def correct(
        self,
        case: str,
        said: Content,
        corrections: Sequence[str],
        *,
        after: int,
        person: str,
        now: datetime,
    ) -> int:
        """Keep what a person has corrected and not confirmed yet; the new revision.

        NoSuchCase, or Stale when the newest revision is not ``after``.
        """
        with audit.changing(self._engine) as connection:
            revision = Revision(after + 1, False, said, tuple(corrections), person, now)
            _follow(connection, "corrected", case, revision)
        return revision.number

    def confirm(
        self,
        case: str,
        said: Content,
        corrections: Sequence[str],
        *,
        after: int,
        person: str,
        now: datetime,
    ) -> Revision:
        """Keep what a person confirmed, and the statuses that it confirms of older items.

        NoSuchCase, or Stale when the newest revision is not ``after``.
        """
        with audit.changing(self._engine) as connection:
            revision = Revision(after + 1, True, said, tuple(corrections), person, now)
            _follow(connection, "confirmed", case, revision)
            _say_closings(connection, case, revision)
        return revision

    def note_chief(self, case: str, step: ChiefStep) -> None:
        """Add what happened with the chief officer's comments. NoSuchCase."""
        with audit.changing(self._engine) as connection:
            case_rows.refuse_unknown(connection, case)
            values = {name: getattr(step, name) for name in ("on", "until", "person", "at")}
            _add(connection, t.chief_steps, case, values | {"step": step.step.value})
            facts = {"step": step.step.value, "on": _iso(step.on), "until": _iso(step.until)}
            _note(connection, "chief", case, facts, step.person, step.at)

    def note_status(self, case: str, status: ItemStatus, source: Read) -> None:
        """Add what was said of an item, with the document that says it. NoSuchCase."""
        with audit.changing(self._engine) as connection:
            case_rows.refuse_unknown(connection, case)
            case_rows.take_in(connection, case, source)
            _say_once(connection, case, status)


def _refuse_stale(connection: Connection, case: str, after: int) -> None:
    case_rows.refuse_unknown(connection, case)
    newest = _newest(connection, t.case_revisions, case)
    if newest != after:
        raise Stale(newest)


def _newest(connection: Connection, table: Table, case: str) -> int:
    numbers = select(table.c.number).where(table.c.case == case)
    newest: int | None = connection.scalar(numbers.order_by(table.c.number.desc()).limit(1))
    return newest or 0


def _add(connection: Connection, table: Table, case: str, values: Mapping[str, Any]) -> None:
    number = _newest(connection, table, case) + 1
    connection.execute(insert(table).values(case=case, number=number, **values))


def _follow(connection: Connection, event: str, case: str, revision: Revision) -> None:
    """Add a revision behind the one that it was made from, and no other."""
    _refuse_stale(connection, case, revision.number - 1)
    _revise(connection, event, case, revision)


def _revise(connection: Connection, event: str, case: str, revision: Revision) -> None:
    told = data(revision.content)
    values = {name: getattr(revision, name) for name in ("number", "confirmed", "person", "at")}
    values |= {"content": told, "corrections": list(revision.corrections)}
    connection.execute(insert(t.case_revisions).values(case=case, **values))
    said = revision.content
    facts = {
        "revision": revision.number,
        "sha256": audit.sha256(audit.canonical(told)),
        "items": len(said.items),
        "rule": said.rule,
        "published": _iso(said.counted_from),
        "corrections": list(revision.corrections),
    }
    _note(connection, event, case, facts, revision.person, revision.at)


def _say_closings(connection: Connection, case: str, revision: Revision) -> None:
    """The statuses of older items that a person confirmed on the sheet of a letter."""
    documents = {one.number: one for one in case_rows.documents(connection, case)}
    for one in revision.content.closes:
        if one.confirmed and one.on:
            source = documents[one.document]
            status = ItemStatus(
                one.item, one.status, one.on, source.digest, source.title, one.page,
                one.quote, one.spans, revision.person, revision.at,
            )  # fmt: skip
            _say_once(connection, one.case, status)


def _say_once(connection: Connection, case: str, status: ItemStatus) -> None:
    """A status is added unless the same was said before: a sheet may be confirmed again."""
    known = map(case_rows.status_of, case_rows.numbered(connection, t.statuses, case))
    if any(_same(one, status) for one in known):
        return
    told = asdict(status) | {"status": status.status.value}
    told |= {"spans": [asdict(one) for one in status.spans], "quote": storable(status.quote)}
    _add(connection, t.statuses, case, told)
    facts = {
        "item": status.item,
        "status": status.status.value,
        "on": _iso(status.on),
        "document": status.document,
        "page": status.page,
        "quote": audit.sha256(status.quote),
    }
    _note(connection, "status", case, facts, status.person, status.at)


def _same(one: ItemStatus, other: ItemStatus) -> bool:
    names = ("item", "status", "on", "document", "page", "spans")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _note(
    connection: Connection,
    event: str,
    case: str,
    facts: Mapping[str, Any],
    person: str,
    now: datetime,
) -> None:
    audit.append(
        connection, event=f"case.{event}", subject=case, person=person, facts=facts, at=now
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
