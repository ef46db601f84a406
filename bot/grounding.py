"""The gate: a sentence is shown only as far as the words it cites bear it out.

Numbers, dates, names, grades and quoted words must stand in the cited words, and neither a
negation nor a "should" may be lost or made up: what fails is withheld. The rest is marked by how
many of its content words the nearest cited sentences hold. Likeness of vectors is no test of
support. Measured in ``docs/decisions/0005-grounding.md``.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from retrieval.dates import FoundDate, find_dates
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
_ALIKE = 0.6  # from here a sentence is taken to say the same thing as its nearest source

_MARKS = re.compile(r"\[[^\]]{1,12}\]")
_QUOTED = re.compile(r'"([^"]{2,})"|(?<!\w)\'([^\']{3,}?)\'(?!\w)')
_NUMBER = re.compile(r"(?<![\w.])£?\d+(?:[.,]\d+)*")
_WORD_NUMBERS = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "half": "50%", "hundred": "100"}
_NAME = re.compile(r"\b(?:[A-Z][\w'-]*[a-z]\w*|[A-Z]{2,}s?)\b")
_STARTERS = frozenset(
    "The A An In On At By For From Of To And But Or Nor So Yet No Not It Its This That These Those "
    "There Their They He She We Our I Some Most Many Few All Both Each Every Neither Either One "
    "However Although While When Where Since As If Because Inspectors Children Police Officers "
    "Yes According Only Over Under During After Before Between Within Without Until Too".split()
)
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nor|neither|without|cannot|\w+n't|nobody|nothing|nowhere|lacks?|"
    r"lacked|lacking|absence of|fail(?:s|ed|ure|ing)? to|unable|rarely|seldom|hardly|too few|"
    r"insufficient(?:ly)?|inconsistent(?:ly)?|inadequate(?:ly)?|ineffective(?:ly)?|poor(?:ly)?)\b",
    re.IGNORECASE,
)
_MODAL = re.compile(
    r"\b(?:should|must|needs? to|ought to|shall|will|would|may|might|could|plans? to|"
    r"intends? to|aims? to|recommend(?:s|ed)?|is required to|are required to)\b",
    re.IGNORECASE,
)
_GRADES = ("outstanding", "good", "adequate", "requires improvement", "inadequate")
_GRADING = re.compile(r"\b(?:grad(?:e|ed|es|ing)|rat(?:ed|ing)|judg(?:ed|e?ment))\b", re.IGNORECASE)


def check(sentence: str, cited: Sequence[str], about: Iterable[str] = ()) -> Verdict:
    """Hold one sentence against the sentences that it cites.

    ``about`` is what the cited documents are (title, date, place): names and years may come from
    there, nothing else may.
    """
    plain = folded(_MARKS.sub("", sentence)).strip()
    sources = [folded(text) for text in cited]
    if not sources:
        return Verdict(Support.WITHHELD, 0.0, ("it cites nothing",))
    if _verbatim(plain, sources):
        return Verdict(Support.CLEAR, 1.0)
    context = [folded(text) for text in about]
    covered, nearest = _covered(plain, sources, context)
    broken = tuple(_broken(plain, sources, context, nearest))
    if broken:
        return Verdict(Support.WITHHELD, covered, broken)
    return _graded(covered)


def _graded(covered: float) -> Verdict:
    if covered >= CLEAR_FROM:
        return Verdict(Support.CLEAR, covered)
    reason = (f"{covered:.0%} of its words stand in what it cites",)
    return Verdict(
        Support.TO_CHECK if covered >= TO_CHECK_FROM else Support.WITHHELD, covered, reason
    )


def _verbatim(plain: str, sources: list[str]) -> bool:
    bare = plain.strip("\"' ").casefold()
    return any(bare in source.casefold() for source in sources)


def _covered(plain: str, sources: list[str], context: list[str]) -> tuple[float, str]:
    """The share of content words in the three nearest sources, and the nearest of all."""
    wanted = set(terms(plain)) - {term for text in context for term in terms(text)}
    if not wanted:
        return 1.0, sources[0]
    nearest = sorted(sources, key=lambda text: -len(wanted & set(terms(text))))[:_NEAREST]
    held = {term for text in nearest for term in terms(text)}
    return len(wanted & held) / len(wanted), nearest[0]


def _broken(plain: str, sources: list[str], context: list[str], nearest: str) -> Iterable[str]:
    yield from _quotations(plain, sources)
    yield from _numbers(plain, sources, context)
    yield from _dates(plain, sources, context)
    yield from _names(plain, sources, context)
    yield from _grades(plain, sources)
    yield from _turned(plain, nearest)


def _quotations(plain: str, sources: list[str]) -> Iterable[str]:
    for match in _QUOTED.finditer(plain):
        words = (match[1] or match[2]).strip(" .,;:").casefold()
        if not any(words in source.casefold() for source in sources):
            yield f"the quoted words “{words}” do not stand there"


def _numbers(plain: str, sources: list[str], context: list[str]) -> Iterable[str]:
    there = {number for text in (*sources, *context) for number in _numbers_in(text)}
    dated = [found for found in find_dates(plain)]
    for number in _numbers_in(_blanked(plain, dated)):
        if number not in there:
            yield f"the number {number} does not stand there"


def _numbers_in(text: str) -> list[str]:
    digits = [match.group().strip("£").replace(",", "") for match in _NUMBER.finditer(text)]
    words = [_WORD_NUMBERS[word] for word in re.findall(r"[a-z]+", text.lower())
             if word in _WORD_NUMBERS and word not in ("one", "half")]  # fmt: skip
    return digits + words


def _blanked(text: str, found: Iterable[FoundDate]) -> str:
    for one in found:
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    return text


def _dates(plain: str, sources: list[str], context: list[str]) -> Iterable[str]:
    there = [found for text in (*sources, *context) for found in find_dates(text)]
    for found in find_dates(plain):
        if not any(_fits(found, other) for other in there):
            yield f"the date {found.words} does not stand there"


def _fits(said: FoundDate, there: FoundDate) -> bool:
    """Whether what is said of a date, and no more, is what stands there."""
    pairs = ((said.year, there.year), (said.month, there.month), (said.day, there.day))
    return all(mine is None or mine == theirs for mine, theirs in pairs)


def _names(plain: str, sources: list[str], context: list[str]) -> Iterable[str]:
    there = {word for text in (*sources, *context) for word in terms(text)}
    initials = {_initials(text) for text in (*sources, *context)}
    first = plain.split(" ", 1)[0].strip("\"'(")
    for name in dict.fromkeys(match.group() for match in _NAME.finditer(plain)):
        if name in _STARTERS or (name == first and name.lower() in {w for w in there}):
            continue
        known = set(terms(name)) <= there or any(name.lower() in one for one in initials)
        if not known and not (name == first and not name.isupper()):
            yield f"the name {name} does not stand there"


def _initials(text: str) -> str:
    return "".join(word[0] for word in re.findall(r"[A-Za-z]+", text)).lower()


def _grades(plain: str, sources: list[str]) -> Iterable[str]:
    if not _GRADING.search(plain):
        return
    there = " ".join(sources).lower()
    for grade in _GRADES:
        if re.search(rf"\b{grade}\b", plain.lower()) and not re.search(rf"\b{grade}\b", there):
            yield f"the grade “{grade}” does not stand there"


def _turned(plain: str, nearest: str) -> Iterable[str]:
    """A negation or a "should" lost or made up in a sentence that otherwise says the same."""
    mine, theirs = set(terms(plain)), set(terms(nearest))
    if not mine or len(mine & theirs) < _ALIKE * len(mine):
        return
    if bool(_NEGATION.search(plain)) != bool(_NEGATION.search(nearest)):
        yield "it says no where its source says yes, or the other way round"
    if bool(_MODAL.search(plain)) != bool(_MODAL.search(nearest)):
        yield "what its source says should be or will be it says is, or the other way round"
