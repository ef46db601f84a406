"""The chief officer's comments of all cases, verbatim. They are only added: the last set counts."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, func, insert, select

from bot.store import audit, case_rows
from bot.store import tables as t
from bot.store.cases import Read
from bot.store.engine import for_reading
from retrieval.documents import Span

_OF_COMMENT = ("item", "limb", "text", "document", "title", "page")


@dataclass(frozen=True)
class Comment:
    """A stretch of the comments: item 0 is the whole report, limb 0 the whole item."""

    item: int
    limb: int
    text: str
    document: str  # digest
    title: str
    page: int
    spans: tuple[Span, ...]


class Comments:
    """The comments in one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reads = for_reading(engine)

    def of(self, case: str) -> tuple[Comment, ...]:
        """The comments that count, in order; () before any were confirmed."""
        c = t.comments.c
        last = select(func.max(c.taken_in)).where(c.case == case).scalar_subquery()
        query = select(t.comments).where(c.case == case, c.taken_in == last).order_by(c.number)
        with self._reads.connect() as connection:
            listed = connection.execute(query).mappings()
            return tuple(
                Comment(
                    **{name: row[name] for name in _OF_COMMENT},
                    spans=tuple(Span(**one) for one in row["spans"]),
                )
                for row in listed
            )

    def confirm(
        self, case: str, said: Sequence[Comment], read: Read, *, person: str, now: datetime
    ) -> None:
        """Keep the comments that a person matched, with the pages they stand on. NoSuchCase.

        What was confirmed before stays on record and counts no longer.
        """
        with audit.changing(self._engine) as connection:
            case_rows.refuse_unknown(connection, case)
            case_rows.take_in(connection, case, read)
            c = t.comments.c
            newest = select(func.max(c.number), func.max(c.taken_in)).where(c.case == case)
            number, taken_in = connection.execute(newest).one()
            told = {"case": case, "taken_in": (taken_in or 0) + 1, "person": person, "at": now}
            for place, one in enumerate(said, (number or 0) + 1):
                connection.execute(insert(t.comments).values(number=place, **told, **asdict(one)))
            _note(connection, case, said, read, person, now)


def _note(
    connection: Connection,
    case: str,
    said: Sequence[Comment],
    read: Read,
    person: str,
    now: datetime,
) -> None:
    facts = {
        "document": read.digest,
        "comments": len(said),
        "items": sorted({one.item for one in said}),
        "sha256": audit.sha256(audit.canonical([asdict(one) for one in said])),
    }
    audit.append(
        connection, event="case.comments", subject=case, person=person, facts=facts, at=now
    )
