"""Kill commands at random moments while they take a report in or keep what was confirmed.

After each kill the record is the old or the new one, its audit is whole, and the command run again
ends well. Run: python -m tests.bot.cli.kills TIMES [SEED] [DATABASE_URL]
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine

from bot.responding import proving
from bot.responding.sheet import reading
from bot.store.audit import Audit
from bot.store.casebook import Casebook
from bot.store.cases import Case
from bot.store.engine import connect, migrate
from tests.bot.responding.cases import REPORT, written

ROOT = Path(__file__).parents[3]
_STATE = {"add": (0, 1), "confirm": (1, 2)}
_COMMAND = "import sys; from bot.cli import main; sys.exit(main(sys.argv[1:]))"


@dataclass
class Storm:
    """One database and a folder for reports and sheets; ``ended`` counts how the kills fell."""

    folder: Path
    url: str
    chance: random.Random
    seconds: float = 1.0
    ended: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.engine: Engine = connect(self.url)
        migrate(self.engine)
        self.record = Casebook(self.engine)

    def run(self, times: int) -> None:
        """Kill that many commands, additions and confirmations in turn."""
        self._measure()
        for number in range(1, times + 1):
            kind = "add" if number % 2 else "confirm"
            self._round(kind, (number + 1) // 2)
        assert Audit(self.engine).verify().ok
        self.engine.dispose()

    def _measure(self) -> None:
        """How long an addition takes here, so that kills fall all over it."""
        file = written(self.folder, _titled(0), "0.md")
        began = time.monotonic()
        assert self._start("add", str(file)).wait() == 0
        self.seconds = time.monotonic() - began

    def _round(self, kind: str, number: int) -> None:
        file = written(self.folder, _titled(number), f"{number}.md")
        sheet = self.folder / f"peel-{2031 + number}-fernshire.yaml"
        given = str(file) if kind == "add" else str(_dated(sheet))
        process = self._start(kind, given)
        try:
            process.wait(self.chance.uniform(0, self.seconds))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        before, after = _STATE[kind]
        known = self._case(sheet.stem)
        assert self._revisions(known) in (before, after)
        self._check(known, sheet)
        self.ended[f"{kind}: {'new' if self._revisions(known) == after else 'old'} state"] += 1
        self._again(kind, given, sheet)

    def _again(self, kind: str, given: str, sheet: Path) -> None:
        """The same command to its end, or for a report that is in, the sheet alone."""
        there = kind == "add" and self._case(sheet.stem) is not None
        again = ("sheet", sheet.stem) if there else (kind, given)
        code = self._start(*again).wait()
        assert code == 0, f"{again} ended with {code}"
        known = self._case(sheet.stem)
        assert self._revisions(known) == _STATE[kind][1]
        self._check(known, sheet)
        assert reading.read(sheet).revision == _STATE[kind][1]

    def _check(self, known: Case | None, sheet: Path) -> None:
        """Nothing half-done: pages, items, audit rows and the sheet fit together."""
        assert Audit(self.engine).verify().ok
        if sheet.exists():
            reading.read(sheet)
        if known is None:
            return
        assert len(Audit(self.engine).entries(known.id)) == len(known.revisions)
        assert len(known.documents) == 1
        assert len(known.content.items) == 4
        assert proving.lost(known, self.record.pages) == []

    def _case(self, name: str) -> Case | None:
        return next((one for one in self.record.all() if one.id == name), None)

    def _revisions(self, known: Case | None) -> int:
        return len(known.revisions) if known else 0

    def _start(self, action: str, given: str) -> "subprocess.Popen[bytes]":
        out = () if action == "confirm" else ("--out", str(self.folder))
        environment = {name: value for name, value in os.environ.items() if "REJOINDER" not in name}
        environment |= {"REJOINDER_HOME": str(self.folder / "home"), "REJOINDER_OCR": "false"}
        if not self.url.startswith("sqlite"):
            environment["REJOINDER_DATABASE_URL"] = self.url
        return subprocess.Popen(
            [sys.executable, "-c", _COMMAND, "report", action, given, *out],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def storm(folder: Path, url: str, times: int, seed: int) -> Counter[str]:
    """Kill that many commands on a database; how the record stood after each."""
    made = Storm(folder, url, random.Random(seed))
    made.run(times)
    return made.ended


def in_home(folder: Path) -> str:
    """The address of the SQLite database that the commands find in their home."""
    (folder / "home").mkdir()
    return f"sqlite:///{folder / 'home' / 'rejoinder.db'}"


def _titled(number: int) -> str:
    return REPORT.replace("PEEL 2031:", f"PEEL {2031 + number}:")


def _dated(sheet: Path) -> Path:
    """The sheet as a person leaves it: the date confirmed."""
    words = sheet.read_text(encoding="utf-8")
    sheet.write_text(words.replace("confirmed: no", "confirmed: yes", 1), encoding="utf-8")
    return sheet


if __name__ == "__main__":
    _times, _seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as _name:
        _url = sys.argv[3] if len(sys.argv) > 3 else in_home(Path(_name))
        for _how, _count in sorted(storm(Path(_name), _url, _times, _seed).items()):
            print(f"{_how}: {_count}")
