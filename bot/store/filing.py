"""What happened to documents, for the audit: ids, hashes and collections, no words of theirs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, select

from bot.store import audit
from bot.store import tables as t


class Filing:
    """Puts what happens to documents into the audit."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def filed(
        self, event: str, *, subject: str, person: str, facts: Mapping[str, Any], now: datetime
    ) -> None:
        """Note what somebody did with a document; the same told twice in a row is noted once."""
        with audit.changing(self._engine) as connection:
            if _last(connection, subject) != (event, person, dict(facts)):
                audit.append(
                    connection, event=event, subject=subject, person=person, facts=facts, at=now
                )


def _last(connection: Connection, subject: str) -> tuple[str, str, dict[str, Any]] | None:
    """The last thing noted of a document, but for its messages."""
    of_document = (t.audit.c.subject == subject) & t.audit.c.event.startswith("document.")
    query = select(t.audit).where(of_document).order_by(t.audit.c.number.desc()).limit(1)
    row = connection.execute(query).mappings().first()
    return (row["event"], row["person"], row["facts"]) if row else None
