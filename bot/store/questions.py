"""Questions, answers and feedback as the program knows them, and as rows of their tables."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Select, insert, select, update

from bot.store import tables as t

LONGEST_KEY = 150
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


class Place(StrEnum):
    """Where a question was asked."""

    CHANNEL = "channel"
    DIRECT = "direct"
    PRIVATE = "private"
    """By a slash command: only the person who asks sees the answer."""


class State(StrEnum):
    """What has become of a question."""

    RECEIVED = "received"
    ANSWERED = "answered"
    REFUSED = "refused"
    FAILED = "failed"
    DELETED = "deleted"


@dataclass(frozen=True)
class Question:
    """One question. ``revision`` counts its edits from 1; ``reason`` is why it has no answer."""

    key: str
    team: str
    channel: str
    thread: str
    message: str
    person: str
    place: Place
    text: str
    asked_at: datetime
    revision: int = 1
    state: State = State.RECEIVED
    reply_url: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Kept:
    """The answer to one revision of a question. ``data`` is plain JSON."""

    key: str
    revision: int
    status: str
    data: dict[str, Any]
    by: str
    prompt: str
    made_at: datetime


@dataclass(frozen=True)
class Feedback:
    """What one person thought of the answer to one question."""

    key: str
    person: str
    verdict: str
    reason: str
    words: str
    given_at: datetime


def storable(text: str) -> str:
    """The text without what PostgreSQL or UTF-8 cannot hold: NUL and halves of characters."""
    return _UNSTORABLE.sub("\ufffd", text)


def undeleted() -> Select[Any]:
    """A query for the questions that still stand."""
    return select(t.questions).where(t.questions.c.state != State.DELETED.value)


def question_of(row: Mapping[Any, Any]) -> Question:
    """A question from its row."""
    return Question(**{**row, "place": Place(row["place"]), "state": State(row["state"])})


def question(connection: Connection, key: str) -> Question | None:
    """The question with that key, also a deleted one."""
    query = select(t.questions).where(t.questions.c.key == key)
    row = connection.execute(query).mappings().first()
    return question_of(row) if row else None


def standing(connection: Connection, key: str) -> Question | None:
    """The question with that key unless it was deleted."""
    found = question(connection, key)
    return found if found and found.state is not State.DELETED else None


def add(connection: Connection, new: Question) -> None:
    """Put a new question into its table."""
    connection.execute(insert(t.questions).values(**_row(new)))


def change(connection: Connection, after: Question) -> None:
    """Put a question in place of the one with its key."""
    here = t.questions.c.key == after.key
    connection.execute(update(t.questions).where(here).values(**_row(after)))


def kept(connection: Connection, key: str, revision: int | None = None) -> Kept | None:
    """The answer to that revision, or the newest there is."""
    query = select(t.answers).where(t.answers.c.key == key)
    if revision is not None:
        query = query.where(t.answers.c.revision == revision)
    newest = query.order_by(t.answers.c.revision.desc()).limit(1)
    row = connection.execute(newest).mappings().first()
    return Kept(**row) if row else None


def replaced(connection: Connection, given: Feedback) -> bool:
    """Put feedback in place of that person's earlier; False when it says the same."""
    here = (t.feedback.c.key == given.key) & (t.feedback.c.person == given.person)
    row = connection.execute(select(t.feedback).where(here)).mappings().first()
    if row is None:
        connection.execute(insert(t.feedback).values(**asdict(given)))
        return True
    if replace(Feedback(**row), given_at=given.given_at) == given:
        return False
    connection.execute(update(t.feedback).where(here).values(**asdict(given)))
    return True


def _row(one: Question) -> dict[str, Any]:
    return asdict(one) | {"place": one.place.value, "state": one.state.value}
