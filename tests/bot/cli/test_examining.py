from pathlib import Path

import pytest

from retrieval import index
from tests.bot.cli.conftest import Rejoinder


def test_before_indexing_it_says_what_is_missing(rejoinder: Rejoinder) -> None:
    ran = rejoinder("doctor")
    assert ran.code == 1
    assert "MISSING  index: nothing is indexed: run `rejoinder index`" in ran.out
    assert "ok       embedding model" in ran.out
    assert "not set  model: set REJOINDER_MODEL to use one" in ran.out


def test_after_indexing_all_is_well(rejoinder: Rejoinder, samples: Path) -> None:
    ran = rejoinder("doctor", "--json")
    assert ran.code == 0
    assert ran.data["ok"] is True
    found = {check["name"]: check for check in ran.data["checks"]}
    assert found["index"]["words"].endswith("all parts agree")
    assert found["database"]["words"] == "sqlite, 25 documents"
    assert found["model"]["ok"] is None


def test_a_home_that_cannot_be_made_is_named(
    rejoinder: Rejoinder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("REJOINDER_HOME", str(tmp_path / "file" / "home"))
    ran = rejoinder("doctor", "--json")
    assert ran.code == 1
    missing = {check["name"] for check in ran.data["checks"] if check["ok"] is False}
    assert {"home", "database"} <= missing


def test_a_model_that_cannot_be_built_is_named(
    rejoinder: Rejoinder, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REJOINDER_MODEL", "nobody:one")
    ran = rejoinder("doctor", "--json")
    assert ran.code == 1
    (missing,) = [check for check in ran.data["checks"] if check["ok"] is False]
    assert missing["name"] == "model"


def test_another_embedding_model_than_the_index_has_is_told(
    rejoinder: Rejoinder, samples: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("REJOINDER_EMBEDDING_MODEL", str(tmp_path / "none"))
    ran = rejoinder("doctor", "--json")
    assert ran.code == 1
    missing = {check["name"] for check in ran.data["checks"] if check["ok"] is False}
    assert missing == {"index model", "embedding model"}


def test_an_index_in_use_is_told(rejoinder: Rejoinder, samples: Path) -> None:
    with index.owned(samples):
        ran = rejoinder("doctor")
    assert ran.code == 1
    assert "Another rejoinder process is using" in ran.out
