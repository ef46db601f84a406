"""Rows of the tables of drafts to drafts."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, select

from bot.store import tables as t
from bot.store import wordings
from bot.store.drafted import Draft, Event, Publication, Revision, Status, Step

_NUMBERED = ("case", "item")


def draft(connection: Connection, case: str, item: int) -> Draft | None:
    """The draft of an item, None when there is none."""
    revisions = _numbered(connection, t.draft_revisions, case, item)
    if not revisions:
        return None
    events = _numbered(connection, t.draft_events, case, item)
    return Draft(case, item, tuple(map(_revision_of, revisions)), tuple(map(_event_of, events)))


def of(connection: Connection, case: str) -> list[Draft]:
    """The drafts of a case, by item."""
    items = select(t.drafts.c.item).where(t.drafts.c.case == case).order_by(t.drafts.c.item)
    found = (draft(connection, case, item) for item in connection.scalars(items).all())
    return [one for one in found if one]


def _numbered(connection: Connection, table: Table, case: str, item: int) -> list[dict[str, Any]]:
    found = connection.execute(_query(table), {"of_case": case, "of_item": item})
    return [_without(row, _NUMBERED) for row in found.mappings()]


@cache
def _query(table: Table) -> Select[Any]:
    """Made once for each table: every press reads them several times."""
    here = (table.c.case == bindparam("of_case")) & (table.c.item == bindparam("of_item"))
    return select(table).where(here).order_by(table.c.number)


def _without(row: Mapping[Any, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


def _revision_of(row: Mapping[str, Any]) -> Revision:
    return Revision(**{**row, "wording": wordings.wording(row["wording"])})


def _event_of(row: Mapping[str, Any]) -> Event:
    told = {"step": Step(row["step"]), "status": Status(row["status"])}
    return Event(**{**row, **told, "roles": tuple(row["roles"])})


def pressed(connection: Connection, press: str) -> tuple[str, int, Event] | None:
    """What came of a press, with the case and the item it was about."""
    query = select(t.draft_events).where(t.draft_events.c.press == press)
    row = connection.execute(query).mappings().first()
    return (row["case"], row["item"], _event_of(_without(row, _NUMBERED))) if row else None


def publications(connection: Connection, case: str) -> list[Publication]:
    """What was published of a case, in order."""
    c = t.publications.c
    query = select(t.publications).where(c.case == case).order_by(c.number)
    listed = connection.execute(query).mappings()
    return [Publication(**_without(row, _NUMBERED)) for row in listed]
