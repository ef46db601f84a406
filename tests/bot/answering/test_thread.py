import doctest

import pytest

from bot.answering import thread
from bot.answering.thread import standing_alone
from retrieval.words import terms

PLACES = ["Fernshire", "Oxmere", "North Tarrow"]
CUSTODY = "What did inspectors say about custody in Fernshire in 2019?"


def carried(question: str, *earlier: str) -> set[str]:
    return set(terms(standing_alone(question, earlier, PLACES)))


def test_a_follow_up_carries_place_and_matter() -> None:
    assert carried("And what did they promise?", CUSTODY) >= {"custodi", "fernshir", "promis"}


@pytest.mark.parametrize("question", ["And in 2022?", "What about 2022?", "How about 2022/23?"])
def test_a_year_takes_the_place_of_the_earlier_year(question: str) -> None:
    found = carried(question, CUSTODY)
    assert found >= {"custodi", "fernshir", "2022"}
    assert "2019" not in found


@pytest.mark.parametrize("question", ["And in Oxmere?", "What about North Tarrow?"])
def test_a_place_takes_the_place_of_the_earlier_place(question: str) -> None:
    found = carried(question, CUSTODY)
    assert found >= {"custodi", "2019", *terms(question)}
    assert "fernshir" not in found


def test_a_possessive_place_is_replaced_whole() -> None:
    alone = standing_alone("And Oxmere?", ["How is Fernshire's custody graded?"], PLACES)
    assert alone == "How is custody graded? Oxmere?"


def test_a_chain_of_follow_ups_keeps_what_the_first_was_about() -> None:
    found = carried("And in 2022?", CUSTODY, "And in Oxmere?")
    assert found >= {"custodi", "oxmer", "2022"}
    assert not found & {"fernshir", "2019"}


def test_a_new_matter_ends_the_chain() -> None:
    found = carried("And in 2022?", CUSTODY, "How many 101 calls were given up in Oxmere?")
    assert found >= {"101", "call", "oxmer", "2022"}
    assert "custodi" not in found


@pytest.mark.parametrize("question", ["Why?", "When did it begin?", "What did they promise?"])
def test_a_question_that_points_back_or_is_too_short_is_a_follow_up(question: str) -> None:
    assert "custodi" in carried(question, CUSTODY)


@pytest.mark.parametrize(
    "question",
    [
        "How many stalking protection orders did Oxmere apply for?",
        "Is there a plan for missing children in Oxmere?",
        "What has the force done about its backlog of domestic abuse cases in Oxmere?",
        "How do inspectors treat children and their families?",
        "Which recommendations did the commissioner answer in 2022?",
    ],
)
def test_a_question_that_stands_alone_is_unchanged(question: str) -> None:
    assert standing_alone(question, [CUSTODY], PLACES) == question


def test_without_earlier_questions_nothing_is_added() -> None:
    assert standing_alone("And in 2022?", [], PLACES) == "And in 2022?"


def test_the_example_of_the_docstring_holds() -> None:
    assert doctest.testmod(thread).failed == 0
