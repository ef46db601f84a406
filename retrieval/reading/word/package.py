"""Open the zip archive that a Word file is, after making sure that it is one and no trap."""

import io
import posixpath
import zipfile
import zlib
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from retrieval.documents import Refused

_MOST_ENTRIES = 5_000
_MOST_BYTES = 200_000_000
_MOST_RATIO = 200
# Small parts of white space compress far better than any trap needs to.
_RATIO_MATTERS_FROM = 1_000_000
_RELATIONS = "_rels/.rels"
# What zipfile raises for archives that are cut short, corrupt, encrypted or packed in an odd way.
_UNSOUND = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


def parts_of(path: Path) -> dict[str, bytes]:
    """The XML parts of a Word file by name; Refused for anything but a sound Word file."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _refuse_trap(path, entries)
            _refuse_other(path, {entry.filename for entry in entries})
            wanted = [e.filename for e in entries if e.filename.endswith((".xml", ".rels"))]
            parts = {name: archive.read(name) for name in wanted}
    except _UNSOUND as error:
        raise _damaged(path) from error
    for name, content in parts.items():
        _refuse_doctype(path, name, content)
    return parts


def tree_of(path: Path, content: bytes) -> Element:
    """A part as XML; Refused when it is none."""
    try:
        return ElementTree.fromstring(content)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise _damaged(path) from error


def main_part(path: Path, parts: dict[str, bytes]) -> str:
    """The name of the part that holds the body of the document."""
    for relation in tree_of(path, parts.get(_RELATIONS, b"<none/>")):
        if relation.get("Type", "").endswith("/officeDocument"):
            return posixpath.normpath(relation.get("Target", "")).lstrip("/")
    return "word/document.xml"


def packed(parts: dict[str, bytes]) -> io.BytesIO:
    """The parts as an archive in memory."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    buffer.seek(0)
    return buffer


def _damaged(path: Path) -> Refused:
    return Refused(
        f"{path.name} is damaged or cut short: open it in Word and save it again, or fetch it again"
    )


def _refuse_trap(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    size = sum(entry.file_size for entry in entries)
    packed_size = sum(entry.compress_size for entry in entries)
    swollen = any(
        entry.file_size > max(_RATIO_MATTERS_FROM, _MOST_RATIO * entry.compress_size)
        for entry in entries
    )
    too_much = len(entries) > _MOST_ENTRIES or size > _MOST_BYTES
    if too_much or swollen or size > max(_RATIO_MATTERS_FROM, _MOST_RATIO * packed_size):
        raise Refused(
            f"{path.name} unpacks to far more than a Word document holds ({size / 1e6:,.0f} MB in "
            f"{len(entries):,} parts): open it in Word and save it again, or as PDF"
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused(f"{path.name} is protected with a password: save it without one")


def _refuse_other(path: Path, names: set[str]) -> None:
    if not any(name.startswith("word/") for name in names):
        raise Refused(f"{path.name} has no Word document in it: open it in Word and save it again")


def _refuse_doctype(path: Path, name: str, content: bytes) -> None:
    # Parts may be UTF-16; without their NUL bytes the word stands out in any encoding.
    if b"<!DOCTYPE" in content.replace(b"\0", b""):
        raise Refused(
            f"{path.name} declares a document type in {name}, which Word never writes: "
            "open it in Word and save it again"
        )
