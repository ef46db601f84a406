"""The letters of a page as pdfium gives them, gathered into runs with their look."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw

from retrieval.reading.pdf.frame import Frame
from retrieval.reading.pdf.shapes import fill
from retrieval.reading.pdf.sheet import Run

_FORCE_BOLD = 1 << 18
_BOLD_NAMES = ("bold", "black", "heavy", "demi")
_MARKER_DIGITS = 3
_DRAWN_RAISED = 0.2  # of the letter size, above the base line
_FIGURE_HEIGHT = 0.7  # of the letter size


def runs(text: Any, frame: Frame) -> Iterator[Run]:
    """The characters of a page's text, cut where the text object changes.

    Spaces and line ends that pdfium made up belong to no object; they become the gap.
    """
    fonts: dict[int, bool] = {}
    stretch: _Stretch | None = None
    owner, gap = 0, ""
    for index in range(raw.FPDFText_CountChars(text)):
        letter = chr(raw.FPDFText_GetUnicode(text, index))
        thing = raw.FPDFText_GetTextObject(text, index)
        if not thing:
            gap = "\n" if letter in "\r\n" or gap == "\n" else " "
            continue
        address = ctypes.addressof(thing.contents)
        if stretch and address == owner and gap != "\n":
            stretch.add(gap + letter, index)
        else:
            if stretch:
                yield _run(text, stretch, fonts, frame)
            stretch, owner = _Stretch(letter, gap, index, index), address
        gap = ""
    if stretch:
        yield _run(text, stretch, fonts, frame)


@dataclass(slots=True)
class _Stretch:
    """The letters of a run while they are gathered, with the first and last character's number."""

    letters: str
    gap: str
    first: int
    last: int

    def add(self, letters: str, index: int) -> None:
        self.letters += letters
        self.last = index


def _run(text: Any, stretch: _Stretch, fonts: dict[int, bool], frame: Frame) -> Run:
    first = stretch.first
    thing = raw.FPDFText_GetTextObject(text, first)
    mode = raw.FPDFTextObj_GetTextRenderMode(thing)
    tag = raw.FPDFPageObj_GetMarkedContentID(thing)
    *colour, alpha = fill(thing) or (0, 0, 0, 255)
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, first, x, y)
    size, height = _size(text, first), y.value
    if stretch.letters.isdigit() and len(stretch.letters) <= _MARKER_DIGITS and not frame.turns:
        size, height = _as_drawn(text, first, size, height)
    left, base = frame.seen(x.value, height)
    return Run(
        text=_joined(stretch.letters),
        gap=stretch.gap,
        tag=tag,
        artifact=tag < 0 and _is_artifact(thing),
        size=size,
        bold=_bold(thing, fonts) or mode == raw.FPDF_TEXTRENDERMODE_FILL_STROKE,
        invisible=mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE or not alpha,
        colour=(colour[0], colour[1], colour[2]),
        left=left,
        right=max(_end(text, stretch.last, frame), left),
        base=base,
    )


def _end(text: Any, index: int, frame: Frame) -> float:
    """Where a character ends on the right."""
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text, index, box)
    return max(frame.seen(box.left, box.bottom)[0], frame.seen(box.right, box.top)[0])


def _joined(text: str) -> str:
    """Halves of characters outside the basic plane put together."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _size(text: Any, index: int) -> float:
    """The size as printed: the font's size times the scale of the text's matrix."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, index, matrix)
    scale = (matrix.c**2 + matrix.d**2) ** 0.5
    return round(float(raw.FPDFText_GetFontSize(text, index)) * (scale or 1.0), 1)


def _as_drawn(text: Any, index: int, size: float, base: float) -> tuple[float, float]:
    """Size and base line of figures that a font draws small and raised at full size."""
    sides = [ctypes.c_double() for _ in range(4)]
    raw.FPDFText_GetCharBox(text, index, *sides)
    bottom, top = sides[2].value, sides[3].value
    raised = bottom - base > _DRAWN_RAISED * size
    return (round((top - bottom) / _FIGURE_HEIGHT, 1), bottom) if raised else (size, base)


def _bold(thing: Any, fonts: dict[int, bool]) -> bool:
    font = raw.FPDFTextObj_GetFont(thing)
    if not font:
        return False
    address = ctypes.addressof(font.contents)
    if address not in fonts:
        name = ctypes.create_string_buffer(256)
        raw.FPDFFont_GetBaseFontName(font, name, 256)
        plain = name.value.decode("latin-1").lower()
        forced = raw.FPDFFont_GetFlags(font) & _FORCE_BOLD
        fonts[address] = bool(forced) or any(word in plain for word in _BOLD_NAMES)
    return fonts[address]


def _is_artifact(thing: Any) -> bool:
    names = (
        raw.FPDFPageObj_GetMark(thing, place)
        for place in range(max(raw.FPDFPageObj_CountMarks(thing), 0))
    )
    return any(_mark_name(mark) == "Artifact" for mark in names)


def _mark_name(mark: Any) -> str:
    size = ctypes.c_ulong()
    buffer = ctypes.create_string_buffer(64)
    wide = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    raw.FPDFPageObjMark_GetName(mark, wide, 64, size)
    return buffer.raw[: max(min(size.value, 64) - 2, 0)].decode("utf-16-le", "replace")
