"""Cases in both databases: each change whole with its audit, or not at all."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError

from bot.store import tables as t
from bot.store.audit import Audit
from bot.store.casebook import Casebook, NoSuchCase, Stale, Taken
from bot.store.cases import (
    ChiefStep,
    Choice,
    Closing,
    Decided,
    ItemStatus,
    Read,
    Role,
    State,
    Status,
    Step,
    content,
    data,
)
from retrieval.documents import Kind, Span
from tests.bot.responding.cases import NOW, item, proposal
from tests.bot.responding.cases import content as said
from tests.builders import reading

LATER = NOW + timedelta(days=1)
CASE = "peel-2031-fernshire"


def read(words: str = "# PEEL 2031\nThe force should act 1.", role: Role = Role.REPORT) -> Read:
    one = reading(words)
    return Read(one.digest, "/shelf/x.md", "PEEL 2031", Kind.INSPECTION_REPORT, role, one.pages)


@pytest.fixture
def record(engine: Engine) -> Casebook:
    """A casebook with one proposed case."""
    made = Casebook(engine)
    made.add(CASE, said(), read(), person="U1", now=NOW)
    return made


def confirm(record: Casebook, *changes: str, after: int = 1, **how: Any) -> None:
    record.confirm(CASE, said(**how), changes, after=after, person="U2", now=LATER)


def told(engine: Engine) -> list[tuple[str, str, str]]:
    return [(one.event, one.subject, one.person) for one in Audit(engine).entries()]


def test_a_case_is_proposed_with_its_report_and_pages(engine: Engine, record: Casebook) -> None:
    case = record.get(CASE)
    assert (case.state, case.added_by, case.added_at) == (State.PROPOSED, "U1", NOW)
    assert case.content == said()
    assert [(one.number, one.role) for one in case.documents] == [(1, Role.REPORT)]
    assert record.pages(case.documents[0].digest) == read().pages
    assert record.of(read().digest) == CASE
    assert record.all() == [case]
    assert told(engine) == [("case.added", CASE, "U1")]


def test_all_that_is_said_comes_back_as_it_went_in(engine: Engine) -> None:
    spans = (Span(1, 2, 3),)
    whole = proposal().content
    decided = replace(whole.items[0], decision=Decided(Choice.NONE, "why", 1, 1, "so", spans))
    closing = Closing("x", 1, Status.CLOSED, 1, "é–“x”", date(2031, 1, 1), spans=spans)
    whole = replace(whole, items=(decided, *whole.items[1:]), closes=(closing,))
    assert content(data(whole)) == whole
    Casebook(engine).add(CASE, whole, read(), person="U1", now=NOW)
    assert Casebook(engine).get(CASE).content == whole


@pytest.mark.parametrize("name", [CASE, "another"])
def test_one_name_and_one_report_make_one_case(engine: Engine, record: Casebook, name: str) -> None:
    with pytest.raises(Taken) as taken:
        record.add(name, said(), read(), person="U1", now=NOW)
    assert taken.value.case == CASE
    with pytest.raises(Taken):
        record.add(CASE, said(), read("# Other\nWords."), person="U1", now=NOW)
    assert len(record.all()) == len(told(engine)) == 1


def test_what_is_confirmed_counts_and_earlier_revisions_stay(
    engine: Engine, record: Casebook
) -> None:
    confirm(record, "title", title="Corrected")
    case = record.get(CASE)
    assert case.state is State.CONFIRMED
    assert case.content.title == "Corrected"
    assert [one.content.title for one in case.revisions] == [said().title, "Corrected"]
    assert (case.latest.corrections, case.latest.person, case.latest.at) == (
        ("title",), "U2", LATER,
    )  # fmt: skip
    entry = Audit(engine).entries()[-1]
    assert entry.event == "case.confirmed"
    assert entry.facts["corrections"] == ["title"]
    assert entry.facts["published"] == "2031-03-04"


def test_the_audit_holds_no_words_of_the_report(engine: Engine, record: Casebook) -> None:
    confirm(record, title="A telling title")
    facts = str([one.facts for one in Audit(engine).entries()])
    assert "telling" not in facts
    assert "The force should act" not in facts


def test_a_proposal_after_a_confirmation_does_not_count_yet(record: Casebook) -> None:
    confirm(record, title="Corrected")
    more = said(item(1), item(2))
    record.take_in(CASE, more, read("# Two\nWords."), after=2, person="U1", now=LATER)
    case = record.get(CASE)
    assert case.content.title == "Corrected"
    assert case.latest.content == more
    assert len(case.documents) == 2


def test_nobody_confirms_over_what_another_has_changed(engine: Engine, record: Casebook) -> None:
    confirm(record)
    with pytest.raises(Stale) as stale:
        confirm(record, title="Late")
    assert stale.value.revision == 2
    with pytest.raises(Stale):
        record.take_in(CASE, said(), read("# Two\nx"), after=1, person="U1", now=NOW)
    assert len(record.get(CASE).revisions) == len(told(engine)) == 2
    assert len(record.get(CASE).documents) == 1


def test_a_case_that_is_not_there_is_refused_everywhere(engine: Engine) -> None:
    record = Casebook(engine)
    step = ChiefStep(Step.INVITED, date(2031, 3, 5), None, "U1", NOW)
    for change in (
        lambda: record.get(CASE),
        lambda: confirm(record),
        lambda: record.note_chief(CASE, step),
        lambda: record.note_status(CASE, status(), read()),
        lambda: record.take_in(CASE, said(), read(), after=1, person="U1", now=NOW),
    ):
        with pytest.raises(NoSuchCase):
            change()
    assert told(engine) == []


def status(**changes: Any) -> ItemStatus:
    usual = ItemStatus(
        1, Status.CLOSED, date(2031, 6, 1), read().digest, "PEEL 2031", 1, "It is closed.",
        (Span(1, 0, 4),), "U1", NOW,
    )  # fmt: skip
    return replace(usual, **changes)


def test_the_chief_officers_steps_are_kept_in_order(engine: Engine, record: Casebook) -> None:
    invited = ChiefStep(Step.INVITED, date(2031, 3, 5), date(2031, 4, 1), "U1", NOW)
    received = ChiefStep(Step.RECEIVED, date(2031, 3, 28), None, "U2", LATER)
    record.note_chief(CASE, invited)
    record.note_chief(CASE, received)
    assert record.get(CASE).chief == (invited, received)
    assert Audit(engine).entries()[-2].facts == {
        "step": "invited", "on": "2031-03-05", "until": "2031-04-01",
    }  # fmt: skip


def test_a_status_is_kept_with_the_document_that_says_it(engine: Engine, record: Casebook) -> None:
    letter = read("# Letter\nIt is closed.", Role.SOURCE)
    one = status(document=letter.digest)
    record.note_status(CASE, one, letter)
    case = record.get(CASE)
    assert case.status(1) == one
    assert case.documents[1].role is Role.SOURCE
    assert record.of(letter.digest) is None
    assert record.pages(letter.digest) == letter.pages
    record.note_status(CASE, one, letter)
    assert len(record.get(CASE).statuses) == 1
    assert [event for event, *_ in told(engine)] == ["case.added", "case.status"]


def test_a_confirmed_closing_is_recorded_in_the_older_case_and_once(
    engine: Engine, record: Casebook
) -> None:
    letter = read("# Letter\nIt is closed.")
    closing = Closing(
        CASE, 1, Status.CLOSED, 1, "It is closed.", date(2032, 2, 6), spans=(Span(1, 7, 20),)
    )
    record.add("letter-2032", said(), letter, person="U1", now=NOW)
    for after, confirmed in ((1, False), (2, True), (3, True)):
        whole = said(closes=(replace(closing, confirmed=confirmed),))
        record.confirm("letter-2032", whole, (), after=after, person="U2", now=LATER)
        assert bool(record.get(CASE).statuses) is confirmed
    (one,) = record.get(CASE).statuses
    assert (one.status, one.document, one.person) == (Status.CLOSED, letter.digest, "U2")
    assert [subject for event, subject, _ in told(engine) if event == "case.status"] == [CASE]


def test_a_closing_of_a_case_that_is_not_there_keeps_nothing(
    engine: Engine, record: Casebook
) -> None:
    closing = Closing("nowhere", 1, Status.CLOSED, 1, "x", date(2032, 2, 6), confirmed=True)
    with pytest.raises(IntegrityError):
        confirm(record, closes=(closing,))
    assert len(record.get(CASE).revisions) == len(told(engine)) == 1


def test_pages_of_a_document_are_kept_once_for_all_cases(engine: Engine, record: Casebook) -> None:
    response = read("# Response\nTo two reports.", Role.RESPONSE)
    record.add("other", said(), read("# Other\nWords."), person="U1", now=NOW)
    for name in (CASE, "other"):
        record.take_in(name, said(), response, after=1, person="U1", now=NOW)
    with engine.connect() as connection:
        here = t.case_pages.c.document == response.digest
        count = select(func.count()).select_from(t.case_pages).where(here)
        assert connection.execute(count).scalar_one() == 1


def test_the_audit_of_all_this_is_whole(engine: Engine, record: Casebook) -> None:
    confirm(record)
    record.note_status(CASE, status(), read())
    assert Audit(engine).verify().ok
