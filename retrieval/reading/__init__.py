"""Read a file into pages and blocks, or refuse it in one line: what, where, what to do."""

from pathlib import Path

from retrieval.documents import Reading, Refused
from retrieval.reading import files, ocr, parsing, sniffing
from retrieval.reading.files import SUFFIXES, digest_of, is_readable
from retrieval.reading.limits import Limits

__all__ = ["SUFFIXES", "Limits", "digest_of", "is_readable", "read"]

_LEAST_CHARACTERS = 25


def read(path: Path, limits: Limits) -> Reading:
    """The pages of a PDF, Word, HTML, Markdown or text file; Refused says why there are none."""
    try:
        return _read(path, limits)
    except Refused as refusal:
        # A file name may hold line feeds.
        raise Refused(" ".join(str(refusal).split())) from refusal


def _read(path: Path, limits: Limits) -> Reading:
    before = files.checked(path, limits)
    form = sniffing.format_of(path)
    reading = parsing.parsed(path, form, digest_of(path), limits)
    if form is sniffing.Format.PDF:
        reading = ocr.mended(path, reading, limits)
    files.refuse_changed(path, before, limits)
    _refuse_wordless(path, reading)
    return reading


def _refuse_wordless(path: Path, reading: Reading) -> None:
    characters = sum(len(page.text.strip()) for page in reading.pages)
    if characters >= _LEAST_CHARACTERS * max(1, len(reading.pages)):
        return
    cause = next((note for note in reading.notes if "no text" in note), "")
    raise Refused(
        f"{path.name} has almost no text ({characters} characters on {len(reading.pages)} pages)"
        + (f"; {cause}" if cause else ": check that it is the right file")
    )
