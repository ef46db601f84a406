import json
from pathlib import Path

import pytest

from tests.bot.cli.conftest import Rejoinder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "reports"
    made.mkdir()
    (made / "custody.md").write_text(
        "# Custody\n\nIn 2031 Fernshire Police kept 41 children in cells overnight.\n"
    )
    return made


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    support = {"file": "custody.md", "page": 1, "quote": "kept 41 children in cells"}
    asked = [
        {"id": "K", "question": "How many children were kept in cells overnight?",
         "type": "lookup", "answerable": True, "support": [support]},
        {"id": "N", "question": "How many whales swam in the harbour of Oxmere?",
         "type": "unanswerable", "answerable": False, "support": []},
    ]  # fmt: skip
    file = tmp_path / "questions.json"
    file.write_text(json.dumps(asked))
    return file


def test_the_figures_are_one_json_document(
    rejoinder: Rejoinder, folder: Path, questions: Path, home: Path
) -> None:
    ran = rejoinder("eval", questions, "--documents", folder, "--json")
    assert ran.code == 0
    assert ran.data["indexed"]["files"] == 1
    assert ran.data["overall"]["questions"] == 2
    assert ran.data["overall"]["recall@1"] == 1.0
    assert ran.data["overall"]["quotes_verbatim"] == 1.0
    assert ran.data["by_type"]["unanswerable"]["refused_of_unanswerable"] == 1.0
    assert [row["id"] for row in ran.data["rows"]] == ["K", "N"]
    assert not (home / "chroma").exists()


def test_the_figures_are_a_table(rejoinder: Rejoinder, folder: Path, questions: Path) -> None:
    ran = rejoinder("eval", questions, "--documents", folder)
    assert ran.code == 0
    assert "pages_per_second: " in ran.out
    assert "refused_of_unanswerable" in ran.out


def test_documents_that_are_not_there_are_wrong_use(
    rejoinder: Rejoinder, questions: Path, tmp_path: Path
) -> None:
    ran = rejoinder("eval", questions, "--documents", tmp_path / "none")
    assert (ran.code, ran.out) == (2, "")
    assert "none is not a folder" in ran.err


def test_questions_that_cannot_be_read_are_said_in_one_line(
    rejoinder: Rejoinder, folder: Path, tmp_path: Path
) -> None:
    ran = rejoinder("eval", tmp_path / "none.json", "--documents", folder)
    assert (ran.code, ran.out) == (3, "")
    assert "is not a list of questions" in ran.err
    assert ran.err.count("\n") == 1
