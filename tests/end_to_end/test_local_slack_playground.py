"""`rejoinder playground --demo` as people start it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.playground.local_slack import LocalSlack
from bot.settings import PREFIX
from tests.corpus.samples import DOCUMENTS
from tests.end_to_end.serving import REPOSITORY, STARTED


@pytest.fixture
def home(local_slack_program: Path, indexed: Path, tmp_path: Path) -> Path:
    """The home of a playground that was set up before."""
    shutil.copytree(indexed, tmp_path / "playground")
    (tmp_path / "playground" / "local-slack").symlink_to(local_slack_program.parents[3])
    return tmp_path


def played(home: Path) -> "subprocess.CompletedProcess[str]":
    clean = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    given = {f"{PREFIX}HOME": str(home), f"{PREFIX}CORPUS": str(DOCUMENTS), f"{PREFIX}OCR": "false"}
    return subprocess.run(
        [sys.executable, "-c", STARTED, "playground", "--demo"],
        check=False,
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        timeout=240,
        env=clean | given,
    )


def test_the_conversation_is_played_and_nothing_is_left_behind(home: Path) -> None:
    ran = played(home)
    assert (ran.returncode, ran.stderr) == (0, "")
    words = " ".join(ran.stdout.split())
    assert "applied for nine stalking protection orders" in words
    assert "applied for 31 stalking protection orders" in words
    assert "was 38 on the day of our visit" in words
    assert "[Share with the channel]" in words
    assert words.endswith("There may be documents on this that cannot be shown here.")
    address = next(word for word in words.split() if word.startswith("http")).rstrip(";")
    with pytest.raises(OSError, match="refused"):
        LocalSlack(address).state()


def test_a_bot_that_ends_is_noticed_and_its_error_said(home: Path) -> None:
    (home / "playground" / "jobs.db").mkdir()  # where a file is to be
    ran = played(home)
    assert ran.returncode == 3
    assert "rejoinder playground: The bot ended: " in ran.stderr
    assert "Traceback" not in ran.stderr
