"""Take out what a person looking at the page cannot see, and say how much there was of it."""

import re

# Zero-width and joining characters, bidirectional controls, the Unicode tag block, byte order
# marks, soft hyphens and control characters other than tab and line feed.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff\x00-\x08\x0b-\x1f\x7f-\x9f]"
)
_SPACES = re.compile("[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")


def visible(text: str) -> tuple[str, int]:
    """Text without unseen characters and with plain single spaces, and how many were left out.

    Carriage returns count as line feeds and are not counted as left out.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    seen, hidden = _UNSEEN.subn("", lines)
    return _SPACES.sub(" ", seen), hidden
