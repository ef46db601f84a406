"""Drafts in both databases: each step once, whole with its audit, and only ever added to."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, StatementError

from bot.store.audit import Audit
from bot.store.case_rows import NoSuchCase
from bot.store.casebook import Casebook
from bot.store.cases import Read, Role
from bot.store.drafted import Draft, Event, Publication, Revision, Status, Step
from bot.store.drafts import Change, Drafts, NoSuchDraft, PressTaken, Release
from retrieval.documents import Kind
from tests.bot.responding.cases import content
from tests.bot.responding.reviews import CASE, NOW, PACK, wording
from tests.bot.store.asked import at_once, events


def event(press: str = "p1", **changes: Any) -> Event:
    usual = Event(
        Step.REQUEST, 1, "a" * 64, Status.DRAFTED, "U1", ("officer", "reviewer"), press, NOW
    )
    return replace(usual, **changes)


def revision(number: int = 1, **changes: Any) -> Revision:
    usual = Revision(number, wording(), PACK, {"d" * 64: "library"}, "U1", "", "a" * 64, NOW)
    return replace(usual, **changes)


def first(press: str = "p1") -> Callable[[Draft | None], Change]:
    return lambda _: Change(event(press), "draft.requested", revision())


def noted(press: str, **changes: Any) -> Callable[[Draft | None], Change]:
    return lambda _: Change(event(press, **({"step": Step.OPEN} | changes)), "draft.x")


@pytest.fixture
def drafts(engine: Engine) -> Drafts:
    """A record with two cases and nothing drafted."""
    record = Casebook(engine)
    for number, name in enumerate((CASE, "other"), 1):
        read = Read(f"{number}" * 64, "/x", "PEEL", Kind.INSPECTION_REPORT, Role.REPORT, ())
        record.add(name, content(), read, person="U1", now=NOW)
    return Drafts(engine)


def test_what_is_kept_comes_back_as_it_went_in(engine: Engine, drafts: Drafts) -> None:
    done = drafts.step(CASE, 1, "p1", first())
    assert done.draft == drafts.get(CASE, 1)
    assert done.draft.revisions == (revision(),)
    assert done.draft.events == (event(number=1),)
    assert not done.again
    assert events(engine, f"{CASE}/1") == ["draft.requested"]
    assert drafts.of(CASE) == drafts.all() == [done.draft]
    assert drafts.pressed("p1") == event(number=1)


def test_what_is_not_there_is_said(drafts: Drafts) -> None:
    with pytest.raises(NoSuchDraft, match="item 7 of"):
        drafts.get(CASE, 7)
    with pytest.raises(NoSuchCase):
        drafts.step("nowhere", 1, "p1", first())
    assert drafts.find(CASE, 7) is None
    assert (drafts.of(CASE), drafts.all(), drafts.pressed("p1")) == ([], [], None)


def test_the_same_press_is_taken_once(engine: Engine, drafts: Drafts) -> None:
    one = drafts.step(CASE, 1, "p1", first())
    two = drafts.step(CASE, 1, "p1", lambda _: pytest.fail("asked again"))
    assert (two.event, two.draft, two.again) == (one.event, one.draft, True)
    assert events(engine, f"{CASE}/1") == ["draft.requested"]


def test_a_press_belongs_to_one_draft(drafts: Drafts) -> None:
    drafts.step(CASE, 1, "p1", first())
    for case, item in ((CASE, 2), ("other", 1)):
        with pytest.raises(PressTaken):
            drafts.step(case, item, "p1", first())


def test_a_refused_press_is_kept_with_why_and_audited(engine: Engine, drafts: Drafts) -> None:
    drafts.step(CASE, 1, "p1", first())
    refused = event("p2", step=Step.APPROVE, refused="own")
    done = drafts.step(CASE, 1, "p2", lambda _: Change(refused, "draft.refused"))
    assert done.event == replace(refused, number=2)
    assert [one.press for one in drafts.get(CASE, 1).taken] == ["p1"]
    last = Audit(engine).entries(f"{CASE}/1")[-1]
    assert (last.event, last.facts["refused"], last.facts["step"]) == (
        "draft.refused", "own", "approve",
    )  # fmt: skip


def test_a_refused_first_request_leaves_nothing(engine: Engine, drafts: Drafts) -> None:
    done = drafts.step(CASE, 1, "p1", lambda _: Change(event(refused="bot"), "draft.refused"))
    assert done.draft is None
    assert drafts.find(CASE, 1) is None
    assert events(engine, f"{CASE}/1") == []


def test_the_audit_holds_the_hash_and_no_words(engine: Engine, drafts: Drafts) -> None:
    drafts.step(CASE, 1, "p1", first())
    drafts.step(CASE, 1, "p2", noted("p2", words="A telling remark", detail={"of": 2}))
    entry = Audit(engine).entries(f"{CASE}/1")[-1]
    assert entry.facts["sha256"] == "a" * 64
    assert entry.facts["roles"] == ["officer", "reviewer"]
    assert entry.facts["detail"] == {"of": 2}
    told = str([one.facts for one in Audit(engine).entries()])
    assert "telling" not in told
    assert "review by" not in told
    assert Audit(engine).verify().ok


def test_words_with_nothing_storable_in_them_are_kept_without_it(drafts: Drafts) -> None:
    drafts.step(CASE, 1, "p1", first())
    drafts.step(CASE, 1, "p2", noted("p2", words="é–\x00“x”"))
    assert "\x00" not in drafts.get(CASE, 1).events[-1].words
    assert drafts.get(CASE, 1).events[-1].words.startswith("é–")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (
            Change(event("p2", detail={"of": float("nan")}), "x", revision(2)),
            (ValueError, DataError),
        ),
        (Change(event("p2"), "x", revision(1)), IntegrityError),
        (
            Change(event("p2"), "x", replace(revision(2), at=NOW.replace(tzinfo=None))),
            StatementError,
        ),
    ],
)
def test_a_step_that_cannot_be_kept_leaves_nothing(
    engine: Engine, drafts: Drafts, change: Change, error: Any
) -> None:
    drafts.step(CASE, 1, "p1", first())
    with pytest.raises(error):
        drafts.step(CASE, 1, "p2", lambda _: change)
    assert len(drafts.get(CASE, 1).events) == len(drafts.get(CASE, 1).revisions) == 1
    assert events(engine, f"{CASE}/1") == ["draft.requested"]


STATEMENTS = [
    ("", "UPDATE {table} SET number = 9"),
    ("", "DELETE FROM {table}"),
    ("", "INSERT INTO {table} SELECT * FROM {table}"),
    ("sqlite", "INSERT OR REPLACE INTO {table} SELECT * FROM {table}"),
    ("postgresql", "TRUNCATE {table}"),
]


@pytest.mark.parametrize("table", ["draft_revisions", "draft_events", "publications"])
@pytest.mark.parametrize(("only", "statement"), STATEMENTS)
def test_rows_are_only_added(
    engine: Engine, drafts: Drafts, table: str, only: str, statement: str
) -> None:
    if only not in ("", engine.dialect.name):
        pytest.skip(f"a statement of {only}")
    drafts.step(CASE, 1, "p1", first())
    drafts.publish(CASE, "p2", release)
    with pytest.raises(DatabaseError), engine.begin() as connection:
        connection.execute(text(statement.format(table=table)))
    assert len(drafts.publications(CASE)) == 1


def test_twenty_presses_at_once_are_taken_one_after_the_other(
    engine: Engine, drafts: Drafts
) -> None:
    """Each sees what the one before it did; what one connection pool can hold is enough."""
    drafts.step(CASE, 1, "p0", first("p0"))

    def press(number: int) -> int:
        def decide(draft: Draft | None) -> Change:
            seen = len(draft.events) if draft else 0
            return Change(event(f"q{number}", step=Step.OPEN, detail={"of": seen}), "draft.x")

        return drafts.step(CASE, 1, f"q{number}", decide).event.number

    assert sorted(at_once(press, 20)) == list(range(2, 22))
    assert [one.detail["of"] for one in drafts.get(CASE, 1).events[1:]] == list(range(1, 21))
    assert Audit(engine).verify().ok


def test_one_press_that_arrives_twenty_times_at_once_is_taken_once(
    engine: Engine, drafts: Drafts
) -> None:
    done = at_once(lambda _: drafts.step(CASE, 1, "p1", first()), 20)
    assert sorted(one.again for one in done) == [False, *[True] * 19]
    assert len({one.event.number for one in done}) == 1
    assert events(engine, f"{CASE}/1") == ["draft.requested"]


def release(drafts: list[Draft]) -> Release:
    content = {"title": "É", "items": [one.item for one in drafts], "past": [{"check": "x"}]}
    changes = {
        one.item: Change(
            event(f"p2/{one.item}", step=Step.PUBLISH, status=Status.PUBLISHED), "draft.published"
        )
        for one in drafts
    }
    return Release(Publication(0, content, "b" * 64, "U1", "p2", NOW), changes)


def test_a_publication_and_the_steps_of_its_drafts_are_one_transaction(
    engine: Engine, drafts: Drafts
) -> None:
    for number in (1, 2):
        drafts.step(CASE, number, f"p1/{number}", first(f"p1/{number}"))
    made, again = drafts.publish(CASE, "p2", release)
    assert (made.number, again, drafts.publications(CASE)) == (1, False, [made])
    assert [one.status for one in drafts.of(CASE)] == [Status.PUBLISHED] * 2
    entry = Audit(engine).entries(CASE)[-1]
    assert entry.event == "case.published"
    assert (entry.facts["sha256"], entry.facts["let_past"]) == ("b" * 64, 1)


def test_the_same_publishing_press_publishes_once(engine: Engine, drafts: Drafts) -> None:
    drafts.step(CASE, 1, "p1", first())
    made = at_once(lambda _: drafts.publish(CASE, "p2", release), 8)
    assert sorted(again for _, again in made) == [False, *[True] * 7]
    assert len({one.number for one, _ in made}) == len(drafts.publications(CASE)) == 1
    with pytest.raises(PressTaken):
        drafts.publish("other", "p2", release)


def test_what_stops_a_publication_leaves_everything_as_it_was(
    engine: Engine, drafts: Drafts
) -> None:
    drafts.step(CASE, 1, "p1", first())

    def refuse(_: list[Draft]) -> Release:
        raise KeyError("nothing to publish")

    with pytest.raises(KeyError, match="nothing"):
        drafts.publish(CASE, "p2", refuse)
    assert drafts.publications(CASE) == []
    assert drafts.get(CASE, 1).status is Status.DRAFTED
    with pytest.raises(NoSuchCase):
        drafts.publish("nowhere", "p2", refuse)
