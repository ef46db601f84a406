"""Slack's sizes, and how long a text is by Slack's count.

Documented at docs.slack.dev/reference/block-kit; all but the counts of blocks are in characters.
"""

from typing import Any

SECTION = 3000
HEADER = 150
BUTTON = 75
VALUE = 2000
ADDRESS = 3000
TITLE = 24
INPUT = 3000
METADATA = 3000
MESSAGE_TEXT = 4000  # 40,000 is the end; over 4,000 is shown badly
MESSAGE_WORDS = 12000  # the words of all blocks together; Slack refuses a message near 13,200
MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100


def units(text: str) -> int:
    """The length in UTF-16 units, in which a sign outside the first plane counts as two."""
    return len(text) + sum(sign > "\uffff" for sign in text)


def size(text: str) -> int:
    """How long a text may be counted at most: in UTF-16 units, each of & < > as its entity.

    It is not documented whether they are counted before or after they are escaped.
    """
    return units(text) + 4 * text.count("&") + 3 * (text.count("<") + text.count(">"))


def words(block: Any) -> int:
    """The size of all the words in a block, or in several: of every ``text`` that is a string."""
    if isinstance(block, dict):
        own = block.get("text")
        return (size(own) if isinstance(own, str) else 0) + sum(map(words, block.values()))
    return sum(map(words, block)) if isinstance(block, list | tuple) else 0
