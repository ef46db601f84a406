"""What earlier reports raised is suggested with its exact words, to who may read them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.responding import backwards, intake, recurrence
from bot.responding.recurrence import Suggestion, counting
from bot.store.cases import Case, Choice, Decided
from bot.store.recurrences import Recurrence
from retrieval.documents import ItemKind, Kind, Reading, quoted
from retrieval.library import Filed
from tests.bot.responding.cases import case, document
from tests.bot.responding.links import said
from tests.builders import Office, scope

NEW = """# PEEL 2031: Fernshire Police

Published 4 March 2031

## Recommendation 1

By 30 June 2031, Fernshire Police should answer emergency calls within ten seconds.

## Recommendation 2

The force should keep its vehicles clean.
"""
OLD = """# PEEL {year}: {force}

Published 4 March {year}

## Responding to the public

### Recommendation 4

{force} should answer emergency calls within ten seconds, and tell callers when it cannot.

### Recommendation 5

{force} should train its dog handlers.
"""
RESPONSE = """# Response to PEEL 2027: Fernshire Police

Published 2 April 2027

## Recommendation 4

{force} should answer emergency calls within ten seconds, and tell callers when it cannot.

### Force response

Six people will be hired.

### PCC response

I will pay for six call handlers.
"""
ASKED = "should answer emergency calls within ten seconds, and tell callers when it cannot."


def old(office: Office, year: int = 2027, force: str = "Fernshire Police", **listed: Any) -> None:
    """An earlier report."""
    usual = {"title": f"PEEL {year}: {force}", "published": date(year, 3, 4), "body": force}
    text = OLD.format(year=year, force=force)
    office.write(f"{year}-{force[:4]}.md", text, **(usual | listed))


def filed(office: Office, name: str) -> Filed:
    return next(one for one in office.library.documents() if one.name == name)


def made(office: Office, name: str, **changes: Any) -> Case:
    """The case that an indexed report makes."""
    one = filed(office, name)
    read = Reading(one.digest, one.reader, office.library.pages(one.digest))
    proposal = intake.propose(read, one.file, listed=one.entry, force="Fernshire Police")
    content = replace(proposal.content, published_confirmed=True)
    usual: dict[str, Any] = {"documents": (document(digest=one.digest, title=one.entry.title),)}
    return case(content, **(usual | {"id": f"case-{name[:4]}"} | changes))


def suggested(
    office: Office, *cases: Case, number: int = 1, collections: Sequence[str] = ("public",),
    said: Sequence[Recurrence] = (), **changes: Any,
) -> list[Suggestion]:  # fmt: skip
    mine = made(office, "2031.md")
    content = replace(mine.content, **changes)
    mine = case(content, documents=mine.documents, id=mine.id)
    item = mine.content.item(number)
    assert item is not None
    return recurrence.suggest(
        mine, item, search=office.search(), scope=scope(*collections), cases=[mine, *cases],
        pages=office.library.pages, said=said, force="Fernshire Police",
    )  # fmt: skip


@pytest.fixture
def shelf(office: Office) -> Office:
    """An office that has this year's report."""
    office.write("2031.md", NEW, published=date(2031, 3, 4))
    return office


def test_an_earlier_item_is_suggested_in_its_exact_words(shelf: Office) -> None:
    old(shelf)
    shelf.index()
    (one,) = suggested(shelf)
    assert one.earlier.quote == f"Fernshire Police {ASKED}"
    pages = shelf.library.pages(one.earlier.document)
    words = " ".join(quoted(pages, span) for span in one.earlier.spans)
    assert " ".join(words.split()) == one.earlier.quote
    assert (one.earlier.page, one.earlier.published) == (1, date(2027, 3, 4))
    assert (one.kind, one.number, one.same) == (ItemKind.RECOMMENDATION, "4", None)
    assert one.earlier.answered == ()


def test_what_no_earlier_report_raised_is_suggested_nothing(shelf: Office) -> None:
    old(shelf)
    shelf.index()
    assert suggested(shelf, number=2) == []


@pytest.mark.parametrize(
    "listed",
    [
        {"collection": "restricted:embargo"},
        {"embargo_until": datetime(2031, 6, 1, 0, 1, tzinfo=UTC)},
        {"body": "Sallowshire Constabulary", "place": "Sallowshire"},
        {"place": "England and Wales", "body": "Eleven police forces"},
        {"published": date(2031, 3, 4)},
        {"published": date(2031, 5, 4)},
        {"published": None},
        {"kind": Kind.OTHER},
        {"kind": Kind.RESPONSE},
    ],
    ids=["restricted", "embargoed", "another-force", "national", "same-day", "later", "undated",
         "no-report", "a-response"],
)  # fmt: skip
def test_other_documents_are_never_suggested(shelf: Office, listed: dict[str, Any]) -> None:
    old(shelf, **listed)
    shelf.index()
    assert suggested(shelf) == []


def test_who_may_read_a_restricted_report_is_told_of_it(shelf: Office) -> None:
    old(shelf, collection="restricted:board")
    shelf.index()
    assert suggested(shelf) == []
    (one,) = suggested(shelf, collections=("public", "restricted:board"))
    assert one.earlier.published.year == 2027


def test_a_withdrawn_report_is_not_suggested_and_what_was_said_of_it_stays(shelf: Office) -> None:
    old(shelf)
    shelf.index()
    (one,) = suggested(shelf)
    old(shelf, withdrawn=True)
    shelf.index()
    assert suggested(shelf) == []
    mine = made(shelf, "2031.md")
    links = {mine.id: (said(one.earlier),)}
    sentence = counting.sentence(mine, mine.content.items[0], links, [mine])
    assert sentence == "Second report to raise this: 2027, 2031."
    assert links[mine.id][0].earlier.quote == f"Fernshire Police {ASKED}"


def test_without_a_day_of_publication_no_report_is_earlier(shelf: Office) -> None:
    old(shelf)
    shelf.index()
    assert suggested(shelf, published=None, published_confirmed=False) == []
    assert len(suggested(shelf, published_confirmed=False)) == 1


def test_a_report_of_several_forces_gives_what_it_asks_of_ours(shelf: Office) -> None:
    both = OLD.format(year=2027, force="Fernshire Police").replace(
        "### Recommendation 5",
        "### Recommendation 6\n\nSallowshire Constabulary should answer emergency calls within ten "
        "seconds.\n\n### Recommendation 5",
    )
    place = "Fernshire, Sallowshire and Tarrowmoor"
    shelf.write("region.md", both, place=place, body="Three forces", published=date(2027, 3, 4))
    shelf.index()
    assert [one.number for one in suggested(shelf)] == ["4"]


def test_each_report_comes_before_the_second_of_another(shelf: Office) -> None:
    old(shelf, 2027)
    twice = OLD.format(year=2029, force="Fernshire Police").replace(
        "train its dog handlers", "answer emergency calls within ten seconds"
    )
    shelf.write("2029.md", twice, title="PEEL 2029: Fernshire Police", published=date(2029, 3, 4))
    shelf.index()
    assert [one.earlier.published.year for one in suggested(shelf)] == [2029, 2027, 2029]


def test_a_finding_in_the_text_is_suggested_where_no_item_is_like_it(shelf: Office) -> None:
    text = (
        "# PEEL 2027: Fernshire Police\n\n## Responding to the public\n\nThe force does not answer "
        "emergency calls within ten seconds. It answers letters well."
    )
    shelf.write("2027.md", text, title="PEEL 2027", published=date(2027, 3, 4))
    shelf.index()
    (one,) = suggested(shelf)
    assert one.kind is None
    assert one.earlier.quote == "The force does not answer emergency calls within ten seconds."


def test_praise_is_not_suggested(shelf: Office) -> None:
    text = "# PEEL 2027\n\n## Calls\n\nThe force answers emergency calls within ten seconds."
    shelf.write("2027.md", text, title="PEEL 2027", published=date(2027, 3, 4))
    shelf.index()
    assert suggested(shelf) == []


def test_the_item_of_an_older_case_comes_with_what_was_decided(shelf: Office) -> None:
    old(shelf)
    shelf.index()
    older = made(shelf, "2027-Fern.md")
    first = older.content.items[0]
    decided = Decided(Choice.TAKEN, "", 1, 1, first.text, first.spans)
    said_then = replace(
        older.content, title="The report of 2027", response=date(2027, 4, 2),
        items=(replace(first, decision=decided, grade="Good"), *older.content.items[1:]),
    )  # fmt: skip
    older = case(said_then, documents=older.documents, id="peel-2027")
    (one,) = suggested(shelf, older)
    assert (one.earlier.older, one.earlier.title) == ("peel-2027/1", "The report of 2027")
    assert one.earlier.grade == "Good"
    (answer,) = one.earlier.answered
    assert (answer.quote, answer.published) == (first.text, date(2027, 4, 2))


def test_an_older_case_that_may_not_be_read_whole_adds_nothing(shelf: Office) -> None:
    old(shelf)
    shelf.index()
    hidden = made(shelf, "2027-Fern.md")
    hidden = replace(hidden, documents=(*hidden.documents, document(2, digest="c" * 64)))
    (one,) = suggested(shelf, hidden)
    assert one.earlier.older == ""


def test_an_item_whose_words_are_not_on_the_page_is_not_suggested(shelf: Office) -> None:
    old(shelf)
    shelf.index()
    older = made(shelf, "2027-Fern.md")
    moved = [replace(one, text=f"{one.text} Perhaps.") for one in older.content.items]
    older = case(replace(older.content, items=tuple(moved)), documents=older.documents, id="old")
    assert all(one.kind is None for one in suggested(shelf, older))


def respond(office: Office, **listed: Any) -> None:
    """The office's response to the report of 2027."""
    usual = {
        "title": "Commissioner's response to PEEL 2027",
        "kind": Kind.RESPONSE,
        "body": "Police and Crime Commissioner for Fernshire",
        "published": date(2027, 4, 2),
    }
    office.write("response.md", RESPONSE.format(force="Fernshire Police"), **(usual | listed))


def test_what_was_answered_then_is_quoted_in_the_commissioners_words(shelf: Office) -> None:
    old(shelf)
    respond(shelf)
    shelf.index()
    (one,) = suggested(shelf)
    (answer,) = one.earlier.answered
    assert answer.quote == "I will pay for six call handlers."
    pages = shelf.library.pages(answer.document)
    assert quoted(pages, answer.spans[0]) == answer.quote
    assert answer.published == date(2027, 4, 2)


def test_a_case_that_was_made_of_a_response_counts_as_its_report(shelf: Office) -> None:
    respond(shelf)
    shelf.index()
    one = filed(shelf, "response.md")
    read = Reading(one.digest, one.reader, shelf.library.pages(one.digest))
    content, _ = backwards.begun(read, one.file, force="Fernshire Police")
    content = replace(content, published=date(2027, 3, 4), published_confirmed=True)
    older = case(content, documents=(document(digest=one.digest),), id="peel-2027")
    (found,) = suggested(shelf, older)
    assert (found.earlier.older, found.earlier.published) == ("peel-2027/1", date(2027, 3, 4))
    assert [each.quote for each in found.earlier.answered] == ["I will pay for six call handlers."]


@pytest.mark.parametrize(
    "listed",
    [
        {"collection": "office"},
        {"place": "Sallowshire", "body": "Police and Crime Commissioner for Sallowshire"},
        {"published": date(2026, 4, 2)},
        {"withdrawn": True},
    ],
    ids=["not-to-be-read", "of-another-office", "before-the-report", "withdrawn"],
)
def test_other_responses_answer_nothing(shelf: Office, listed: dict[str, Any]) -> None:
    old(shelf)
    respond(shelf, **listed)
    shelf.index()
    (one,) = suggested(shelf)
    assert one.earlier.answered == ()


def test_a_response_to_another_report_answers_nothing(shelf: Office) -> None:
    old(shelf)
    text = RESPONSE.format(force="Fernshire Police").replace("PEEL 2027", "PEEL 2025")
    shelf.write(
        "response.md", text, title="Commissioner's response to PEEL 2025", kind=Kind.RESPONSE,
        published=date(2027, 4, 2),
    )  # fmt: skip
    shelf.index()
    (one,) = suggested(shelf)
    assert one.earlier.answered == ()


def test_a_suggestion_knows_what_was_said_of_it(shelf: Office) -> None:
    old(shelf)
    shelf.index()
    (one,) = suggested(shelf)
    for same in (True, False):
        (again,) = suggested(shelf, said=[said(one.earlier, same=same)])
        assert again.same is same
        assert again.earlier.name == one.earlier.name
    (other,) = suggested(shelf, said=[said(one.earlier, item=2)])
    assert other.same is None
