import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.cli import examining
from retrieval import index
from tests.bot.cli.conftest import Ran, Rejoinder
from tests.fakes.slack import serving_slack
from tests.fakes.slack_faults import Slow


def check(ran: Ran, name: str) -> dict[str, Any]:
    """The one line of that name."""
    (found,) = [one for one in ran.data["checks"] if one["name"] == name]
    return dict(found)


def test_before_indexing_it_says_what_is_missing(rejoinder: Rejoinder) -> None:
    ran = rejoinder("doctor")
    assert ran.code == 1
    assert "MISSING  index: nothing is indexed: run `rejoinder index FOLDER`" in ran.out
    assert "ok       embedding model" in ran.out
    assert "not set  model: set REJOINDER_MODEL to use one" in ran.out
    assert "not set  slack: make the app from what `rejoinder manifest` prints" in ran.out


def test_after_indexing_all_is_well(rejoinder: Rejoinder, samples: Path) -> None:
    ran = rejoinder("doctor", "--json")
    assert ran.code == 0
    assert ran.data["ok"] is True
    found = {check["name"]: check for check in ran.data["checks"]}
    assert found["index"]["words"].endswith("all parts agree")
    assert found["database"]["words"] == "sqlite, 25 documents, tables of this version"
    assert found["jobs"]["ok"] is None
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


def test_a_database_of_a_newer_version_is_told(rejoinder: Rejoinder, home: Path) -> None:
    rejoinder("doctor")
    with closing(sqlite3.connect(home / "rejoinder.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    found = check(rejoinder("doctor", "--json"), "database")
    assert found["ok"] is False
    assert "of a newer Rejoinder" in found["words"]


def test_a_damaged_database_is_told(rejoinder: Rejoinder, home: Path) -> None:
    home.mkdir()
    (home / "rejoinder.db").write_text("This is no database at all.")
    assert check(rejoinder("doctor", "--json"), "database")["ok"] is False


def test_the_database_of_the_jobs_is_looked_at_and_not_made(
    rejoinder: Rejoinder, home: Path
) -> None:
    assert check(rejoinder("doctor", "--json"), "jobs")["ok"] is None
    assert not (home / "jobs.db").exists()
    with closing(sqlite3.connect(home / "jobs.db")) as database, database:
        database.execute("CREATE TABLE jobs (name TEXT)")
    assert check(rejoinder("doctor", "--json"), "jobs")["ok"] is True
    (home / "jobs.db").write_text("This is no database at all.")
    assert check(rejoinder("doctor", "--json"), "jobs")["ok"] is False


def test_looking_writes_nothing(rejoinder: Rejoinder, home: Path) -> None:
    rejoinder("doctor")
    with closing(sqlite3.connect(home / "rejoinder.db")) as database:
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master")]
    assert "rejoinder_trial" not in names


def test_slack_is_looked_at(rejoinder: Rejoinder, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving_slack() as slack:
        monkeypatch.setenv("REJOINDER_SLACK_API_URL", slack.base_url)
        monkeypatch.setenv("REJOINDER_SLACK_BOT_TOKEN", "xoxb-test")
        monkeypatch.setenv("REJOINDER_SLACK_SIGNING_SECRET", "secret")
        ran = rejoinder("doctor", "--json")
    assert check(ran, "slack")["words"] == "Fernshire OPCC, as @rejoinder"
    assert "xoxb" not in ran.out + ran.err


def test_a_slack_that_hangs_does_not_hold_it_up(
    rejoinder: Rejoinder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examining, "_SLACK_SECONDS", 0.2)
    with serving_slack() as slack:
        slack.fail("auth.test", Slow(60))
        monkeypatch.setenv("REJOINDER_SLACK_API_URL", slack.base_url)
        monkeypatch.setenv("REJOINDER_SLACK_BOT_TOKEN", "xoxb-test")
        found = check(rejoinder("doctor", "--json"), "slack")
    assert found["ok"] is False
    assert found["words"] == "gave no answer in 0.2 seconds: try again later"


def test_an_index_that_a_running_process_owns_is_no_fault(
    rejoinder: Rejoinder, samples: Path
) -> None:
    with index.owned(samples):
        told = check(rejoinder("doctor", "--json"), "index")
    assert told["ok"] is True
    assert "in use by a Rejoinder that runs" in told["words"]
