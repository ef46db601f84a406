"""Pages to passages: sections cut at headings, bullets kept whole, every sentence tied to spans."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from retrieval.documents import Block, BlockKind, Page, Passage, Reading, Sentence, Span

VERSION = 3  # raise it when the same pages would give other passages
_FULL = 130  # words after which a passage takes no more
_SHORT = 25  # words below which a last piece joins the passage before it

_LEADS_IN = re.compile(r":$|\b(?:set out|listed|shown|given) below\b|\bas follows\b")
_MARK = re.compile(r"\s*[⁰¹²³⁴-⁹]+\s*$")
_END = re.compile(r"[.?!](?:[\"'’”)\]⁰¹²³⁴-⁹]*)(?=\s+[\"'‘“(\[]?[A-Z0-9£]|[A-Z][a-z])")
# "Dr. Smith", "e.g. this", "No. 4", "p. 7", "J. Smith", "s. 55" do not end a sentence.
_ABBREVIATED = re.compile(
    r"(?:(?<![\w'’])(?:Mr|Mrs|Ms|Dr|Prof|Rev|St|Sgt|Supt|Insp|Cllr|Rt|Hon|No|Nos|vs|cf|approx|"
    r"paras?|pp?|ss?|art|fig|e\.g|i\.e|etc|al|ed|Co|Ltd)|\b[A-Z])\.$"
)


def split(reading: Reading) -> list[Passage]:
    """The passages of a document in reading order; furniture is in none of them."""
    packs = (
        (section.trail, units)
        for section in _sections(reading.pages)
        for units in _packed(section)
        if any(unit.text.strip() for unit in units)
    )
    return [
        _passage(reading.digest, number, trail, units)
        for number, (trail, units) in enumerate(packs)
    ]


@dataclass
class _Unit:
    """A paragraph, bullet, row or footnote, whole, though it may run over pages."""

    kind: BlockKind
    level: int
    pieces: list[tuple[Span, str]]

    @property
    def words(self) -> int:
        return sum(len(text.split()) for _, text in self.pieces)

    @property
    def text(self) -> str:
        return " ".join(text for _, text in self.pieces)


@dataclass
class _Section:
    trail: tuple[str, ...]
    units: list[_Unit] = field(default_factory=list)
    notes: list[_Unit] = field(default_factory=list)


def _sections(pages: Sequence[Page]) -> Iterator[_Section]:
    section = _Section(())
    headings: list[tuple[int, _Unit]] = []
    last_was_heading = False
    for page, block in ((sheet, block) for sheet in pages for block in sheet.blocks):
        if block.kind is BlockKind.FURNITURE:
            continue
        if block.kind is BlockKind.HEADING:
            if not last_was_heading:
                yield section
            headings = [(n, h) for n, h in headings if n < (block.level or 1)]
            headings.append((block.level or 1, _unit(page, block)))
            section = _Section(tuple(heading.text for _, heading in headings))
        else:
            _take(section, page, block)
        last_was_heading = block.kind is BlockKind.HEADING
    yield section


def _take(section: _Section, page: Page, block: Block) -> None:
    """Add a block, or join it to the unit it carries on; footnotes come after the rest."""
    if block.kind is BlockKind.FOOTNOTE:
        section.notes.append(_unit(page, block))
    elif block.continues and section.units and section.units[-1].pieces[-1][0].page < page.number:
        section.units[-1].pieces.extend(_unit(page, block).pieces)
    else:
        section.units.append(_unit(page, block))


def _unit(page: Page, block: Block) -> _Unit:
    end = block.end
    if block.kind is BlockKind.FOOTNOTE:  # the mark of the next note may stand at its end
        end -= len(page.text[block.start : end]) - len(_MARK.sub("", page.text[block.start : end]))
    span = Span(page.number, block.start, end)
    return _Unit(block.kind, block.level, [(span, page.text[block.start : end])])


def _packed(section: _Section) -> Iterator[list[_Unit]]:
    """The units of a section in passages of about the full size, none of them cut."""
    packs: list[list[_Unit]] = []
    for group in _kept_together(section.units):
        size = sum(unit.words for unit in group)
        if packs and sum(unit.words for unit in packs[-1]) + size <= _FULL:
            packs[-1].extend(group)
        else:
            packs.append(group)
    if len(packs) > 1 and sum(unit.words for unit in packs[-1]) < _SHORT:
        packs[-2].extend(packs.pop())
    yield from packs
    if section.notes:
        yield section.notes


def _kept_together(units: list[_Unit]) -> Iterator[list[_Unit]]:
    """A lead-in that ends with a colon stays with its first bullet, sub-bullets with theirs."""
    group: list[_Unit] = []
    for unit in units:
        if group and not _belongs(unit, group[-1], sum(u.words for u in group)):
            yield group
            group = []
        group.append(unit)
    if group:
        yield group


def _belongs(unit: _Unit, before: _Unit, size: int) -> bool:
    if size + unit.words > 2 * _FULL:
        return False
    if leads_in(before.text):
        return True
    if unit.kind is before.kind is BlockKind.TABLE_ROW:
        return True
    both = unit.kind is before.kind is BlockKind.BULLET
    return both and (unit.level > before.level or unit.level > 1)


def leads_in(text: str) -> bool:
    """Whether a text is nothing without what follows: "… ensure that:", "… are set out below"."""
    return bool(_LEADS_IN.search(text.rstrip()))


def _passage(digest: str, ordinal: int, trail: tuple[str, ...], units: list[_Unit]) -> Passage:
    sentences = tuple(sentence for unit in units for sentence in _sentences(unit))
    spans = "|".join(f"{s.page}:{s.start}-{s.end}" for line in sentences for s in line.spans)
    key = hashlib.sha256(f"{digest}|{spans}".encode()).hexdigest()[:32]
    return Passage(key, digest, ordinal, trail, "\n".join(u.text for u in units), sentences)


def _sentences(unit: _Unit) -> Iterator[Sentence]:
    whole = unit.kind is BlockKind.TABLE_ROW  # a row stays whole, question and grade together
    whole_row = [_trimmed(unit.text, 0, len(unit.text))] if unit.text.strip() else []
    for start, end in whole_row if whole else sentence_bounds(unit.text):
        spans = tuple(_spans(unit, start, end))
        if spans:
            yield Sentence(" ".join(unit.text[start:end].split()), spans)


def _spans(unit: _Unit, start: int, end: int) -> Iterator[Span]:
    """Where the unit's characters from start to end stand on their pages."""
    at = 0
    for span, text in unit.pieces:
        low, high = max(start, at), min(end, at + len(text))
        if low < high:
            yield Span(span.page, span.start + low - at, span.start + high - at)
        at += len(text) + 1


def sentence_bounds(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence of a paragraph, white space at the ends left out.

    >>> [("A. B. ran to St. Ives. Then on 30 March 2020.This")[a:b] for a, b in
    ...  sentence_bounds("A. B. ran to St. Ives. Then on 30 March 2020.This")]
    ['A. B. ran to St. Ives.', 'Then on 30 March 2020.', 'This']
    """
    cuts = [0]
    for match in _END.finditer(text):
        if not _ABBREVIATED.search(text[cuts[-1] : match.start() + 1]):
            cuts.append(match.end())
    cuts.append(len(text))
    return [_trimmed(text, a, b) for a, b in pairwise(cuts) if text[a:b].strip()]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
