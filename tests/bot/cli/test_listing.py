from pathlib import Path

from tests.bot.cli.conftest import Rejoinder
from tests.corpus.samples import DOCUMENTS

PEEL = DOCUMENTS / "2019-05-02-peel-2018-19-fernshire.docx"
NONE = DOCUMENTS / "2022-03-31-peel-2021-22-sallowshire.html"


def test_items_are_one_json_document_with_dates_as_iso(rejoinder: Rejoinder) -> None:
    ran = rejoinder("items", PEEL, "--json")
    assert ran.code == 0
    assert ran.data["published"] == "2019-05-02"
    assert {"title", "reply_by", "addressees", "items", "notes"} <= ran.data.keys()
    assert ran.data["items"]
    for item in ran.data["items"]:
        assert {"kind", "number", "text", "limbs", "page", "addressee", "deadline"} <= item.keys()


def test_items_are_told_with_their_pages_as_proposals(rejoinder: Rejoinder) -> None:
    ran = rejoinder("items", PEEL)
    assert ran.code == 0
    assert "Published: 2019-05-02" in ran.out
    assert "1. " in ran.out
    assert "(page " in ran.out
    assert "These are proposals" in ran.out


def test_a_report_that_asks_for_nothing_ends_with_1(rejoinder: Rejoinder) -> None:
    ran = rejoinder("items", NONE)
    assert ran.code == 1
    assert "No items were found" in ran.out
    assert rejoinder("items", NONE, "--json").data["items"] == []


def test_nothing_is_stored(rejoinder: Rejoinder, home: Path) -> None:
    rejoinder("items", PEEL)
    assert not home.exists()


def test_a_file_that_cannot_be_read_is_said_in_one_line(
    rejoinder: Rejoinder, tmp_path: Path
) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing of the kind")
    for path in (tmp_path / "broken.pdf", tmp_path / "none.pdf", tmp_path):
        ran = rejoinder("items", path, "--json")
        assert (ran.code, ran.out) == (3, "")
        assert ran.err.startswith("rejoinder items: ")
        assert ran.err.count("\n") == 1
