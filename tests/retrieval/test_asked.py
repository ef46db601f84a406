"""What a question names is read against the documents that may be searched for it."""

import doctest

import pytest

from retrieval import asked
from retrieval.asked import in_years, parts, understand
from retrieval.documents import Kind
from retrieval.library import Filed
from tests.builders import filed, reading


def about(*places: str) -> list[Filed]:
    return [
        filed(reading(f"Text {n}."), place=place, path=f"{n}.md") for n, place in enumerate(places)
    ]


FOUR = about("Fernshire", "North Fernshire", "Stoke-on-Marsh", "")


class TestPlaces:
    @pytest.mark.parametrize(
        ("question", "places"),
        [
            ("What about vetting in Fernshire?", ("Fernshire",)),
            ("What about vetting in FERNSHIRE?", ("Fernshire",)),
            ("What is Fernshire’s backlog?", ("Fernshire",)),
            ("What about North Fernshire?", ("North Fernshire",)),
            ("North Fernshire and Fernshire", ("North Fernshire", "Fernshire")),
            ("Fernshire or North Fernshire?", ("Fernshire", "North Fernshire")),
            ("the Stoke on Marsh letter", ("Stoke-on-Marsh",)),
            ("the Stoke-on-Marsh letter", ("Stoke-on-Marsh",)),
            ("What about Fernshireness?", ()),
            ("What about Oxmere?", ()),
            ("", ()),
        ],
    )
    def test_are_found_in_the_question(self, question: str, places: tuple[str, ...]) -> None:
        assert understand(question, FOUR).places == places

    def test_say_nothing_when_all_documents_share_them(self) -> None:
        found = understand("What about vetting in Fernshire?", about("Fernshire", "Fernshire"))
        assert found.places == ()
        assert "fernshir" in found.terms

    def test_are_compared_though_there_are_no_others(self) -> None:
        two = about("Fernshire", "Oxmere")
        found = understand("Compare vetting in Fernshire and Oxmere", two)
        assert found.places == ("Fernshire", "Oxmere")

    def test_are_left_out_of_matter_and_terms(self) -> None:
        found = understand("Who leads vetting in North Fernshire now?", FOUR)
        assert found.matter == "Who leads vetting now?"
        assert found.terms == ("lead", "vet", "now")

    def test_that_are_not_read_for_the_reader_are_not_known(self) -> None:
        assert understand("vetting in Oxmere", []).places == ()


class TestParts:
    def test_of_an_open_question_are_one_over_everything(self) -> None:
        ((part, documents),) = parts(understand("Who leads vetting?", FOUR), FOUR)
        assert part.places == ()
        assert documents == FOUR

    def test_of_a_question_on_a_place_are_one_over_its_documents(self) -> None:
        ((_, documents),) = parts(understand("vetting in Fernshire", FOUR), FOUR)
        assert [one.entry.place for one in documents] == ["Fernshire", ""]

    def test_of_a_comparison_are_one_for_each_place(self) -> None:
        whole = understand("vetting in Fernshire and Stoke-on-Marsh", FOUR)
        found = [
            (part.places, [one.entry.place for one in some]) for part, some in parts(whole, FOUR)
        ]
        assert found == [
            (("Fernshire",), ["Fernshire"]),
            (("Stoke-on-Marsh",), ["Stoke-on-Marsh"]),
        ]


class TestTheRest:
    @pytest.mark.parametrize(
        ("question", "years"),
        [
            ("in 2031", (2031,)),
            ("PEEL 2018/19", (2018, 2019)),
            ("PEEL 2023-25", (2023, 2025)),
            ("2019 and 2016", (2016, 2019)),
            ("2019, again 2019", (2019,)),
            ("1,100 officers in room 2051", ()),
            ("case 120190", ()),
        ],
    )
    def test_years_are_found(self, question: str, years: tuple[int, ...]) -> None:
        assert understand(question, FOUR).years == years

    @pytest.mark.parametrize(
        ("question", "kinds"),
        [
            ("What did we promise on vetting?", (Kind.RESPONSE,)),
            ("What did the commissioner say?", (Kind.RESPONSE,)),
            ("What was our response to PEEL?", (Kind.RESPONSE,)),
            ("What was the PCC’s reply?", (Kind.RESPONSE,)),
            ("What did inspectors say?", ()),
            ("How fast is the response to calls?", ()),
        ],
    )
    def test_a_question_on_what_the_office_said_asks_for_responses(
        self, question: str, kinds: tuple[Kind, ...]
    ) -> None:
        assert understand(question, FOUR).kinds == kinds

    def test_a_term_is_there_once(self) -> None:
        assert understand("Vetting, vetted, vets?", FOUR).terms == ("vet",)

    def test_a_question_of_places_alone_keeps_its_words(self) -> None:
        assert understand("Fernshire?", FOUR).matter in ("Fernshire?", "?")

    @pytest.mark.parametrize(
        ("title", "published", "inside"),
        [("PEEL 2031", True, True), ("PEEL 2029", False, True), ("PEEL", False, False)],
    )
    def test_a_document_is_of_the_years_of_its_date_and_its_title(
        self, title: str, published: bool, inside: bool
    ) -> None:
        changes = {} if published else {"published": None}
        document = filed(reading("Text."), title=title, **changes)
        assert in_years(document, (2029, 2031)) is inside


def test_the_examples_in_the_module_hold() -> None:
    assert doctest.testmod(asked).failed == 0


class TestAPeriod:
    @pytest.mark.parametrize(
        ("question", "first", "last"),
        [
            ("What was said about vetting since 2014?", 2014, 2049),
            ("What was said from 2014 onwards?", 2014, 2049),
            ("What did the letter from 2016 say?", 2016, 2016),
        ],
    )
    def test_is_all_of_its_years(self, question: str, first: int, last: int) -> None:
        years = understand(question, FOUR).years
        assert (years[0], years[-1], len(years)) == (first, last, last - first + 1)

    def test_is_no_word_to_look_for(self) -> None:
        found = understand("What was said about vetting since 2014?", FOUR)
        assert "2014" not in found.terms
        assert "vet" in found.terms

    def test_from_one_year_to_another_names_both_ends(self) -> None:
        assert understand("How did it change from 2014 to 2016?", FOUR).years == (2014, 2016)
