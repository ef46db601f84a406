"""Tell what a file is by its content, and refuse one whose name says something else."""

import re
from enum import StrEnum
from pathlib import Path

from retrieval.documents import Refused

_HEAD = 4096


class Format(StrEnum):
    """What can be read; the value is the name of the module that reads it."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"


BY_SUFFIX = {
    ".pdf": Format.PDF,
    ".docx": Format.DOCX,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".txt": Format.TEXT,
}
_NAMES = {
    Format.PDF: "a PDF",
    Format.DOCX: "a Word document",
    Format.HTML: "a web page",
    Format.TEXT: "plain text",
}
_HOME = {Format.PDF: ".pdf", Format.DOCX: ".docx", Format.HTML: ".html", Format.TEXT: ".txt"}
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What cannot be read, by its first bytes, and what to do with it.
_UNREADABLE = (
    (b"{\\rtf", "a Rich Text file: open it in Word and save it as .docx"),
    (b"\x89PNG", "a picture: scan or save it as PDF"),
    (b"\xff\xd8\xff", "a picture: scan or save it as PDF"),
    (b"GIF8", "a picture: scan or save it as PDF"),
    (b"II*\0", "a picture: scan or save it as PDF"),
    (b"MM\0*", "a picture: scan or save it as PDF"),
    (b"\x1f\x8b", "a compressed file: unpack it first"),
    (b"7z\xbc\xaf", "a compressed file: unpack it first"),
    (b"Rar!", "a compressed file: unpack it first"),
    (b"\x7fELF", "a program: it is not read"),
    (b"MZ\x90\0", "a program: it is not read"),
)
# Other archives, by the names of what is in them, which stand uncompressed in the file.
_ARCHIVES = (
    (b"xl/workbook.xml", "an Excel workbook: save the sheet as PDF"),
    (b"ppt/presentation.xml", "a PowerPoint presentation: save it as PDF"),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file: save it as .docx"),
    (b"application/epub", "an e-book: save it as PDF"),
)
_WEB_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?><\?xml[^>]*>\s*|<!--(?>.*?-->)\s*)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(rb"<(?:p|div|h[1-6]|ul|ol|table|main|article|section|span|br|title)[\s/>]", re.I)


def format_of(path: Path) -> Format:
    """What to read the file as; Refused when that is nothing, or not what its name says."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    _refuse_unreadable(path, head)
    named = BY_SUFFIX.get(path.suffix.lower())
    found = _found(head)
    if found is Format.TEXT and named in (Format.MARKDOWN, Format.TEXT):
        return named
    if found is Format.TEXT and named is Format.HTML and _TAG.search(path.read_bytes()):
        return named
    if found is not named:
        raise Refused(_wrong_name(path, found))
    return found


def _found(head: bytes) -> Format:
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    if head.startswith(_ZIP):
        return Format.DOCX
    return Format.HTML if _WEB_PAGE.match(head) else Format.TEXT


def _refuse_unreadable(path: Path, head: bytes) -> None:
    if head.startswith(_OLE):
        raise Refused(f"{path.name} is {_old_office(path)}")
    for magic, what in _UNREADABLE:
        if head.startswith(magic):
            raise Refused(f"{path.name} is {what}")
    if head.startswith(_ZIP):
        _refuse_archive(path)
    if b"\0" in head and _found(head) is Format.TEXT and head[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise Refused(f"{path.name} is of no known type: save it as {', '.join(_HOME.values())}")


def _refuse_archive(path: Path) -> None:
    content = path.read_bytes()
    if b"word/" in content:
        return
    known = (what for name, what in _ARCHIVES if name in content)
    raise Refused(f"{path.name} is {next(known, 'a zip archive: unpack it first')}")


def _old_office(path: Path) -> str:
    if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
        return "protected with a password: save it without one and try again"
    return "in an old Office format: open it and save it as .docx"


def _wrong_name(path: Path, found: Format) -> str:
    return (
        f"{path.name} is {_NAMES[found]} by its content: rename it to {_HOME[found]} and try again"
    )
