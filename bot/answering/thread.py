"""A follow-up question, read with the questions before it in its thread."""

import re
from collections.abc import Sequence

from retrieval.words import folded, terms

_CARRIES_ON = re.compile(r"(?:and|but|so|also|what about|how about|same|then)\b", re.IGNORECASE)
# Not "is there a plan", and not "children and their families", which needs nothing from before.
_POINTS = re.compile(
    r"(?<!\band )\b(?:it|its|they|them|their|those|these|that one|this one|then|he|she|the same)\b|"
    r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )\bthere\b(?! (?:is|are|was|were)\b)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:in |of |since |by )?(?:19|20)\d\d(?:/\d\d)?\b")
_SHORT = 3  # content words; with fewer a question cannot stand alone
_FULL = 5  # content words; with as many, what a later "its" points to is in the question itself
_EARLY = 3  # words; what these point to must have been said before
_OPENING = re.compile(r"^(?:and|but|so|also|then|what about|how about)\b[ ,]*", re.IGNORECASE)


def standing_alone(question: str, earlier: Sequence[str], places: Sequence[str]) -> str:
    """The question, with what it takes for granted from those put before it.

    A place or a year that the follow-up names takes the place of the earlier one.

    >>> standing_alone("And in 2022?", ["What did Derby say about custody in 2019?"], ["Derby"])
    'What did Derby say about custody ? in 2022?'
    """
    if not earlier or not _leans(question):
        return question
    before = standing_alone(earlier[-1], earlier[:-1], places)
    if _YEAR.search(question):
        before = _YEAR.sub("", before)
    if any(_names(place, question) for place in places):
        for place in places:
            before = re.sub(rf"(?:\b(?:in|of|for) )?\b{re.escape(place)}\b(?:['’]s)?", "", before)
    return " ".join(f"{before} {_OPENING.sub('', question)}".split())


def _leans(question: str) -> bool:
    text, length = folded(question), len(terms(question))
    opening = " ".join(text.split()[:_EARLY])
    return (
        length < _SHORT
        or bool(_CARRIES_ON.match(text) or _POINTS.search(opening))
        or (length < _FULL and bool(_POINTS.search(text)))
    )


def _names(place: str, question: str) -> bool:
    return bool(re.search(rf"\b{re.escape(place.casefold())}\b", question.casefold()))
