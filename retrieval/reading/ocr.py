"""Give pages without text to Tesseract, where it is installed."""

import os
import re
import shutil
from dataclasses import replace
from pathlib import Path

from retrieval.documents import Page, Reading
from retrieval.reading import plainlines, sandbox
from retrieval.reading.layout import Layout, Piece, runs_on
from retrieval.reading.limits import Limits

_SCANNED = re.compile(r"page (\d+) has no text: scanned\?")
# Tesseract takes a bullet for one of these; none of them starts a paragraph otherwise.
_MISREAD = re.compile(r"(?:^|(?<=\n\n)|(?<=[:;.]\n))[&¢«»©°¥eo][ \t]+(?=\w)")
_PICTURE_SECONDS = 30
_GET_IT = "install Tesseract (apt install tesseract-ocr) and read the file again"


def mended(path: Path, reading: Reading, limits: Limits) -> Reading:
    """The reading with its scanned pages read by character recognition, as far as that goes."""
    scanned = [note for note in reading.notes if _SCANNED.fullmatch(note)]
    if not scanned:
        return reading
    engine = shutil.which("tesseract")
    if not limits.ocr or not engine:
        advice = _GET_IT if limits.ocr else "character recognition is switched off in the settings"
        return _renoted(reading, {note: f"{note} ({advice})" for note in scanned})
    found = {note: _recognised(path, _number(note), engine, limits) for note in scanned}
    pages = {page.number: page for page in found.values() if page}
    whole = tuple(pages.get(page.number, page) for page in reading.pages)
    reader = "pdf-ocr" if pages else reading.reader
    told = {note: _told(_number(note), page) for note, page in found.items()}
    return _renoted(replace(reading, pages=whole, reader=reader), told)


def _number(note: str) -> int:
    return int("".join(letter for letter in note if letter.isdigit()))


def _told(number: int, page: Page | None) -> str:
    if page:
        return f"page {number} was read by character recognition: check it against the page"
    return f"page {number} has no text: character recognition found none either"


def _renoted(reading: Reading, new: dict[str, str]) -> Reading:
    return replace(reading, notes=tuple(new.get(note, note) for note in reading.notes))


def _recognised(path: Path, number: int, engine: str, limits: Limits) -> Page | None:
    """The page as Tesseract reads it; None when it fails, takes too long or finds nothing."""
    render: dict[str, object] = {"do": "render", "path": str(path.absolute()), "page": number}
    picture = sandbox.run(render, limits=limits, seconds=_PICTURE_SECONDS)
    if picture.status or picture.stopped:
        return None
    command: dict[str, object] = {
        "do": "run",
        "command": [engine, "stdin", "stdout", "-l", "eng", "--dpi", "200"],
        "environment": _environment(),
    }
    seconds = limits.ocr_seconds_per_page
    slow = replace(limits, cpu_seconds=seconds)
    read = sandbox.run(command, limits=slow, seconds=seconds, given=picture.output)
    return (
        None
        if read.status or read.stopped
        else page_from(number, read.output.decode("utf-8", "replace"))
    )


def _environment() -> dict[str, str]:
    wanted = {"TESSDATA_PREFIX": os.environ.get("TESSDATA_PREFIX", ""), "OMP_THREAD_LIMIT": "1"}
    return {name: value for name, value in wanted.items() if value}


def page_from(number: int, recognised: str) -> Page | None:
    """The page in Tesseract's plain text; None when there is nothing on it."""
    layout = Layout()
    lines = _MISREAD.sub("• ", recognised.replace("\f", ""))
    for piece in _whole(plainlines.pieces(lines)):
        layout.add(piece)
    page = layout.pages()[0]
    return replace(page, number=number, ocr=True) if page.text else None


def _whole(pieces: list[Piece]) -> list[Piece]:
    """The pieces with sentences put together again that wide lines had parted."""
    whole: list[Piece] = []
    for piece in pieces:
        if whole and runs_on(whole[-1], piece):
            whole[-1] = replace(whole[-1], text=f"{whole[-1].text} {piece.text}")
        else:
            whole.append(piece)
    return whole
