from pathlib import Path

import pytest

from retrieval import catalogue
from tests.bot.cli.conftest import Rejoinder

REPORT = "# Inspection of Oxmere Police\n\nPublished on 3 March 2031\n\nFiles wait for a week.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "reports"
    made.mkdir()
    (made / "oxmere.md").write_text(REPORT)
    return made


def test_proposals_load_again_unconfirmed(rejoinder: Rejoinder, folder: Path) -> None:
    ran = rejoinder("catalogue", folder)
    assert ran.code == 0
    assert "proposed   oxmere.md: " in ran.out
    (entry,) = catalogue.load(folder / catalogue.FILE_NAME)
    assert (entry.path, entry.confirmed) == ("oxmere.md", False)


def test_a_second_run_proposes_nothing(rejoinder: Rejoinder, folder: Path) -> None:
    rejoinder("catalogue", folder)
    before = (folder / catalogue.FILE_NAME).read_bytes()
    assert rejoinder("catalogue", folder).out == "Every document there is in the catalogue.\n"
    assert (folder / catalogue.FILE_NAME).read_bytes() == before


def test_what_stands_in_the_catalogue_stays_and_new_files_follow(
    rejoinder: Rejoinder, folder: Path
) -> None:
    rejoinder("catalogue", folder)
    book = folder / catalogue.FILE_NAME
    book.write_text(book.read_text().replace("confirmed = false", "confirmed = true"))
    stood = book.read_text()
    (folder / "later.md").write_text(REPORT.replace("Oxmere", "Fernshire"))
    data = rejoinder("catalogue", folder, "--json").data
    assert [one["path"] for one in data["proposed"]] == ["later.md"]
    assert book.read_text().startswith(stood.rstrip())
    assert {one.path: one.confirmed for one in catalogue.load(book)} == {
        "oxmere.md": True,
        "later.md": False,
    }


def test_a_catalogue_above_the_folder_is_the_one_that_grows(
    rejoinder: Rejoinder, folder: Path
) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "deep.md").write_text(REPORT)
    rejoinder("catalogue", folder)
    (folder / "sub" / "deeper.md").write_text(REPORT + "More.")
    rejoinder("catalogue", folder / "sub")
    paths = {one.path for one in catalogue.load(folder / catalogue.FILE_NAME)}
    assert paths == {"oxmere.md", "sub/deep.md", "sub/deeper.md"}
    assert not (folder / "sub" / catalogue.FILE_NAME).exists()


def test_a_bad_file_is_named_and_the_rest_goes_on(rejoinder: Rejoinder, folder: Path) -> None:
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing of the kind")
    ran = rejoinder("catalogue", folder)
    assert ran.code == 3
    assert "refused    " in ran.out
    assert "broken.pdf" in ran.out
    assert len(catalogue.load(folder / catalogue.FILE_NAME)) == 1


def test_a_file_is_not_a_folder(rejoinder: Rejoinder, folder: Path) -> None:
    ran = rejoinder("catalogue", folder / "oxmere.md")
    assert (ran.code, ran.out) == (2, "")
    assert "is not a folder" in ran.err
