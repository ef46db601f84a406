"""The visible part of a page and how it is turned: places as the reader of the page sees them."""

import ctypes
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible box in the page's own coordinates; ``turns`` are quarter turns clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as seen."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turns % 2 else (width, height)

    def seen(self, x: float, y: float) -> tuple[float, float]:
        """A place as seen, from the lower left corner."""
        across, up = x - self.left, y - self.bottom
        width, height = self.right - self.left, self.top - self.bottom
        places = ((across, up), (up, width - across), (width - across, height - up))
        return (*places, (height - up, across))[self.turns]


def frame(page: Any) -> Frame:
    """The frame of a loaded page."""
    box = raw.FS_RECTF()
    if not raw.FPDF_GetPageBoundingBox(page, ctypes.byref(box)):
        width, height = raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page)
        return Frame(0, 0, width, height, 0)
    turns = raw.FPDFPage_GetRotation(page) % 4
    return Frame(box.left, box.bottom, box.right, box.top, turns)
