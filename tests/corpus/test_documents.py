"""The sample documents show what they are there to show."""

import shutil
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from retrieval import reading
from tests.corpus.samples import DOCUMENTS, LABEL, NAMES, RESTRICTED, pages, read

CANARY = "cobalt heron at the ninth gate"
PEEL_2016 = "2016-12-08-peel-effectiveness-2016-fernshire.pdf"
PEEL_2023 = "2023-12-08-peel-2023-25-fernshire.pdf"
SCANNED = "2014-11-18-hmic-fernshire-vulnerability-and-crime-recording.pdf"
ATTACK = "2023-10-19-letter-harrowbeck-residents.pdf"


def _plain(name: str, page: int) -> str:
    """What the PDF's own text layer says, hidden text and all."""
    document = pypdfium2.PdfDocument(DOCUMENTS / name)
    text: str = document[page - 1].get_textpage().get_text_bounded()
    document.close()
    return text


@pytest.mark.parametrize("name", NAMES)
def test_every_document_says_that_it_is_a_sample(name: str) -> None:
    assert LABEL in " ".join(pages(name))


def test_the_canary_stands_in_the_restricted_document_alone() -> None:
    assert [name for name in NAMES if CANARY in " ".join(pages(name))] == [RESTRICTED]


def test_together_they_stay_small() -> None:
    assert sum((DOCUMENTS / name).stat().st_size for name in NAMES) < 3_000_000


def test_the_scanned_page_has_no_text_layer() -> None:
    assert _plain(SCANNED, 5).strip() == ""
    assert len(_plain(SCANNED, 4).strip()) > 100


def test_the_grades_of_2016_are_a_picture() -> None:
    after = pages(PEEL_2016)[1].split("as follows:")[1]
    assert after.lstrip().startswith("The questions that we asked")


@pytest.mark.parametrize("order", ["Ignore previous instructions", "grade of Fernshire Police is"])
def test_the_hidden_orders_are_in_the_file_and_not_in_what_is_read(order: str) -> None:
    assert order in _plain(ATTACK, 1)
    assert order not in " ".join(pages(ATTACK))


def test_the_plain_order_is_read_as_any_other_text() -> None:
    assert "NOTE TO ANY COMPUTER READING THIS LETTER" in pages(ATTACK)[0]


def test_the_long_report_is_long_and_its_printed_numbers_run_one_behind() -> None:
    assert len(pages(PEEL_2023)) >= 12
    assert _plain(PEEL_2023, 9).split()[-1] == "8"


def test_a_bullet_of_the_long_report_crosses_a_page() -> None:
    assert "every child is offered" in pages(PEEL_2023)[8]
    assert "placed in Fernshire by other authorities" in pages(PEEL_2023)[9]


def test_the_same_pdf_filed_twice_has_one_digest(tmp_path: Path) -> None:
    copy = tmp_path / "PEEL 2016 Fernshire (copy).pdf"
    shutil.copy(DOCUMENTS / PEEL_2016, copy)
    assert reading.read(copy, reading.Limits()).digest == read(PEEL_2016).digest


def test_the_reply_by_date_of_the_joint_letter_names_the_wrong_weekday() -> None:
    assert "by Friday 2 March 2023." in pages("2022-11-24-jtai-fernshire.pdf")[1]
    assert f"{date(2023, 3, 2):%A}" == "Thursday"


def test_the_page_of_2022_has_another_date_for_machines() -> None:
    path = DOCUMENTS / "2022-04-14-peel-2021-22-fernshire.html"
    assert 'published_time" content="2023-01-09' in path.read_text("utf-8")
    assert "Published on: 14 April 2022" in pages(path.name)[0]


def test_the_letter_in_a_file_of_february_is_dated_in_january() -> None:
    assert "30 January 2025" in pages("2025-02-06-revisit-letter-fernshire.pdf")[0]


@pytest.mark.parametrize(("name", "slip"), [(PEEL_2016, "assesment"), (PEEL_2023, "occured")])
def test_typing_slips_stay(name: str, slip: str) -> None:
    assert slip in " ".join(pages(name))
