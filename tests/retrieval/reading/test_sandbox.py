"""Tests of the process that parses: whatever happens in it, this one goes on and can say why."""

import sys
import time
from pathlib import Path

import pytest

from retrieval.reading import Limits, sandbox
from retrieval.reading.parsing import failure

LIMITS = Limits(seconds=3, cpu_seconds=1, memory_megabytes=300)


def outcome_of(program: str, seconds: float = 3) -> sandbox.Outcome:
    task: dict[str, object] = {
        "do": "run",
        "command": [sys.executable, "-I", "-S", "-c", program],
        "environment": {},
    }
    return sandbox.run(task, limits=LIMITS, seconds=seconds)


def test_what_a_task_writes_comes_back() -> None:
    outcome = outcome_of("print('fine')")
    assert outcome == sandbox.Outcome(b"fine\n", 0, "", "")
    assert failure(outcome, LIMITS) == ""


def test_a_task_reads_what_it_is_given() -> None:
    task: dict[str, object] = {"do": "run", "command": ["/bin/cat"], "environment": {}}
    outcome = sandbox.run(task, limits=LIMITS, seconds=3, given=b"a picture")
    assert outcome.output == b"a picture"


@pytest.mark.parametrize(
    ("program", "told"),
    [
        ("import os; os.abort()", "signal 6"),
        ("import os; os.kill(os.getpid(), 11)", "signal 11"),
        ("x = bytearray(10**9)", "300 MB of memory were not enough"),
        ("f = lambda: f()\nf()", "its parts are nested too deeply"),
        ("raise KeyError('secret words')", "KeyError"),
        ("raise SystemExit(4)", "status 4"),
        ("while True: pass", "1 seconds of processor time were not enough"),
    ],
)
def test_an_end_is_put_in_words(program: str, told: str) -> None:
    assert failure(outcome_of(program), LIMITS) == told


@pytest.mark.parametrize(
    "program",
    [
        "import time; time.sleep(60)",
        "import os, time; os.close(1); os.close(2); time.sleep(60)",
        "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)",
    ],
)
def test_a_task_that_hangs_is_stopped(program: str) -> None:
    outcome = outcome_of(program, seconds=0.5)
    assert outcome.stopped == "time"
    assert failure(outcome, LIMITS) == "3 seconds were not enough"


def test_an_answer_without_end_is_stopped() -> None:
    outcome = outcome_of("import sys\nwhile True: sys.stdout.write('x' * 65536)", seconds=20)
    assert outcome.stopped == "size"
    assert outcome.output == b""


def test_a_task_cannot_write_files(tmp_path: Path) -> None:
    target = tmp_path / "written.txt"
    outcome = outcome_of(f"f = open({str(target)!r}, 'w'); f.write('x'); f.close()")
    assert outcome.error == "OSError"
    assert not target.exists() or target.read_bytes() == b""


def test_a_task_sees_no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REJOINDER_SECRET", "token")
    assert b"REJOINDER" not in outcome_of("import os; print(dict(os.environ))").output


def test_what_a_task_leaves_running_is_ended() -> None:
    program = "import os, time\nif os.fork() == 0: time.sleep(60)\nelse: print(os.getpid())"
    begun = time.monotonic()
    outcome_of(program, seconds=1)
    assert time.monotonic() - begun < 30
