from typing import Any

import pytest

from bot.slack.blocks import feedback
from bot.slack.blocks.feedback import Reason
from tests.bot.slack.blocks import checking
from tests.bot.slack.blocks.making import KEY


def test_the_modal_asks_for_a_reason_and_takes_words() -> None:
    found = feedback.view(KEY)
    checking.check_view(found)
    assert found["private_metadata"] == KEY
    reason, words = found["blocks"]
    assert [reason["block_id"], words["block_id"]] == ["reason", "words"]
    assert {one["value"] for one in reason["element"]["options"]} == set(Reason)
    assert words["optional"]
    assert "multiline" not in words["element"]


@pytest.mark.parametrize(
    ("chosen", "written", "read"),
    [
        ({"value": "wrong"}, " No. ", (Reason.WRONG, "No.")),
        ({"value": "too_long"}, None, (Reason.TOO_LONG, "")),
        ({"value": "forged"}, "x", (None, "x")),
        (None, None, (None, "")),
    ],
)
def test_what_was_said_is_read(
    chosen: dict[str, str] | None, written: str | None, read: tuple[Reason | None, str]
) -> None:
    values: dict[str, Any] = {
        "reason": {"reason": {"type": "static_select", "selected_option": chosen}},
        "words": {"words": {"type": "plain_text_input", "value": written}},
    }
    assert feedback.read(values) == read


@pytest.mark.parametrize("values", [{}, {"reason": None}, {"reason": {"reason": None}}])
def test_values_that_are_not_there_are_nothing_said(values: dict[str, Any]) -> None:
    assert feedback.read(values) == (None, "")
