"""Tests of telling what a file is by its content."""

from pathlib import Path

import pytest

from retrieval.documents import Refused
from retrieval.reading.sniffing import Format, format_of

from .making import SENTENCE, paragraph, pdf_file, word_file

_PAGE = b"<!DOCTYPE html><html><body><p>words</p></body></html>"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("a.pdf", b"%PDF-1.7\n", Format.PDF),
        ("a.pdf", b"junk before\n%PDF-1.4\n", Format.PDF),
        ("a.html", _PAGE, Format.HTML),
        ("a.htm", b"\xef\xbb\xbf <!-- saved --> <HTML><body>x", Format.HTML),
        ("a.html", b'<?xml version="1.0"?><html xmlns="x"><body/></html>', Format.HTML),
        ("a.html", b"<div><p>a piece of a page</p></div>", Format.HTML),
        ("a.md", b"# Words", Format.MARKDOWN),
        ("a.markdown", b"<table><tr><td>x</td></tr></table>", Format.MARKDOWN),
        ("a.TXT", b"words", Format.TEXT),
        ("a.txt", "words".encode("utf-16"), Format.TEXT),
        ("a.txt", b"<!---->" * 580 + b"words", Format.TEXT),
    ],
)
def test_content_and_name_agree(tmp_path: Path, name: str, content: bytes, form: Format) -> None:
    (tmp_path / name).write_bytes(content)
    assert format_of(tmp_path / name) is form


def test_real_files_are_known(tmp_path: Path) -> None:
    assert format_of(pdf_file(tmp_path / "a.pdf", [[SENTENCE]])) is Format.PDF
    assert format_of(word_file(tmp_path / "a.docx", paragraph(SENTENCE))) is Format.DOCX


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.docx", b"%PDF-1.7\n", "a PDF by its content: rename it to .pdf"),
        (
            "a.pdf",
            b"PK\x03\x04 word/document.xml",
            "a Word document by its content: rename it to .docx",
        ),
        ("a.txt", _PAGE, "a web page by its content: rename it to .html"),
        ("a.md", _PAGE, "a web page by its content: rename it to .html"),
        ("a.pdf", b"words", "plain text by its content: rename it to .txt"),
        ("a.html", b"words", "plain text by its content: rename it to .txt"),
        ("a", b"%PDF-1.7\n", "a PDF by its content: rename it to .pdf"),
        ("a.doc", _OLE, "an old Office format"),
        ("a.docx", _OLE + "EncryptedPackage".encode("utf-16-le"), "a password"),
        ("a.docx", b"PK\x03\x04 xl/workbook.xml", "an Excel workbook"),
        ("a.docx", b"PK\x03\x04 ppt/presentation.xml", "a PowerPoint presentation"),
        ("a.docx", b"PK\x03\x04 application/vnd.oasis.opendocument.text", "an OpenDocument file"),
        ("a.docx", b"PK\x05\x06" + bytes(18), "a zip archive"),
        ("a.txt", b"{\\rtf1 words}", "a Rich Text file"),
        ("a.pdf", b"\x89PNG\r\n", "a picture"),
        ("a.txt", b"\x1f\x8b\x08", "a compressed file"),
        ("a.txt", b"\x7fELF", "a program"),
        ("a.txt", b"wo\0rds", "of no known type"),
        ("a.bin", bytes(range(256)), "of no known type"),
    ],
)
def test_content_that_does_not_fit_is_refused_in_one_line(
    tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Refused) as refusal:
        format_of(tmp_path / name)
    line = str(refusal.value)
    assert line.startswith(f"{name} is ")
    assert told in line
    assert "\n" not in line
