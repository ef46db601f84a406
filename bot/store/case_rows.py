"""Rows of the tables of cases to cases."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from bot.store import rows
from bot.store import tables as t
from bot.store.cases import (
    Case,
    ChiefStep,
    Document,
    ItemStatus,
    Read,
    Revision,
    Role,
    Status,
    Step,
    content,
)
from retrieval.documents import Kind, Span


class NoSuchCase(Exception):
    """A case that nobody has added; the message says so."""


def case(connection: Connection, name: str) -> Case:
    """The case with that id, whole. NoSuchCase when there is none."""
    found = connection.execute(select(t.cases).where(t.cases.c.id == name)).mappings().first()
    if found is None:
        raise _none(name)
    return Case(
        **found,
        revisions=tuple(map(_revision_of, numbered(connection, t.case_revisions, name))),
        documents=documents(connection, name),
        chief=tuple(map(_step_of, numbered(connection, t.chief_steps, name))),
        statuses=tuple(map(status_of, numbered(connection, t.statuses, name))),
    )


def is_there(connection: Connection, name: str) -> bool:
    """Whether there is a case with that id."""
    return connection.scalar(select(t.cases.c.id).where(t.cases.c.id == name)) is not None


def refuse_unknown(connection: Connection, name: str) -> None:
    """Raise NoSuchCase for an id that no case has."""
    if not is_there(connection, name):
        raise _none(name)


def take_in(connection: Connection, name: str, read: Read) -> None:
    """Keep a document and its pages among those of a case, each once."""
    known = documents(connection, name)
    if any(one.digest == read.digest for one in known):
        return
    values = {field: getattr(read, field) for field in ("digest", "file", "title")}
    values |= {"kind": read.kind.value, "role": read.role.value, "number": len(known) + 1}
    connection.execute(insert(t.case_documents).values(case=name, **values))
    there = select(t.case_pages.c.number).where(t.case_pages.c.document == read.digest).limit(1)
    if read.pages and connection.scalar(there) is None:
        listed = [rows.page_row(read.digest, page) for page in read.pages]
        connection.execute(insert(t.case_pages), listed)


def _none(name: str) -> NoSuchCase:
    return NoSuchCase(f"there is no case {name!r}: `rejoinder reports` lists them")


def numbered(connection: Connection, table: Table, case: str) -> list[dict[str, Any]]:
    """A case's rows of a table in order, without the column that says so."""
    query = select(table).where(table.c.case == case).order_by(table.c.number)
    listed = connection.execute(query).mappings()
    return [{name: value for name, value in row.items() if name != "case"} for row in listed]


def documents(connection: Connection, case: str) -> tuple[Document, ...]:
    """What a case rests on, in order."""
    listed = numbered(connection, t.case_documents, case)
    return tuple(
        Document(**(row | {"kind": Kind(row["kind"]), "role": Role(row["role"])})) for row in listed
    )


def _revision_of(row: Mapping[str, Any]) -> Revision:
    told = {"content": content(row["content"]), "corrections": tuple(row["corrections"])}
    return Revision(**{**row, **told})


def _step_of(row: Mapping[str, Any]) -> ChiefStep:
    return ChiefStep(Step(row["step"]), row["on"], row["until"], row["person"], row["at"])


def status_of(row: Mapping[str, Any]) -> ItemStatus:
    """A status from its row."""
    told = {name: value for name, value in row.items() if name != "number"}
    spans = tuple(Span(**one) for one in row["spans"])
    return ItemStatus(**(told | {"status": Status(row["status"]), "spans": spans}))


def case_of(connection: Connection, digest: str) -> str | None:
    """The case that answers the report with that content, None for none."""
    c = t.case_documents.c
    reports = (c.digest == digest) & (c.role == Role.REPORT.value)
    found: str | None = connection.scalar(select(c.case).where(reports).limit(1))
    return found
