"""The areas drawn on a page: boxes, rules and pictures, with their colour."""

import ctypes
from collections.abc import Iterator
from typing import Any

from pypdfium2 import raw

from retrieval.reading.pdf.frame import Frame
from retrieval.reading.pdf.sheet import Shape


def shapes(page: Any, frame: Frame) -> Iterator[Shape]:
    """Everything drawn on the page but its letters, in drawing order."""
    for index in range(raw.FPDFPage_CountObjects(page)):
        thing = raw.FPDFPage_GetObject(page, index)
        kind = raw.FPDFPageObj_GetType(thing)
        if kind in {raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_UNKNOWN}:
            continue
        sides = [ctypes.c_float() for _ in range(4)]
        if raw.FPDFPageObj_GetBounds(thing, *sides):
            yield _shape(thing, kind == raw.FPDF_PAGEOBJ_PATH, _seen(sides, frame))


def _seen(sides: list[ctypes.c_float], frame: Frame) -> tuple[float, float, float, float]:
    left, bottom, right, top = (side.value for side in sides)
    (x, y), (other_x, other_y) = frame.seen(left, bottom), frame.seen(right, top)
    return min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)


def _shape(thing: Any, is_path: bool, sides: tuple[float, float, float, float]) -> Shape:
    mode, outlined = ctypes.c_int(), ctypes.c_int()
    if is_path:
        raw.FPDFPath_GetDrawMode(thing, mode, outlined)
    colour = fill(thing) if mode.value else None
    left, bottom, right, top = sides
    return Shape(
        left=left,
        bottom=bottom,
        right=right,
        top=top,
        fill=colour[:3] if colour and colour[3] else None,
        outlined=bool(outlined.value),
        picture=not is_path,
    )


def fill(thing: Any) -> tuple[int, int, int, int] | None:
    """Red, green, blue and opacity of what fills an object, 0-255 each."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(thing, *parts):
        return None
    red, green, blue, alpha = (part.value for part in parts)
    return red, green, blue, alpha
