"""Tests of reading scanned pages."""

import shutil
from pathlib import Path

import pytest

from retrieval.documents import Refused
from retrieval.reading import Limits, ocr, picture, read
from retrieval.reading.files import digest_of
from retrieval.reading.parsing import parsed
from retrieval.reading.sniffing import Format

from .making import SENTENCE, outline, pdf_file, scanned_file

_LINES = ["AREAS FOR IMPROVEMENT", "", "The force should review its records", "without delay."]
needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="Tesseract is not installed"
)


@needs_tesseract
def test_a_scanned_page_is_read_and_said_to_be(tmp_path: Path) -> None:
    reading = read(scanned_file(tmp_path / "scan.pdf", [_LINES, _LINES]), Limits())
    assert reading.reader == "pdf-ocr"
    assert [page.ocr for page in reading.pages] == [True, True]
    assert "The force should review its records without delay." in reading.pages[1].text
    assert reading.pages[1].blocks[0].kind == "heading"
    assert reading.notes == (
        "page 1 was read by character recognition: check it against the page",
        "page 2 was read by character recognition: check it against the page",
    )


def test_without_recognition_a_scan_is_refused_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"page 1 has no text: scanned\? .*switched off"):
        read(scanned_file(tmp_path / "scan.pdf", [_LINES]), Limits(ocr=False))


def test_without_tesseract_the_note_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = scanned_file(tmp_path / "scan.pdf", [_LINES])
    reading = parsed(path, Format.PDF, digest_of(path), Limits())
    monkeypatch.setenv("PATH", str(tmp_path))
    (note,) = ocr.mended(path, reading, Limits()).notes
    assert note.startswith("page 1 has no text: scanned? (install Tesseract")


def test_misread_bullets_and_parted_sentences_are_mended() -> None:
    page = ocr.page_from(
        4, "It should:\n& check records\n\n¢ train\n\nstaff.\n\nCrime\n& Disorder\n\f"
    )
    assert page is not None
    assert (page.number, page.ocr) == (4, True)
    assert outline(page) == [
        ("paragraph", "It should:"),
        ("bullet", "check records"),
        ("bullet", "train staff."),
        ("paragraph", "Crime & Disorder"),
    ]


@needs_tesseract
def test_a_page_that_takes_too_long_keeps_its_note(tmp_path: Path) -> None:
    path = scanned_file(tmp_path / "scan.pdf", [_LINES])
    reading = parsed(path, Format.PDF, digest_of(path), Limits())
    (note,) = ocr.mended(path, reading, Limits(ocr_seconds_per_page=0)).notes
    assert note == "page 1 has no text: character recognition found none either"


def test_a_page_with_text_is_left_alone(tmp_path: Path) -> None:
    path = pdf_file(tmp_path / "a.pdf", [[SENTENCE]])
    reading = parsed(path, Format.PDF, digest_of(path), Limits())
    assert ocr.mended(path, reading, Limits()) == reading


def test_a_page_is_drawn_at_200_dots_an_inch(tmp_path: Path) -> None:
    drawn = picture.of_page(pdf_file(tmp_path / "a.pdf", [[SENTENCE]]), 1)
    header, size = drawn[:16].split(maxsplit=1)[0], drawn.split(b"\n", 1)[0].split()[1:3]
    assert header == b"P5"
    width, height = map(int, size)
    assert (width, height) == (1654, 2339)
    assert len(drawn) == len(b"P5 1654 2339 255\n") + width * height
