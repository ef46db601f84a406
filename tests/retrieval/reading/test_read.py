"""Tests of reading a file from end to end, through the process that parses."""

import hashlib
import zipfile
from pathlib import Path

import pytest

from retrieval.documents import Refused
from retrieval.reading import Limits, read

from .making import SENTENCE, outline, paragraph, pdf_file, word_file, word_parts, write


def test_every_format_gives_its_words_and_the_digest(tmp_path: Path) -> None:
    for path, reader in [
        (write(tmp_path / "a.txt", SENTENCE), "text"),
        (write(tmp_path / "a.md", SENTENCE), "markdown"),
        (write(tmp_path / "a.html", f"<p>{SENTENCE}</p>"), "html"),
        (word_file(tmp_path / "a.docx", paragraph(SENTENCE)), "docx"),
        (pdf_file(tmp_path / "a.pdf", [[SENTENCE]]), "pdf-plain"),
    ]:
        reading = read(path, Limits())
        assert reading.reader == reader
        assert reading.digest == hashlib.sha256(path.read_bytes()).hexdigest()
        assert outline(reading.pages[0]) == [("paragraph", SENTENCE)]


def refusal_of(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(Refused) as refusal:
        read(path, limits or Limits())
    line = str(refusal.value)
    assert "\n" not in line
    assert path.name in line
    return line


def test_hardly_any_text_is_a_failure_with_a_reason(tmp_path: Path) -> None:
    assert "almost no text (5 char" in refusal_of(write(tmp_path / "a.txt", "Hello"))
    assert "almost no text (0 char" in refusal_of(write(tmp_path / "b.html", "<p><img></p>"))


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        (Limits(seconds=0), "0 seconds were not enough"),
        (Limits(max_megabytes=0), "the limit is 0 MB"),
        (Limits(max_pages=1), "2 pages or more and the limit is 1"),
    ],
)
def test_limits_hold(tmp_path: Path, limits: Limits, told: str) -> None:
    assert told in refusal_of(write(tmp_path / "a.txt", f"{SENTENCE}\f{SENTENCE}"), limits)


def test_a_word_file_cut_short_or_overwritten_is_refused(tmp_path: Path) -> None:
    whole = word_file(tmp_path / "whole.docx", paragraph(SENTENCE)).read_bytes()
    short = tmp_path / "short.docx"
    short.write_bytes(whole[: len(whole) // 2])
    assert "damaged or cut short" in refusal_of(short)
    with zipfile.ZipFile(tmp_path / "torn.docx", "w") as archive:
        for name, content in word_parts(paragraph(SENTENCE)).items():
            archive.writestr(name, content[:150])
    assert "damaged or cut short" in refusal_of(tmp_path / "torn.docx")


def test_a_bomb_is_refused_before_it_goes_off(tmp_path: Path) -> None:
    for name, sizes in [("swollen.docx", [50_000_000]), ("many.docx", [1] * 5001)]:
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, content in word_parts(paragraph(SENTENCE)).items():
                archive.writestr(part, content)
            for number, size in enumerate(sizes):
                archive.writestr(f"word/extra{number}.xml", b" " * size)
        assert "far more than a Word document holds" in refusal_of(tmp_path / name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_declared_document_type_is_refused(tmp_path: Path, encoding: str) -> None:
    laughs = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE w [<!ENTITY l "ha">]><w>&l;</w>'
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        for name, content in word_parts(paragraph(SENTENCE)).items():
            archive.writestr(name, content)
        archive.writestr("word/theme.xml", laughs.encode(encoding))
    assert "declares a document type in word/theme.xml" in refusal_of(tmp_path / "a.docx")


def test_a_page_nested_without_end_is_refused_and_nothing_crashes(tmp_path: Path) -> None:
    for name, depth in [("deep.html", 1_000), ("deeper.html", 200_000), ("deep.md", 200_000)]:
        path = write(tmp_path / name, "<div>" * depth + SENTENCE)
        assert "nested too deeply" in refusal_of(path)


def test_a_thousand_pages_too_many_are_refused(tmp_path: Path) -> None:
    path = pdf_file(tmp_path / "long.pdf", [[SENTENCE]] * 30)
    assert "30 pages" in refusal_of(path, Limits(max_pages=20))


def test_a_file_name_cannot_break_the_line(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        read(write(tmp_path / "two\nlines.pdf", SENTENCE), Limits())
    assert "\n" not in str(refusal.value)
