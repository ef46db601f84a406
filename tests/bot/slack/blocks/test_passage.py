from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.blocks import passage
from tests.bot.slack.blocks import checking
from tests.bot.slack.blocks.making import ATTACKS, hostile

SOURCE = "PEEL 2031, 4 March 2031, page 4"
PAGE = "Calls are answered.\nFiles wait for weeks. Officers said so."
START = PAGE.index("Files")
END = PAGE.index(" Officers")


def shown(page: str = PAGE, start: int = START, end: int = END, **other: Any) -> dict[str, Any]:
    found = passage.view("PEEL 2031", SOURCE, 4, page, start, end, **other)
    checking.check_view(found)
    return found


def words(view: dict[str, Any]) -> list[str]:
    """The words of each block, "---" for a rule."""
    return [
        "".join(map(checking.words, checking.texts(block))) or "---" for block in view["blocks"]
    ]


def test_the_exact_words_are_set_apart_in_bold_between_rules() -> None:
    assert words(shown(trail=("Responding", "Files"))) == [
        SOURCE,
        "Page 4, counted from the first page of the file.",
        "Responding › Files",
        "Calls are answered.",
        "---",
        "Files wait for weeks.",
        "---",
        "Officers said so.",
    ]


def test_only_the_exact_words_are_bold() -> None:
    formatted = [one["text"] for one in checking.texts(shown()) if one["type"] == "mrkdwn"]
    assert formatted == ["*Files wait for weeks.*"]


def test_what_is_around_is_cut_at_words_and_says_so() -> None:
    page = f"{'before ' * 400}FOUND{' after' * 400}"
    start = page.index("FOUND")
    *_, before, _, exact, _, after = words(shown(page, start, start + 5))
    assert exact == "FOUND"
    assert set(before.removeprefix("…").split()) == {"before"}
    assert set(after.removesuffix("…").split()) == {"after"}
    assert before.startswith("…")
    assert after.endswith("…")
    assert 1100 < len(before) <= 1201
    assert 1100 < len(after) <= 1201


def test_words_at_the_edges_of_a_page_have_nothing_beside_them() -> None:
    assert words(shown("Files wait.", 0, 11))[2:] == ["---", "Files wait.", "---"]


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_on_a_page_is_only_words(attack: str) -> None:
    page = f"{attack} {attack} {attack}"
    found = passage.view(attack, attack, 1, page, len(attack) + 1, 2 * len(attack) + 1, (attack,))
    checking.check_view(found)
    assert checking.bare("".join(words(found))).count(checking.bare(attack)) >= 5


@settings(max_examples=100, deadline=None)
@given(hostile(), st.integers(0, 50_000), st.integers(0, 50_000), hostile(3000))
def test_any_page_makes_a_view_that_slack_takes(
    page: str, one: int, other: int, title: str
) -> None:
    start, end = sorted((min(one, len(page)), min(other, len(page))))
    found = passage.view(title, title, 9, page, start, end, (title, title))
    checking.check_view(found)
    read = checking.bare("".join(words(found)))
    assert checking.bare(page[start:end]) in read


@pytest.mark.parametrize("said", ["This document was replaced.", "x " * 5000])
def test_a_passage_that_is_gone_says_why(said: str) -> None:
    found = passage.gone(said)
    checking.check_view(found)
    assert words(found)[0][:20] == said[:20]
