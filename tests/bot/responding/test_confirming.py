"""A sheet is held against the pages and the other cases before anything is kept."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.responding import confirming, corrections, proving
from bot.responding.duty import Force
from bot.responding.sheet import SheetWrong, reading, writing
from bot.store.cases import Case, Content, Status
from retrieval.documents import Page
from tests.bot.responding.cases import case, content, document, item, proposal, report, status

FILE = Path("peel.yaml")
Edit = Callable[[str], str]


def pages(_: str) -> tuple[Page, ...]:
    return report().pages


def older() -> Case:
    return case(content(item(3)), id="peel-2029-fernshire")


def confirmed(*edits: tuple[str, str], on: Case | None = None) -> Content:
    """The content of the proposal's sheet after these edits, each of which must find its place."""
    known = on or case(proposal().content, confirmed=False)
    words = writing.text(known.id, 1, known.latest.content, known.documents)
    for before, after in edits:
        assert before in words
        words = words.replace(before, after, 1)
    return confirming.checked(
        reading.parsed(FILE, words), known, {known.id: known, older().id: older()}, pages
    )


def wrong(*edits: tuple[str, str], on: Case | None = None) -> str:
    with pytest.raises(SheetWrong) as caught:
        confirmed(*edits, on=on)
    return str(caught.value)


def test_a_proposal_as_it_stands_can_be_confirmed() -> None:
    assert corrections.made(proposal().content, confirmed()) == ()
    assert confirmed().items == proposal().content.items


def test_without_a_confirmed_date_there_is_no_clock() -> None:
    assert confirming.clock(confirmed()) is None


def test_the_clock_runs_from_the_confirmed_date() -> None:
    said = confirmed(("published_confirmed: no", "published_confirmed: yes"))
    running = confirming.clock(said)
    assert running is not None
    assert (running.published, running.last_day) == (date(2031, 3, 4), date(2031, 4, 28))
    assert running.force is Force.WHOLE


def test_a_stated_date_is_the_last_day() -> None:
    said = confirmed(
        ("published_confirmed: no", "published_confirmed: yes"),
        ("rule: s55\nreply_by:", "rule: stated_date\nreply_by: 12 August 2031"),
    )
    running = confirming.clock(said)
    assert running is not None
    assert running.last_day == date(2031, 8, 12)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("published: 2031-03-04\npublished_confirmed: no", "published:\npublished_confirmed: yes",
         "published: it is confirmed but not there"),
        ("04\npublished_confirmed: no", "04\npublished_confirmed: yes\nresponse_confirmed: yes",
         "response: it is confirmed but not there"),
        ("reply_by:", "reply_by: 2031-08-12", "reply_by: the law sets the last day"),
        ("no\nrule: s55", "yes\nrule: stated_date", "reply_by: stated_date needs the day"),
        ("no\nrule: s55\nreply_by:", "yes\nrule: stated_date\nreply_by: 2031-03-01",
         "before the report was published"),
        ("2031-03-04", "1831-03-04", "published: "),
        ("The force should evaluate", "The force must evaluate", "items.4.text: these words do"),
        ("    page: 2", "    page: 1", "items.3.text: these words stand on page 2, not 1"),
        ("- every child who goes missing", "- each child who goes missing", "items.2.limbs: these"),
        ("well enough.\n    addressee", "badly.\n    addressee", "items.2.finding: these words"),
        ("    ours: yes", "    ours: no", "items.1.reason: say why the item is not ours"),
        ("    ours: yes", "    repeats: nowhere/1", "items.1.repeats: there is no item"),
        ("    ours: yes", "    repeats: peel-2029-fernshire/9", "there is no item"),
        ("    ours: yes", "    document: 2", "items.1.text: the case has no document 2"),
        ("    ours: yes", "    decision: {choice: none}", "items.1.decision.reason: say why"),
        ("    ours: yes", "    decision: {choice: taken, page: 1, quote: We did}",
         "items.1.decision.quote: these words do not stand"),
        ("grade: Inadequate\n    page: 1", "grade: Good\n    page: 2", "grades.1.area: these"),
        ("closes: []", "closes: [{case: peel-2029-fernshire, item: 3, status: closed, page: 1, "
         "quote: Published 4 March 2031, confirmed: yes}]", "closes.1.on: say since which day"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_named(before: str, after: str, said: str) -> None:
    told = wrong((before, after))
    assert told.startswith("peel.yaml, line ")
    assert said in told


def test_words_that_no_page_holds_are_kept_with_the_reason() -> None:
    said = confirmed(
        ("The force should evaluate", "The force must evaluate"),
        ("    addressee: force", "    retyped: the page is a picture\n    addressee: force"),
    )
    assert (said.items[3].retyped, said.items[3].spans) == ("the page is a picture", ())


def test_a_grade_drawn_as_a_picture_is_typed_in_with_the_reason() -> None:
    said = confirmed(
        ("grade: Inadequate\n    page: 1", "grade: Good\n    page: 1\n    retyped: drawn")
    )
    assert (said.grades[0].grade, said.grades[0].retyped) == ("Good", "drawn")


def test_an_item_with_a_status_on_record_is_not_left_out() -> None:
    known = case(proposal().content, statuses=(status(4, Status.CLOSED),))
    first = proposal().content.items[:3]
    words = writing.text(known.id, 1, content(*first), known.documents)
    with pytest.raises(SheetWrong, match="item 4 has a status on record"):
        confirming.checked(reading.parsed(FILE, words), known, {}, pages)


def test_what_stands_is_proved_again_and_what_was_lost_is_named() -> None:
    known = case(confirmed())
    assert proving.lost(known, pages) == []
    other = report().pages[0]
    moved = (Page(1, "xxxx" + other.text, other.blocks), report().pages[1])
    lost = ["items.1.text", "items.2.text", "items.2.limbs.1", "items.2.limbs.2"]
    assert proving.lost(known, lambda _: moved) == lost
    assert "items.4.text" in proving.lost(known, lambda _: ())


def test_a_case_of_two_documents_looks_in_the_right_one() -> None:
    two = case(proposal().content, confirmed=False, documents=(document(1), document(2)))
    where = "    document: {}\n    page: 1\n    text"
    assert "no document 3" in wrong((where.format(1), where.format(3)), on=two)
