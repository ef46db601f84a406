"""Items of the record as sentences of an answer: in their page's words, each with its citation."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.answering.answers import Citation, Sentence, Shown
from bot.grounding import Support
from bot.responding import counting, outcome, visible
from bot.responding.confirming import Pages
from bot.responding.duty import plain
from bot.store.cases import Case, Item
from retrieval.documents import Span, quoted
from retrieval.library import Filed


@dataclass(frozen=True)
class Record:
    """The record as one reader may see it.

    ``filed`` are the documents that may be read, by digest; ``pages`` gives those of a case as they
    were read; ``name`` turns the id of a person into a name.
    """

    cases: Sequence[Case]
    filed: Mapping[str, Filed]
    pages: Pages
    name: Callable[[str], str] = str


def of(record: Record, case: Case, item: Item) -> Iterator[Sentence]:
    """An item in its own words, then what was decided on it and what became of it."""
    under = _heading(case, item)
    digest = next(one.digest for one in case.documents if one.number == item.document)
    for text, spans in ((item.text, item.spans), *((one.text, one.spans) for one in item.limbs)):
        words = " ".join(text.split())
        if item.retyped:
            yield _said(f"“{words}” (retyped from page {item.page}: {item.retyped})", (), under)
        else:
            yield _quoted(words, _cited(record, digest, spans), under)
    yield from _ended(record, case, item, under)


def looked_at(record: Record, case: Case) -> Iterator[Shown]:
    """What was looked at of a case: every document it rests on, since its words are told."""
    numbers = {one.digest: one.number for one in case.documents}
    for digest in sorted(visible.rests_on(case)):
        key = f"{case.id}/{numbers.get(digest, 0)}"
        yield Shown(key, record.filed[digest], (), (), case.content.title, 0.0)


def _heading(case: Case, item: Item) -> str:
    day = case.content.counted_from
    dated = plain(day) if day else "date not confirmed"
    number = f" {item.number}" if item.number else ""
    kind = f"{counting.name(item.kind)}{number}"
    return f"{case.content.title}, {dated}: item {item.id}, {kind}, page {item.page}"


def _ended(record: Record, case: Case, item: Item, under: str) -> Iterator[Sentence]:
    decided, status = item.decision, case.status(item.id)
    decision = outcome.sentence(f"Decision: {outcome.decision(decided)}")
    who = record.name(status.person) if status else ""
    became = outcome.sentence(f"Status: {outcome.status(status, who)}")
    if decided is None and status is None:
        yield _said(f"{decision} {became}", (), under)
        return
    yield _said(decision, _of_decision(record, case, item), under)
    cited = _cited(record, status.document, status.spans) if status else ()
    yield _said(became, cited, under)


def _of_decision(record: Record, case: Case, item: Item) -> tuple[Citation, ...]:
    decided = item.decision
    if decided is None or not decided.quote:
        return ()
    digests = (one.digest for one in case.documents if one.number == decided.document)
    return _cited(record, next(digests), decided.spans)


def _said(text: str, cited: tuple[Citation, ...], under: str) -> Sentence:
    return Sentence(text, cited, Support.CLEAR, False, (), under)


def _quoted(words: str, cited: tuple[Citation, ...], under: str) -> Sentence:
    """Words as they stand on their page; to be checked where that is not there any more."""
    if not cited:
        return Sentence(words, cited, Support.TO_CHECK, True, (), under)
    return Sentence(" ".join(one.quote for one in cited), cited, Support.CLEAR, True, (), under)


def _cited(record: Record, digest: str, spans: Sequence[Span]) -> tuple[Citation, ...]:
    """One citation for each stretch, its words read off the page as it was taken in."""
    filed, pages = record.filed[digest], record.pages(digest)
    entry = filed.entry
    return tuple(
        Citation(
            digest, filed.name, entry.title, entry.published, span,
            " ".join(quoted(pages, span).split()),
        )
        for span in spans
        if span.page <= len(pages)
    )  # fmt: skip
