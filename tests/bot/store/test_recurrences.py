"""What people said of earlier reports, in both databases: added with its audit, the last counts."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from bot.store.audit import Audit
from bot.store.casebook import Casebook, NoSuchCase
from bot.store.cases import Read, Role
from bot.store.recurrences import Recurrences, confirmed, latest
from retrieval.documents import Kind
from tests.bot.responding.cases import NOW, content, item
from tests.bot.responding.links import answer, earlier, said
from tests.builders import reading

CASE = "peel-2031-fernshire"


@pytest.fixture
def record(engine: Engine) -> Recurrences:
    """What was said of one case, nothing yet."""
    report = reading("# PEEL 2031\nThe force should act 1.")
    kind, role = Kind.INSPECTION_REPORT, Role.REPORT
    read = Read(report.digest, "/shelf/x.md", "PEEL 2031", kind, role, report.pages)
    Casebook(engine).add(CASE, content(item(1), item(2)), read, person="U1", now=NOW)
    return Recurrences(engine)


def test_all_that_is_said_comes_back_as_it_went_in(record: Recurrences) -> None:
    whole = earlier(
        older="peel-2016/3", grade="Requires improvement", quote="é–“x”",
        answered=(answer(), answer("No day.", published=None)),
    )  # fmt: skip
    record.note(CASE, said(whole))
    assert record.of(CASE) == (said(whole),)
    assert record.all() == {CASE: (said(whole),)}


def test_each_word_has_its_audit_which_holds_no_words(engine: Engine, record: Recurrences) -> None:
    record.note(CASE, said(earlier(quote="A telling line.", answered=(answer("A secret."),))))
    entry = Audit(engine).entries()[-1]
    assert (entry.event, entry.subject, entry.person) == ("case.recurrence", CASE, "U1")
    assert (entry.facts["item"], entry.facts["same"], entry.facts["page"]) == (1, True, 4)
    assert "telling" not in str(entry.facts)
    assert "secret" not in str(entry.facts)
    assert Audit(engine).verify().ok


def test_the_same_word_said_again_is_not_added(engine: Engine, record: Recurrences) -> None:
    record.note(CASE, said())
    record.note(CASE, replace(said(), person="U2", at=NOW + timedelta(days=1)))
    assert record.of(CASE) == (said(),)
    assert [one.event for one in Audit(engine).entries()] == ["case.added", "case.recurrence"]


def test_the_last_word_counts_and_the_earlier_ones_stay(record: Recurrences) -> None:
    for same in (True, False, True, False):
        record.note(CASE, said(same=same))
    assert [one.same for one in record.of(CASE)] == [True, False, True, False]
    assert latest(record.of(CASE)) == (said(same=False),)
    assert confirmed(record.of(CASE), 1) == ()


def test_links_are_of_an_item_and_of_the_words_of_a_report(record: Recurrences) -> None:
    for one in (
        said(earlier(2019)),
        said(earlier(2016)),
        said(earlier(2016, "Another line.")),
        said(earlier(2016), item=2),
        said(earlier(2016, "Another line."), same=False),
    ):
        record.note(CASE, one)
    links = confirmed(record.of(CASE), 1)
    assert [(one.earlier.published.year, one.earlier.quote) for one in links] == [
        (2016, "The force should act."), (2019, "The force should act."),
    ]  # fmt: skip
    assert len(confirmed(record.of(CASE), 2)) == 1


def test_evidence_that_has_changed_is_kept_as_well(record: Recurrences) -> None:
    record.note(CASE, said())
    record.note(CASE, said(earlier(answered=(answer(),))))
    assert confirmed(record.of(CASE), 1) == (said(earlier(answered=(answer(),))),)
    assert len(record.of(CASE)) == 2


def test_a_case_that_is_not_there_is_refused(engine: Engine, record: Recurrences) -> None:
    before = len(Audit(engine).entries())
    with pytest.raises(NoSuchCase):
        record.note("nowhere", said())
    assert len(Audit(engine).entries()) == before
    assert record.of("nowhere") == ()


def test_a_name_depends_on_document_page_and_words_alone() -> None:
    one = earlier()
    assert one.name == replace(one, grade="Good", older="x/1", answered=(answer(),)).name
    others = (replace(one, page=5), replace(one, quote="x"), replace(one, document="b" * 64))
    assert len({one.name, *(other.name for other in others)}) == 4
    assert len(one.name) == 8
