"""The sample reports: what was raised before is found, and what was answered then."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.bootstrap import Parts
from bot.responding import intake
from bot.responding.recurrence import Looking, Suggestion
from bot.settings import Settings
from bot.store.cases import Case
from retrieval.documents import quoted
from retrieval.library import Scope
from tests.bot.responding.cases import case, document
from tests.corpus import samples

REPORT = "2023-12-08-peel-2023-25-fernshire.pdf"
FORCE = "Fernshire Police"


@pytest.fixture(scope="module")
def parts(indexed: Path) -> Iterator[Parts]:
    made = Parts(Settings(home=indexed, ocr=False))
    yield made
    made.engine.dispose()


def report(parts: Parts) -> Case:
    """The case that the newest sample report makes."""
    read = samples.read(REPORT)
    listed = next(one.entry for one in parts.library.documents() if one.digest == read.digest)
    said = intake.propose(read, REPORT, listed=listed, force=FORCE).content
    return case(said, documents=(document(digest=read.digest),))


@pytest.fixture(scope="module")
def found(parts: Parts) -> dict[int, list[Suggestion]]:
    """What is suggested for each of its items."""
    mine = report(parts)
    with parts.searching() as search:
        looking = Looking(mine, search, parts.scope(), [mine], lambda _: (), FORCE)
        return {item.id: looking.suggestions(item) for item in mine.content.items}


@pytest.mark.parametrize(
    ("item", "years"),
    [
        (2, [2022]),
        (4, [2022]),
        (6, [2014, 2016]),
        (8, [2016, 2019, 2022]),
        (10, [2019, 2022]),
        (11, [2019, 2022]),
        (3, []),
        (13, []),
    ],
    ids=["stalking", "appropriate-adults", "domestic-abuse", "missing-children", "999", "101",
         "telling-victims", "supervisors"],
)  # fmt: skip
def test_the_reports_that_raised_the_same_are_found(
    found: dict[int, list[Suggestion]], item: int, years: list[int]
) -> None:
    assert sorted({one.earlier.published.year for one in found[item]}) == years


def test_every_quotation_stands_on_its_page(
    parts: Parts, found: dict[int, list[Suggestion]]
) -> None:
    listed = [one.earlier for several in found.values() for one in several]
    quotes = [(one.document, one.quote, one.spans) for one in listed]
    quotes += [(a.document, a.quote, a.spans) for one in listed for a in one.answered]
    assert len(quotes) > 40
    for digest, quote, spans in quotes:
        pages = parts.library.pages(digest)
        words = " ".join(" ".join(quoted(pages, span).split()) for span in spans)
        assert words == quote


def test_the_answer_and_the_grade_of_then_come_with_it(
    found: dict[int, list[Suggestion]],
) -> None:
    (stalking,) = found[2]
    assert stalking.earlier.grade == "Adequate"
    answered = [one.quote for one in stalking.earlier.answered]
    assert "I will pay £48,000 towards the second solicitor in 2022/23." in answered
    abuse = {one.earlier.published.year: one.earlier for one in found[6]}
    assert abuse[2014].answered == ()
    assert abuse[2016].answered[-1].quote == "Decision: action taken and proposed."
    assert {one.title for one in abuse[2016].answered} == {
        "Commissioner's response to PEEL: Police effectiveness 2016"
    }


def test_no_other_force_is_suggested(parts: Parts, found: dict[int, list[Suggestion]]) -> None:
    places = {one.digest: one.entry.place for one in parts.library.documents()}
    suggested = {one.earlier.document for several in found.values() for one in several}
    assert {places[digest] for digest in suggested} == {"Fernshire"}


@pytest.mark.parametrize(
    ("collections", "year", "suggested"),
    [
        ({"public"}, 2031, False),
        ({"public", "restricted:embargo"}, 2029, False),
        ({"public", "restricted:embargo"}, 2031, True),
    ],
    ids=["not-in-a-readable-collection", "under-embargo", "readable"],
)
def test_an_embargoed_report_is_opened_to_who_may_read_it_alone(
    parts: Parts, collections: set[str], year: int, *, suggested: bool
) -> None:
    """The copy of 2030 is earlier than a report of 2031."""
    mine = report(parts)
    mine = case(replace(mine.content, published=date(2031, 3, 4)), documents=mine.documents)
    item = replace(mine.content.items[3], text="An appropriate adult at strip searches of children")
    scope = Scope(frozenset(collections), datetime(year, 3, 4, tzinfo=UTC))
    with parts.searching() as search:
        found = Looking(mine, search, scope, [mine], lambda _: (), FORCE).suggestions(item)
    digest = samples.read(samples.RESTRICTED).digest
    assert (digest in {one.earlier.document for one in found}) is suggested
