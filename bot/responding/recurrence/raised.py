"""What earlier reports raised: the items of older cases from the record, of other reports as read.

Only what a reader may read is opened, and only words that stand on their stored pages are given.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.responding import grading, intake, visible
from bot.responding.locating import Words, same_words
from bot.responding.recurrence import bodies
from bot.store.cases import Case, Item
from bot.store.recurrences import Answered
from retrieval import items
from retrieval.documents import ItemKind, Kind, Page, Reading, Sentence, Span
from retrieval.library import Filed, Library, Scope

Pages = Callable[[str], tuple[Page, ...]]
"""The pages of a document of a case, by its digest."""

REPORTS = (Kind.INSPECTION_REPORT, Kind.JOINT_INSPECTION_LETTER, Kind.FOLLOW_UP_LETTER)


@dataclass(frozen=True)
class Raised:
    """One thing that an earlier report raised. ``kind`` is None for a sentence that is no item.

    ``decided`` is what the record says was decided on it, None for nothing.
    """

    document: str
    title: str
    published: date
    quote: str
    spans: tuple[Span, ...]
    finding: str = ""
    kind: ItemKind | None = None
    number: str = ""
    grade: str = ""
    older: str = ""
    decided: Answered | None = None

    @property
    def page(self) -> int:
        """The page on which it begins."""
        return self.spans[0].page


class EarlierReports:
    """The reports on the same body published before a case's, each opened once."""

    def __init__(
        self, case: Case, library: Library, scope: Scope, cases: Sequence[Case], pages: Pages,
        force: str = "",
    ) -> None:  # fmt: skip
        self._library = library
        self._pages = pages
        self._force = force
        self._before = case.content.counted_from or case.content.published
        own = {one.digest for one in case.documents}
        readable = {one.digest: one for one in library.admitted(scope) if not one.entry.withdrawn}
        entries = [one.entry for one in library.documents() if one.digest in own]
        listed = [one.entry for one in readable.values()]
        self.places = bodies.about(case, entries, listed, force)
        known = visible.of((one for one in cases if one.id != case.id), readable)
        self._cased = {digest: one for one in known for digest in _reports_of(one)}
        self._filed = {
            digest: one
            for digest, one in readable.items()
            if digest not in own and bodies.is_on(one.entry, self.places) and self._is_earlier(one)
        }
        self._opened: dict[str, tuple[Raised, ...]] = {}

    @property
    def digests(self) -> list[str]:
        """The documents that these reports stand in."""
        return list(self._filed)

    def raised(self, digest: str) -> tuple[Raised, ...]:
        """All that one of them raised, in its order."""
        if digest not in self._opened:
            case = self._cased.get(digest)
            found = self._on_record(digest, case) if case else self._as_read(self._filed[digest])
            self._opened[digest] = tuple(found)
        return self._opened[digest]

    def sentence(self, digest: str, one: Sentence, trail: Sequence[str]) -> Raised:
        """A sentence of one of them as something raised."""
        pages = self._library.pages(digest)
        grade = grading.of(grading.printed(pages), *reversed(trail))
        title, day = self._named(digest)
        quote = Words(pages).quote(one.spans)
        return Raised(digest, title, day, quote, one.spans, grade=grade)

    def _is_earlier(self, filed: Filed) -> bool:
        case = self._cased.get(filed.digest)
        day = _day(case) if case else filed.entry.published
        is_report = case is not None or filed.entry.kind in REPORTS
        return bool(is_report and day and self._before and day < self._before)

    def _named(self, digest: str) -> tuple[str, date]:
        """The title and the day of a report: as its case has them, else as the catalogue."""
        case, entry = self._cased.get(digest), self._filed[digest].entry
        day = (_day(case) if case else None) or entry.published
        assert day is not None, "only dated reports are earlier"
        first = case.documents[0].digest if case else ""
        return (case.content.title if case and first == digest else entry.title), day

    def _on_record(self, digest: str, case: Case) -> Iterator[Raised]:
        number = next(one.number for one in case.documents if one.digest == digest)
        words = Words(self._pages(digest))
        for item in case.content.items:
            if item.document == number and item.ours:
                yield from self._proved(digest, item, words, f"{case.id}/{item.id}", case)

    def _as_read(self, filed: Filed) -> Iterator[Raised]:
        pages = self._library.pages(filed.digest)
        read = Reading(filed.digest, filed.reader, pages, filed.notes)
        grades = grading.printed(pages)
        found = items.extract(read)
        words = Words(pages)
        body = filed.entry.body
        for item in intake.asked(found, read, grades, force=self._force or body, body=body):
            if item.ours:
                yield from self._proved(filed.digest, item, words)

    def _proved(
        self, digest: str, item: Item, words: Words, older: str = "", case: Case | None = None
    ) -> Iterator[Raised]:
        """The item with its limbs, where all its words stand on the page."""
        spans = (*item.spans, *(span for limb in item.limbs for span in limb.spans))
        text = " ".join([item.text, *(limb.text for limb in item.limbs)])
        quote = words.quote(spans) if spans else ""
        if not item.spans or not same_words(quote, text):
            return
        title, day = self._named(digest)
        yield Raised(
            digest, title, day, quote, spans, item.finding, item.kind, item.number, item.grade,
            older, _decided(case, item) if case else None,
        )  # fmt: skip


def _reports_of(case: Case) -> list[str]:
    """The documents that the items of a case stand in."""
    numbers = {item.document for item in case.content.items}
    return [one.digest for one in case.documents if one.number in numbers]


def _day(case: Case) -> date | None:
    return case.content.counted_from or case.content.published


def _decided(case: Case, item: Item) -> Answered | None:
    said = item.decision
    source = next((one for one in case.documents if said and one.number == said.document), None)
    if said is None or source is None or not said.spans:
        return None
    return Answered(
        source.digest, source.title, said.page, said.quote, said.spans, case.content.response
    )
