import json
from dataclasses import replace
from datetime import date
from typing import Any

from bot.answering import telling
from bot.answering.answers import Answer, Citation, Sentence, Shown, Status
from bot.grounding import Support
from retrieval.documents import Span
from tests.bot.answering.lines import filed, line

FIRST = Citation("a" * 64, "a.pdf", "PEEL 2031", date(2031, 3, 4), Span(4, 10, 21), "Files wait.")
SECOND = replace(FIRST, document="b" * 64, title="The letter", published=None, span=Span(1, 0, 5))


def sentence(text: str, *citations: Citation, support: Support = Support.CLEAR) -> Sentence:
    return Sentence(text, citations, support, verbatim=True)


def answer(*sentences: Sentence, **changes: Any) -> Answer:
    return replace(
        Answer("What waits?", Status.ANSWERED, "This is what they say.", sentences), **changes
    )


def told(given: Answer) -> str:
    return "\n".join(telling.lines(given))


def test_sources_are_numbered_in_the_order_of_first_use_and_told_once() -> None:
    found = told(answer(sentence("One.", SECOND), sentence("Two.", FIRST, SECOND, FIRST)))
    assert "“One.” [1]" in found
    assert "“Two.” [2] [1]" in found
    assert "[1] The letter, undated, page 1" in found
    assert "[2] PEEL 2031, 4 March 2031, page 4" in found
    assert found.count("PEEL 2031") == 1


def test_a_sentence_of_a_model_has_no_quotation_marks_and_may_need_a_check() -> None:
    own = replace(sentence("Files wait.", FIRST, support=Support.TO_CHECK), verbatim=False)
    assert "  Files wait. [1] (to check)" in told(answer(own))


def test_a_refusal_shows_no_sources() -> None:
    found = told(Answer("What?", Status.NOT_IN_DOCUMENTS, "They do not say."))
    assert found == "They do not say."


def test_what_comes_nearest_is_quoted_with_its_page_and_not_as_a_source() -> None:
    found = told(Answer("What?", Status.NOT_IN_DOCUMENTS, "Not there.", nearest=(FIRST,)))
    assert "PEEL 2031, 4 March 2031, page 4:" in found
    assert "“Files wait.”" in found
    assert "Sources" not in found


def test_withheld_sentences_are_counted_and_not_told() -> None:
    invented = sentence("They approved it.", FIRST, support=Support.WITHHELD)
    one = told(answer(sentence("One.", FIRST), withheld=(invented,)))
    two = told(answer(sentence("One.", FIRST), withheld=(invented, invented)))
    assert "1 sentence was withheld" in one
    assert "2 sentences were withheld" in two
    assert "approved" not in one + two


def test_caveats_come_last() -> None:
    found = told(answer(sentence("One.", FIRST), caveats=("It is old.",)))
    assert found.endswith("Note: It is old.")


def test_as_data_it_is_plain_json_with_offsets_and_dates() -> None:
    one = line("Files wait.", "a")
    shown = Shown("key", filed(one), (4,), ("Calls",), "Files wait.", 0.123456)
    given = answer(sentence("One.", FIRST), sentence("Two.", SECOND), searched=(shown,))
    data = json.loads(json.dumps(telling.data(given)))
    assert data["status"] == "answered"
    first, second = (told["citations"][0] for told in data["sentences"])
    assert first == {
        "document": "a" * 64,
        "file": "a.pdf",
        "title": "PEEL 2031",
        "published": "2031-03-04",
        "page": 4,
        "start": 10,
        "end": 21,
        "quote": "Files wait.",
    }
    assert second["published"] is None
    assert data["passages"][0]["pages"] == [4]
    assert data["passages"][0]["score"] == 0.1235
    assert not {"path", "source"} & data["passages"][0].keys()
