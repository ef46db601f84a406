"""Suggestions and links in words, and as plain data."""

import json

from bot.responding.recurrence import Suggestion, wording
from retrieval.documents import ItemKind
from tests.bot.responding.links import answer, earlier, said


def test_a_suggestion_is_told_with_its_evidence() -> None:
    one = earlier(grade="Good", answered=(answer(),), older="peel-2016/3")
    assert wording.source(one) == "4 March 2016, PEEL 2016: Fernshire Police, page 4 (peel-2016/3)"
    assert list(wording.evidence(one)) == [
        "“The force should act.”",
        "Graded then: Good",
        "Answered then: “I will see to it.” (Commissioner's response, 12 January 2017, page 2)",
    ]


def test_where_nothing_was_answered_it_says_so() -> None:
    assert list(wording.evidence(earlier()))[-1] == "No answer on record."


def test_an_answer_without_a_day_has_none() -> None:
    told = wording.answered(answer(published=None))
    assert told == "Answered then: “I will see to it.” (Commissioner's response, page 2)"


def test_what_it_is_and_what_was_said_of_it_are_told_apart() -> None:
    item = Suggestion(1, earlier(), ItemKind.RECOMMENDATION, "4", 0.9)
    sentence = Suggestion(1, earlier(), None, "", 0.8)
    assert wording.what(item) == "Recommendation 4"
    assert wording.what(sentence) == "In the report's text"
    words = [wording.judged(same) for same in (None, True, False)]
    assert len(set(words)) == 3


def test_a_confirmed_link_names_its_source_and_who_said_so() -> None:
    assert wording.link(said()) == (
        "The same as 4 March 2016, PEEL 2016: Fernshire Police, page 4: “The force should act.” "
        "(U1, 6 March 2031)"
    )


def test_data_is_plain() -> None:
    one = Suggestion(7, earlier(answered=(answer(),)), ItemKind.RECOMMENDATION, "4", 0.876, True)
    told = wording.data(one)
    assert json.loads(json.dumps(told)) == told
    assert (told["item"], told["year"], told["likeness"], told["same"]) == (7, 2016, 0.88, True)
    assert told["spans"] == [{"page": 4, "start": 10, "end": 31}]
    assert told["answered"][0]["published"] == "2017-01-12"
    link = wording.link_data(said(item=7))
    assert json.loads(json.dumps(link)) == link
    assert (link["name"], link["item"], link["person"]) == (told["name"], 7, "U1")
