"""Search for what earlier reports raised, and rate how alike it is to what an item asks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from bot.responding.recurrence.likeness import Likeness, Wording, wording
from bot.responding.recurrence.raised import EarlierReports, Raised
from bot.store.cases import Item
from retrieval.documents import Sentence
from retrieval.library import Scope
from retrieval.search import Finding, Found, Search

Rated = tuple[float, Raised]

_ALIKE = 0.60  # from which an item is suggested
_APART = 0.30  # above the median of what is compared: where all are much alike, more is asked
_LINE = 0.80  # and a sentence of a report that has no such item
_NEAR = 0.50  # cosine of a sentence from which it is looked at
_SEVERAL = 10  # items from which a median tells something
_FOUND = 40  # passages looked at
_EACH = 2  # of one report
_MOST = 8  # of one item
_WORDS = 90  # words that are searched for
_WANTING = re.compile(
    r"\b(?:not|cannot|never|nobody|no one|fail(?:s|ed|ing|ure)?|lack(?:s|ed|ing)?|weak\w*|"
    r"poor(?:ly)?|too (?:few|many|long|slow\w*|often|late|variable)|slow(?:ly|er)?|backlogs?|"
    r"delay\w*|inconsisten\w+|inadequate\w*|insufficient\w*|limited|under-?developed|should|must|"
    r"needs? to)\b|n['’]t\b",
    re.IGNORECASE,
)
_WELL = re.compile(
    r"\b(?:satisfied|dealt with|closed|discharged|no longer|pleased|ha(?:s|ve) improved|reduced|"
    r"appropriately|too soon)\b",
    re.IGNORECASE,
)


def rated(
    item: Item, reports: EarlierReports, search: Search, scope: Scope, likeness: Likeness
) -> list[Rated]:
    """What earlier reports raised that is like the item: each report's best first, few of each."""
    mine = _wording(_whole(item), reports, item.finding)
    if not reports.digests or not mine.asked:
        return []
    question = " ".join(f"{mine.asked} {mine.finding}".split()[:_WORDS])
    findings = search.find(question, scope.within(reports.digests), limit=_FOUND)
    found = [one for finding in findings for one in _rated(mine, finding, reports, likeness)]
    return _first(found)


def _rated(
    mine: Wording, finding: Finding, reports: EarlierReports, likeness: Likeness
) -> Iterator[Rated]:
    """The items on the pages that were found; of a report with none alike, its sentences."""
    digests = list(dict.fromkeys(one.held.filed.digest for one in finding.found))
    known = [one for digest in digests for one in reports.raised(digest)]
    among = [mine, *(_wording(one.quote, reports) for one in known)]
    near = [one for one in known if _is_found(one, finding.found)]
    others = [_wording(one.quote, reports, one.finding) for one in near]
    rates = likeness.scores(mine, others, among)
    least = _least(rates)
    alike = [one for one in zip(rates, near, strict=True) if one[0] >= least]
    yield from alike
    there = {one.document for _, one in alike}
    told = [one for one in _lines(finding.found) if one[0].held.filed.digest not in there]
    others = [_wording(line.text, reports) for _, line in told]
    for rate, (one, line) in zip(likeness.scores(mine, others, among), told, strict=True):
        if rate >= max(_LINE, least):
            passage = one.held.passage
            yield rate, reports.sentence(passage.document, line, passage.trail)


def _least(rates: Sequence[float]) -> float:
    """From which rate an item is suggested; a few items alone have no telling median."""
    return max(_ALIKE, median(rates) + _APART) if len(rates) >= _SEVERAL else _ALIKE


def _lines(found: Sequence[Found]) -> Iterator[tuple[Found, Sentence]]:
    """The sentences on the theme that find something wanting; headings and praise are none."""
    for one in found:
        passage = one.held.passage
        for line, near in zip(passage.sentences, one.lines, strict=True):
            if near >= _NEAR and line.text not in passage.trail and _is_wanting(line.text):
                yield one, line


def _is_wanting(text: str) -> bool:
    return bool(_WANTING.search(text)) and not _WELL.search(text)


def _wording(asked: str, reports: EarlierReports, finding: str = "") -> Wording:
    return wording(asked, finding, reports.places)


def _whole(item: Item) -> str:
    return " ".join([item.text, *(limb.text for limb in item.limbs)])


def _is_found(raised: Raised, found: Sequence[Found]) -> bool:
    pages = {span.page for span in raised.spans}
    return any(
        one.held.filed.digest == raised.document and pages.intersection(one.held.passage.pages)
        for one in found
    )


def _first(found: Iterable[Rated]) -> list[Rated]:
    """The likeliest, each report's best before any report's second, each stretch once."""
    counts: dict[str, int] = {}
    ranked: list[tuple[int, Rated]] = []
    seen: set[tuple[object, ...]] = set()
    for rate, one in sorted(found, key=lambda each: (-each[0], each[1].document, each[1].spans)):
        place = (one.document, one.spans)
        most = _EACH if one.kind else 1
        if place not in seen and counts.get(one.document, 0) < most:
            seen.add(place)
            counts[one.document] = counts.get(one.document, 0) + 1
            ranked.append((counts[one.document], (rate, one)))
    ranked.sort(key=lambda each: each[0])
    return [one for _, one in ranked[:_MOST]]
