"""Commands run in this process, each test with a home and a working folder of its own."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from bot.settings import PREFIX, Settings


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """Standard output, which must be one JSON document and nothing else."""
        return json.loads(self.out)


Rejoinder = Callable[..., Ran]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home; no other setting than that scans are left unread."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"{PREFIX}{name.upper()}", raising=False)
    monkeypatch.setenv("REJOINDER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("REJOINDER_OCR", "false")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


@pytest.fixture
def samples(indexed: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home in which the sample documents are indexed; for reading only."""
    monkeypatch.setenv("REJOINDER_HOME", str(indexed))
    return indexed


@pytest.fixture
def rejoinder(capsys: pytest.CaptureFixture[str]) -> Rejoinder:
    """Runs a command; wrong use of options ends like a command that says so itself."""

    def run(*arguments: object) -> Ran:
        capsys.readouterr()
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as ended:
            code = int(ended.code or 0)
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return run
