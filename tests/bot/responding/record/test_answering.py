"""The record's answers say what was said, with its page, and nothing that was not said."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.answering import keeping, telling
from bot.answering.answers import Answer, Status
from bot.grounding import Support
from bot.responding import paragraph
from bot.responding.record import RECORD, answering, wanting
from bot.responding.record.lines import Record
from bot.store import cases as store
from bot.store.cases import Case, Choice, Decided, Document, Item, ItemStatus, Role
from retrieval.documents import Kind, Page, Span
from retrieval.library import Filed
from tests import builders
from tests.bot.responding.cases import PUBLISHED, case, content, item, proposal, report, status

LETTER = builders.reading("# A letter\nRecommendation 1 is closed, as an audit of May 2032 shows.")
CLOSED = "Recommendation 1 is closed, as an audit of May 2032 shows."
REPORT = report()
PAGES = {REPORT.digest: REPORT.pages, LETTER.digest: LETTER.pages}
FILED = {
    REPORT.digest: builders.filed(REPORT, title="PEEL 2031", published=PUBLISHED),
    LETTER.digest: builders.filed(LETTER, title="A letter", published=date(2032, 6, 1)),
}


def pages(digest: str) -> tuple[Page, ...]:
    return PAGES.get(digest, ())


def peel(name: str = "peel-2031-fernshire", **changes: Any) -> Case:
    """The sample report as a confirmed case."""
    said = replace(
        proposal().content, title="PEEL 2031: Fernshire Police", published_confirmed=True
    )
    document = Document(
        1, REPORT.digest, "/shelf/peel.md", "PEEL 2031", Kind.INSPECTION_REPORT, Role.REPORT
    )
    return replace(case(said), id=name, documents=(document,), **changes)


def closed(number: int = 2, said: store.Status = store.Status.CLOSED) -> ItemStatus:
    """What the letter says of an item."""
    start = LETTER.pages[0].text.index(CLOSED)
    spans = (Span(1, start, start + len(CLOSED)),)
    told = status(number, said, date(2032, 6, 1), document=LETTER.digest, title="A letter")
    return replace(told, quote=CLOSED, spans=spans, person="U0TOM")


def record(*cases: Case, filed: dict[str, Filed] | None = None) -> Record:
    known = FILED if filed is None else filed
    return Record(cases, known, pages, lambda person: {"U0TOM": "Tom Garbutt"}.get(person, person))


def ask(question: str, *cases: Case, filed: dict[str, Filed] | None = None) -> Answer | None:
    wanted = wanting.read(question)
    assert wanted is not None
    return answering.answer(question, wanted, record(*cases, filed=filed))


def told(question: str, *cases: Case) -> Answer:
    found = ask(question, *cases)
    assert found is not None
    return found


def said(answer: Answer) -> list[str]:
    return [one.text for one in answer.sentences]


def with_items(*items: Item, **changes: Any) -> Case:
    """The sample report with other items."""
    usual = peel(**changes)
    return replace(usual, revisions=case(content(*items)).revisions)


# What is open
def test_each_open_item_is_quoted_with_its_page_and_exact_span() -> None:
    answer = told("What is still open?", peel())
    assert answer.status is Status.ANSWERED
    assert answer.opening == "3 items are open on the record."
    quoted = [one for one in answer.sentences if one.verbatim]
    assert [one.text for one in quoted] == [
        "Fernshire Police does not assess the risk to missing children well enough.",
        "By 30 June 2031, Fernshire Police should make sure that:",
        "every child who goes missing is offered an interview;",
        "supervisors review each assessment before the end of a shift.",
        "The force should evaluate what works in its neighbourhood teams.",
    ]
    for sentence in quoted:
        (cited,) = sentence.citations
        page = PAGES[cited.document][cited.page - 1].text
        assert page[cited.span.start : cited.span.end] == sentence.text
        assert sentence.support is Support.CLEAR


def test_what_is_not_ours_is_not_open() -> None:
    assert "College of Policing" not in " ".join(said(told("What is open?", peel())))


def test_nothing_decided_and_nothing_said_is_said_to_be_so() -> None:
    assert said(told("Which areas for improvement are open?", peel()))[1:] == [
        "Decision: none on record. Status: none on record."
    ]


def test_a_closed_item_is_not_open_and_one_in_progress_is() -> None:
    assert told("What is open?", peel(statuses=(closed(),))).opening.startswith("2 items")
    progressing = closed(said=store.Status.IN_PROGRESS)
    answer = told("Which recommendations are still open?", peel(statuses=(progressing,)))
    assert answer.opening == "1 recommendation is open on the record."
    assert said(answer)[-1] == (
        f"Status: in progress on 1 June 2032, noted by Tom Garbutt: “{CLOSED}”"
    )
    assert answer.sentences[-1].citations[0].quote == CLOSED


@pytest.mark.parametrize(
    ("question", "opening", "status"),
    [
        ("What is open from 2031?", "3 items are open on the record from 2031.", Status.ANSWERED),
        ("What is open since 2030?", "3 items are open on the record since 2030.", Status.ANSWERED),
        ("What is open from 2022?", "No confirmed report from 2022 is on the record.",
         Status.NOT_IN_DOCUMENTS),
        ("What is open since 2032?", "No confirmed report since 2032 is on the record.",
         Status.NOT_IN_DOCUMENTS),
        ("Which causes of concern are open?", "1 cause of concern is open on the record.",
         Status.ANSWERED),
        ("Which priority actions are open?", "No area for priority action is open on the record.",
         Status.ANSWERED),
        ("What is open from the 2031 PEEL report?", "3 items are open on the record.",
         Status.ANSWERED),
    ],
)  # fmt: skip
def test_a_year_a_kind_or_a_report_narrows_it(question: str, opening: str, status: Status) -> None:
    answer = told(question, peel())
    assert (answer.opening, answer.status) == (opening, status)


def test_when_all_is_closed_nothing_is_open() -> None:
    everything = tuple(closed(number) for number in (1, 2, 4))
    answer = told("What is open?", peel(statuses=everything))
    assert (answer.opening, answer.sentences) == ("Nothing is open on the record.", ())
    assert answer.status is Status.ANSWERED


def test_a_case_that_nobody_has_confirmed_is_named_and_not_counted() -> None:
    proposed = replace(peel("other"), revisions=case(content(), confirmed=False).revisions)
    answer = told("What is open?", peel(), proposed)
    assert answer.opening.startswith("3 items")
    assert "Not confirmed, and so not counted: PEEL 2031: Fernshire Police." in answer.caveats


def test_a_year_that_is_not_confirmed_does_not_count() -> None:
    said = replace(peel().content, published_confirmed=False)
    answer = told("What is open from 2031?", replace(peel(), revisions=case(said).revisions))
    assert answer.opening == "No confirmed report from 2031 is on the record."
    assert "Not confirmed, and so not counted" in answer.caveats[0]


def test_the_older_report_comes_first_and_what_is_too_much_is_said() -> None:
    older = replace(content(item(1, retyped="A picture.")), published=date(2022, 3, 4))
    many = with_items(*(item(number, retyped="A picture.") for number in range(1, 41)))
    first = replace(peel("older"), revisions=case(older).revisions)
    answer = told("What is open?", many, first)
    assert answer.opening == "41 items are open on the record."
    assert "4 March 2022" in answer.sentences[0].under
    assert "11 more are open. Ask for one year, report or kind." in answer.caveats


def test_retyped_words_have_their_reason_and_no_citation() -> None:
    answer = told("What is open?", with_items(item(1, retyped="The page is a picture.")))
    assert said(answer)[0] == (
        "“The force should act 1.” (retyped from page 1: The page is a picture.)"
    )
    assert answer.sentences[0].citations == ()


def test_words_whose_page_is_not_there_any_more_are_to_be_checked() -> None:
    gone = with_items(item(1, spans=(Span(7, 0, 5),)))
    first = told("What is open?", gone).sentences[0]
    assert (first.support, first.citations) == (Support.TO_CHECK, ())


# One item
@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("status of item 2 of peel-2031-fernshire",
         "The record does not say what has become of item 2."),
        ("Is recommendation 1 of the 2031 report closed?",
         "The record does not say what has become of recommendation 1."),
        ("Is recommendation 2 of the 2031 report closed?",
         "On the record this recommendation is not ours: Addressed to College of Policing."),
        ("Is recommendation 9 of the 2031 report closed?",
         "There is no recommendation 9 on the record of that report."),
        ("What is the status of recommendation 1?",
         "The record does not say what has become of recommendation 1."),
    ],
)  # fmt: skip
def test_an_item_is_found_by_its_number(question: str, opening: str) -> None:
    assert told(question, peel()).opening == opening


def test_a_status_has_its_date_its_source_and_who_said_so() -> None:
    answer = told("Is recommendation 1 of the 2031 report closed?", peel(statuses=(closed(),)))
    assert answer.opening == "On the record recommendation 1 is closed."
    line = said(answer)[-1]
    assert line == f"Status: closed on 1 June 2032, noted by Tom Garbutt: “{CLOSED}”"
    assert telling.source(answer.sentences[-1].citations[0]) == "A letter, 1 June 2032, page 1"


def test_a_decision_has_its_words_and_their_page() -> None:
    words = "The force should evaluate"
    start = REPORT.pages[1].text.index(words)
    decided = Decided(Choice.PROPOSED, "", 1, 2, words, (Span(2, start, start + len(words)),))
    items = [
        replace(one, decision=decided if one.id == 4 else None) for one in peel().content.items
    ]
    said_of = replace(peel().content, items=tuple(items))
    answer = told("What did we decide on item 4 of the 2031 report?",
                  replace(peel(), revisions=case(said_of).revisions))  # fmt: skip
    assert f"Decision: action proposed: “{words}”" in said(answer)
    assert "Status: none on record." in said(answer)


def test_two_reports_of_that_name_are_both_shown() -> None:
    answer = told("status of item 2 of the 2031 report", peel(), peel("peel-2031-b"))
    assert answer.opening == "2 items on the record fit the question."


@pytest.mark.parametrize(
    "question",
    ["Is recommendation 1 of the custody report closed?", "Is recommendation 1 of peel-2016 open?"],
)
def test_a_report_that_is_not_on_the_record_is_for_the_documents(question: str) -> None:
    assert ask(question, peel()) is None


def test_an_item_of_no_named_report_among_several_is_for_the_documents() -> None:
    assert ask("What is the status of item 2?", peel(), peel("other")) is None


# Who may read it
@pytest.mark.parametrize(
    ("statuses", "filed"),
    [
        ((), {}),
        ((), {LETTER.digest: FILED[LETTER.digest]}),
        ((closed(),), {REPORT.digest: FILED[REPORT.digest]}),
    ],
    ids=["nothing", "the letter alone", "the report without the letter that closes an item"],
)
def test_a_case_is_not_there_for_who_may_not_read_all_it_rests_on(
    statuses: Sequence[ItemStatus], filed: dict[str, Filed]
) -> None:
    assert ask("What is open?", peel(statuses=tuple(statuses)), filed=filed) is None


def test_without_any_case_the_documents_are_asked() -> None:
    assert ask("What is open?") is None


def test_an_answer_names_every_document_that_it_rests_on() -> None:
    answer = told("What is open?", peel(statuses=(closed(1), closed(2), closed(4))))
    assert {one.filed.digest for one in answer.searched} == {REPORT.digest, LETTER.digest}


def test_it_is_kept_without_loss_and_no_response_is_drafted_from_it() -> None:
    answer = told("What is open?", peel(statuses=(closed(),)))
    assert answer.by == RECORD
    assert keeping.answer(keeping.data(answer)) == answer
    assert not paragraph.fits(answer)
