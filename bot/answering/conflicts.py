"""Documents that disagree: the same thing counted at about the same time, and not the same number.

Figures years apart are a history, a plan's figures are aims, and neither is a disagreement.
"""

import re
from collections.abc import Sequence, Set
from datetime import timedelta
from itertools import combinations

from bot.answering.evidence import Line, is_off_year
from bot.answering.expecting import Expected, expected
from retrieval.dates import FoundDate, find_dates
from retrieval.documents import Kind
from retrieval.words import folded, terms

_FIGURES = {
    Expected.NUMBER: re.compile(r"(?<![£\d.,])\d+(?:[.,]\d+)*(?! ?%| ?per ?cent|[.,]?\d)"),
    Expected.SHARE: re.compile(r"\d+(?:\.\d+)?(?= ?%| ?per ?cent)"),
    Expected.MONEY: re.compile(r"£ ?\d+(?:[.,]\d+)*(?: ?(?:million|m|k)\b)?"),
}
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_AIM = re.compile(r"\b(?:should|must|will|shall|needs? to|aims?|targets?)\b", re.IGNORECASE)
_MEASURES = frozenset({"percent", "cent", "averag"})
_ALIKE = 0.5  # share of content words that both sentences have
_BEHIND = 0.5  # how far a line may score behind the first and still contradict it
_TOGETHER = timedelta(days=366)  # documents farther apart speak of different times


def between(question: str, lines: Sequence[Line]) -> tuple[Line, Line] | None:
    """Two lines of different documents on one place that give different figures, older first."""
    kind = expected(question).kind
    if kind not in _FIGURES:
        return None
    for one, other in combinations(_telling(question, lines), 2):
        if _together(one, other) and _alike(one, other) and _differ(kind, one, other):
            first, second = sorted((one, other), key=_published)
            return first, second
    return None


def _telling(question: str, lines: Sequence[Line]) -> list[Line]:
    """The lines at the top that give a figure of the thing and of the time asked about."""
    asked = expected(question)
    least = 1.0 if asked.kind is Expected.NUMBER and asked.unit else 0.7
    return [
        line
        for line in lines[:8]
        if line.meets >= least
        and line.score >= lines[0].score - _BEHIND
        and line.found.held.filed.entry.kind is not Kind.POLICE_AND_CRIME_PLAN
        and not _AIM.search(line.sentence.text)
        and not is_off_year(sorted(_years(question)), line)
        and _same_time(question, line.sentence.text)
    ]


def _together(one: Line, other: Line) -> bool:
    """Whether two documents on one place speak of the same time, as far as they say."""
    mine, theirs = one.found.held.filed, other.found.held.filed
    if mine.digest == theirs.digest or mine.entry.place != theirs.entry.place:
        return False
    if mine.entry.published is None or theirs.entry.published is None:
        return False
    apart = abs(mine.entry.published - theirs.entry.published)
    return apart <= _TOGETHER and _same_time(one.sentence.text, other.sentence.text)


def _same_time(one: str, other: str) -> bool:
    """Whether two texts name a year, and a month, in common, where both name any."""
    return _meet(_years(one), _years(other)) and _meet(_months(one), _months(other))


def _meet(mine: Set[object], theirs: Set[object]) -> bool:
    return not mine or not theirs or bool(mine & theirs)


def _years(text: str) -> set[int]:
    return {int(year) for year in _YEAR.findall(text)}


def _months(text: str) -> set[tuple[int, int]]:
    dated = find_dates(folded(text))
    return {(day.year, day.month) for day in dated if day.year and day.month}


def _alike(one: Line, other: Line) -> bool:
    mine, theirs = (_matter(line) for line in (one, other))
    return bool(mine | theirs) and len(mine & theirs) >= _ALIKE * min(len(mine), len(theirs))


def _matter(line: Line) -> set[str]:
    words = {term for term in terms(line.sentence.text) if not term[0].isdigit()}
    return words - _MEASURES


def _differ(kind: Expected, one: Line, other: Line) -> bool:
    mine, theirs = _figures(kind, one), _figures(kind, other)
    return bool(mine and theirs) and not mine & theirs


def _figures(kind: Expected, line: Line) -> set[str]:
    text = folded(line.sentence.text)
    dated = find_dates(text)
    return {
        match.group().replace(" ", "")
        for match in _FIGURES[kind].finditer(text)
        if not any(_inside(match, day) for day in dated)
    }


def _inside(match: re.Match[str], day: FoundDate) -> bool:
    return day.start <= match.start() and match.end() <= day.end


def _published(line: Line) -> str:
    return str(line.found.held.filed.entry.published or "")
