"""What people asked, what was answered and what they thought of it; each change is audited."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Select, delete, func, insert, select, update

from bot.store import audit
from bot.store import questions as q
from bot.store import tables as t
from bot.store.engine import for_reading
from bot.store.questions import LONGEST_KEY, Feedback, Kept, Place, Question, State

__all__ = ["LONGEST_KEY", "Asking", "Feedback", "Kept", "Place", "Question", "State"]


class Asking:
    """All questions, answers and feedback, in one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reads = for_reading(engine)

    def record(self, question: Question, *, now: datetime) -> bool:
        """Keep a new question; False, and nothing changes, when its key is known.

        ValueError for a key of more than 150 characters.
        """
        if len(question.key) > LONGEST_KEY:
            raise ValueError(f"a question's key has at most {LONGEST_KEY} characters")
        if self.get(question.key):  # most often the second event of one mention: no need to write
            return False
        clean = replace(question, text=q.storable(question.text))
        with audit.changing(self._engine) as connection:
            if q.question(connection, clean.key):
                return False
            q.add(connection, clean)
            facts = _where(clean) | _measure(clean)
            _note(connection, "received", clean, facts, now, person=clean.person)
        return True

    def get(self, key: str) -> Question | None:
        """The question with that key, also a deleted one."""
        with self._reads.connect() as connection:
            return q.question(connection, key)

    def edit(self, key: str, text: str, *, now: datetime) -> Question | None:
        """Give it a new text, to be answered; None when unknown, deleted or the same text."""
        new = q.storable(text)
        with audit.changing(self._engine) as connection:
            before = q.standing(connection, key)
            if before is None or before.text == new:
                return None
            after = replace(
                before, text=new, revision=before.revision + 1, state=State.RECEIVED, reason=""
            )
            q.change(connection, after)
            _note(connection, "edited", after, _measure(after), now, person=after.person)
        return after

    def delete(self, key: str, *, now: datetime) -> Question | None:
        """Empty it and what was said about it; None when unknown or already deleted."""
        with audit.changing(self._engine) as connection:
            before = q.standing(connection, key)
            if before is None:
                return None
            after = replace(before, text="", state=State.DELETED, reply_url="", reason="")
            q.change(connection, after)
            connection.execute(delete(t.answers).where(t.answers.c.key == key))
            about = update(t.feedback).where(t.feedback.c.key == key)
            connection.execute(about.values(reason="", words=""))
            _note(connection, "deleted", after, {"revision": after.revision}, now)
        return after

    def settle(
        self, key: str, revision: int, state: State, *, reason: str = "", now: datetime
    ) -> None:
        """Say that a revision was refused or has failed; nothing happens when it is not asked now.

        ValueError for another state.
        """
        if state not in (State.REFUSED, State.FAILED):
            raise ValueError(f"a question is not settled as {state}")
        with audit.changing(self._engine) as connection:
            before = q.standing(connection, key)
            if before is None or before.revision != revision:
                return
            after = replace(before, state=state, reason=q.storable(reason))
            if after != before:
                q.change(connection, after)
                facts = {"revision": after.revision, "reason": audit.sha256(after.reason)}
                _note(connection, state.value, after, facts, now)

    def keep(self, kept: Kept, *, now: datetime) -> bool:
        """Keep the answer to a revision, unless it has one: the first stands.

        True when the revision has an answer now, False when there is no such question, it was
        deleted, or another revision is asked by now.
        """
        with audit.changing(self._engine) as connection:
            question = q.standing(connection, kept.key)
            if question is None or question.revision != kept.revision:
                return False
            if q.kept(connection, kept.key, kept.revision) is None:
                facts = _of(kept)  # first, for it refuses what is not JSON
                connection.execute(insert(t.answers).values(**asdict(kept)))
                q.change(connection, replace(question, state=State.ANSWERED, reason=""))
                _note(connection, "answered", question, facts, now)
        return True

    def kept(self, key: str, revision: int | None = None) -> Kept | None:
        """The answer to that revision, or the newest there is."""
        with self._reads.connect() as connection:
            return q.kept(connection, key, revision)

    def in_thread(self, channel: str, thread: str) -> list[Question]:
        """What was asked in a thread for all in it to see, oldest first, without deleted ones."""
        c = t.questions.c
        there = (c.channel == channel) & (c.thread == thread) & (c.place != Place.PRIVATE.value)
        return self._list(q.undeleted().where(there).order_by(c.asked_at, c.key))

    def at(self, channel: str, message: str) -> Question | None:
        """The question asked in that message, also a deleted one."""
        c = t.questions.c
        there = (c.channel == channel) & (c.message == message) & (c.message != "")
        found = self._list(select(t.questions).where(there).order_by(c.asked_at, c.key).limit(1))
        return found[0] if found else None

    def recent(self, person: str, limit: int) -> list[tuple[Question, Kept | None]]:
        """The last questions of a person with their newest answers, newest first."""
        c = t.questions.c
        query = q.undeleted().where(c.person == person).order_by(c.asked_at.desc(), c.key.desc())
        found = self._list(query.limit(limit))
        answered = select(t.answers).where(t.answers.c.key.in_([one.key for one in found]))
        with self._reads.connect() as connection:
            rows = connection.execute(answered.order_by(t.answers.c.revision)).mappings()
            newest = {row["key"]: Kept(**row) for row in rows}
        return [(one, newest.get(one.key)) for one in found]

    def unfinished(self) -> list[Question]:
        """Questions that nothing has become of yet, oldest first."""
        c = t.questions.c
        query = select(t.questions).where(c.state == State.RECEIVED.value)
        return self._list(query.order_by(c.asked_at, c.key))

    def asked_since(self, person: str, since: datetime) -> int:
        """How many questions somebody asked at that moment or later, deleted ones too."""
        mine = (t.questions.c.person == person) & (t.questions.c.asked_at >= since)
        with self._reads.connect() as connection:
            count = select(func.count()).select_from(t.questions).where(mine)
            return connection.execute(count).scalar_one()

    def give_feedback(
        self,
        key: str,
        *,
        person: str,
        verdict: str,
        reason: str = "",
        words: str = "",
        now: datetime,
    ) -> None:
        """Keep it in place of what that person said before.

        Nothing happens when the question is unknown or deleted.
        """
        given = Feedback(key, person, verdict, q.storable(reason), q.storable(words), now)
        with audit.changing(self._engine) as connection:
            question = q.standing(connection, key)
            if question is not None and q.replaced(connection, given):
                _hear(connection, given, question.revision)

    def feedback(self, key: str) -> list[Feedback]:
        """What people thought of the answer, in the order they last said so."""
        c = t.feedback.c
        query = select(t.feedback).where(c.key == key).order_by(c.given_at, c.person)
        with self._reads.connect() as connection:
            return [Feedback(**row) for row in connection.execute(query).mappings()]

    def _list(self, query: Select[Any]) -> list[Question]:
        with self._reads.connect() as connection:
            return [q.question_of(row) for row in connection.execute(query).mappings()]


def _note(
    connection: Connection,
    event: str,
    question: Question,
    facts: Mapping[str, Any],
    now: datetime,
    person: str = "",
) -> None:
    audit.append(
        connection,
        event=f"question.{event}",
        subject=question.key,
        person=person,
        facts=facts,
        at=now,
    )


def _hear(connection: Connection, given: Feedback, revision: int) -> None:
    audit.append(
        connection,
        event="feedback.given",
        subject=given.key,
        person=given.person,
        facts={
            "revision": revision,
            "verdict": given.verdict,
            "reason": audit.sha256(given.reason),
            "words": audit.sha256(given.words),
        },
        at=given.given_at,
    )


def _where(question: Question) -> dict[str, str]:
    return {name: getattr(question, name) for name in ("team", "channel", "thread", "message")}


def _measure(question: Question) -> dict[str, Any]:
    return {
        "revision": question.revision,
        "place": question.place.value,
        "characters": len(question.text),
        "sha256": audit.sha256(question.text),
    }


def _of(kept: Kept) -> dict[str, Any]:
    """The answer is told by its hash, that of its canonical JSON."""
    told = {name: getattr(kept, name) for name in ("revision", "status", "by", "prompt")}
    return told | {"sha256": audit.sha256(audit.canonical(kept.data))}
