from typing import Any

import pytest
from hypothesis import given, settings

from bot.slack.blocks import asking
from tests.bot.slack.blocks import checking
from tests.bot.slack.blocks.making import hostile


def values(question: str | None, where: str | None) -> dict[str, Any]:
    chosen = {"value": where} if where else None
    return {
        "question": {"question": {"type": "plain_text_input", "value": question}},
        "where": {"where": {"type": "static_select", "selected_option": chosen}},
    }


def test_the_question_is_proposed_and_the_answer_goes_to_the_thread() -> None:
    found = asking.view("What waits?", "facts")
    checking.check_view(found)
    question, where = found["blocks"]
    assert question["element"]["initial_value"] == "What waits?"
    assert where["element"]["initial_option"]["value"] == "thread"
    assert found["private_metadata"] == "facts"


@pytest.mark.parametrize(
    ("given_values", "read"),
    [
        (values("What else?", "me"), ("What else?", True)),
        (values("What else?", "thread"), ("What else?", False)),
        (values(None, None), ("What waits?", False)),
        (values("", "me"), ("", True)),
        (values("two\n lines", "forged"), ("two lines", False)),
        ({}, ("What waits?", False)),
    ],
)
def test_what_was_asked_is_read_and_what_nobody_touched_is_as_proposed(
    given_values: dict[str, Any], read: tuple[str, bool]
) -> None:
    assert asking.read(given_values, "What waits?") == read


@settings(max_examples=60, deadline=None)
@given(hostile())
def test_any_message_can_be_asked_about(message: str) -> None:
    found = asking.view(message, "facts")
    checking.check_view(found)
    proposed = found["blocks"][0]["element"].get("initial_value", "x")
    assert 0 < len(proposed) <= 3000
