"""The audit: what happened, when and by whom, in a chain that shows when it was tampered with.

Facts hold ids, counts and hashes, never the text of a question or a document.
"""

import hashlib
import json
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Engine, Select, func, insert, select

from bot.store import tables as t
from bot.store.engine import for_reading

BEGINNING = "0" * 64
"""What stands before the first entry."""

_CHANGING = 0x41756474  # any number that no other program on the database takes for its lock
_AT_ONCE = 500  # rows in memory while the chain is walked
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Entry:
    """One row. ``number`` counts from 1; ``previous`` is the hash of the entry before."""

    number: int
    at: datetime
    event: str
    subject: str
    person: str
    facts: dict[str, Any]
    previous: str
    hash: str


@dataclass(frozen=True)
class Verdict:
    """Whether the chain holds. ``count`` entries hold, the last of them has the hash ``head``.

    ``broken_at`` is the number of the first entry that does not; ``words`` say what was found.
    """

    ok: bool
    count: int
    head: str
    words: str
    broken_at: int | None


@contextmanager
def changing(engine: Engine) -> Iterator[Connection]:
    """A transaction for a change and its entry: both stand or neither does; one at a time."""
    with engine.begin() as connection:
        _wait_for_others(connection)
        yield connection


def append(
    connection: Connection,
    *,
    event: str,
    subject: str,
    person: str = "",
    facts: Mapping[str, Any] = _NOTHING,
    at: datetime,
) -> Entry:
    """Add an entry in the caller's transaction, best one of ``changing``.

    ``facts`` must be plain JSON (ValueError for NaN, TypeError for other objects); ``at`` needs a
    time zone.
    """
    _wait_for_others(connection)
    number, previous = _last(connection)
    told = json.loads(canonical(facts))
    entry = Entry(number + 1, at, event, subject, person, told, previous, "")
    entry = replace(entry, hash=_hash_of(entry))
    connection.execute(insert(t.audit).values(**asdict(entry)))
    return entry


class Audit:
    """The audit in one database."""

    def __init__(self, engine: Engine) -> None:
        self._reads = for_reading(engine)

    def entries(self, subject: str | None = None) -> list[Entry]:
        """All entries, or those on a subject, oldest first."""
        query = select(t.audit).order_by(t.audit.c.number)
        return list(self._walk(query if subject is None else query.where(_on(subject))))

    def verify(self) -> Verdict:
        """Walk the chain: a changed, missing, inserted or re-ordered entry is found.

        Entries cut off at the end are not: that only shows when ``count`` and ``head`` are
        compared with those noted earlier and kept elsewhere. Nor is a chain that was wholly made
        anew by somebody who may write to the database, for the hashes hold no secret; the noted
        head shows that too.
        """
        with closing(self._walk(select(t.audit).order_by(t.audit.c.number))) as entries:
            return _judged(entries)

    def _walk(self, query: Select[Any]) -> Generator[Entry, None, None]:
        streaming = self._reads.execution_options(yield_per=_AT_ONCE)
        with streaming.connect() as connection, connection.execute(query) as found:
            for row in found.mappings():
                yield Entry(**row)


def canonical(value: Any) -> str:
    """JSON that is the same for the same content: ASCII, keys sorted, no spaces.

    ValueError for NaN and infinities, TypeError for what JSON does not know.
    """
    if isinstance(value, Mapping):
        value = dict(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def sha256(text: str) -> str:
    """The hash of a text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def _wait_for_others(connection: Connection) -> None:
    """Let one transaction change at a time; on SQLite an immediate BEGIN has done it."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_CHANGING)))


def _last(connection: Connection) -> tuple[int, str]:
    query = select(t.audit.c.number, t.audit.c.hash).order_by(t.audit.c.number.desc()).limit(1)
    row = connection.execute(query).first()
    return (row.number, row.hash) if row else (0, BEGINNING)


def _hash_of(entry: Entry) -> str:
    told = asdict(entry)
    del told["hash"]
    moment = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    return sha256(canonical(told | {"at": moment}))


def _on(subject: str) -> Any:
    return t.audit.c.subject == subject


def _judged(entries: Iterable[Entry]) -> Verdict:
    count, head = 0, BEGINNING
    try:
        for entry in entries:
            if fault := _fault(entry, count + 1, head):
                return Verdict(False, count, head, fault, count + 1)
            count, head = entry.number, entry.hash
    except (TypeError, ValueError):  # the row is no longer an entry at all
        fault = f"Entry {count + 1} cannot be read."
        return Verdict(False, count, head, fault, count + 1)
    words = "The audit holds one entry" if count == 1 else f"The audit holds {count} entries"
    return Verdict(True, count, head, f"{words}, unbroken.", None)


def _fault(entry: Entry, number: int, previous: str) -> str:
    if entry.number != number:
        return f"Entry {number} is missing or not in its place."
    if entry.previous != previous:
        return f"Entry {number} does not follow the one before it."
    if entry.hash != _hash_of(entry):
        return f"Entry {number} has been changed."
    return ""
