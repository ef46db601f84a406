"""The gate: a sentence is shown only as far as the words it cites bear it out.

Numbers, dates, names, grades and quoted words must stand in the cited words, and no "not" and no
"should" may be lost or made up: what fails is withheld. The rest is marked by how many of its
content words the nearest cited sentences hold. Likeness of vectors is no test of support. Measured
in ``docs/decisions/0005-grounding.md``.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.grounding import figures, names, turning, wording
from bot.grounding.names import spelled_out
from retrieval.words import folded, terms


class Support(StrEnum):
    """How well a sentence is borne out by what it cites."""

    CLEAR = "clear"
    TO_CHECK = "to_check"
    WITHHELD = "withheld"


@dataclass(frozen=True)
class Verdict:
    """The outcome: ``covered`` is the share (0-1) of content words held by the cited sentences."""

    support: Support
    covered: float
    reasons: tuple[str, ...] = ()


CLEAR_FROM = 0.8  # covered share; chosen on answers with their own and with other support
TO_CHECK_FROM = 0.5
_NEAREST = 3
_FEWEST = 3  # content words and figures; "Nine." stands in too many places to be clear
_MARKS = re.compile(r"\[[^\]]{1,12}\]")
# Words that say who speaks or that yes or no is coming, and nothing of the matter.
_FRAME = frozenset(
    terms(
        "yes no not none never report reports letter response inspector inspectors inspectorate "
        "inspection document documents passage according says said found find finds states stated "
        "noted notes reported described often also however"
    )
)


def check(sentence: str, cited: Sequence[str], about: Iterable[str] = ()) -> Verdict:
    """Hold one sentence against the sentences that it cites.

    ``about`` is what the cited documents are (title, date, place): names and dates may come from
    there, nothing else may.
    """
    plain = folded(_MARKS.sub("", sentence)).strip()
    sources = [text for text in map(folded, cited) if text]
    if not sources:
        return Verdict(Support.WITHHELD, 0.0, ("it cites nothing",))
    if not any(sign.isalnum() for sign in plain):
        return Verdict(Support.WITHHELD, 0.0, ("it says nothing",))
    if _bare(plain) in map(_bare, sources):
        return Verdict(Support.CLEAR, 1.0)
    context = [folded(text) for text in about]
    covered, nearest = _covered(plain, sources, context)
    broken = tuple(dict.fromkeys(_broken(plain, sources, context, nearest)))
    if broken:
        return Verdict(Support.WITHHELD, covered, broken)
    return _graded(covered, len(_matter(plain) - _FRAME))


def _bare(text: str) -> str:
    return text.strip("\"' .;:,-").casefold()


def _broken(
    plain: str, sources: Sequence[str], context: Sequence[str], nearest: str
) -> Iterable[str]:
    yield from wording.quotations(plain, sources)
    yield from figures.numbers(plain, sources, context)
    yield from figures.dates(plain, sources, context)
    yield from names.names(plain, sources, context)
    yield from wording.grades(plain, sources)
    yield from turning.turned(plain, sources, nearest)


def _graded(covered: float, words: int) -> Verdict:
    if covered < TO_CHECK_FROM:
        return Verdict(Support.WITHHELD, covered, (_share(covered),))
    if covered < CLEAR_FROM:
        return Verdict(Support.TO_CHECK, covered, (_share(covered),))
    if words < _FEWEST:
        return Verdict(Support.TO_CHECK, covered, ("it is too short to be told by its words",))
    return Verdict(Support.CLEAR, covered)


def _share(covered: float) -> str:
    return f"{covered:.0%} of its words stand in what it cites"


def _covered(plain: str, sources: Sequence[str], context: Sequence[str]) -> tuple[float, str]:
    """The share of content words in the three nearest sources, and the nearest of all."""
    wanted = _matter(plain) - _FRAME - {said for text in context for said in _matter(text)}
    nearest = sorted(sources, key=lambda text: -len(wanted & _matter(text)))[:_NEAREST]
    held = {said for text in nearest for said in _matter(text)} | spelled_out(plain, nearest)
    return len(wanted & held) / len(wanted) if wanted else 0.0, nearest[0]


def _matter(text: str) -> set[str]:
    return set(terms(figures.without_figures(text))) | figures.figures(text)
