"""The people who ask, as far as Slack has told who they are."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, insert, select, update

from bot.store import audit
from bot.store import tables as t
from bot.store.engine import for_reading


@dataclass(frozen=True)
class Person:
    """Somebody with a Slack account. ``stranger``: of another organisation."""

    id: str
    team: str
    name: str
    guest: bool
    bot: bool
    stranger: bool
    deleted: bool
    checked_at: datetime


_TOLD = ("team", "guest", "bot", "stranger", "deleted")  # a name stays out of the audit


class People:
    """All people seen, in one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reads = for_reading(engine)

    def get(self, id: str) -> Person | None:
        """What was last put of that person."""
        with self._reads.connect() as connection:
            return _found(connection, id)

    def put(self, person: Person) -> None:
        """Keep it in place of what stood; a change is audited, a new ``checked_at`` is none."""
        with audit.changing(self._engine) as connection:
            before = _found(connection, person.id)
            if before is None:
                connection.execute(insert(t.people).values(**asdict(person)))
            else:
                here = t.people.c.id == person.id
                connection.execute(update(t.people).where(here).values(**asdict(person)))
            if changed := sorted(_changed(before, person)):
                _seen(connection, person, changed)


def _found(connection: Connection, id: str) -> Person | None:
    row = connection.execute(select(t.people).where(t.people.c.id == id)).mappings().first()
    return Person(**row) if row else None


def _changed(before: Person | None, after: Person) -> Iterator[str]:
    for name, value in asdict(after).items():
        if name not in ("id", "checked_at") and (before is None or getattr(before, name) != value):
            yield name


def _seen(connection: Connection, person: Person, changed: list[str]) -> None:
    facts = {name: getattr(person, name) for name in _TOLD}
    audit.append(
        connection,
        event="person.seen",
        subject=person.id,
        person=person.id,
        facts=facts | {"changed": changed},
        at=person.checked_at,
    )
