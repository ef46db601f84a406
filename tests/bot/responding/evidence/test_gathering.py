"""The pack of a sample item: its own words, what was said before, what may be published."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.bootstrap import Parts
from bot.responding import intake
from bot.responding.evidence import Pack, Piece, Sort
from bot.responding.evidence.gathering import Sources, gathered, of_comments
from bot.settings import Settings
from bot.store.cases import Case, Choice, Decided, Status
from bot.store.comments import Comment
from bot.store.wordings import Voice
from retrieval.documents import Span, quoted
from retrieval.library import Scope
from tests.bot.responding.cases import case, content, document, item, status
from tests.corpus import samples

REPORT = "2023-12-08-peel-2023-25-fernshire.pdf"
ON = date(2024, 1, 20)
NOW = datetime(2024, 1, 20, tzinfo=UTC)


@pytest.fixture(scope="module")
def parts(indexed: Path) -> Iterator[Parts]:
    made = Parts(Settings(home=indexed, ocr=False))
    yield made
    made.engine.dispose()


def answered() -> Case:
    """The case that the sample report makes."""
    read = samples.read(REPORT)
    proposal = intake.propose(read, REPORT, force="Fernshire Police")
    said = replace(proposal.content, published_confirmed=True)
    return case(said, documents=(document(1, digest=read.digest, file=REPORT),))


def packed(parts: Parts, number: int, *collections: str) -> Pack:
    one = answered()
    wanted = one.content.item(number)
    assert wanted is not None
    read = samples.read(REPORT)
    with parts.searching() as search:
        scope = Scope(frozenset(collections or ("public", "office")), NOW)
        sources = Sources(search, scope, lambda _: read.pages, "Fernshire")
        return gathered(sources, one, wanted, ON)


@pytest.fixture(scope="module")
def abuse(parts: Parts) -> Pack:
    """The pack of recommendation 1, on domestic abuse."""
    return packed(parts, 6)


def words(pack: Pack, *sorts: Sort) -> str:
    return "\n".join(one.words for one in pack.of(*sorts))


def test_the_items_own_words_come_first(abuse: Pack) -> None:
    assert "79 percent, 111 of 140" in words(abuse, Sort.FINDING)
    assert [one.limb for one in abuse.of(Sort.ASKED)] == [0, 1, 2, 3]
    assert "Protecting vulnerable people: Inadequate" in words(abuse, Sort.GRADE)


def test_earlier_findings_and_what_came_of_them_are_found(abuse: Pack) -> None:
    years = {one.cited.published.year for one in abuse.of(Sort.EARLIER) if one.cited.published}
    assert {2014, 2016} <= years
    assert "made in 2016, is closed" in words(abuse, Sort.OUTCOME)


def test_live_promises_are_in_the_offices_own_voice(abuse: Pack) -> None:
    assert "90 per cent by 30 June 2017" in words(abuse, Sort.PROMISE)
    assert {one.voice for one in abuse.of(Sort.PROMISE)} == {Voice.COMMISSIONER}
    assert {one.voice for one in abuse.of(Sort.FORCE)} == {Voice.CHIEF_OFFICER}


def test_the_plan_and_the_offices_notes_are_found(abuse: Pack) -> None:
    assert "95 percent" in words(abuse, Sort.PLAN)
    assert "91 percent" in words(abuse, Sort.OFFICE)


def test_nothing_is_from_after_the_day(abuse: Pack) -> None:
    assert all((one.cited.published or ON) <= ON for one in abuse.pieces)
    assert all(one.days is None or one.days >= 0 for one in abuse.pieces)


def test_every_piece_found_stands_on_its_page(parts: Parts, abuse: Pack) -> None:
    found = [one for one in abuse.pieces if one.sort is not Sort.GRADE and one.cited.spans]
    assert len(found) > 30
    assert [one.words for one in found if _lost(parts, one)] == []


def _lost(parts: Parts, one: Piece) -> bool:
    pages = parts.library.pages(one.cited.document)
    there = " ".join(" ".join(quoted(pages, span).split()) for span in one.cited.spans)
    return there != one.words


def test_what_the_office_keeps_to_itself_is_marked(parts: Parts, abuse: Pack) -> None:
    shut = [one for one in abuse.pieces if not one.open]
    assert all("office" in one.closed for one in shut)
    narrow = packed(parts, 6, "public")
    assert all(one.open for one in narrow.pieces)


def test_sources_that_differ_are_told(parts: Parts) -> None:
    clashes = packed(parts, 11).clashes
    told = {one.older.words + one.newer.words for one in clashes}
    assert any("88.4" in text and "76.9" in text for text in told)


def test_comments_are_of_the_item_that_a_person_matched() -> None:
    said = [Comment(2, 1, "It is done.", "c" * 64, "Comments", 1, (Span(1, 0, 11),)),
            Comment(3, 0, "Other.", "c" * 64, "Comments", 1, ())]  # fmt: skip
    told = of_comments(said, item(2), case())
    assert [(one.cited.quote, one.limb, one.voice) for one in told] == [
        ("It is done.", 1, Voice.CHIEF_OFFICER)
    ]


def test_what_a_person_said_it_repeats_comes_with_its_answer_and_status(parts: Parts) -> None:
    spans = (Span(1, 0, 5),)
    decision = Decided(Choice.TAKEN, document=1, page=1, quote="It was done.", spans=spans)
    old = item(1, spans=spans, text="Assess the risk.", decision=decision)
    older = case(content(old), id="peel-2029", statuses=(status(1, Status.CLOSED),))
    one = answered()
    wanted = one.content.item(6)
    assert wanted is not None
    read = samples.read(REPORT)
    with parts.searching() as search:
        sources = Sources(search, Scope(frozenset({"public"}), NOW), lambda _: read.pages)
        made = gathered(sources, one, replace(wanted, repeats="peel-2029/1"), ON, known=[older])
    assert "Assess the risk." in words(made, Sort.EARLIER)
    assert "It was done." in words(made, Sort.ANSWER)
    assert "It is so." in words(made, Sort.OUTCOME)
