"""One page of a PDF as a grey picture, for character recognition."""

from pathlib import Path

import pypdfium2

_DOTS_PER_INCH = 200
_MOST_PIXELS = 40_000_000


def of_page(path: Path, number: int) -> bytes:
    """The page (from 1) at 200 dots an inch as a portable greymap; huge pages are made smaller."""
    with pypdfium2.PdfDocument(path) as document:
        page = document[number - 1]
        scale = _DOTS_PER_INCH / 72
        pixels = page.get_width() * page.get_height() * scale**2
        scale *= min(1.0, (_MOST_PIXELS / max(1.0, pixels)) ** 0.5)
        return _greymap(page.render(scale=scale, grayscale=True))


def _greymap(bitmap: pypdfium2.PdfBitmap) -> bytes:
    raw, stride, width = bytes(bitmap.buffer), bitmap.stride, bitmap.width
    rows = (raw[at : at + width] for at in range(0, stride * bitmap.height, stride))
    return b"P5 %d %d 255\n" % (width, bitmap.height) + b"".join(rows)
