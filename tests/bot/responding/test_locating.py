"""Words are found on their page as they stand, and not otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.responding.locating import Words, same_words
from retrieval.documents import Span
from tests.builders import reading

PAGES = reading(
    """
    = HMICFRS
    # Findings
    The force should act at once. It has twelve teams,
    ^ 1 A footnote.
    > In a box: call takers “listen”.
    + and four districts².
    ===
    = 2
    + each with a sergeant.
    The force should act at once.
    """
).pages
WORDS = Words(PAGES)


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("The force should act at once.", [1]),
        ("the FORCE should\n act, at once", [1]),
        ("It has twelve teams, and four districts", [1, 1]),
        ("four districts each with a sergeant.", [1, 2]),
        ('In a box: call takers "listen".', [1]),
        ("The force should act at once. each with a sergeant.", [1, 2]),
    ],
)
def test_words_are_found_across_lines_boxes_and_pages(text: str, pages: list[int]) -> None:
    assert [span.page for span in WORDS.find(text)] == pages


@pytest.mark.parametrize(
    "text",
    [
        "The force should not act at once.",
        "The force should act.  It has thirteen teams",
        "once at act should force the",
        "HMICFRS",
        "A footnote",
        "",
        "…",
    ],
)
def test_other_words_stand_nowhere(text: str) -> None:
    assert WORDS.find(text) == ()


def test_with_a_page_the_words_must_begin_there() -> None:
    assert WORDS.find("The force should act at once.", 2)[0].page == 2
    assert WORDS.find("It has twelve teams", 2) == ()


def test_a_quote_is_the_documents_own_words_with_its_closing_marks() -> None:
    spans = WORDS.find("it HAS twelve teams and four districts")
    assert WORDS.quote(spans) == "It has twelve teams, and four districts"
    assert WORDS.quote(WORDS.find("should act at once")) == "should act at once."


def test_spans_hold_exactly_their_words() -> None:
    page = PAGES[0].text
    start = page.index("The force should act")
    assert WORDS.find("The force") == (Span(1, start, start + len("The force")),)


@given(st.data())
def test_every_stretch_of_a_paragraph_is_found_in_it(data: st.DataObject) -> None:
    words = data.draw(st.lists(st.text("abcé", min_size=1, max_size=3), min_size=1, max_size=30))
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    stretch = " ".join(words[first:last])
    located = Words(reading("# One\n" + " ".join(words)).pages)
    assert same_words(located.quote(located.find(stretch)), stretch)


@given(st.text(), st.text())
def test_words_that_are_not_the_same_are_not_taken_for_each_other(one: str, other: str) -> None:
    assert same_words(one, f"{one} .")
    assert not same_words(f"{one} x", one)
    assert same_words(one, other) == same_words(other, one)
