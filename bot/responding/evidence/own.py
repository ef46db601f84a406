"""The item's own words as evidence: what was found, what is asked, how it was graded."""

import re
from collections.abc import Callable, Iterator, Sequence

from bot.responding.evidence import Piece, Sort
from bot.responding.locating import Words
from bot.store.cases import Case, Document, Item
from bot.store.wordings import Cited, Voice
from retrieval import passages
from retrieval.documents import ItemKind, Page, Reading, Sentence, Span
from retrieval.passages import sentence_bounds

_NAME = re.compile(r"(?<![.?!] )(?<!\n)\b[A-Z][a-z]+(?:[ -][A-Z][a-z]+)*\b|\b[A-Z]{2,}\b")

Pages = Callable[[str], tuple[Page, ...]]
"""The pages of a document of a case by its digest."""


def pieces(case: Case, item: Item, pages: Pages) -> Iterator[Piece]:
    """Findings sentence by sentence, the item and its limbs, grades, and what stands around it."""
    document = next((one for one in case.documents if one.number == item.document), None)
    if document is None:
        return
    words = Words(pages(document.digest))
    for text in _sentences(_finding(case, item)):
        if spans := words.find(text):
            yield _piece(Sort.FINDING, case, item, document, words.quote(spans), spans)
    yield _asked(case, item, document, words, item.text, item.spans, 0)
    for limb, one in enumerate(item.limbs, 1):
        yield _asked(case, item, document, words, one.text, one.spans, limb)
    for sentence in _around(item, pages(document.digest)):
        yield _piece(Sort.REPORT, case, item, document, sentence.text, sentence.spans)
    for grade in case.content.grades:
        if grade.document == item.document:
            told = f"{grade.area}: {grade.grade}"
            yield _piece(Sort.GRADE, case, item, document, told, grade.spans, page=grade.page)


def _finding(case: Case, item: Item) -> str:
    """Why it is asked; a recommendation without words of its own has its cause of concern's."""
    if item.finding:
        return item.finding
    concerns = [
        one
        for one in case.content.items
        if one.kind is ItemKind.CAUSE_OF_CONCERN
        and (one.document, one.section) == (item.document, item.section)
        and one.id < item.id
    ]
    return f"{concerns[-1].text}\n{concerns[-1].finding}" if concerns else ""


def names(pages: tuple[Page, ...]) -> Iterator[str]:
    """The names of people, places and operations that a report has, each once."""
    found = (match.group() for page in pages for match in _NAME.finditer(page.text))
    yield from dict.fromkeys(found)


def _around(item: Item, pages: tuple[Page, ...]) -> Iterator[Sentence]:
    """The other sentences of the item's section, or of its page where no heading names one."""
    for passage in passages.split(Reading("", "", pages)):
        if item.section in passage.trail or (not item.section and item.page in passage.pages):
            yield from passage.sentences


def _asked(
    case: Case,
    item: Item,
    document: Document,
    words: Words,
    text: str,
    spans: Sequence[Span],
    limb: int,
) -> Piece:
    """What is asked, as printed where it could be located and as a person typed it elsewhere."""
    quote = words.quote(spans) if spans else " ".join(text.split())
    return _piece(Sort.ASKED, case, item, document, quote, spans, limb=limb)


def _piece(
    sort: Sort,
    case: Case,
    item: Item,
    document: Document,
    quote: str,
    spans: Sequence[Span],
    *,
    limb: int = 0,
    page: int = 0,
) -> Piece:
    there = spans[0].page if spans else page or item.page
    day = case.content.published
    cited = Cited(
        document.digest, case.content.title, document.kind, day, there, quote, tuple(spans)
    )
    return Piece(sort, cited, Voice.INSPECTORATE, limb=limb, about=item.section)


def _sentences(text: str) -> Iterator[str]:
    for paragraph in text.split("\n"):
        for start, end in sentence_bounds(paragraph):
            yield paragraph[start:end]
