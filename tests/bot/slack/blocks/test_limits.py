from typing import Any

import pytest

from bot.slack.blocks import limits


@pytest.mark.parametrize(
    ("text", "units", "size"), [("", 0, 0), ("abc", 3, 3), ("🚔", 2, 2), ("R&D <5>", 7, 17)]
)
def test_a_text_is_as_long_as_slack_may_count_it(text: str, units: int, size: int) -> None:
    assert limits.units(text) == units
    assert limits.size(text) == size


@pytest.mark.parametrize(
    ("block", "size"),
    [
        ({"type": "divider"}, 0),
        ({"type": "section", "text": {"type": "plain_text", "text": "four"}}, 4),
        ([{"elements": [{"text": {"text": "one"}, "value": "long"}, {"text": "two"}]}], 6),
    ],
)
def test_the_words_of_blocks_are_all_their_texts(block: Any, size: int) -> None:
    assert limits.words(block) == size
