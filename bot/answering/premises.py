"""What a question takes for granted that the cited words do not bear out."""

import re

from bot.answering.evidence import Line
from bot.answering.expecting import Expected, expected, meets
from retrieval.words import folded

GRADES = ("requires improvement", "outstanding", "inadequate", "adequate", "good")
_GIVEN = (
    r"(?=\W*$|[^\w\s]|\s(?:at|in|for|on|overall|and|but|by|because|than|when|grades?|rating)\b)"
)
_GRADING = re.compile(r"\b(?:grad|rat|judg)(?:e|ed|es|ing|ement|ment)\b", re.IGNORECASE)


def correction(question: str, lines: list[Line]) -> str:
    """A sentence that corrects the question's premise, "" when there is nothing to correct."""
    text = folded(question).lower()
    said = _grade(text) if _GRADING.search(text) or "why" in text else ""
    found = next((grade for line in lines if (grade := _grade(line.sentence.text.lower()))), "")
    if (
        said
        and found
        and said != found
        and not re.search(r"\bor\b|\bwhat\b|\bhow\b|\bwhich\b", text)
    ):
        return f"The documents say “{found}”, not “{said}”."
    expectation = expected(question)
    if expectation.kind is Expected.REASON and not any(
        meets(expectation, line.sentence.text) == 1.0 for line in lines
    ):
        return "No reason is given, and what the question takes for granted may not be so."
    return ""


def _grade(text: str) -> str:
    """The one grade given in a text, "" for none or several; "good work" gives none."""
    named = {grade for grade in GRADES if re.search(rf"\b{grade}\b{_GIVEN}", text)}
    return named.pop() if len(named) == 1 else ""
