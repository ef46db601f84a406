"""Where words stand in a document: every word in order, whatever the line breaks and the marks.

Headers, footers and footnotes do not interrupt, nor does a box beside the running text. Case,
punctuation and white space do not count; a word more, less or other does.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.documents import BlockKind, Page, Span, quoted

_ASIDE = frozenset({BlockKind.FURNITURE, BlockKind.FOOTNOTE})
_WORD = re.compile(r"[^\W_⁰¹²³⁴-⁹]+")
_SENTENCE = re.compile(r"(?<=[.!?:;])\s+|\n+")
_CLOSING = re.compile("[.!?:;,)\\]\"'”’…%]*")


@dataclass(frozen=True)
class _Word:
    word: str
    block: int
    span: Span


class Words:
    """All words of a document, to look others up in."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._pages = tuple(pages)
        self._runs = [list(_words(pages, boxed=boxed)) for boxed in (False, True)]

    def find(self, text: str, page: int | None = None) -> tuple[Span, ...]:
        """The spans of the first place where the text stands whole; () when it stands nowhere.

        With ``page`` it must begin there. A text whose sentences stand in order but apart gives
        the spans of each.
        """
        whole = self._find(text, page, 0)
        if whole:
            return whole[0]
        return self._apart(_sentences(text), page)

    def quote(self, spans: Sequence[Span]) -> str:
        """The document's own words at these spans, white space folded."""
        return " ".join(" ".join(quoted(self._pages, span).split()) for span in spans)

    def _apart(self, pieces: list[str], page: int | None) -> tuple[Span, ...]:
        if len(pieces) < 2:
            return ()
        found: list[Span] = []
        place = 0
        for number, piece in enumerate(pieces):
            match = self._find(piece, page if number == 0 else None, place)
            if match is None:
                return ()
            spans, place = match
            found.extend(spans)
        return tuple(found)

    def _find(self, text: str, page: int | None, after: int) -> tuple[tuple[Span, ...], int] | None:
        wanted = [found.group() for found in _WORD.finditer(_folded(text))]
        if not wanted:
            return None
        for run in self._runs:
            for place in _places(run, wanted, after):
                if page is None or run[place].span.page == page:
                    whole = run[place : place + len(wanted)]
                    return self._spans(whole), place + len(wanted)
        return None

    def _spans(self, found: list[_Word]) -> tuple[Span, ...]:
        """One span for each block that the words stand in."""
        first: dict[int, Span] = {}
        for one in found:
            begun = first.setdefault(one.block, one.span)
            first[one.block] = Span(begun.page, begun.start, one.span.end)
        return tuple(self._closed(span) for span in first.values())

    def _closed(self, span: Span) -> Span:
        """The span with the marks that close its last word."""
        closing = _CLOSING.match(self._pages[span.page - 1].text, span.end)
        return Span(span.page, span.start, closing.end()) if closing else span


def same_words(one: str, other: str) -> bool:
    """Whether two texts have the same words in the same order."""
    return _WORD.findall(_folded(one)) == _WORD.findall(_folded(other))


def _words(pages: Sequence[Page], *, boxed: bool) -> Iterator[_Word]:
    """The words of the running text, or of the boxes, in reading order."""
    blocks = ((page, block) for page in pages for block in page.blocks)
    for number, (page, block) in enumerate(blocks):
        if block.kind in _ASIDE or block.boxed != boxed:
            continue
        for found in _WORD.finditer(page.text, block.start, block.end):
            for word in _WORD.findall(_folded(found.group())):
                yield _Word(word, number, Span(page.number, found.start(), found.end()))


def _folded(text: str) -> str:
    """One kind of letter, without the small figures that point to footnotes."""
    return unicodedata.normalize("NFKC", re.sub("[⁰¹²³⁴-⁹]", " ", text)).casefold()


def _places(run: list[_Word], wanted: list[str], after: int) -> Iterator[int]:
    for place in range(after, len(run) - len(wanted) + 1):
        if run[place].word == wanted[0] and all(
            run[place + n].word == word for n, word in enumerate(wanted)
        ):
            yield place


def _sentences(text: str) -> list[str]:
    return [piece for piece in _SENTENCE.split(text) if _WORD.search(piece)]
