"""What buttons are called and what they carry, for those who draw them and those who listen.

An id may end in a number, since it must be the only one of its name in its block. Values come back
from the network: they are read with care, and None is one that we never wrote.
"""

import re

KEY = r"[A-Za-z0-9:._-]{1,150}"

SHOW_PASSAGE = re.compile(r"^show_passage(?::\d+)?$")
HELPFUL = re.compile(r"^helpful$")
NOT_HELPFUL = re.compile(r"^not_helpful$")
FEEDBACK = re.compile(r"^feedback$")
SHARE = re.compile(r"^share$")
ASK_PERSON = re.compile(r"^ask_person$")
DRAFT_PARAGRAPH = re.compile(r"^draft_paragraph$")
SUGGEST = re.compile(r"^suggest:\d+$")
LINK = "open_answer:"  # begins the id of a link; Slack still wants it acknowledged
ANY = re.compile("")

_PASSAGE = re.compile(rf"({KEY})\|(\d{{1,4}})")
_FEEDBACK = re.compile(rf"(helpful|not_helpful)\|({KEY})")
_KEY = re.compile(KEY)


def key(value: str) -> str | None:
    """The key that a button carries alone."""
    return value if _KEY.fullmatch(value) else None


def passage_value(key: str, number: int) -> str:
    """What "Show the passage" carries: the answer's key and the source's number, from 1."""
    return f"{key}|{number}"


def passage(value: str) -> tuple[str, int] | None:
    """The key and the number that "Show the passage" carries."""
    found = _PASSAGE.fullmatch(value)
    return (found[1], int(found[2])) if found else None


def feedback_value(verdict: str, key: str) -> str:
    """What a feedback button carries: "helpful" or "not_helpful" and the answer's key."""
    return f"{verdict}|{key}"


def feedback(value: str) -> tuple[str, str] | None:
    """The verdict and the key that a feedback button carries."""
    found = _FEEDBACK.fullmatch(value)
    return (found[1], found[2]) if found else None
