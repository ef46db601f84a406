"""A force or a place that a question names and no readable document does: nothing is its answer."""

import re
from collections.abc import Callable, Iterator

_NAME = r"[A-Z][a-z][\w’'-]*"
_NAMES = rf"{_NAME}(?:[ -](?:{_NAME}|and|upon|on|of))*"
# "Kent Police", "West Mercia Constabulary"
_FORCE = re.compile(rf"\b({_NAMES})(?:['’]s)? (?:Police|Constabulary)\b(?! (?:Act|and Crime))")
# "in Westmoor", "for North Westmoor": not "in March", "in Operation Lantern"
_PLACE = re.compile(
    rf"\b(?:in|at|for|across|within) ({_NAMES})(?=[?.,;!]|['’]s\b|$| (?:in|and|say))"
)
_NOT_NAMES = frozenset((
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday",
    "saturday", "sunday", "the", "a", "an", "operation", "what", "which", "who", "how", "when",
    "did", "does", "is", "was", "were", "has", "have", "police", "constabulary", "force",
    "forces", "inspectors", "inspector", "england", "wales", "english", "welsh", "british",
    "uk", "parliament", "peel", "hmic", "hmicfrs", "ofsted", "chief", "constable",
    "commissioner", "crown", "north", "south", "east", "west", "greater", "city", "county",
))  # fmt: skip


def named(question: str, known: Callable[[str], bool]) -> str:
    """The first force or place of a question of whose name a word is unknown, "" for none.

    ``known`` says whether a word stands anywhere in what may be read.
    """
    for name in _all(question):
        words = [one for one in re.findall(r"[^\W\d_]+", name) if _tells(one)]
        if words and not all(map(known, words)):
            return name
    return ""


def _all(question: str) -> Iterator[str]:
    for form in (_FORCE, _PLACE):
        yield from (found[1] for found in form.finditer(question))


def _tells(word: str) -> bool:
    return word[0].isupper() and len(word) > 2 and word.casefold() not in _NOT_NAMES
