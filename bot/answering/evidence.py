"""Found passages to sentences, the most telling first, with what speaks for each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answering.expecting import Expectation, Expected, expected, meets
from retrieval import asked
from retrieval.documents import Sentence
from retrieval.search import Finding, Found, Search
from retrieval.words import coverage, terms

_VOICED = (
    Expected.ASKED_FOR,
    Expected.STATUS,
    Expected.DEFINITION,
    Expected.DATE,
    Expected.DATED,
)
# Headings over the commissioner's voice, and over the inspectorate's or the chief officer's.
_OURS = re.compile(
    r"\b(?:PCC|commissioner|policing body|our|office)\b.*\b(?:response|comment|repl)", re.I
)
_OTHERS = re.compile(
    r"\b(?:recommendations?|findings?|concern|area for improvement|chief constable|force|police|"
    r"constabulary|inspectorate)\b",
    re.I,
)
ALONE = 6  # sentences embedded by themselves at question time
_OPENING = 45  # words of a sentence that are embedded by themselves
_BESIDE = 0.5  # what a word in the sentence before or after counts for


@dataclass(frozen=True)
class Weights:
    """How much each sign counts in the order of sentences.

    ``voice`` counts instead of ``meets`` where the form of a sentence is most of the answer:
    something asked for, a status, a date, a definition; ``promise`` where it is a promise, which
    counts only in the office's own voice.
    """

    cosine: float = 1.0
    covered: float = 0.4
    passage: float = 0.3
    meets: float = 0.2
    voice: float = 0.6
    promise: float = 1.2
    alone: float = 1.0
    off_year: float = 0.3


@dataclass(frozen=True)
class Line:
    """A sentence of a found passage. All signs are 0-1, the cosines -1 to 1.

    ``cosine`` is that of the sentence in its passage, ``alone`` that of the sentence by itself,
    known for the first few only.
    """

    found: Found
    place: int
    cosine: float
    covered: float
    meets: float
    score: float
    alone: float = 0.0

    @property
    def sentence(self) -> Sentence:
        """The sentence itself."""
        return self.found.held.passage.sentences[self.place]

    @property
    def where(self) -> tuple[str, int]:
        """Its document and first page."""
        return self.found.held.filed.digest, self.sentence.spans[0].page


def lines(
    search: Search, finding: Finding, weights: Weights = Weights(), *, alone: int = ALONE
) -> list[Line]:
    """The sentences of what was found, best first.

    The first few (``alone``) are weighed by themselves as well, by their opening words.
    """
    ordered = in_passages(finding, weights)
    first, rest = ordered[:alone], ordered[alone:]
    openings = [" ".join(line.sentence.text.split()[:_OPENING]) for line in first]
    likeness = search.likeness(finding, openings)
    weighed = [
        replace(line, alone=float(like), score=line.score + weights.alone * float(like))
        for line, like in zip(first, likeness, strict=True)
    ]
    return sorted(weighed, key=lambda line: -line.score) + rest


def one_a_page(ordered: Sequence[Line]) -> list[Line]:
    """The best line of each page, in order."""
    best: dict[tuple[str, int], Line] = {}
    for line in ordered:
        best.setdefault(line.where, line)
    return list(best.values())


def in_passages(finding: Finding, weights: Weights = Weights()) -> list[Line]:
    """All sentences of what was found, best first, each seen within its passage."""
    expectation = expected(finding.asked.question)
    top = max((found.score for found in finding.found), default=1.0) or 1.0
    found_lines = [
        _line(finding, found, place, expectation, top, weights)
        for found in finding.found
        for place in range(len(found.held.passage.sentences))
    ]
    return sorted(found_lines, key=lambda line: -line.score)


def _form_weight(kind: Expected, weights: Weights) -> float:
    if kind is Expected.PROMISE:
        return weights.promise
    return weights.voice if kind in _VOICED else weights.meets


def _in_our_voice(met: float, found: Found) -> float:
    """A promise is the office's own: what stands under its heading, not under the force's."""
    trail = " ".join(found.held.passage.trail[-1:])
    if _OURS.search(trail):
        return max(met, 0.9)
    return met * 0.3 if _OTHERS.search(trail) else met


def is_off_year(years: Sequence[int], line: Line) -> bool:
    """Whether years are asked about and the line is of, and speaks of, another time."""
    said = any(str(year) in line.sentence.text for year in years)
    return bool(years) and not said and not asked.in_years(line.found.held.filed, years)


def _line(
    finding: Finding,
    found: Found,
    place: int,
    expectation: Expectation,
    top: float,
    weights: Weights,
) -> Line:
    sentences = found.held.passage.sentences
    covered = _covered(finding, found, place)
    met = meets(expectation, sentences[place].text)
    if expectation.kind is Expected.PROMISE:
        met = _in_our_voice(met, found)
    score = (
        weights.cosine * found.lines[place]
        + weights.covered * covered
        + weights.passage * found.score / top
        + _form_weight(expectation.kind, weights) * met
    )
    if len(sentences[place].text.split()) < 4 and met < 1.0:
        score -= 0.3
    line = Line(found, place, found.lines[place], covered, met, score)
    off = is_off_year(finding.asked.years, line)
    return replace(line, score=score - weights.off_year) if off else line


def _covered(finding: Finding, found: Found, place: int) -> float:
    """The question's telling words in the sentence; those beside it and in headings count half."""
    sentences = found.held.passage.sentences
    own = terms(sentences[place].text)
    near = [sentences[n].text for n in (place - 1, place + 1) if 0 <= n < len(sentences)]
    beside = [term for text in (*near, *found.held.passage.trail[-2:]) for term in terms(text)]
    wanted, weights = finding.asked.terms, finding.weights
    alone = coverage(wanted, own, weights)
    return alone + _BESIDE * (coverage(wanted, [*own, *beside], weights) - alone)
