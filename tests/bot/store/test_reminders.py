"""Reminders that were sent, in both databases: each once, with its audit or not at all."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine

from bot.store.audit import Audit
from bot.store.casebook import Casebook, NoSuchCase
from bot.store.cases import Read, Role
from bot.store.reminders import Reminders, Sent
from retrieval.documents import Kind
from tests.bot.responding.cases import NOW, content
from tests.builders import reading

CASE = "peel-2031-fernshire"
DAY = date(2031, 3, 31)
FIRST, SECOND = ("comments", DAY), ("chief_executive", date(2031, 4, 14))
LATER = NOW + timedelta(days=25)


@pytest.fixture
def kept(engine: Engine) -> Reminders:
    """The reminders of a database with one case."""
    one = reading("# PEEL 2031\nThe force should act 1.")
    read = Read(one.digest, "x.md", "PEEL 2031", Kind.INSPECTION_REPORT, Role.REPORT, one.pages)
    Casebook(engine).add(CASE, content(), read, person="U1", now=NOW)
    return Reminders(engine)


def noted(engine: Engine) -> list[dict[str, object]]:
    return [one.facts for one in Audit(engine).entries() if one.event == "case.reminded"]


def test_what_was_sent_is_kept_in_order_with_one_entry_for_a_message(
    engine: Engine, kept: Reminders
) -> None:
    assert kept.of(CASE) == ()
    kept.note(CASE, [FIRST, SECOND], where="thread", now=LATER)
    assert kept.of(CASE) == (Sent(*FIRST, LATER), Sent(*SECOND, LATER))
    told = [["comments", "2031-03-31"], ["chief_executive", "2031-04-14"]]
    assert noted(engine) == [{"steps": told, "where": "thread"}]
    assert Audit(engine).verify().ok


def test_noted_again_it_stays_as_it_was(engine: Engine, kept: Reminders) -> None:
    kept.note(CASE, [FIRST], where="thread", now=LATER)
    kept.note(CASE, [FIRST, FIRST], where="owner", now=LATER + timedelta(days=1))
    assert kept.of(CASE) == (Sent(*FIRST, LATER),)
    kept.note(CASE, [FIRST, SECOND], where="owner", now=LATER)
    assert len(kept.of(CASE)) == len(noted(engine)) == 2
    assert noted(engine)[-1]["steps"] == [["chief_executive", "2031-04-14"]]


def test_a_step_for_another_day_is_another_reminder(kept: Reminders) -> None:
    kept.note(CASE, [FIRST], where="thread", now=LATER)
    kept.note(CASE, [("comments", DAY + timedelta(days=7))], where="thread", now=LATER)
    assert [one.on for one in kept.of(CASE)] == [DAY, DAY + timedelta(days=7)]


def test_of_a_case_that_is_not_there_nothing_is_noted(engine: Engine, kept: Reminders) -> None:
    with pytest.raises(NoSuchCase):
        kept.note("nowhere", [FIRST], where="thread", now=LATER)
    assert noted(engine) == []
    assert kept.of("nowhere") == ()


def test_several_who_note_the_same_at_once_note_it_once(engine: Engine, kept: Reminders) -> None:
    together, wrong = Barrier(4), list[Exception]()

    def note() -> None:
        together.wait()
        try:
            Reminders(engine).note(CASE, [FIRST, SECOND], where="thread", now=LATER)
        except Exception as error:
            wrong.append(error)

    threads = [Thread(target=note) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert wrong == []
    assert [(one.step, one.on) for one in kept.of(CASE)] == [FIRST, SECOND]
    assert len(noted(engine)) == 1
    assert Audit(engine).verify().ok
