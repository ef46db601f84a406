"""The bot's process: started, killed without warning, and started again."""

import json
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.faults.bot import OPEN

ROOT = Path(__file__).parents[2]
_STARTS = 5
_TICK = 0.05


class Process:
    """The running bot. ``address`` stays the same over restarts; ``log`` is added to by each."""

    def __init__(self, log: Path, **given: Any) -> None:
        self.log = log
        self.kills = 0
        self.restarts: list[float] = []
        self.up = threading.Event()
        self.address = ""
        self._given = {"port": 0, **given}
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start, again where the start itself failed, and wait until events are taken."""
        began = time.monotonic()
        for _ in range(_STARTS):
            if self._started():
                self.restarts.append(time.monotonic() - began)
                self.up.set()
                return
        raise AssertionError(f"the bot does not start: {self.log.read_text()[-2000:]}")

    def kill(self) -> None:
        """SIGKILL: nothing is finished or closed."""
        assert self._process is not None
        self.up.clear()
        self._process.kill()
        self._process.communicate()
        self.kills += 1

    def stop(self) -> None:
        """End for good."""
        if self._process and self._process.poll() is None:
            self._process.terminate()
            self._process.communicate(timeout=60)

    def open(self) -> int:
        """How many jobs wait, are under way or are for later."""
        with urllib.request.urlopen(f"{self.address}{OPEN}", timeout=30) as answer:
            return sum(json.load(answer))

    def quiet(self, seconds: float) -> bool:
        """Whether no job is left within so many seconds."""
        tick, end = threading.Event(), time.monotonic() + seconds
        while self.open():
            if time.monotonic() > end:
                return False
            tick.wait(_TICK)
        return True

    def events(self) -> list[dict[str, Any]]:
        """Everything that was logged; a line that a kill cut off is left out."""
        found = []
        for line in self.log.read_text(encoding="utf-8").splitlines():
            with suppress(ValueError):
                found.append(json.loads(line))
        return [one for one in found if isinstance(one, dict)]

    def _started(self) -> bool:
        command = [sys.executable, "-m", "tests.faults.bot", json.dumps(self._given)]
        with self.log.open("a", encoding="utf-8") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True
            )
        assert self._process.stdout is not None
        self.address = self._process.stdout.readline().strip()
        if self.address:
            self._given["port"] = int(self.address.rpartition(":")[2])
            return True
        self._process.communicate()
        return False
