"""All drafts in one database. Each step is one transaction, with what the audit says of it."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import Connection, Engine, insert, select

from bot.store import audit, case_rows, draft_rows, wordings
from bot.store import tables as t
from bot.store.drafted import Draft, Event, Publication, Revision
from bot.store.engine import for_reading
from bot.store.questions import storable

__all__ = ["Change", "Done", "Draft", "Drafts", "NoSuchDraft", "PressTaken", "Release"]


class NoSuchDraft(Exception):
    """An item that nobody has asked a draft of; the message says so."""


class PressTaken(Exception):
    """A press that has been taken on another draft, or as another step: a bug of the caller."""


@dataclass(frozen=True)
class Change:
    """What a step comes to: its event, the revision that it makes, what the audit calls it."""

    event: Event
    audit: str
    revision: Revision | None = None


@dataclass(frozen=True)
class Done:
    """A press and the draft after it; ``again`` says that it had been taken before.

    ``draft`` is None where a first request was refused: of that nothing is kept.
    """

    event: Event
    draft: Draft | None
    again: bool = False


@dataclass(frozen=True)
class Release:
    """What publishing a case comes to: its record, and the step of each draft by its item."""

    publication: Publication
    changes: Mapping[int, Change]


class Drafts:
    """The drafts in one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reads = for_reading(engine)

    def get(self, case: str, item: int) -> Draft:
        """The draft of an item, whole. NoSuchDraft when there is none."""
        found = self.find(case, item)
        if found is None:
            raise NoSuchDraft(f"nobody has asked for a draft of item {item} of {case}")
        return found

    def find(self, case: str, item: int) -> Draft | None:
        """The draft of an item, None when there is none."""
        with self._reads.connect() as connection:
            return draft_rows.draft(connection, case, item)

    def of(self, case: str) -> list[Draft]:
        """The drafts of a case, by item."""
        with self._reads.connect() as connection:
            return draft_rows.of(connection, case)

    def all(self) -> list[Draft]:
        """Every draft, by case and item."""
        query = select(t.drafts.c.case).distinct().order_by(t.drafts.c.case)
        with self._reads.connect() as connection:
            names = list(connection.scalars(query))
            return [one for name in names for one in draft_rows.of(connection, name)]

    def pressed(self, press: str) -> Event | None:
        """What came of a press, None when it has not been taken."""
        with self._reads.connect() as connection:
            found = draft_rows.pressed(connection, press)
            return found[2] if found else None

    def step(
        self, case: str, item: int, press: str, decide: Callable[[Draft | None], Change]
    ) -> Done:
        """Take a step once: ``decide`` is asked with the draft as it is, while nobody else writes.

        NoSuchCase; PressTaken when that press was taken on something else.
        """
        with audit.changing(self._engine) as connection:
            if before := draft_rows.pressed(connection, press):
                if before[:2] != (case, item):
                    raise PressTaken(press)
                return Done(before[2], draft_rows.draft(connection, case, item), again=True)
            case_rows.refuse_unknown(connection, case)
            found = draft_rows.draft(connection, case, item)
            change = decide(found)
            if found is None and change.event.refused:
                return Done(change.event, None)
            event = _write(connection, case, item, change, new=found is None)
            return Done(event, draft_rows.draft(connection, case, item))

    def publish(
        self, case: str, press: str, decide: Callable[[list[Draft]], Release]
    ) -> tuple[Publication, bool]:
        """Keep what is published of a case, once; True when that press had been taken before.

        NoSuchCase. What ``decide`` raises leaves everything as it was.
        """
        with audit.changing(self._engine) as connection:
            case_rows.refuse_unknown(connection, case)
            if before := _published(connection, case, press):
                return before, True
            release = decide(draft_rows.of(connection, case))
            for item, change in release.changes.items():
                _write(connection, case, item, change, new=False)
            return _release(connection, case, release.publication), False

    def publications(self, case: str) -> list[Publication]:
        """What was published of a case, in order."""
        with self._reads.connect() as connection:
            return draft_rows.publications(connection, case)


def _write(connection: Connection, case: str, item: int, change: Change, *, new: bool) -> Event:
    """The step, whole: the draft when it is new, its revision, its event, its audit row."""
    event = replace(
        change.event, number=_next(connection, case, item), words=storable(change.event.words)
    )
    if new:
        begun = {"case": case, "item": item, "person": event.person, "at": event.at}
        connection.execute(insert(t.drafts).values(begun))
    if change.revision:
        connection.execute(insert(t.draft_revisions).values(_row(case, item, change.revision)))
    told = asdict(event) | {"step": event.step.value, "status": event.status.value}
    told |= {"roles": sorted(event.roles), "detail": dict(event.detail)}
    connection.execute(insert(t.draft_events).values({"case": case, "item": item, **told}))
    _note(connection, f"{case}/{item}", change.audit, event)
    return event


def _next(connection: Connection, case: str, item: int) -> int:
    c = t.draft_events.c
    numbers = select(c.number).where((c.case == case) & (c.item == item))
    newest: int | None = connection.scalar(numbers.order_by(c.number.desc()).limit(1))
    return (newest or 0) + 1


def _row(case: str, item: int, revision: Revision) -> dict[str, Any]:
    names = ("number", "requested_by", "edited_by", "hash", "at")
    told = {name: getattr(revision, name) for name in names}
    told |= {"pack": dict(revision.pack), "sources": dict(revision.sources)}
    return {"case": case, "item": item, "wording": wordings.data(revision.wording), **told}


def _note(connection: Connection, subject: str, name: str, event: Event) -> None:
    """What the audit says of a step: no words, only their hash."""
    told = {name: getattr(event, name) for name in ("revision", "reason", "refused")}
    facts = told | {
        "sha256": event.hash,
        "status": event.status.value,
        "step": event.step.value,
        "roles": sorted(event.roles),
        "words": audit.sha256(event.words),
        "detail": dict(event.detail),
    }
    audit.append(
        connection, event=name, subject=subject, person=event.person, facts=facts, at=event.at
    )


def _published(connection: Connection, case: str, press: str) -> Publication | None:
    c = t.publications.c
    query = select(c.case).where(c.press == press)
    where = connection.scalar(query)
    if where is not None and where != case:
        raise PressTaken(press)
    return next(
        (one for one in draft_rows.publications(connection, case) if one.press == press), None
    )


def _release(connection: Connection, case: str, made: Publication) -> Publication:
    numbered = replace(made, number=len(draft_rows.publications(connection, case)) + 1)
    told = asdict(numbered) | {"content": dict(made.content)}
    connection.execute(insert(t.publications).values({"case": case, **told}))
    content = audit.sha256(audit.canonical(told["content"]))
    audit.append(
        connection,
        event="case.published",
        subject=case,
        person=made.person,
        facts=_told(numbered) | {"content": content},
        at=made.at,
    )
    return numbered


def _told(made: Publication) -> dict[str, Any]:
    """Which publication, its hash, and how many failed checks were let past in it."""
    past = len(made.content.get("past", ()))
    return {"publication": made.number, "sha256": made.hash, "let_past": past}
