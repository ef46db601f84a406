"""Tests of reading plain text."""

from pathlib import Path

import pytest

from retrieval.documents import Reading, Refused
from retrieval.reading import plainlines, text

from .making import labelled, write


def reading_of(folder: Path, content: str) -> Reading:
    return text.read(write(folder / "a.txt", content), digest="d", max_pages=9)


def test_blank_lines_part_paragraphs_and_line_breaks_are_folded(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, "\r\none\r\n  two\r\n \t\r\nthree   four\n\n")
    assert reading.pages[0].text == "one two\nthree four"


@pytest.mark.parametrize(
    ("lines", "blocks"),
    [
        ("TERMS OF REFERENCE\nWords.", ["heading TERMS OF REFERENCE", "paragraph Words."]),
        ("Introduction\n============\nWords.", ["heading Introduction", "paragraph Words."]),
        ("Introduction\n---", ["heading Introduction"]),
        ("---", []),
        ("THE FORCE MUST ACT.", ["paragraph THE FORCE MUST ACT."]),
        ("OPC", ["paragraph OPC"]),
        ("It should:\n- train\n  staff\n* check", [
            "paragraph It should:", "bullet train staff", "bullet check"]),
        ("• one\n• two", ["bullet one", "bullet two"]),
        ("Question\tGrade\nHow?\tGood", ["table_row Question\tGrade", "table_row How?\tGood"]),
        ("-\tone\n1.\ttwo", ["bullet one", "bullet two"]),
    ],
)  # fmt: skip
def test_lines_are_told_apart(lines: str, blocks: list[str]) -> None:
    found = plainlines.pieces(lines)
    told = [f"{piece.kind} {piece.text}".replace("\n", " ") for piece in found]
    assert told == blocks


def test_labels_and_depths_are_kept(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, "1. one\n   a) inner\n   b) inner too\n2. two\n  - dash")
    assert labelled(reading) == [
        ("1.", 1, "one"),
        ("a)", 2, "inner"),
        ("b)", 2, "inner too"),
        ("2.", 1, "two"),
        ("", 2, "dash"),
    ]


def test_form_feeds_and_page_comments_start_pages(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, "one\f\ftwo words\n<!-- page 5 -->\nfive\n\f")
    assert [page.text for page in reading.pages] == ["one", "", "two words", "", "five"]


def test_a_comment_for_the_first_page_opens_no_second(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, "<!-- page 1 -->\none\n<!-- Page 2 -->\ntwo\f<!-- page 3 -->\nx")
    assert [page.text for page in reading.pages] == ["one", "two", "x"]


def test_a_page_number_past_the_limit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="10 pages or more and the limit is 9"):
        reading_of(tmp_path, "<!-- page 10 -->\nwords")


@pytest.mark.parametrize(
    ("content", "words", "noted"),
    [
        ("£5m – naïve".encode(), "£5m – naïve", False),
        ("£5m – naïve".encode("utf-8-sig"), "£5m – naïve", False),
        ("£5m – naïve".encode("utf-16"), "£5m – naïve", False),
        ("£5m – naïve".encode("cp1252"), "£5m – naïve", True),
    ],
)
def test_encodings_go_by_rule(tmp_path: Path, content: bytes, words: str, noted: bool) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    reading = text.read(tmp_path / "a.txt", digest="d", max_pages=9)
    assert reading.pages[0].text == words
    assert any("Windows-1252" in note for note in reading.notes) is noted


@pytest.mark.parametrize(
    "content", [b"\x81\x8d\x8f", b"\xff\xfea", "a\0b".encode("utf-16"), b"\xe9\0"]
)
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    with pytest.raises(Refused, match=r"a\.txt"):
        text.read(tmp_path / "a.txt", digest="d", max_pages=9)


def test_hidden_characters_are_counted(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, "wo\u200brds and \u202emore")
    assert reading.pages[0].text == "words and more"
    assert reading.notes == ("2 hidden characters were left out",)
