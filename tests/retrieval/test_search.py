"""A search finds what may be read, inside its filters, best first."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from retrieval import reranking
from retrieval.documents import Kind
from retrieval.library import Held, Scope
from retrieval.search import Found, NothingIndexed, spread
from tests.builders import EVERYONE, NOW, Office, held, new_office, scope
from tests.fakes import crossencoder

UNTIL = NOW + timedelta(days=3)
OPEN = frozenset({"public", "office"})
EVERYTHING = Scope(OPEN | {"restricted:custody"}, datetime(2040, 1, 1, tzinfo=UTC))

SHARED = "The force has a vetting backlog of {} files and will clear it by June."
DOCUMENTS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("fernshire-2029.md", SHARED.format(90),
     {"title": "PEEL 2029: Fernshire Police", "published": date(2029, 3, 4)}),
    ("fernshire-2031.md", SHARED.format(20), {"title": "PEEL 2031: Fernshire Police"}),
    ("sallowshire.md", SHARED.format(55),
     {"title": "PEEL 2031: Sallowshire Police", "body": "Sallowshire Police",
      "place": "Sallowshire"}),
    ("response.md", "I expect the vetting backlog to be gone by June.",
     {"title": "Response to PEEL 2031", "kind": Kind.RESPONSE, "body": "The commissioner",
      "published": date(2031, 4, 2)}),
    ("note.md", "A note for the office on the vetting backlog.",
     {"title": "Briefing note", "kind": Kind.OTHER, "collection": "office", "body": "The office",
      "place": ""}),
    ("custody.md", "The canary heron says that the vetting backlog hides in custody.",
     {"title": "Custody heron", "collection": "restricted:custody"}),
    ("embargoed.md", "The canary kingfisher says that the vetting backlog is to be published.",
     {"title": "Kingfisher", "embargo_until": UNTIL}),
)  # fmt: skip


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = new_office(tmp_path_factory.mktemp("office"))
    for name, text, listed in DOCUMENTS:
        made.write(name, f"# Vetting\n\n{text}\n", **listed)
    made.index()
    yield made
    made.engine.dispose()


def names(found: list[Held]) -> list[str]:
    return [one.filed.name for one in found]


def test_without_an_index_the_person_is_told_what_to_do(office: Office) -> None:
    with pytest.raises(NothingIndexed, match="run `rejoinder index FOLDER` first"):
        office.search().find("vetting", scope())


class TestFilters:
    @pytest.mark.parametrize(
        ("bounds", "expected"),
        [
            ({"kinds": ("response",)}, {"response.md"}),
            ({"places": ("sallowshire",)}, {"sallowshire.md"}),
            ({"bodies": ("Sallowshire Police",)}, {"sallowshire.md"}),
            ({"years": (2029,)}, {"fernshire-2029.md"}),
            ({"collections": frozenset({"office"})}, {"note.md"}),
            ({"collections": OPEN, "places": ("",)}, {"note.md"}),
            ({"kinds": ("response", "inspection_report"), "years": (2031,)},
             {"response.md", "fernshire-2031.md", "sallowshire.md"}),
        ],
    )  # fmt: skip
    def test_bound_what_is_found(
        self, filled: Office, bounds: dict[str, Any], expected: set[str]
    ) -> None:
        assert set(names(filled.found("vetting backlog", scope(**bounds)))) == expected

    def test_by_document_bound_it_too(self, filled: Office) -> None:
        (digest,) = (
            one.digest for one in filled.library.documents() if one.name == "sallowshire.md"
        )
        found = filled.found("vetting backlog", scope(documents=(digest,)))
        assert names(found) == ["sallowshire.md"]

    @pytest.mark.parametrize(
        "bounds",
        [
            {"years": (1999,)},
            {"places": ("Oxmere",)},
            {"bodies": ("Oxmere Police",)},
            {"kinds": ("police_and_crime_plan",)},
            {"documents": ("d" * 64,)},
            {"collections": frozenset()},
            {"collections": frozenset({"restricted:other"})},
            {"kinds": ("response",), "places": ("Sallowshire",)},
        ],
    )
    @pytest.mark.parametrize("question", ["vetting backlog", "vetting in Fernshire in 2029"])
    def test_that_match_nothing_find_nothing(
        self, filled: Office, bounds: dict[str, Any], question: str
    ) -> None:
        assert filled.found(question, scope(**bounds)) == []

    def test_that_few_documents_pass_find_those_among_many(self, office: Office) -> None:
        rest = "\n\n".join(f"# Part {n}\n\nA vetting backlog backlog {n}." for n in range(130))
        office.write("long.md", rest, title="Vetting", published=date(2030, 1, 1))
        office.write(
            "short.md", "# Roads\n\nThe vetting unit sits near the coast road.\n", title="Roads"
        )
        office.index()
        found = office.found("vetting backlog", scope(years=(2031,)))
        assert names(found) == ["short.md"]


class TestWhoMayRead:
    @pytest.mark.parametrize(
        "question",
        ["canary heron kingfisher", "Custody heron", "What does the kingfisher say?",
         "vetting backlog", "show everything restricted:custody", "Fernshire or Sallowshire heron"],
    )  # fmt: skip
    @pytest.mark.parametrize("collections", [EVERYONE, OPEN])
    def test_restricted_and_embargoed_documents_never_come_back(
        self, filled: Office, question: str, collections: frozenset[str]
    ) -> None:
        for finding in filled.search().find(question, scope(*collections)):
            shown = repr(finding).casefold()
            assert "custody.md" not in shown
            assert "embargoed.md" not in shown
            assert "canary" not in " ".join(one.held.passage.text for one in finding.found)

    def test_a_document_s_own_name_is_no_way_in(self, filled: Office) -> None:
        for one in filled.library.documents():
            if one.name in ("custody.md", "embargoed.md"):
                assert filled.found("canary", scope(documents=(one.digest,))) == []

    def test_who_may_read_them_finds_them(self, filled: Office) -> None:
        found = names(filled.found("canary heron kingfisher", EVERYTHING))
        assert {"custody.md", "embargoed.md"} <= set(found)

    @pytest.mark.parametrize(("seconds", "shown"), [(-1, False), (0, True), (1, True)])
    def test_an_embargo_ends_at_its_second(self, filled: Office, seconds: int, shown: bool) -> None:
        found = filled.found("kingfisher", scope(now=UNTIL + timedelta(seconds=seconds)))
        assert ("embargoed.md" in names(found)) is shown

    def test_restricted_words_do_not_weigh_in_what_others_see(self, filled: Office) -> None:
        (finding,) = filled.search().find("heron", scope())
        (rare,) = filled.search().find("zebra", scope())
        assert finding.weights["heron"] == rare.weights["zebra"]


class TestTheOrder:
    def test_is_best_first_with_all_that_a_person_may_ask_about(self, filled: Office) -> None:
        (finding,) = filled.search().find("Who expects the backlog to be gone?", scope())
        scores = [one.score for one in finding.found]
        assert scores == sorted(scores, reverse=True)
        assert finding.found[0].held.filed.name == "response.md"
        assert finding.found[0].covered > 0.5
        assert len(finding.found[0].lines) == len(finding.found[0].held.passage.sentences)

    @pytest.mark.parametrize("year", [2029, 2031])
    def test_prefers_the_year_that_is_named(self, filled: Office, year: int) -> None:
        first, *rest = filled.found(f"How large was the vetting backlog of Fernshire in {year}?")
        assert first.filed.entry.year == year
        assert rest

    def test_asks_for_responses_where_the_question_does(self, filled: Office) -> None:
        assert names(filled.found("What did we promise on the vetting backlog?"))[0] == (
            "response.md"
        )

    def test_is_the_same_each_time(self, filled: Office) -> None:
        first = filled.search().find("vetting backlog", scope())
        again = filled.search().find("vetting backlog", scope())
        assert [one.held.passage.key for one in first[0].found] == [
            one.held.passage.key for one in again[0].found
        ]

    def test_ends_at_the_limit(self, filled: Office) -> None:
        (finding,) = filled.search().find("vetting backlog", scope(), limit=2)
        assert len(finding.found) == 2

    def test_of_a_question_without_words_is_something(self, filled: Office) -> None:
        assert filled.search().find("?", scope())


class TestPlaces:
    def test_bound_the_search(self, filled: Office) -> None:
        found = filled.found("How large is the vetting backlog in Sallowshire?")
        assert names(found) == ["sallowshire.md"]

    def test_give_one_finding_each_when_compared(self, filled: Office) -> None:
        question = "Compare the vetting backlogs of Sallowshire and Fernshire"
        first, second = filled.search().find(question, scope(*OPEN))
        assert first.asked.places == ("Sallowshire",)
        assert {one.held.filed.entry.place for one in first.found} == {"Sallowshire"}
        assert second.asked.places == ("Fernshire",)
        assert {one.held.filed.entry.place for one in second.found} == {"Fernshire"}

    def test_named_by_restricted_documents_alone_are_not_known(self, office: Office) -> None:
        office.write("a.md", "# Vetting\n\nA backlog of files.\n", title="Vetting")
        secret = {"place": "Oxmere", "collection": "restricted:oxmere"}
        office.write("b.md", "# Vetting\n\nA backlog of cases.\n", **secret)
        office.index()
        (finding,) = office.search().find("What of vetting in Oxmere?", scope())
        assert finding.asked.places == ()


class TestSpreading:
    def found(self, markup: str, score: float = 1.0) -> list[Found]:
        return [Found(one, score, 0.0, (), 0.0) for one in held(markup)]

    def test_shows_a_text_once(self) -> None:
        first = self.found("The vetting backlog is gone.")
        again = self.found("# Elsewhere\nThe  Vetting backlog\tis gone.")
        assert spread([*first, *again]) == first

    def test_shows_each_page_s_best_before_its_second(self) -> None:
        best, second, other = self.found("# One\nFirst.\n# Two\nSecond.\n===\n# Three\nThird.")
        assert spread([best, second, other]) == [best, other, second]

    def test_takes_a_passage_over_two_pages_for_both(self) -> None:
        over, second = self.found("# One\nFirst\n===\n+ and more.\n# Two\nSecond.")
        assert spread([over, second]) == [over, second]
        assert spread([second, over]) == [second, over]

    def test_keeps_the_pages_of_documents_apart(self) -> None:
        one, other = self.found("First."), self.found("Second.")
        assert spread([*one, *other]) == [*one, *other]

    def test_of_nothing_is_nothing(self) -> None:
        assert spread([]) == []


class TestAReranker:
    def test_puts_the_best_in_its_own_order(
        self, filled: Office, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        folder = crossencoder.save(tmp_path_factory.mktemp("reranker"))
        reranker = reranking.load(str(folder))
        question = "vetting backlog"
        (plain,) = filled.search().find(question, scope())
        (ranked,) = filled.search(reranker).find(question, scope())
        texts = [f"{one.held.text.prefix} {one.held.passage.text}" for one in ranked.found]
        scores = reranker.scores(question, texts)
        assert (np.diff(scores) <= 1e-4).all()
        assert {one.held.passage.key for one in plain.found} == {
            one.held.passage.key for one in ranked.found
        }
        assert [one.held.passage.key for one in plain.found] != [
            one.held.passage.key for one in ranked.found
        ]
        best_first = [one.score for one in ranked.found]
        assert best_first == sorted(best_first, reverse=True)


def test_likeness_compares_sentences_with_the_question(filled: Office) -> None:
    search = filled.search()
    (finding,) = search.find("vetting backlog", scope())
    near, far = search.likeness(finding, ["The vetting backlog.", "A coast road."])
    assert near > 0.9 > far
    assert len(search.likeness(finding, [])) == 0


def test_a_scope_sees_what_it_names_and_no_more() -> None:
    (one,) = held("Text.")
    assert scope().admits(one.filed)
    assert not replace(scope(), collections=frozenset()).admits(one.filed)
    assert scope().within([one.filed.digest]).documents == (one.filed.digest,)


class TestNeighbours:
    def test_stand_behind_the_first_passages_and_once_only(self, office: Office) -> None:
        office.write("a.md", "\n\n".join(f"# Part {n}\n\nText of part {n}." for n in range(9)))
        office.index()
        search = office.search()
        (finding,) = search.find("Text of part 4", scope(*OPEN), limit=1)
        assert len(finding.found) == 1
        at = finding.found[0].held.passage.ordinal
        read_on = [one.held.passage.ordinal for one in search.with_neighbours(finding)]
        assert read_on[0] == at
        assert sorted(read_on) == [n for n in (at - 1, at, at + 1) if 0 <= n < 9]
