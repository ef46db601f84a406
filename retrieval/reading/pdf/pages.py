"""Pieces put together as a page: its text, and the blocks that cut it up."""

from retrieval.documents import Block, BlockKind, Page
from retrieval.reading.pdf.pieces import Piece


def page(number: int, pieces: list[Piece], *, ocr: bool) -> Page:
    """A page whose text is its pieces' words, one line each."""
    blocks, start = [], 0
    for piece in pieces:
        blocks.append(_block(piece, start))
        start += len(piece.text) + 1
    return Page(number, "\n".join(piece.text for piece in pieces), tuple(blocks), ocr)


def in_order(top: list[Piece], body: list[Piece], bottom: list[Piece]) -> list[Piece]:
    """Running head, body, footnotes, running foot."""
    notes = [piece for piece in body if piece.kind is BlockKind.FOOTNOTE]
    running = [piece for piece in body if piece.kind is not BlockKind.FOOTNOTE]
    return [*top, *running, *notes, *bottom]


def _block(piece: Piece, start: int) -> Block:
    return Block(
        kind=piece.kind,
        start=start,
        end=start + len(piece.text),
        level=piece.level,
        continues=piece.continues,
        label=piece.label,
        boxed=piece.boxed,
    )
