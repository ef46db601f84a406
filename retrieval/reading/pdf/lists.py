"""Signs and labels taken off list items, bullets run together parted, depth worked out."""

from dataclasses import replace

from retrieval.documents import BlockKind
from retrieval.reading.pdf.marks import DASHES, parted, run_together, without_signs
from retrieval.reading.pdf.pieces import Piece

_INDENT = 5.0


def with_bullets(pieces: list[Piece]) -> list[Piece]:
    """The pieces with what begins with a sign or label as bullets, each with its level."""
    made: list[Piece] = []
    for piece in pieces:
        if piece.kind in {BlockKind.PARAGRAPH, BlockKind.BULLET}:
            made += [_item(replace(piece, text=text)) for text in run_together(piece.text)]
        elif piece.kind is BlockKind.HEADING:
            made.append(_headed(piece))
        elif piece.kind is BlockKind.TABLE_ROW:
            cells = (without_signs(cell) for cell in piece.text.split("\t"))
            made.append(replace(piece, text="\t".join(cells)))
        else:
            made.append(piece)
    return _deepened(_mended([piece for piece in made if piece.text]))


def _mended(pieces: list[Piece]) -> list[Piece]:
    """A list item and the paragraph its tags wrongly broke off from it, put together again."""
    made: list[Piece] = []
    for piece in pieces:
        if made and _broken_off(made[-1], piece):
            made[-1] = replace(made[-1], text=f"{made[-1].text} {piece.text}", bottom=piece.bottom)
        else:
            made.append(piece)
    return made


def _broken_off(above: Piece, piece: Piece) -> bool:
    plain = piece.kind is BlockKind.PARAGRAPH and not piece.bold
    near = 0 <= above.bottom - piece.top + 0.5 * piece.size < piece.size
    runs_on = above.text[-1:].isalnum() or above.text.endswith(",")
    return above.kind is BlockKind.BULLET and plain and near and runs_on and piece.text[0].islower()


def _item(piece: Piece) -> Piece:
    glyph, label, text = parted(piece.text)
    is_item = glyph or label or piece.listed
    kind = BlockKind.BULLET if is_item and not (label and piece.bold) else BlockKind.PARAGRAPH
    level = max(piece.level, 1) if kind is BlockKind.BULLET else 0
    return replace(piece, kind=kind, text=text, glyph=glyph, label=label, level=level)


def _headed(piece: Piece) -> Piece:
    glyph, label, text = parted(piece.text)
    return replace(piece, text=text, label=label, glyph=glyph)


def _deepened(pieces: list[Piece]) -> list[Piece]:
    """Levels by what is printed: bullets alike in sign and indent are of one level in a list,
    and dashes set further in than the bullet above them are one deeper, whatever the tags say.
    """
    made: list[Piece] = []
    listed: list[Piece] = []
    for piece in pieces:
        if piece.kind in {BlockKind.PARAGRAPH, BlockKind.HEADING}:
            listed = []
        if piece.kind is BlockKind.BULLET and piece.glyph:
            listed.append(replace(piece, level=_level(piece, listed)))
            made.append(listed[-1])
        else:
            made.append(piece)
    return made


def _level(piece: Piece, listed: list[Piece]) -> int:
    for other in listed:
        if other.glyph == piece.glyph and abs(other.left - piece.left) < _INDENT / 2:
            return other.level
    above = listed[-1] if listed else None
    return above.level + 1 if above and _under(above, piece) else piece.level


def _under(above: Piece, piece: Piece) -> bool:
    """Whether a flat list's item hangs below the one above, by its sign and indent."""
    deeper = piece.left > above.left + _INDENT and piece.glyph in DASHES
    return deeper and piece.glyph != above.glyph and piece.level == above.level
