"""Questions are kept once, answered once a revision, and gone when deleted."""

import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import StatementError

from bot.store import tables as t
from bot.store.asking import Asking, Feedback, Place, State
from bot.store.audit import Audit, canonical, sha256
from tests.bot.store.asked import at_once, events, kept, question
from tests.builders import NOW

ROOT = Path(__file__).parents[3]
KEY = "C1/1.1"
LATER = NOW + timedelta(minutes=1)
ABOUT = ("questions", "answers", "feedback")
RECORD = """
import sys
from datetime import UTC, datetime
from bot.store.asking import Asking, Place, Question
from bot.store.engine import connect
engine = connect(sys.argv[1])
asking, now = Asking(engine), datetime(2031, 5, 1, tzinfo=UTC)
print("ready", flush=True)
sys.stdin.readline()
for number in range(50):
    one = Question(f"k{number}", "T1", "C1", "1.0", "1.1", "U1", Place.CHANNEL, "What?", now)
    print(int(asking.record(one, now=now)))
engine.dispose()
"""


@pytest.fixture
def asking(engine: Engine) -> Asking:
    return Asking(engine)


@pytest.fixture
def asked(asking: Asking) -> Asking:
    assert asking.record(question(), now=NOW)
    return asking


def facts(engine: Engine) -> dict[str, Any]:
    return Audit(engine).entries()[-1].facts


def all_rows(engine: Engine) -> list[Any]:
    with engine.connect() as connection:
        return [
            connection.execute(t.metadata.tables[name].select()).all() for name in (*ABOUT, "audit")
        ]


class TestRecording:
    @pytest.mark.parametrize(
        "changes",
        [
            {},
            {"place": Place.DIRECT, "thread": ""},
            {"place": Place.PRIVATE, "message": "", "reply_url": "https://hooks.example.org/1"},
            {"key": "k" * 150},
            {"text": "'; DROP TABLE questions; -- :name %s 😀\n"},
            {"text": ""},
        ],
    )
    def test_gives_back_what_was_asked(self, asking: Asking, changes: dict[str, Any]) -> None:
        one = question(**changes)
        assert asking.record(one, now=NOW) is True
        assert asking.get(one.key) == one

    def test_again_changes_nothing(self, asked: Asking, engine: Engine) -> None:
        assert asked.record(question(text="Something else?"), now=LATER) is False
        assert asked.get(KEY) == question()
        assert events(engine) == ["question.received"]

    def test_again_after_a_deletion_does_not_bring_it_back(self, asked: Asking) -> None:
        asked.delete(KEY, now=NOW)
        assert asked.record(question(), now=LATER) is False
        assert asked.unfinished() == []

    def test_refuses_a_key_that_is_too_long(self, asking: Asking, engine: Engine) -> None:
        with pytest.raises(ValueError, match="150"):
            asking.record(question("k" * 151), now=NOW)
        assert events(engine) == []

    def test_replaces_characters_that_no_database_holds(self, asking: Asking) -> None:
        asking.record(question(text="a\0b\ud800c"), now=NOW)
        found = asking.get(KEY)
        assert found is not None
        assert found.text == "a\ufffdb\ufffdc"

    def test_is_audited_without_the_text(self, asked: Asking, engine: Engine) -> None:
        (entry,) = Audit(engine).entries(KEY)
        assert (entry.event, entry.person, entry.at) == ("question.received", "U1", NOW)
        assert entry.facts == {
            "team": "T1",
            "channel": "C1",
            "thread": "1.0",
            "message": "1.1",
            "revision": 1,
            "place": "channel",
            "characters": len(question().text),
            "sha256": sha256(question().text),
        }

    def test_in_threads_at_once_is_new_to_one(self, asking: Asking, engine: Engine) -> None:
        found = at_once(lambda _: asking.record(question(), now=NOW))
        assert sorted(found) == [False] * 7 + [True]
        assert events(engine) == ["question.received"]

    def test_in_processes_at_once_is_new_to_one(self, database: str, engine: Engine) -> None:
        command, pipe = [sys.executable, "-c", RECORD, database], subprocess.PIPE
        started = [
            subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)
            for _ in range(2)
        ]
        for process in started:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in started:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        told = [process.communicate()[0].split() for process in started]
        assert [sorted(pair) for pair in zip(*told, strict=True)] == [["0", "1"]] * 50
        assert events(engine) == ["question.received"] * 50
        assert Audit(engine).verify().ok


class TestEditing:
    def test_asks_anew(self, asked: Asking, engine: Engine) -> None:
        asked.keep(kept(), now=NOW)
        after = question(text="Which?", revision=2)
        assert asked.edit(KEY, "Which?", now=LATER) == after == asked.get(KEY)
        entry = Audit(engine).entries(KEY)[-1]
        assert (entry.event, entry.person, entry.at) == ("question.edited", "U1", LATER)
        assert entry.facts["revision"] == 2
        assert entry.facts["sha256"] == sha256("Which?")

    def test_clears_why_the_last_revision_had_no_answer(self, asked: Asking) -> None:
        asked.settle(KEY, 1, State.REFUSED, reason="limit", now=NOW)
        after = asked.edit(KEY, "Which?", now=LATER)
        assert after is not None
        assert (after.state, after.reason) == (State.RECEIVED, "")

    def test_changes_nothing_when_there_is_nothing_to_change(
        self, asked: Asking, engine: Engine
    ) -> None:
        before = all_rows(engine)
        assert asked.edit("unknown", "Which?", now=LATER) is None
        assert asked.edit(KEY, question().text, now=LATER) is None
        assert all_rows(engine) == before

    def test_does_not_bring_back_a_deleted_one(self, asked: Asking) -> None:
        asked.delete(KEY, now=NOW)
        assert asked.edit(KEY, "Which?", now=LATER) is None
        assert asked.unfinished() == []

    def test_at_once_with_one_text_counts_once(self, asked: Asking) -> None:
        found = at_once(lambda _: asked.edit(KEY, "Which?", now=LATER))
        assert sum(one is not None for one in found) == 1
        assert asked.get(KEY) == question(text="Which?", revision=2)


class TestDeleting:
    def test_takes_every_word(self, asked: Asking, engine: Engine) -> None:
        asked.keep(kept(), now=NOW)
        asked.edit(KEY, "How many dogs?", now=NOW)
        asked.keep(kept(revision=2), now=NOW)
        asked.settle(KEY, 1, State.FAILED, reason="dogs", now=NOW)
        asked.give_feedback(KEY, person="U1", verdict="bad", reason="dogs", words="dogs", now=NOW)
        asked.delete(KEY, now=LATER)
        assert asked.kept(KEY) is None
        left = str(all_rows(engine))
        assert not [word for word in ("officers", "dogs", "vetting") if word in left]

    def test_gives_the_emptied_question(self, asked: Asking, engine: Engine) -> None:
        after = question(text="", state=State.DELETED)
        assert asked.delete(KEY, now=LATER) == after == asked.get(KEY)
        assert events(engine, KEY)[-1] == "question.deleted"

    def test_takes_the_address_to_reply_to(self, asking: Asking) -> None:
        asking.record(question(reply_url="https://hooks.example.org/1"), now=NOW)
        after = asking.delete(KEY, now=LATER)
        assert after is not None
        assert after.reply_url == ""

    def test_again_or_of_an_unknown_one_changes_nothing(
        self, asked: Asking, engine: Engine
    ) -> None:
        asked.delete(KEY, now=NOW)
        before = all_rows(engine)
        assert asked.delete(KEY, now=LATER) is None
        assert asked.delete("unknown", now=LATER) is None
        assert all_rows(engine) == before

    def test_keeps_what_others_asked(self, asked: Asking) -> None:
        asked.record(question("other"), now=NOW)
        asked.keep(kept("other"), now=NOW)
        asked.delete(KEY, now=NOW)
        assert asked.kept("other") == kept("other")

    def test_at_once_with_an_answer_leaves_none(self, asked: Asking) -> None:
        def delete_or_keep(number: int) -> None:
            if number % 2:
                asked.delete(KEY, now=NOW)
            else:
                asked.keep(kept(), now=NOW)

        at_once(delete_or_keep)
        assert asked.kept(KEY) is None
        assert asked.get(KEY) == question(text="", state=State.DELETED)


class TestSettling:
    @pytest.mark.parametrize("state", [State.REFUSED, State.FAILED])
    def test_keeps_the_state_and_the_reason(
        self, asked: Asking, engine: Engine, state: State
    ) -> None:
        for _ in range(2):
            asked.settle(KEY, 1, state, reason="a reason", now=LATER)
        assert asked.get(KEY) == question(state=state, reason="a reason")
        assert asked.unfinished() == []
        assert events(engine) == ["question.received", f"question.{state}"]
        assert facts(engine) == {"revision": 1, "reason": sha256("a reason")}

    @pytest.mark.parametrize("state", [State.RECEIVED, State.ANSWERED, State.DELETED])
    def test_as_anything_else_is_refused(self, asked: Asking, state: State) -> None:
        with pytest.raises(ValueError, match=state.value):
            asked.settle(KEY, 1, state, now=NOW)
        assert asked.get(KEY) == question()

    def test_of_a_deleted_or_unknown_one_changes_nothing(
        self, asked: Asking, engine: Engine
    ) -> None:
        asked.delete(KEY, now=NOW)
        before = all_rows(engine)
        asked.settle(KEY, 1, State.FAILED, now=LATER)
        asked.settle("unknown", 1, State.FAILED, now=LATER)
        assert all_rows(engine) == before


class TestKeeping:
    def test_gives_back_the_answer(self, asked: Asking, engine: Engine) -> None:
        assert asked.keep(kept(), now=LATER) is True
        assert asked.kept(KEY) == asked.kept(KEY, 1) == kept()
        assert asked.get(KEY) == question(state=State.ANSWERED)
        assert events(engine) == ["question.received", "question.answered"]
        assert facts(engine) == {
            "revision": 1,
            "status": "answered",
            "by": "openai:one",
            "prompt": "p" * 64,
            "sha256": sha256(canonical(kept().data)),
        }

    def test_again_leaves_the_first(self, asked: Asking, engine: Engine) -> None:
        asked.keep(kept(), now=NOW)
        before = all_rows(engine)
        assert asked.keep(kept(data={"other": True}), now=LATER) is True
        assert all_rows(engine) == before

    def test_after_a_failure_makes_it_answered(self, asked: Asking) -> None:
        asked.settle(KEY, 1, State.FAILED, reason="a reason", now=NOW)
        asked.keep(kept(), now=LATER)
        assert asked.get(KEY) == question(state=State.ANSWERED)

    def test_comes_too_late_for_an_edited_question(self, asked: Asking) -> None:
        asked.edit(KEY, "Which?", now=NOW)
        assert asked.keep(kept(), now=LATER) is False
        assert asked.kept(KEY) is None
        assert [one.key for one in asked.unfinished()] == [KEY]

    def test_comes_too_late_for_a_deleted_or_unknown_one(self, asked: Asking) -> None:
        asked.delete(KEY, now=NOW)
        assert asked.keep(kept(), now=LATER) is False
        assert asked.keep(kept("unknown"), now=LATER) is False

    def test_keeps_every_revision(self, asked: Asking) -> None:
        second = kept(revision=2, status="partly")
        asked.keep(kept(), now=NOW)
        asked.edit(KEY, "Which?", now=NOW)
        assert asked.kept(KEY) == kept()
        asked.keep(second, now=NOW)
        assert (asked.kept(KEY), asked.kept(KEY, 1)) == (second, kept())
        assert asked.kept(KEY, 3) is None

    @pytest.mark.parametrize("data", [{"certainty": float("nan")}, {"made": NOW}])
    def test_refuses_what_is_not_json(self, asked: Asking, data: dict[str, Any]) -> None:
        with pytest.raises((TypeError, ValueError)):
            asked.keep(kept(data=data), now=NOW)
        assert asked.kept(KEY) is None

    def test_in_threads_at_once_keeps_one(self, asked: Asking, engine: Engine) -> None:
        found = at_once(lambda one: asked.keep(kept(data={"by": one}), now=NOW))
        assert found == [True] * 8
        stands = asked.kept(KEY)
        assert stands is not None
        assert facts(engine)["sha256"] == sha256(canonical(stands.data))
        assert events(engine) == ["question.received", "question.answered"]


class TestFinding:
    def test_in_a_thread_is_what_all_in_it_see_oldest_first(self, asking: Asking) -> None:
        listed = [
            question("second", asked_at=LATER),
            question("first"),
            question("other thread", thread="2.0"),
            question("other channel", channel="C2"),
            question("private", place=Place.PRIVATE),
            question("gone"),
        ]
        for one in listed:
            asking.record(one, now=NOW)
        asking.delete("gone", now=NOW)
        assert [one.key for one in asking.in_thread("C1", "1.0")] == ["first", "second"]

    def test_by_the_message(self, asked: Asking) -> None:
        assert asked.at("C1", "1.1") == question()
        assert asked.at("C1", "1.0") is None
        assert asked.at("C2", "1.1") is None

    def test_by_the_message_gives_deleted_ones_too(self, asked: Asking) -> None:
        assert asked.delete(KEY, now=NOW) == asked.at("C1", "1.1")

    def test_by_no_message_is_nothing(self, asking: Asking) -> None:
        asking.record(question(message=""), now=NOW)
        assert asking.at("C1", "") is None

    def test_recent_ones_come_newest_first_with_their_answers(self, asking: Asking) -> None:
        for number in range(4):
            at = NOW + timedelta(minutes=number)
            asking.record(question(f"k{number}", asked_at=at), now=NOW)
        asking.record(question("theirs", person="U2", asked_at=LATER), now=NOW)
        asking.keep(kept("k2"), now=NOW)
        asking.edit("k2", "Which?", now=NOW)
        asking.keep(kept("k2", revision=2), now=NOW)
        asking.delete("k3", now=NOW)
        found = [(one.key, answer) for one, answer in asking.recent("U1", 2)]
        assert found == [("k2", kept("k2", revision=2)), ("k1", None)]
        assert len(asking.recent("U1", 10)) == 3
        assert asking.recent("U9", 10) == []

    def test_unfinished_ones_come_oldest_first(self, asking: Asking) -> None:
        for key, at in (("new", LATER), ("old", NOW), ("done", NOW)):
            asking.record(question(key, asked_at=at), now=NOW)
        asking.keep(kept("done"), now=NOW)
        assert [one.key for one in asking.unfinished()] == ["old", "new"]

    def test_what_was_asked_since_counts_deleted_ones(self, asked: Asking) -> None:
        asked.record(question("before", asked_at=NOW - timedelta(seconds=1)), now=NOW)
        asked.record(question("theirs", person="U2"), now=NOW)
        asked.record(question("gone", asked_at=LATER), now=NOW)
        asked.delete("gone", now=NOW)
        assert asked.asked_since("U1", NOW) == 2
        assert asked.asked_since("U1", LATER + timedelta(seconds=1)) == 0


class TestFeedback:
    def test_is_one_of_each_person_and_the_last(self, asked: Asking, engine: Engine) -> None:
        asked.give_feedback(KEY, person="U2", verdict="good", now=NOW)
        asked.give_feedback(KEY, person="U1", verdict="good", now=LATER)
        asked.give_feedback(
            KEY, person="U2", verdict="bad", reason="page", words="See 5.", now=LATER
        )
        assert asked.feedback(KEY) == [
            Feedback(KEY, "U1", "good", "", "", LATER),
            Feedback(KEY, "U2", "bad", "page", "See 5.", LATER),
        ]
        assert events(engine)[1:] == ["feedback.given"] * 3

    def test_is_audited_without_its_words(self, asked: Asking, engine: Engine) -> None:
        asked.give_feedback(KEY, person="U2", verdict="bad", words="See 5.", now=LATER)
        entry = Audit(engine).entries(KEY)[-1]
        assert (entry.event, entry.person, entry.at) == ("feedback.given", "U2", LATER)
        assert entry.facts == {
            "revision": 1,
            "verdict": "bad",
            "reason": sha256(""),
            "words": sha256("See 5."),
        }

    def test_that_says_the_same_again_changes_nothing(self, asked: Asking, engine: Engine) -> None:
        for at in (NOW, LATER):
            asked.give_feedback(KEY, person="U2", verdict="good", now=at)
        assert [one.given_at for one in asked.feedback(KEY)] == [NOW]
        assert events(engine)[1:] == ["feedback.given"]

    def test_on_a_deleted_or_unknown_question_is_not_kept(
        self, asked: Asking, engine: Engine
    ) -> None:
        asked.delete(KEY, now=NOW)
        for key in (KEY, "unknown"):
            asked.give_feedback(key, person="U2", verdict="good", now=NOW)
            assert asked.feedback(key) == []
        assert events(engine) == ["question.received", "question.deleted"]

    def test_in_threads_at_once_is_kept_once(self, asked: Asking, engine: Engine) -> None:
        at_once(lambda _: asked.give_feedback(KEY, person="U2", verdict="good", now=NOW))
        assert len(asked.feedback(KEY)) == 1
        assert events(engine)[1:] == ["feedback.given"]


UNZONED = datetime(2031, 5, 1)
CHANGES: dict[str, Callable[[Asking], object]] = {
    "record": lambda asking: asking.record(question("other"), now=UNZONED),
    "edit": lambda asking: asking.edit(KEY, "Which?", now=UNZONED),
    "delete": lambda asking: asking.delete(KEY, now=UNZONED),
    "settle": lambda asking: asking.settle(KEY, 1, State.FAILED, now=UNZONED),
    "keep": lambda asking: asking.keep(kept(), now=UNZONED),
    "feedback": lambda asking: asking.give_feedback(KEY, person="U1", verdict="bad", now=UNZONED),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_an_entry_that_cannot_be_written_leaves_no_change(
    asked: Asking, engine: Engine, change: Callable[[Asking], object]
) -> None:
    before = all_rows(engine)
    with pytest.raises(StatementError, match="needs a time zone"):
        change(asked)
    assert all_rows(engine) == before


def test_a_late_refusal_of_an_earlier_revision_changes_nothing(asked: Asking) -> None:
    asked.edit(KEY, "Which?", now=NOW)
    asked.settle(KEY, 1, State.REFUSED, reason="limit", now=LATER)
    found = asked.get(KEY)
    assert found is not None
    assert (found.state, found.reason) == (State.RECEIVED, "")


def test_answers_without_their_question_are_refused(engine: Engine) -> None:
    with pytest.raises(StatementError, match=r"(?i)foreign key"), engine.begin() as connection:
        connection.execute(t.answers.insert().values(**vars(kept("unknown"))))


def test_a_chain_of_everything_holds(asked: Asking, engine: Engine) -> None:
    asked.keep(kept(), now=NOW)
    asked.give_feedback(KEY, person="U2", verdict="good", now=NOW)
    asked.edit(KEY, "Which?", now=NOW)
    asked.settle(KEY, 2, State.FAILED, now=NOW)
    asked.delete(KEY, now=NOW)
    verdict = Audit(engine).verify()
    assert (verdict.ok, verdict.count) == (True, 6)
