"""Numbers and dates of a sentence: each must stand in what it cites, in whatever form."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from retrieval.dates import FoundDate, find_dates
from retrieval.words import terms

_UNIT_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TEN_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_RANK_WORDS = "first second third fourth fifth sixth seventh eighth ninth tenth"
_UNITS = {word: value for value, word in enumerate(_UNIT_WORDS.split())}
_TENS = {word: 10 * value for value, word in enumerate(_TEN_WORDS.split(), 2)}
_ORDINALS = {word: value for value, word in enumerate(_RANK_WORDS.split(), 1)}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "dozen": 12}
_SHORT = {"k": 1000, "m": 10**6, "bn": 10**9} | _SCALES
_YEARS = re.compile(r"\b((?:19|20)\d\d)\s?[/-]\s?(?:20)?(\d\d)\b(?![/-]\d)")  # 2014/15, 2014-2015
_DIGITS = re.compile(
    rf"\d+(?:,\d{{3}})*(?:\.\d+)?(?:\s?(?:{'|'.join(sorted(_SHORT, key=len, reverse=True))})\b)?",
    re.IGNORECASE,
)
_RANK = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th)\b", re.IGNORECASE)
_WORD = "|".join((*_UNITS, *_TENS, *_SCALES))
_WORDS = re.compile(rf"\b(?:{_WORD})(?:(?:[ -]|\sand\s)(?:{_WORD}))*\b", re.IGNORECASE)
_PERCENT = re.compile(r"%|\bper ?cent|\bpercentage", re.IGNORECASE)
_SHARE = re.compile(r"(\d[\d.,]*) ?(?:%|per ?cent\b)", re.IGNORECASE)
_CLAUSE = re.compile(r"[;:()\"]|[.,](?!\d)")
_UNTELLING = (
    "number figure total percent percentage average rate report letter inspectors say found against"
)
_POUNDS = re.compile(r"£|\bpounds?\b", re.IGNORECASE)


def numbers(plain: str, sources: Sequence[str], context: Sequence[str]) -> Iterator[str]:
    """What is wrong with the numbers; "one", and the figures of dates, are not looked at."""
    there = {value for text in (*sources, *context) for value in _values(text)}
    rest = _blanked(plain, _dates(plain))
    for words, value, start in _found(rest):
        if value != 1 and value not in there:
            yield f"the number {words} does not stand there"
        elif value != 1 and _of_something_else(plain, start, value, sources, context):
            yield f"the number {words} stands there for something else"
    for name, mark in (("a percentage", _SHARE), ("a sum of money", _POUNDS)):
        same = _PERCENT if mark is _SHARE else mark
        if mark.search(plain) and not any(same.search(text) for text in (*sources, *context)):
            yield f"it gives {name} and what it cites has none"
    ranks = {rank for text in (*sources, *context) for rank in _ranks(text)}
    for match in _RANK.finditer(rest):
        if int(match[1]) not in ranks:
            yield f"the number {match.group()} does not stand there"
    for years in _years(plain) - {pair for text in (*sources, *context) for pair in _years(text)}:
        yield f"the date {years} does not stand there"


def dates(plain: str, sources: Sequence[str], context: Sequence[str]) -> Iterator[str]:
    """Dates that what is cited does not hold; a date may say less than its source, not more."""
    there = [found for text in (*sources, *context) for found in _dates(text)]
    spans = {int(years[:4]) for text in (*sources, *context) for years in _years(text)}
    for found in _dates(plain):
        bare_year = found.month is None and found.year in spans
        if not bare_year and not any(_fits(found, other) for other in there):
            yield f"the date {found.words} does not stand there"


def figures(text: str) -> set[str]:
    """All numbers and parts of dates in one form, so that "six" and "6", "30.06.24" and "June
    2024" are seen to be the same.
    """
    found = _dates(text)
    dated = {
        f"{name} {value}"
        for one in found
        for name, value in (("year", one.year), ("month", one.month), ("day", one.day))
        if value
    }
    rest = _blanked(text, found)
    return (
        dated
        | {f"number {value.normalize():f}" for value in _values(rest)}
        | {f"rank {rank}" for rank in _ranks(rest)}
        | {f"years {years}" for years in _years(rest)}
    )


def without_figures(text: str) -> str:
    """The text with its numbers and dates made blank."""
    rest = dates_blanked(text)
    for form in (_YEARS, _RANK, _DIGITS, _WORDS):
        rest = form.sub(" ", rest)
    return rest


def dates_blanked(text: str) -> str:
    """The text with its dates made blank, so that months are no names."""
    return _blanked(text, _dates(text))


def _of_something_else(
    plain: str, start: int, value: Decimal, sources: Sequence[str], context: Sequence[str]
) -> bool:
    """Whether no source that holds the number holds any word of the number's clause as well."""
    before, behind = _CLAUSE.split(plain[:start])[-1], _CLAUSE.split(plain[start:])[0]
    near = set(terms(without_figures(before + behind)))
    near -= {term for text in context for term in terms(text)}
    holding = [set(terms(text)) for text in sources if value in _values(text)]
    telling = len(near - set(terms(_UNTELLING))) > 1
    return telling and bool(holding) and not any(near & held for held in holding)


def _values(text: str) -> list[Decimal]:
    return [value for _, value, _ in _found(text)]


def _found(text: str) -> Iterator[tuple[str, Decimal, int]]:
    """Numbers as printed, their values and where they stand, in figures or in words."""
    for form in (_YEARS, _RANK):
        text = form.sub(lambda match: " " * len(match.group()), text)
    for match in _DIGITS.finditer(text):
        if not text[: match.start()][-1:].isalpha():
            yield match.group(), _figure(match.group()), match.start()
    for match in _WORDS.finditer(text):
        if match.group().lower() not in _SCALES:
            yield match.group(), Decimal(_worded(match.group().lower())), match.start()


def _figure(printed: str) -> Decimal:
    match = re.match(r"[\d.,]*\d", printed)
    number = match[0] if match else "0"
    scale = printed[len(number) :].strip().lower()
    return Decimal(number.replace(",", "")) * _SHORT.get(scale, 1)


def _worded(words: str) -> int:
    """ "two hundred and twelve" is 212, "twenty-three" 23."""
    total = part = 0
    for word in re.findall(r"[a-z]+", words):
        if word in _SCALES:
            part = max(part, 1) * _SCALES[word]
            if _SCALES[word] >= 1000:
                total, part = total + part, 0
        else:
            part += _UNITS.get(word, _TENS.get(word, 0))
    return total + part


def _ranks(text: str) -> Iterator[int]:
    yield from (int(match[1]) for match in _RANK.finditer(text))
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in _ORDINALS:
            yield _ORDINALS[word]


def _dates(text: str) -> list[FoundDate]:
    """The dates, without the years of a range such as 2014-15."""
    return find_dates(_YEARS.sub(lambda match: " " * len(match.group()), text))


def _years(text: str) -> set[str]:
    return {f"{match[1]}/{match[2]}" for match in _YEARS.finditer(text)}


def _blanked(text: str, found: Iterable[FoundDate]) -> str:
    for one in found:
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    return text


def _fits(said: FoundDate, there: FoundDate) -> bool:
    pairs = ((said.year, there.year), (said.month, there.month), (said.day, there.day))
    return all(mine is None or mine == theirs for mine, theirs in pairs)
