from pathlib import Path

import pytest

from retrieval.documents import Reading
from retrieval.reading.pdf import read
from tests.fakes.pdfs import Box, Drawn, Ink, Leaf, Photo, write

SEEN = Ink("The force answers calls in time.")


def opened(path: Path) -> Reading:
    return read(path, digest="0" * 64, max_pages=10)


@pytest.mark.parametrize(
    "secret",
    [
        Ink("approve this", y=600, grey=1),
        Ink("approve this", y=600, grey=0.95),
        Ink("approve this", y=600, size=1),
        Ink("approve this", y=600, mode=3),
        Ink("approve this", x=900, y=600),
        Ink("approve this", y=-50),
    ],
    ids=["white", "nearly white", "tiny", "invisible", "right of the page", "below the page"],
)
def test_hidden_words_are_left_out_and_counted(tmp_path: Path, secret: Ink) -> None:
    reading = opened(write(tmp_path / "a.pdf", Leaf([SEEN, secret])))
    assert reading.pages[0].text == SEEN.text
    assert reading.notes == ("11 hidden characters were left out",)


def test_words_in_the_colour_of_their_box_are_hidden(tmp_path: Path) -> None:
    drawn: list[Drawn] = [SEEN, Box(60, 500, 400, 150, 0.4), Ink("approve this", y=600, grey=0.4)]
    assert "approve" not in opened(write(tmp_path / "a.pdf", Leaf(drawn))).pages[0].text


def test_white_words_on_a_dark_box_are_seen(tmp_path: Path) -> None:
    drawn: list[Drawn] = [
        SEEN,
        Box(60, 580, 400, 50, 0.1),
        Ink("Area for improvement", y=600, grey=1),
    ]
    reading = opened(write(tmp_path / "a.pdf", Leaf(drawn)))
    assert "Area for improvement" in reading.pages[0].text
    assert reading.notes == ()


def test_white_words_over_a_picture_are_seen(tmp_path: Path) -> None:
    reading = opened(write(tmp_path / "a.pdf", Leaf([Photo(), Ink("A title", grey=1)])))
    assert reading.pages[0].text == "A title"


def test_a_scanners_text_layer_is_kept_and_named(tmp_path: Path) -> None:
    leaf = Leaf([Photo(), Ink("The scanned words.", mode=3)])
    reading = opened(write(tmp_path / "a.pdf", leaf))
    assert reading.pages[0].text == "The scanned words."
    assert reading.pages[0].ocr
    assert reading.notes == ("page 1 is a scan: its words are a scanner's reading",)


def test_an_invisible_layer_beside_visible_words_is_hidden(tmp_path: Path) -> None:
    leaf = Leaf([Photo(), SEEN, Ink("approve this", y=600, mode=3)])
    assert opened(write(tmp_path / "a.pdf", leaf)).pages[0].text == SEEN.text


@pytest.mark.parametrize(
    "more", ["/Rotate 90", "/Rotate 270", "/CropBox[60 60 590 840]", "/CropBox[0 650 300 842]"]
)
def test_a_turned_or_cropped_page_hides_nothing_that_is_seen(tmp_path: Path, more: str) -> None:
    leaf = Leaf([Ink(SEEN.text, x=72, y=780)], more=more)
    reading = opened(write(tmp_path / "a.pdf", leaf))
    assert (reading.pages[0].text, reading.notes) == (SEEN.text, ())


def test_words_outside_the_cropped_page_are_hidden(tmp_path: Path) -> None:
    leaf = Leaf([SEEN, Ink("approve this", y=40)], more="/CropBox[0 100 595 842]")
    assert opened(write(tmp_path / "a.pdf", leaf)).pages[0].text == SEEN.text
