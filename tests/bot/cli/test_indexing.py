from pathlib import Path

import pytest

from tests.bot.cli.conftest import Rejoinder

REPORT = "# Custody\n\nIn 2031 Fernshire Police kept 41 children in cells overnight.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two good documents and one that cannot be read."""
    made = tmp_path / "reports"
    made.mkdir()
    (made / "custody.md").write_text(REPORT)
    (made / "stalking.md").write_text("# Stalking\n\nThe clinic opened in May 2031.\n")
    (made / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing of the kind")
    return made


def test_a_bad_file_is_named_and_the_rest_goes_on(rejoinder: Rejoinder, folder: Path) -> None:
    ran = rejoinder("index", folder)
    assert ran.code == 3
    lines = ran.out.splitlines()
    assert [line for line in lines if line.startswith("refused") and "broken.pdf" in line]
    assert sum(line.startswith("added") for line in lines) == 2
    assert lines[-1] == "3 files: 1 refused, 2 added."
    assert rejoinder("ask", "How many children were kept in cells overnight?").code == 0


def test_a_second_run_changes_nothing_and_says_so(rejoinder: Rejoinder, folder: Path) -> None:
    (folder / "broken.pdf").unlink()
    first, second = (rejoinder("index", folder, "--json") for _ in range(2))
    assert (first.code, first.data["counts"]) == (0, {"added": 2})
    assert (second.code, second.data["counts"]) == (0, {"unchanged": 2})
    assert rejoinder("index", folder).out == "2 files: 2 unchanged.\n"


def test_json_is_one_document_also_when_a_file_is_refused(
    rejoinder: Rejoinder, folder: Path
) -> None:
    ran = rejoinder("index", folder, "--json")
    assert ran.code == 3
    states = {Path(one["file"]).name: one["state"] for one in ran.data["files"]}
    assert states == {"broken.pdf": "refused", "custody.md": "added", "stalking.md": "added"}
    (refused,) = [one for one in ran.data["files"] if one["state"] == "refused"]
    assert refused["notes"]


def test_a_path_that_is_not_there_is_wrong_use(rejoinder: Rejoinder, tmp_path: Path) -> None:
    ran = rejoinder("index", tmp_path / "nowhere")
    assert (ran.code, ran.out) == (2, "")
    assert "nowhere is not there" in ran.err


def test_without_a_path_the_corpus_of_the_settings_is_read(
    rejoinder: Rejoinder, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REJOINDER_CORPUS", str(folder / "custody.md"))
    assert rejoinder("index").out.endswith("1 file: 1 added.\n")


def test_without_a_path_or_a_corpus_nothing_is_read_and_the_index_kept(
    rejoinder: Rejoinder, folder: Path
) -> None:
    rejoinder("index", folder / "custody.md")
    ran = rejoinder("index")
    assert (ran.code, ran.out.startswith("No documents there")) == (0, True)
    assert rejoinder("index", folder / "custody.md").out == "1 file: 1 unchanged.\n"


def test_an_empty_folder_is_said_to_be_empty(rejoinder: Rejoinder, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ran = rejoinder("index", tmp_path / "empty")
    assert (ran.code, ran.out) == (
        0,
        "No documents there: give files or folders. What is indexed is whole.\n",
    )


def test_a_catalogue_that_cannot_be_read_is_said_in_one_line(
    rejoinder: Rejoinder, folder: Path
) -> None:
    (folder / "catalogue.toml").write_text("[[document]]\npath = 3\n")
    ran = rejoinder("index", folder)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("rejoinder index: ")
    assert "catalogue.toml" in ran.err
    assert "Traceback" not in ran.err
