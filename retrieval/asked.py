"""What a question names: places, years, kinds of document."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from retrieval.documents import Kind
from retrieval.library import Filed
from retrieval.words import folded, terms

_YEAR = re.compile(r"\b(19[89]\d|20[0-4]\d)(?:\s?[/-]\s?(\d{2})\b)?")
_LAST = 2049  # that a four-digit number is read as a year
_SINCE = re.compile(r"\b(?:since ((?:19|20)\d\d)|from ((?:19|20)\d\d) on(?:wards?)?)\b", re.I)
# "our response", "did we promise", "the commissioner said" ask for what the office published.
_RESPONSE = re.compile(
    r"\b(?:our|pcc'?s?|commissioner'?s?|office'?s?) (?:\w+ )?(?:response|reply|answer)|"
    r"\b(?:did|do|have|has|had) (?:we|the pcc|the commissioner|the office) "
    r"(?:\w+ )?(?:promise|say|said|commit|pledge|answer|reply|respond)|\bpromised?\b",
    re.IGNORECASE,
)

# Words about asking, not about the matter: "What evidence did inspectors give that", "According to
# the 2019 letter,", "How does … compare", "at the time of the inspection".
_FRAME = re.compile(
    r"\bwhat evidence (?:did|do|does|is|was)(?: [\w'/-]+){0,3}? "
    r"(?:give|there|offer|have)\b(?: that| of| for)?|"
    r"\bwhat (?:did|do|does|have|has)(?: the)? (?:inspectors?|hmic|hmicfrs|report|letter)s? "
    r"(?:say|said|find|found|recommend|conclude)\b(?: about| on| that)?|"
    r"\bwhat (?:did|do|does|have|has) (?:we|you|the (?:pcc|commissioner|office)|our office) "
    r"(?:say|said|promised?|pledged?|answer|reply|tell|told)\b(?: about| on| to| that)?|"
    r"\baccording to the (?:\d{4} )?(?:inspection|letter|report|response|inspectors?)s?\b,?|"
    r"\bat the time of the (?:\d{4} |\w+ \d{4} )?inspection\b|"
    r"\b(?:how (?:do|does|did|well|is|was|are|were)|inspectors'? views? (?:of|on)|compare[ds]?|"
    r"compared (?:with|to)|differ(?:s|ed)?|in common|both)\b|\((?:19|20)\d\d\)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Asked:
    """A question as read. ``places`` are as the catalogue writes them; ``terms`` leave them out.

    ``years`` prefer documents; ``places`` and ``kinds`` bound them. ``matter`` is the question
    without the places and the words about asking: inside their documents a place tells nothing,
    and draws address lines. ``terms`` are of the matter.
    """

    question: str
    matter: str
    places: tuple[str, ...]
    years: tuple[int, ...]
    kinds: tuple[Kind, ...]
    terms: tuple[str, ...]


def understand(question: str, documents: Iterable[Filed]) -> Asked:
    """Read a question against the documents that may be searched for it."""
    documents = list(documents)
    places = _named({filed.entry.place for filed in documents}, question)
    places = places if _tells_apart(places, documents) else ()
    dropped = {term for place in places for term in terms(place)}
    dropped |= {term for since in _SINCE.finditer(question) for term in terms(since[0])}
    matter = _without(places, question)
    return Asked(
        question=question,
        matter=matter,
        places=places,
        years=_all_years(question),
        kinds=(Kind.RESPONSE,) if _RESPONSE.search(folded(question)) else (),
        terms=tuple(dict.fromkeys(t for t in terms(matter) if t not in dropped)),
    )


def parts(whole: Asked, documents: Sequence[Filed]) -> list[tuple[Asked, list[Filed]]]:
    """The searches a question needs: one, or one for each of the places that it names."""
    several = [replace(whole, places=(place,)) for place in whole.places]
    if len(several) < 2:
        return [(whole, _of(whole, documents, compared=False))]
    return [(part, _of(part, documents, compared=True)) for part in several]


def in_years(filed: Filed, years: Sequence[int]) -> bool:
    """Whether a document was published in, or is named after, one of these years."""
    entry = filed.entry
    return any(year == entry.year or str(year) in entry.title for year in years)


def _of(part: Asked, documents: Sequence[Filed], compared: bool) -> list[Filed]:
    """The documents on the places asked about, and of the kind asked about where there are any.

    A document about no one place, such as a national report, may be about the one place asked
    about; a comparison keeps to the documents of its places.
    """
    wanted = {*part.places} if compared else {*part.places, ""}
    there = [one for one in documents if not part.places or one.entry.place in wanted]
    return [one for one in there if one.entry.kind in part.kinds] or there


def _named(places: set[str], question: str) -> tuple[str, ...]:
    """The places whose names stand in the question, longest first where one holds another."""
    text = _plain(question)
    found: list[tuple[int, str]] = []
    for place in sorted(filter(None, places), key=len, reverse=True):
        match = re.search(rf"\b{re.escape(_plain(place))}\b", text)
        if match:
            found.append((match.start(), place))
            text = text[: match.start()] + " " * len(match.group()) + text[match.end() :]
    return tuple(place for _, place in sorted(found))


def _without(places: tuple[str, ...], question: str) -> str:
    """The question without the places and the words that lead to them ("in", "the", "of").

    >>> _without(("Croydon",), "In Croydon (2016), who chairs Croydon’s board?")
    'who chairs board?'
    """
    text = folded(question)
    for place in places:
        name = re.escape(folded(place)).replace(r"\ ", "[ -]")
        lead = r"(?:\b(?:in|of|for|from|at|by|to|between) (?:the )?)?"
        text = re.sub(rf"{lead}\b{name}\b(?:'s)?(?: \(\d{{4}}\))?,? ?", "", text, flags=re.I)
    return " ".join(_FRAME.sub(" ", text).split()) or question


def _plain(text: str) -> str:
    return folded(text).casefold().replace("-", " ").replace("'s ", " ")


def _tells_apart(places: tuple[str, ...], documents: list[Filed]) -> bool:
    """A place that all documents share says nothing."""
    return bool(places) and len({filed.entry.place for filed in documents}) > 1


def _all_years(question: str) -> tuple[int, ...]:
    """The years that a question names, and all years since one."""
    named = {year for match in _YEAR.finditer(question) for year in _years(match)}
    for since in _SINCE.finditer(question):
        named |= set(range(int(since[1] or since[2]), _LAST + 1))
    return tuple(sorted(named))


def _years(match: re.Match[str]) -> list[int]:
    first = int(match[1])
    return [first, first // 100 * 100 + int(match[2])] if match[2] else [first]
