"""Put blocks together into pages: the one place that counts offsets and turns pages."""

import re
from dataclasses import dataclass, field, replace

from retrieval.documents import Block, BlockKind, Page, Refused
from retrieval.reading.cleaning import visible

# A Unicode noncharacter: legal in XML and HTML, meaningless in text, so it can stand for "here a
# new page starts" inside running text. Sources are stripped of it before it is put in.
PAGE_TURN = "\ufdd0"
LABEL_MARK = "\ufdd1"
_MARKS = str.maketrans("", "", PAGE_TURN + LABEL_MARK)
_MARK_REFERENCES = re.compile(r"&#(?:x0*fdd[01]|0*6497[67])\b;?", re.IGNORECASE)

_RUNNING = (BlockKind.PARAGRAPH, BlockKind.BULLET)
_CLOSED = (".", "!", "?", ":", ";")


@dataclass(frozen=True)
class Piece:
    """A block and its text before it has a place on a page."""

    kind: BlockKind
    text: str
    level: int = 0
    label: str = ""
    boxed: bool = False
    continues: bool = False


@dataclass
class Layout:
    """The pages of the file ``name`` in the making, at most ``max_pages`` of them.

    ``hidden`` counts the characters left out because nobody sees them.
    """

    name: str = ""
    max_pages: int = 100_000
    hidden: int = 0
    _pages: list[list[Piece]] = field(default_factory=lambda: [[]])
    _feet: list[list[Piece]] = field(default_factory=lambda: [[]])

    def add(self, piece: Piece) -> None:
        """Add a block; page turns inside its text cut it up. Text of white space adds nothing."""
        begun = False
        for number, part in enumerate(piece.text.split(PAGE_TURN)):
            if number:
                self.turn()
            text = self._row(part) if piece.kind is BlockKind.TABLE_ROW else self.folded(part)
            if text.strip():
                refuse_long(self.name, self.page, self.max_pages)
                whole = replace(piece, text=text)
                self._pages[-1].append(_continued(whole) if begun else self._in_place(whole))
                begun = True

    def add_footnote(self, text: str, label: str) -> None:
        """Add a footnote below the page that is being filled."""
        whole = self.folded(text.replace(PAGE_TURN, " "))
        if whole:
            self._feet[-1].append(Piece(BlockKind.FOOTNOTE, whole, label=label))

    def turn(self) -> None:
        """Start a new page."""
        self._pages.append([])
        self._feet.append([])

    @property
    def page(self) -> int:
        """The number of the page that is being filled."""
        return len(self._pages)

    def pages(self) -> tuple[Page, ...]:
        """What came together, without empty pages at the end."""
        filled = [body + feet for body, feet in zip(self._pages, self._feet, strict=True)]
        while len(filled) > 1 and not filled[-1]:
            filled.pop()
        return tuple(page_of(number, pieces) for number, pieces in enumerate(filled, start=1))

    def folded(self, text: str) -> str:
        """Visible text on one line with single spaces; what was hidden is counted."""
        seen, hidden = visible(text)
        self.hidden += hidden
        return " ".join(seen.split())

    def _in_place(self, piece: Piece) -> Piece:
        """The piece, as the rest of the last one when that broke off at the end of its page."""
        if self._pages[-1] or self.page == 1 or not self._pages[-2]:
            return piece
        last = self._pages[-2][-1]
        if not runs_on(last, piece):
            return piece
        return _continued(replace(piece, kind=last.kind, level=last.level))

    def _row(self, text: str) -> str:
        return "\t".join(self.folded(cell) for cell in text.split("\t")).rstrip("\t")


def _continued(piece: Piece) -> Piece:
    return replace(piece, label="", continues=True)


def runs_on(last: Piece, piece: Piece) -> bool:
    """Whether a paragraph goes on with a sentence that the block before it left open."""
    open_ended = last.kind in _RUNNING and not last.text.endswith(_CLOSED)
    return open_ended and piece.kind is BlockKind.PARAGRAPH and piece.text[0].islower()


def page_of(number: int, pieces: list[Piece], *, ocr: bool = False) -> Page:
    """A page whose text is the pieces' text, one a line."""
    blocks, start = [], 0
    for piece in pieces:
        end = start + len(piece.text)
        blocks.append(
            Block(
                piece.kind,
                start,
                end,
                level=piece.level,
                continues=piece.continues,
                label=piece.label,
                boxed=piece.boxed,
            )
        )
        start = end + 1
    return Page(number, "\n".join(piece.text for piece in pieces), tuple(blocks), ocr)


def refuse_long(name: str, pages: int, most: int) -> None:
    """Refuse a file with more pages than the settings allow."""
    if pages > most:
        raise Refused(
            f"{name} has {pages:,} pages or more and the limit is {most:,}: "
            "split it or raise the limit"
        )


def without_marks(text: str) -> str:
    """Text without the characters, and references to them, that mean something to this module."""
    return _MARK_REFERENCES.sub(" ", text.translate(_MARKS))


def hidden_note(count: int) -> tuple[str, ...]:
    """The sentence that tells a person how much was left out, when anything was."""
    if not count:
        return ()
    return (f"{count:,} hidden character{'s were' if count > 1 else ' was'} left out",)
