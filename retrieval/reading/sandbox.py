"""Run one task in a process of its own that may use little and can do no harm.

The process starts with an empty environment, in a session of its own, and limits itself before it
imports a parser (see ``child``): address space, processor time, no file writes, no core file. This
side holds the wall clock and the size of the answer, and kills the whole group. macOS does not
enforce the address space limit; there the wall clock, the processor time and the size still hold.
"""

import json
import os
import re
import selectors
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from retrieval.reading.limits import Limits

_ROOT = str(Path(__file__).resolve().parents[2])
_START = "import sys; sys.path.insert(0, sys.argv[1]); from retrieval.reading import child; "
# A thousand pages make some 10 MB of JSON, a page to be recognised 40 MB of grey dots.
_ANSWER_BYTES = 64_000_000
_ERROR_BYTES = 100_000
_ERROR_NAME = re.compile(rb"^(?:[A-Za-z_][\w.]*\.)?([A-Z]\w*)(?::|$)")


@dataclass(frozen=True)
class Outcome:
    """How a task ended.

    ``status`` is the exit status, negative for a signal; ``stopped`` is "time" or "size" when we
    ended it; ``error`` is the class of the exception that ended it, "" when none did.
    """

    output: bytes
    status: int
    stopped: str
    error: str


def run(task: dict[str, object], *, limits: Limits, seconds: float, given: bytes = b"") -> Outcome:
    """Run ``task`` (see ``child.main``) for at most ``seconds``, with ``given`` on its stdin."""
    with TemporaryFile() as stdin:
        stdin.write(given)
        stdin.seek(0)
        with subprocess.Popen(
            _command(task, limits),
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={},
            cwd="/",
            start_new_session=True,
        ) as process:
            return _watched(process, time.monotonic() + seconds)


def _command(task: dict[str, object], limits: Limits) -> list[str]:
    bounds = {"cpu_seconds": limits.cpu_seconds, "memory_megabytes": limits.memory_megabytes}
    python = [sys.executable, "-I", "-B", "-X", "utf8", "-c"]
    return [*python, _START + "child.main()", _ROOT, json.dumps({**task, **bounds})]


def _watched(process: subprocess.Popen[bytes], deadline: float) -> Outcome:
    try:
        output, errors, stopped = _drained(process, deadline)
        if not stopped:
            stopped = _waited(process, deadline)
    finally:
        _kill_group(process)
    status = process.wait()
    return Outcome(output, status, stopped, _error_name(errors))


def _drained(process: subprocess.Popen[bytes], deadline: float) -> tuple[bytes, bytes, str]:
    output, errors = bytearray(), bytearray()
    with selectors.DefaultSelector() as watch:
        for pipe, kept in ((process.stdout, output), (process.stderr, errors)):
            watch.register(_open(pipe), selectors.EVENT_READ, kept)
        while watch.get_map():
            ready = watch.select(max(0.0, deadline - time.monotonic()))
            if not ready:
                return bytes(output), bytes(errors), "time"
            for key, _ in ready:
                chunk = os.read(key.fd, 1 << 16)
                key.data.extend(chunk)
                if not chunk:
                    watch.unregister(key.fileobj)
            del errors[:-_ERROR_BYTES]
            if len(output) > _ANSWER_BYTES:
                return b"", bytes(errors), "size"
    return bytes(output), bytes(errors), ""


def _waited(process: subprocess.Popen[bytes], deadline: float) -> str:
    try:
        process.wait(max(0.1, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return "time"
    return ""


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    # The group may be gone; on macOS a group of zombies answers with a permission error.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise ValueError("the process was started without a pipe")
    return pipe


def _error_name(errors: bytes) -> str:
    lines = errors.strip().splitlines()
    found = _ERROR_NAME.match(lines[-1]) if lines else None
    return found.group(1).decode() if found else ""
