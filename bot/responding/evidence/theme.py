"""What the library holds on an item's theme: found by search, cut to sentences, marked by voice."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.responding import promising
from bot.responding.evidence import Piece, Sort
from bot.responding.evidence.speaking import Said, said
from bot.store.cases import Case, Item
from bot.store.wordings import Cited, Voice
from retrieval.documents import CatalogueEntry, Kind, Span
from retrieval.library import Filed, Scope
from retrieval.search import Finding, Found, Search
from retrieval.words import coverage, terms

REPORTS = (Kind.INSPECTION_REPORT, Kind.JOINT_INSPECTION_LETTER, Kind.FOLLOW_UP_LETTER)
_OFFICE = re.compile(r"\b(?:commissioner|PF?CC|MOPAC|mayor|policing body)\b", re.IGNORECASE)
_NATIONAL = ("", "england", "wales", "england and wales", "national", "united kingdom")
_OVER = re.compile(
    r"\b(?:closed?|discharged|remains? open|no longer a cause|still open|superseded|"
    r"(?:recommendation|concern)s? (?:is|are|was|were|has been) (?:now )?(?:complete|met)\w*)\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"^(?:dear|yours|copy|decision)\b|^[\w .’'-]{3,40}, (?:chief constable|police and crime "
    r"commissioner)\b[^.]*$",
    re.IGNORECASE,
)
_NEAR = 0.40  # cosine of a passage with what is asked, from which it is on the theme
_LINE = 0.40  # and of one of its sentences
_COVERED = 0.13  # share of what is asked, by rarity, that a reply's words hold
_ANSWER = 0.57  # that share and the cosine of its nearest sentence
_FEWEST = 3  # telling words of a sentence that says something
_MOST = {Sort.EARLIER: 6, Sort.OUTCOME: 3, Sort.PLAN: 3, Sort.OFFICE: 4}
_ASKED = 70  # words of an item that are searched for


@dataclass(frozen=True)
class Theme:
    """One item's theme in the documents that may be read. ``place`` is our force's, "" for any."""

    search: Search
    scope: Scope
    case: Case
    item: Item
    on: date
    place: str = ""

    @property
    def question(self) -> str:
        """What is searched for: the item's words and its limbs'."""
        whole = " ".join([self.item.text, *(limb.text for limb in self.item.limbs)])
        return " ".join(whole.split()[:_ASKED])

    def readable(self, *kinds: Kind) -> list[Filed]:
        """The documents on our place, without those that the case itself answers."""
        own = {one.digest for one in self.case.documents}
        listed = self.search.shelves.library.admitted(self.scope)
        return [
            one
            for one in listed
            if one.digest not in own
            and (one.entry.published or self.on) <= self.on
            and (not kinds or one.entry.kind in kinds)
            and self._is_ours(one.entry)
        ]

    def pieces(self) -> Iterator[Piece]:
        """Earlier findings with what came of them, own words and the force's, plans and notes."""
        found = list(self._sentences(self.readable(*REPORTS)))
        over = [one for one in found if _OVER.search(one[1].text)]
        yield from self._best(Sort.EARLIER, [one for one in found if one not in over])
        yield from self._best(Sort.OUTCOME, over)
        yield from self._answers()
        yield from self._best(Sort.PLAN, list(self._sentences(self._plans())))
        notes = [one for one in self.readable(Kind.OTHER) if _OFFICE.search(one.entry.body)]
        yield from self._best(Sort.OFFICE, list(self._sentences(notes)))

    def piece(self, sort: Sort, filed: Filed, one: Said) -> Piece:
        """A sentence of a document as evidence."""
        entry = filed.entry
        cited = Cited(
            filed.digest, entry.title, entry.kind, entry.published, one.spans[0].page,
            " ".join(one.text.split()), one.spans,
        )  # fmt: skip
        limb = nearest_limb(self.item, f"{one.under} {one.text}")
        closed, age = closed_by(entry, self.scope), days(entry.published, self.on)
        return Piece(sort, cited, one.voice, closed, age, limb, one.under)

    def _is_ours(self, entry: CatalogueEntry) -> bool:
        place = entry.place.casefold()
        return not self.place or self.place.casefold() in place or place in _NATIONAL

    def _plans(self) -> list[Filed]:
        return self.readable(Kind.POLICE_AND_CRIME_PLAN)

    def _passages(self, documents: Sequence[Filed]) -> list[Found]:
        """The passages on the theme, best first."""
        if not documents:
            return []
        found = [one for finding in self._findings(documents) for one in finding.found]
        return [one for one in found if one.cosine >= _NEAR]

    def _findings(self, documents: Sequence[Filed]) -> list[Finding]:
        bound = self.scope.within([one.digest for one in documents])
        return self.search.find(self.question, bound, limit=15)

    def _sentences(self, documents: Sequence[Filed]) -> Iterator[tuple[Filed, Said, float]]:
        """Their sentences on the theme; the voice is the document's."""
        for found in self._passages(documents):
            passage, filed = found.held.passage, found.held.filed
            under = " › ".join(passage.trail[-2:])
            for line, near in zip(passage.sentences, found.lines, strict=True):
                if near >= _LINE and _tells(line.text):
                    yield filed, Said(line.text, _voice(filed), line.spans, under), near

    def _best(self, sort: Sort, found: list[tuple[Filed, Said, float]]) -> Iterator[Piece]:
        nearest = sorted(found, key=lambda one: -one[2])[: _MOST[sort]]
        yield from (self.piece(sort, filed, one) for filed, one, _ in nearest)

    def _answers(self) -> Iterator[Piece]:
        """What the office's own responses said on the theme, by who speaks in them."""
        library = self.search.shelves.library
        live, documents = library.live(), self.readable(Kind.RESPONSE)
        findings = self._findings(documents) if live and documents else []
        for filed in documents if findings else ():
            whole = [one.passage for one in library.walk(live, filed.digest)] if live else []
            listed = list(said(whole, library.pages(filed.digest)))
            meant = _on_theme(listed, filed, findings[0])
            for one in listed:
                if one.under in meant and (sort := _sort(one)):
                    yield self.piece(sort, filed, one)


def closed_by(entry: CatalogueEntry | None, scope: Scope) -> str:
    """Why a document may not be published, "" when it may."""
    if entry is None:
        return "the document is not in the library"
    if entry.collection != "public":
        return f"it is in the collection {entry.collection}"
    if entry.embargoed(scope.now):
        return "it is under embargo"
    return "it was withdrawn" if entry.withdrawn else ""


def days(published: date | None, on: date) -> int | None:
    """The age of a document on a day."""
    return (on - published).days if published else None


def nearest_limb(item: Item, text: str) -> int:
    """The limb that a text shares most of the limb's own words with, 0 for none."""
    held = set(terms(text))
    scored = [
        (len(own & held) / len(own), place)
        for place, limb in enumerate(item.limbs, 1)
        if (own := set(terms(limb.text)))
    ]
    best = max(scored, default=(0.0, 0), key=lambda one: one[0])
    return best[1] if best[0] >= 0.3 else 0


def _voice(filed: Filed) -> Voice | None:
    if filed.entry.kind in REPORTS:
        return Voice.INSPECTORATE
    return Voice.COMMISSIONER if _OFFICE.search(filed.entry.body) else None


def _sort(one: Said) -> Sort | None:
    """What a sentence of a response is; restated findings and bare labels are nothing."""
    if one.voice is Voice.COMMISSIONER and promising.is_promise(one.text):
        return Sort.PROMISE
    if one.voice is Voice.INSPECTORATE or not _tells(one.text):
        return None
    return Sort.FORCE if one.voice is Voice.CHIEF_OFFICER else Sort.ANSWER


def _tells(text: str) -> bool:
    return len(terms(text)) >= _FEWEST and not _NOTHING.search(text)


def _on_theme(listed: Sequence[Said], filed: Filed, finding: Finding) -> set[str]:
    """The headings of a response under which the reply is on what is asked.

    Words in common and nearness of one sentence count together: titles bring the whole of a
    response near, and a reply may say what was asked in few words.
    """
    near = {
        span: like
        for one in finding.found
        if one.held.filed.digest == filed.digest
        for line, like in zip(one.held.passage.sentences, one.lines, strict=True)
        for span in line.spans
    }
    groups: dict[str, list[Said]] = {}
    for one in listed:
        groups.setdefault(one.under, []).append(one)
    return {under for under, group in groups.items() if _is_near(under, group, near, finding)}


def _is_near(
    under: str, group: Sequence[Said], near: Mapping[Span, float], finding: Finding
) -> bool:
    held = terms(" ".join([under, *(one.text for one in group)]))
    covered = coverage(finding.asked.terms, held, finding.weights)
    spans = [span for one in group for span in one.spans]
    best = max(
        (near[one] for one in near if any(_within(span, {one}) for span in spans)), default=0
    )
    return covered >= _COVERED and covered + best >= _ANSWER


def _within(span: Span, near: set[Span]) -> bool:
    return any(
        one.page == span.page and one.start <= span.start and span.end <= one.end for one in near
    )
