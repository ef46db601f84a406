"""Which parts of an answer were sent to Slack, as which message, so that none is sent twice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update

from bot.store import audit
from bot.store import tables as t
from bot.store.engine import for_reading


@dataclass(frozen=True)
class Delivery:
    """One message. ``ts`` is Slack's name for it, empty until it is known to be there."""

    key: str
    part: int
    channel: str
    thread: str
    ts: str
    attempts: int


class Deliveries:
    """All deliveries, in one database. ``key`` is the question's."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reads = for_reading(engine)

    def get(self, key: str, part: int) -> Delivery | None:
        """That part's delivery, when it was begun."""
        with self._reads.connect() as connection:
            return _found(connection, key, part)

    def of(self, key: str) -> list[Delivery]:
        """Every part begun, in order."""
        query = select(t.deliveries).where(t.deliveries.c.key == key).order_by(t.deliveries.c.part)
        with self._reads.connect() as connection:
            return [_delivery(row) for row in connection.execute(query).mappings()]

    def at(self, channel: str, ts: str) -> Delivery | None:
        """The delivery that became this message, if it is one of ours."""
        c = t.deliveries.c
        here = (c.channel == channel) & (c.ts == ts) & (c.ts != "")
        with self._reads.connect() as connection:
            row = connection.execute(select(t.deliveries).where(here)).mappings().first()
        return _delivery(row) if row else None

    def begin(self, key: str, part: int, channel: str, thread: str, *, now: datetime) -> Delivery:
        """Count an attempt before it is made; the delivery as it was before, 0 attempts when new.

        One that was begun keeps its channel and thread, whatever is given here.
        """
        with audit.changing(self._engine) as connection:
            before = _found(connection, key, part)
            if before is None:
                before = Delivery(key, part, channel, thread, "", 0)
                _insert(connection, before, now)
            else:
                _change(connection, key, part, attempts=before.attempts + 1, changed_at=now)
        return before

    def sent(self, key: str, part: int, ts: str, *, now: datetime) -> None:
        """Note the message that it became; KeyError when it was not begun."""
        with audit.changing(self._engine) as connection:
            if _begun(connection, key, part).ts == ts:
                return
            _change(connection, key, part, ts=ts, changed_at=now)
            facts = {"part": part}
            audit.append(connection, event="message.delivered", subject=key, facts=facts, at=now)

    def move(self, key: str, part: int, channel: str, thread: str, *, now: datetime) -> None:
        """Start afresh in another place; KeyError when it was not begun."""
        with audit.changing(self._engine) as connection:
            _begun(connection, key, part)
            there = {"channel": channel, "thread": thread, "ts": "", "attempts": 0}
            _change(connection, key, part, **there, changed_at=now)


def _insert(connection: Connection, new: Delivery, now: datetime) -> None:
    values = vars(new) | {"attempts": 1, "changed_at": now}
    connection.execute(insert(t.deliveries).values(**values))


def _begun(connection: Connection, key: str, part: int) -> Delivery:
    found = _found(connection, key, part)
    if found is None:
        raise KeyError((key, part))
    return found


def _found(connection: Connection, key: str, part: int) -> Delivery | None:
    query = select(t.deliveries).where(*_here(key, part))
    row = connection.execute(query).mappings().first()
    return _delivery(row) if row else None


def _change(connection: Connection, key: str, part: int, **values: Any) -> None:
    connection.execute(update(t.deliveries).where(*_here(key, part)).values(**values))


def _here(key: str, part: int) -> tuple[Any, Any]:
    return t.deliveries.c.key == key, t.deliveries.c.part == part


def _delivery(row: Mapping[Any, Any]) -> Delivery:
    return Delivery(**{name: row[name] for name in Delivery.__dataclass_fields__})
