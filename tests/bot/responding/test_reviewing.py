"""Drafts through their review on both databases: who may, what holds, what people are told."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.responding.approving import Place, Source, current_hash
from bot.responding.reviewing import CODES, Outcome
from bot.responding.workflow import Status, Step
from bot.store.audit import Audit
from bot.store.engine import connect
from tests.bot.responding.reviews import (
    CASE,
    DIGEST,
    PACK,
    QUOTE,
    Bench,
    bench,
    page,
    source,
    steps,
    wording,
)
from tests.bot.store.asked import at_once, events
from tests.builders import new_office


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Bench]:
    """A case of one recommendation with a draft that "asker" asked for."""
    engine = new_office(tmp_path).engine
    yield begun(engine)
    engine.dispose()


@pytest.fixture
def shared(engine: Engine) -> Bench:
    """The same on a database of each kind."""
    return begun(engine)


def begun(engine: Engine) -> Bench:
    made = bench(engine)
    assert made.request().taken
    return made


def test_a_draft_is_asked_for_edited_and_approved_by_three(engine: Engine, shared: Bench) -> None:
    assert shared.edit("editor").taken
    done = shared.approve("reviewer")
    assert done.taken
    assert done.words == "reviewer approved revision 2."
    assert done.standing is not None
    assert done.standing.status is Status.APPROVED
    assert steps(shared.draft()) == ["request", "edit", "approve"]
    assert [one.requested_by for one in shared.draft().revisions] == ["asker", "asker"]
    assert [one.edited_by for one in shared.draft().revisions] == ["", "editor"]
    assert events(engine, f"{CASE}/1") == ["draft.requested", "draft.edited", "draft.approved"]
    assert Audit(engine).verify().ok


def test_each_approval_names_its_revision_its_hash_and_the_roles_of_that_moment(
    desk: Bench,
) -> None:
    desk.roles["reviewer"] = {"reviewer", "publisher"}
    event = desk.approve().event
    assert (event.revision, event.hash) == (1, desk.draft().latest.hash)
    assert event.roles == ("publisher", "reviewer")


OWN = [
    ("asker", {"reviewer"}, "own"),
    ("asker", {"officer"}, "own"),
    ("editor", {"reviewer", "publisher"}, "edited"),
    ("nobody", set[str](), "not_reviewer"),
    ("publisher", {"publisher"}, "not_reviewer"),
]


@pytest.mark.parametrize(("person", "roles", "why"), OWN)
def test_who_may_not_approve_is_told_why_and_nothing_changes(
    desk: Bench, person: str, roles: set[str], why: str
) -> None:
    desk.edit("editor")
    desk.roles[person] = roles
    done = desk.approve(person)
    assert (done.taken, done.event.refused, desk.status()) == (False, why, "drafted")
    assert "Reviewers here: " in done.words
    assert "second, third" in done.words


def test_a_role_counts_at_the_moment_of_the_press_and_is_never_remembered(desk: Bench) -> None:
    desk.roles["reviewer"] = set()
    assert desk.approve().event.refused == "not_reviewer"
    desk.roles["reviewer"] = {"reviewer"}
    assert desk.approve().taken
    desk.roles["reviewer"] = set()
    assert desk.withdraw().event.refused == "not_reviewer"
    assert desk.asked.count("reviewer") == 3


def test_an_app_decides_nothing_even_in_the_name_of_a_reviewer(desk: Bench) -> None:
    for done in (desk.approve(bot=True), desk.ask(bot=True), desk.edit(bot=True)):
        assert done.event.refused == "bot"
    assert desk.status() == "drafted"


def test_who_takes_a_draft_over_answers_for_it(desk: Bench) -> None:
    assert desk.take_over("reviewer").taken
    assert desk.approve("reviewer").event.refused == "own"
    assert desk.approve("asker").event.refused == "own"
    assert desk.take_over("reviewer").event.refused == "yours"
    assert desk.approve("second").taken
    assert desk.take_over("second").event.refused == "twice"


def test_who_asks_for_another_draft_may_not_approve_it(desk: Bench) -> None:
    assert desk.request("reviewer").taken
    assert desk.approve("reviewer").event.refused == "own"
    assert desk.draft().latest.number == 2
    assert desk.approve("second").taken


def test_an_edit_that_changes_nothing_makes_no_revision(desk: Bench) -> None:
    """Else somebody could free the last editor to approve their own words."""
    desk.edit("editor", "A text.")
    done = desk.edit("third", "A text.")
    assert done.event.refused == "same"
    assert desk.draft().latest.edited_by == "editor"


DECISIONS: list[Callable[[Bench], Outcome]] = [
    lambda desk: desk.edit("editor"),
    lambda desk: desk.request("asker"),
    lambda desk: desk.withdraw("second"),
]


@pytest.mark.parametrize("change", DECISIONS)
def test_an_approval_ends_with_any_change_and_with_being_withdrawn(
    desk: Bench, change: Callable[[Bench], Outcome]
) -> None:
    desk.approve()
    assert change(desk).taken
    assert desk.status() == "drafted"
    assert desk.draft().approvals == ()


def test_an_old_card_decides_nothing_and_says_what_happened(desk: Bench) -> None:
    old = desk.press("reviewer")
    desk.edit("editor")
    done = desk.review.approve(CASE, 1, old)
    assert done.event.refused == "old"
    assert done.words.endswith("editor edited the draft: revision 2.")
    assert desk.status() == "drafted"


def test_a_card_from_before_a_withdrawal_is_old_though_the_revision_is_the_same(
    desk: Bench,
) -> None:
    old = desk.press("second")
    desk.approve("reviewer")
    desk.withdraw("reviewer", words="The figure is of 2016.")
    done = desk.review.approve(CASE, 1, old)
    assert done.event.refused == "old"
    assert "The figure is of 2016." in done.words


def test_opening_evidence_makes_no_card_old(desk: Bench) -> None:
    press = desk.press("second")
    assert desk.review.opened_evidence(CASE, 1, 1, desk.press("reviewer")).taken
    assert desk.review.approve(CASE, 1, press).taken


@pytest.mark.parametrize(
    ("code", "words"), [("fact", ""), ("fact", " \n"), ("", "It is 38."), ("unknown", "It is 38.")]
)
def test_asking_for_changes_needs_a_known_reason_and_words(
    desk: Bench, code: str, words: str
) -> None:
    assert desk.ask(code=code, words=words).event.refused == "no_reason"
    assert desk.status() == "drafted"


@pytest.mark.parametrize("code", CODES)
def test_changes_asked_for_are_kept_with_code_and_words(desk: Bench, code: str) -> None:
    done = desk.ask(code=code, words="It is 38.")
    assert (done.event.reason, done.event.words) == (code, "It is 38.")
    assert done.words == "reviewer asked for changes: It is 38."
    assert desk.status() == "changes_asked"
    assert desk.approve("second").event.refused == "changes_open"


def test_withdrawing_needs_a_reason(desk: Bench) -> None:
    assert desk.withdraw().event.refused == "nothing_to_withdraw"
    desk.approve()
    assert desk.withdraw(words="  ").event.refused == "no_reason"
    assert desk.status() == "approved"


def test_changes_asked_for_can_be_taken_back_but_not_by_who_wrote_the_text(desk: Bench) -> None:
    desk.edit("editor")
    desk.ask("reviewer")
    assert desk.withdraw("editor").event.refused == "edited"
    assert desk.withdraw("second").taken
    assert desk.approve("reviewer").taken


class TestTwoReviewers:
    def test_the_second_has_to_be_another(self, desk: Bench) -> None:
        desk.needed = 2
        assert desk.approve("reviewer").event.status is Status.NEEDS_SECOND
        assert desk.approve("reviewer").event.refused == "twice"
        assert desk.approve("second").taken
        assert desk.status() == "approved"

    def test_an_edit_asks_for_both_anew(self, desk: Bench) -> None:
        desk.needed = 2
        desk.approve("reviewer")
        desk.edit("editor")
        desk.approve("second")
        assert desk.status() == "needs_second"

    def test_the_setting_counts_as_it_is_now(self, desk: Bench) -> None:
        desk.approve("reviewer")
        desk.needed = 2
        assert desk.status() == "needs_second"
        assert desk.take_over("third").taken
        desk.needed = 1
        assert desk.status() == "approved"

    def test_three_can_be_needed(self, desk: Bench) -> None:
        desk.needed = 3
        for person, status in (("reviewer", "needs_second"), ("second", "needs_second")):
            assert desk.approve(person).taken
            assert desk.status() == status
        desk.approve("third")
        assert desk.status() == "approved"


class TestTheSamePress:
    def test_again_is_not_taken_again_and_says_the_same(
        self, engine: Engine, shared: Bench
    ) -> None:
        press = shared.press("reviewer")
        one, two = (shared.review.approve(CASE, 1, press) for _ in range(2))
        assert (one.again, two.again) == (False, True)
        assert (two.event, two.words, two.taken) == (one.event, one.words, True)
        assert len(shared.draft().events) == 2

    def test_after_a_restart_and_a_withdrawal_approves_nothing(self, desk: Bench) -> None:
        press = desk.press("reviewer")
        desk.review.approve(CASE, 1, press)
        desk.withdraw("second")
        desk.restart()
        assert desk.review.approve(CASE, 1, press).again
        assert desk.status() == "drafted"

    def test_stays_refused_when_the_person_has_become_a_reviewer_since(self, desk: Bench) -> None:
        """At the moment of the press they were none."""
        press = desk.press("nobody")
        desk.review.approve(CASE, 1, press)
        desk.roles["nobody"] = {"reviewer"}
        done = desk.review.approve(CASE, 1, press)
        assert (done.again, done.event.refused, desk.status()) == (True, "not_reviewer", "drafted")


CHANGES: list[tuple[str, dict[str, Source]]] = [
    ("A cited source was withdrawn", {}),
    ("A cited source was replaced", {DIGEST: Source(Place.GONE, successor=True)}),
    ("may not be quoted in public", {DIGEST: source(collection="restricted:gold")}),
    ("is under embargo", {DIGEST: source(embargoed=True)}),
    ("do not stand there", {DIGEST: source(pages=(page("Intro. Other words stand here now."),))}),
]


class TestSources:
    @pytest.mark.parametrize(("words", "now"), CHANGES)
    def test_an_approval_is_void_at_once_when_one_changes(
        self, engine: Engine, shared: Bench, words: str, now: dict[str, Source]
    ) -> None:
        shared.approve()
        shared.sources = now
        assert shared.status() == "void"
        (done,) = shared.review.void_stale(shared.now)
        assert words in done.words
        assert done.words.startswith("The approval of revision 1 is void. ")
        assert shared.review.void_stale(shared.now) == []
        assert steps(shared.draft()) == ["request", "approve", "void"]
        assert events(engine, f"{CASE}/1")[-1] == "draft.voided"

    def test_nothing_is_approved_while_one_differs(self, desk: Bench) -> None:
        desk.sources = {}
        assert desk.approve().event.refused == "changed"

    def test_a_void_approval_stays_void_when_the_source_comes_back(self, desk: Bench) -> None:
        desk.approve()
        desk.sources = {}
        desk.review.void_stale(desk.now)
        desk.sources = {DIGEST: source()}
        assert desk.status() == "void"
        assert desk.approve("reviewer").taken
        assert desk.status() == "approved"

    def test_a_text_is_written_anew_for_a_source_that_was_replaced(self, desk: Bench) -> None:
        desk.approve("reviewer")
        desk.sources = {"e" * 64: source()}
        desk.review.void_stale(desk.now)
        said = wording("Another.")
        found = said.sentences[0]
        again = replace(found, cited=(replace(found.cited[0], document="e" * 64),))
        new = replace(said, sentences=(again, said.sentences[1]))
        assert desk.review.edit(CASE, 1, new, desk.press("editor")).taken
        assert desk.approve("reviewer").taken
        assert desk.status() == "approved"

    def test_what_is_taken_over_while_void_is_still_told_to_be_void(self, desk: Bench) -> None:
        desk.approve()
        desk.sources = {}
        assert desk.take_over("third").taken
        assert len(desk.review.void_stale(desk.now)) == 1

    def test_only_approvals_become_void(self, desk: Bench) -> None:
        desk.sources = {}
        assert desk.review.void_stale(desk.now) == []
        assert desk.status() == "drafted"

    def test_a_person_cannot_void(self, desk: Bench) -> None:
        desk.approve()
        desk.sources = {}
        press = desk.press("reviewer")
        done = desk.review._take(CASE, 1, Step.VOID, press)
        assert done.event.refused == "only_bot"

    def test_several_processes_that_find_it_at_once_record_it_once(self, shared: Bench) -> None:
        shared.approve()
        shared.sources = {}
        found = at_once(lambda _: shared.review.void_stale(shared.now), 6)
        assert sum(map(len, found)) == 1
        assert steps(shared.draft()).count("void") == 1


class TestEvidence:
    def test_of_the_weakest_sentences_is_opened_before_an_approval_counts(
        self, desk: Bench
    ) -> None:
        desk.to_open = (1, 2)
        desk.review.opened_evidence(CASE, 1, 1, desk.press("reviewer"))
        desk.review.opened_evidence(CASE, 1, 2, desk.press("second"))
        done = desk.approve("reviewer")
        assert (done.event.refused, done.words[-13:]) == ("unopened", ": sentence 2.")
        desk.review.opened_evidence(CASE, 1, 2, desk.press("reviewer"))
        assert desk.approve("reviewer").taken

    def test_of_an_earlier_revision_does_not_count(self, desk: Bench) -> None:
        desk.to_open = (1,)
        desk.review.opened_evidence(CASE, 1, 1, desk.press("reviewer"))
        desk.edit("editor")
        assert desk.approve("reviewer").event.refused == "unopened"

    @pytest.mark.parametrize("sentence", [0, 3, -1])
    def test_of_a_sentence_that_is_not_there_is_refused(self, desk: Bench, sentence: int) -> None:
        done = desk.review.opened_evidence(CASE, 1, sentence, desk.press("reviewer"))
        assert done.event.refused == "no_sentence"


def test_twenty_reviewers_press_at_once_and_one_counts(engine: Engine, shared: Bench) -> None:
    names = [f"reviewer {number}" for number in range(20)]
    shared.roles |= {name: {"reviewer"} for name in names}
    presses = [shared.press(name) for name in names]
    done = at_once(lambda number: shared.review.approve(CASE, 1, presses[number]), 20)
    (won,) = (one for one in done if one.taken)
    told = {one.words for one in done if not one.taken}
    assert {one.event.refused for one in done if not one.taken} == {"old"}
    assert len(told) == 1
    assert told.pop().endswith(won.words)
    assert [one.person for one in shared.draft().approvals] == [won.event.person]
    assert len(shared.draft().events) == 21
    assert Audit(engine).verify().ok


def test_approving_and_asking_for_changes_at_once_is_one_decision(shared: Bench) -> None:
    shared.needed = 2
    names = [f"reviewer {number}" for number in range(20)]
    shared.roles |= {name: {"reviewer"} for name in names}
    presses = [shared.press(name) for name in names]

    def press(number: int) -> Outcome:
        if number % 2:
            return shared.review.approve(CASE, 1, presses[number])
        return shared.review.ask_changes(CASE, 1, "fact", "It is 38.", presses[number])

    done = at_once(press, 20)
    assert sum(one.taken for one in done) == 1
    assert all(one.words for one in done)


def test_twenty_who_ask_for_the_first_draft_get_one(engine: Engine) -> None:
    desk = bench(engine)
    presses = [desk.press("asker") for _ in range(20)]
    done = at_once(lambda n: desk.review.request(CASE, 1, wording(), PACK, presses[n]), 20)
    assert sum(one.taken for one in done) == 1
    assert {one.event.refused for one in done if not one.taken} == {"old"}
    assert len(desk.draft().revisions) == 1


def test_the_office_is_asked_while_the_record_is_open_to_others(desk: Bench) -> None:
    """A slow answer about somebody's roles must not hold everybody else up."""
    waited: list[bool] = []

    def slow(person: str) -> frozenset[str]:
        with desk.engine.begin():
            waited.append(True)
        return frozenset(desk.roles[person])

    desk.review._office = replace(desk.review._office, roles=slow)
    assert desk.approve().taken
    assert waited


def test_a_text_changed_in_the_database_is_no_longer_approved(
    engine: Engine, shared: Bench
) -> None:
    shared.approve()
    tamper(engine, "draft_revisions", "wording", "1 June", "1 July")
    assert shared.status() == "void"
    (done,) = shared.review.void_stale(shared.now)
    assert "no longer the text that was written" in done.words
    assert shared.approve("second").event.refused == "changed"


def test_a_hash_changed_along_with_the_text_does_not_save_the_approval(
    engine: Engine, shared: Bench
) -> None:
    shared.approve()
    tamper(engine, "draft_revisions", "wording", "1 June", "1 July")
    tamper(
        engine, "draft_revisions", "hash", shared.draft().latest.hash, current_hash(shared.draft())
    )
    assert shared.status() == "void"


def tamper(engine: Engine, table: str, column: str, old: str, new: str) -> None:
    """What somebody with the rights of the owner can do."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        else:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_keeps_rows")
        cast = f"CAST(REPLACE(CAST({column} AS TEXT), '{old}', '{new}') AS JSON)"
        value = (
            cast
            if column == "wording" and engine.dialect.name == "postgresql"
            else (f"REPLACE({column}, '{old}', '{new}')")
        )
        connection.exec_driver_sql(f"UPDATE {table} SET {column} = {value}")


def test_all_goes_on_with_fresh_objects_on_the_same_database(shared: Bench, database: str) -> None:
    shared.approve()
    fresh = connect(database)
    shared.restart(fresh)
    assert shared.status() == "approved"
    assert shared.edit("editor").taken
    fresh.dispose()


def test_times_are_those_of_the_press(desk: Bench) -> None:
    at = datetime(2031, 4, 1, 0, 30, tzinfo=UTC) + timedelta(hours=1)
    desk.edit("editor", at=at)
    assert (desk.draft().latest.at, desk.draft().events[-1].at) == (at, at)
    assert QUOTE in desk.draft().latest.wording.sentences[0].text
