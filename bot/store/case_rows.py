"""Rows of the tables of cases to cases."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, select

from bot.store import tables as t
from bot.store.cases import (
    Case,
    ChiefStep,
    Document,
    ItemStatus,
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
        raise NoSuchCase(f"there is no case {name!r}: `rejoinder reports` lists them")
    return Case(
        **found,
        revisions=tuple(map(_revision_of, numbered(connection, t.case_revisions, name))),
        documents=documents(connection, name),
        chief=tuple(map(_step_of, numbered(connection, t.chief_steps, name))),
        statuses=tuple(map(status_of, numbered(connection, t.statuses, name))),
    )


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
