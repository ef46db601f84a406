"""Whether a piece stands in a box: a frame or a tinted ground beside the running text."""

from dataclasses import replace

from retrieval.documents import BlockKind
from retrieval.reading.pdf.pieces import Piece
from retrieval.reading.pdf.sheet import Shape, Sheet

_THIN = 4.0
_WHITE = 245
_SLACK = 2.0
_LEAST_HEIGHT = 36.0
_LARGEST = 0.85


def with_boxes(pieces: list[Piece], sheet: Sheet) -> list[Piece]:
    """The pieces with those in a box marked; rows of a table are not, they always have frames."""
    drawn = [shape for shape in sheet.shapes if not shape.picture and _seen(shape)]
    grounds = [shape for shape in drawn if _is_ground(shape, sheet)]
    rules = [shape for shape in drawn if _is_rule(shape)]
    return [
        replace(piece, boxed=_boxed(piece, grounds, rules))
        if piece.kind is not BlockKind.TABLE_ROW
        else piece
        for piece in pieces
    ]


def _seen(shape: Shape) -> bool:
    return shape.outlined or (shape.fill is not None and min(shape.fill) < _WHITE)


def _is_ground(shape: Shape, sheet: Sheet) -> bool:
    width, height = shape.right - shape.left, shape.top - shape.bottom
    large = width * height > _LARGEST * sheet.width * sheet.height
    return height >= _LEAST_HEIGHT and width >= _LEAST_HEIGHT and not large


def _is_rule(shape: Shape) -> bool:
    return shape.right - shape.left < _THIN and shape.top - shape.bottom > 3 * _THIN


def _boxed(piece: Piece, grounds: list[Shape], rules: list[Shape]) -> bool:
    middle = (piece.bottom + piece.top) / 2
    inside = any(
        shape.holds(piece.left + _SLACK, middle) and shape.holds(piece.right - _SLACK, middle)
        for shape in grounds
    )
    beside = [shape for shape in rules if shape.bottom <= middle <= shape.top]
    left = any(shape.right <= piece.left + _SLACK for shape in beside)
    return inside or (left and any(shape.left >= piece.right - _SLACK for shape in beside))
