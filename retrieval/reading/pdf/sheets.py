"""Open a PDF and take its pages as they are printed; say in one line why it cannot be opened.

This package is the only home of pypdfium2. pdfium is not thread-safe: one reader at a time in a
process.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from retrieval.documents import Refused
from retrieval.reading.pdf.frame import frame
from retrieval.reading.pdf.nodes import nodes
from retrieval.reading.pdf.runs import runs
from retrieval.reading.pdf.shapes import shapes
from retrieval.reading.pdf.sheet import Sheet

_MOST_CHILDREN = 5_000_000  # of one tag, times the pages: some seconds
_OUR_NAMES = {"Title": "title", "CreationDate": "created", "Author": "author", "Subject": "subject"}


def sheets(path: Path, *, max_pages: int) -> tuple[list[Sheet], dict[str, str]]:
    """Every page of a PDF and what the file says of itself; Refused when it cannot be read."""
    with _opened(path) as document:
        count = len(document)
        if not count:
            raise Refused(f"{path.name} has no pages: ask for the file again.")
        if count > max_pages:
            raise Refused(
                f"{path.name} has {count} pages, more than the {max_pages} allowed: split it."
            )
        return [_sheet(document, number, path) for number in range(1, count + 1)], _said(document)


@contextmanager
def _opened(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise Refused(_why(path, error)) from error
    try:
        yield document
    finally:
        document.close()


def _why(path: Path, error: pypdfium2.PdfiumError) -> str:
    if error.err_code == raw.FPDF_ERR_PASSWORD:
        return f"{path.name} is locked with a password: save a copy without one."
    if error.err_code == raw.FPDF_ERR_SECURITY:
        return f"{path.name} is encrypted in a way that cannot be read: save an unlocked copy."
    return f"{path.name} is damaged or no PDF: open it, save it anew and try again."


def _said(document: pypdfium2.PdfDocument) -> dict[str, str]:
    said = document.get_metadata_dict(skip_empty=True)
    return {ours: said[theirs].strip() for theirs, ours in _OUR_NAMES.items() if said.get(theirs)}


def _sheet(document: pypdfium2.PdfDocument, number: int, path: Path) -> Sheet:
    page = raw.FPDF_LoadPage(document.raw, number - 1)
    if not page:
        raise Refused(f"{path.name}, page {number} is damaged: open it, save it anew, try again.")
    text = raw.FPDFText_LoadPage(page)
    try:
        visible = frame(page)
        width, height = visible.size
        return Sheet(
            number=number,
            width=width,
            height=height,
            runs=tuple(runs(text, visible)) if text else (),
            shapes=tuple(shapes(page, visible)),
            tags=nodes(page, _MOST_CHILDREN // len(document)),
        )
    finally:
        if text:
            raw.FPDFText_ClosePage(text)
        raw.FPDF_ClosePage(page)
