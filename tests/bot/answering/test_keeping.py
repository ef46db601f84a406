import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering import keeping
from bot.answering.answers import Answer, Citation, Sentence, Shown, Status
from bot.grounding import Support
from retrieval.documents import CatalogueEntry, Kind, Span
from retrieval.library import Filed

WORDS = st.text(max_size=30)
TEXTS = st.lists(WORDS, max_size=3).map(tuple)
DAYS = st.none() | st.dates()
SHARES = st.floats(0, 1)
SPANS = st.builds(Span, st.integers(1, 99), st.integers(0, 999), st.integers(0, 999))
CITATIONS = st.builds(Citation, WORDS, WORDS, WORDS, DAYS, SPANS, WORDS)
SENTENCES = st.builds(
    Sentence,
    WORDS,
    st.lists(CITATIONS, max_size=2).map(tuple),
    st.sampled_from(Support),
    st.booleans(),
    TEXTS,
)
ENTRIES = st.builds(
    CatalogueEntry,
    path=WORDS,
    title=WORDS,
    kind=st.sampled_from(Kind),
    published=DAYS,
    embargo_until=st.none() | st.datetimes(timezones=st.just(UTC)),
    confirmed=st.booleans(),
)
FILED = st.builds(Filed, WORDS, WORDS, ENTRIES, WORDS, st.integers(), st.integers(), TEXTS)
SHOWN = st.builds(Shown, WORDS, FILED, st.lists(st.integers(1)).map(tuple), TEXTS, WORDS, SHARES)
SEVERAL = st.lists(SENTENCES, max_size=3).map(tuple)
ANSWERS = st.builds(
    Answer,
    question=WORDS,
    status=st.sampled_from(Status),
    opening=WORDS,
    sentences=SEVERAL,
    withheld=SEVERAL,
    nearest=st.lists(CITATIONS, max_size=2).map(tuple),
    searched=st.lists(SHOWN, max_size=2).map(tuple),
    caveats=TEXTS,
    certainty=SHARES,
    by=WORDS,
    prompt=WORDS,
)


@settings(max_examples=100, deadline=None)
@given(ANSWERS)
def test_an_answer_comes_back_from_json_as_it_was(given_answer: Answer) -> None:
    data = keeping.data(given_answer)
    again = keeping.answer(json.loads(json.dumps(data)))
    assert again == given_answer
    # A passage's score is no part of what makes it equal.
    assert [one.score for one in again.searched] == [one.score for one in given_answer.searched]
    assert keeping.digest(keeping.data(again)) == keeping.digest(data)


def test_kept_data_are_plain_json_with_dates_and_times_in_words() -> None:
    embargo = datetime(2031, 3, 4, 0, 1, tzinfo=UTC)
    entry = CatalogueEntry("a.pdf", "PEEL", published=date(2031, 3, 4), embargo_until=embargo)
    shown = Shown("k", Filed("a" * 64, "/a.pdf", entry, "pdf", 1, 9), (4,), ("Calls",), "Text", 0.5)
    data = keeping.data(Answer("What?", Status.ANSWERED, "This.", searched=(shown,)))
    assert data["status"] == "answered"
    assert data["searched"][0]["filed"]["entry"]["published"] == "2031-03-04"
    assert keeping.answer(data).searched[0].filed.entry.embargo_until == embargo


@pytest.mark.parametrize("data", [{}, {"question": "What?", "status": "sure", "opening": "This."}])
def test_what_is_no_answer_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        keeping.answer(data)


def test_the_digest_does_not_hang_on_the_order_of_names() -> None:
    one, other = {"a": 1, "b": [1, 2]}, {"b": [1, 2], "a": 1}
    assert keeping.digest(one) == keeping.digest(other)
    assert len(keeping.digest(one)) == 64


@pytest.mark.parametrize("changed", [{"a": 2}, {"a": "1"}, {"b": 1}, {"a": 1, "b": None}])
def test_the_digest_tells_any_change(changed: dict[str, Any]) -> None:
    assert keeping.digest(changed) != keeping.digest({"a": 1})
