"""Documents that disagree: the same thing counted, and not the same number."""

import re
from collections.abc import Sequence
from itertools import combinations

from bot.answering.evidence import Line
from bot.answering.expecting import Expected, expected
from retrieval.words import folded, terms

_COUNTABLE = (Expected.NUMBER, Expected.SHARE, Expected.MONEY)
_FIGURE = re.compile(r"£?\d+(?:[.,]\d+)*(?: ?%| per cent| million)?")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_ALIKE = 0.3  # share of content words that both sentences have
_COVERED = 0.4  # of the question's telling words, so that both speak of what is asked
_BEHIND = 0.5  # how far a line may score behind the first and still contradict it


def between(question: str, lines: Sequence[Line]) -> tuple[Line, Line] | None:
    """Two lines of different documents on one place that give different figures, older first."""
    if expected(question).kind not in _COUNTABLE or not lines:
        return None
    telling = [
        line
        for line in lines[:8]
        if line.meets >= 0.7
        and line.covered >= _COVERED
        and line.score >= lines[0].score - _BEHIND
        and _figures_named(question) <= _numbers(line.sentence.text)
    ]
    for one, other in combinations(telling, 2):
        if _apart(one, other) and _alike(one, other) and _differ(_figures(one), _figures(other)):
            first, second = sorted((one, other), key=_published)
            return first, second
    return None


def _figures_named(question: str) -> set[str]:
    """Figures that are names in the question: "999 calls", not years."""
    return {number for number in _numbers(question) if not _YEAR.match(number)}


def _numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+", folded(text)))


def _differ(mine: set[str], theirs: set[str]) -> bool:
    return bool(mine and theirs) and not mine & theirs


def _apart(one: Line, other: Line) -> bool:
    mine, theirs = one.found.held.filed, other.found.held.filed
    return mine.digest != theirs.digest and mine.entry.place == theirs.entry.place


def _alike(one: Line, other: Line) -> bool:
    mine, theirs = (_matter(line) for line in (one, other))
    return bool(mine | theirs) and len(mine & theirs) >= _ALIKE * min(len(mine), len(theirs))


def _matter(line: Line) -> set[str]:
    return {term for term in terms(line.sentence.text) if not term[0].isdigit()}


def _figures(line: Line) -> set[str]:
    found = (match.group().rstrip(".,") for match in _FIGURE.finditer(folded(line.sentence.text)))
    return {figure for figure in found if not _YEAR.match(figure)}


def _published(line: Line) -> str:
    return str(line.found.held.filed.entry.published or "")
