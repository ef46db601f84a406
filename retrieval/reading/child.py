"""The process that parses: limit itself, do one task, answer on stdout, end.

It imports nothing but what the task needs, and no parser before the limits hold.
"""

import importlib
import json
import os
import resource
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from retrieval.documents import Reading, Refused
from retrieval.reading import wire


def main() -> None:
    """Do the task in the last argument, a JSON object with a key ``do`` and what that needs.

    ``read``: format, path, digest, max_pages → a reading or a refusal as JSON.
    ``render``: path, page → one page of a PDF as a picture. ``run``: command, environment → it.
    """
    task = json.loads(sys.argv[-1])
    _limit_self(task["cpu_seconds"], task["memory_megabytes"])
    if task["do"] == "run":
        os.execve(task["command"][0], task["command"], task["environment"])
    answer = _read(task) if task["do"] == "read" else _rendered(task)
    sys.stdout.buffer.write(answer)
    sys.stdout.flush()


def _limit_self(cpu_seconds: int, memory_megabytes: int) -> None:
    memory = memory_megabytes * 1_000_000
    bounds = {
        resource.RLIMIT_AS: (memory, memory),
        # The softer bound ends the process with a signal of its own, which tells the cause.
        resource.RLIMIT_CPU: (cpu_seconds, cpu_seconds + 1),
        resource.RLIMIT_FSIZE: (0, 0),
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_NOFILE: (64, 64),
        resource.RLIMIT_NPROC: (0, 0),
    }
    for bound, most in bounds.items():
        # A system that does not know a limit, or has set a lower one, says so here; the parent's
        # wall clock holds all the same.
        with suppress(ValueError, OSError):
            resource.setrlimit(bound, most)


def _read(task: dict[str, Any]) -> bytes:
    path = Path(task["path"])
    try:
        reader = importlib.import_module(f"retrieval.reading.{task['format']}")
        reading: Reading = reader.read(path, digest=task["digest"], max_pages=task["max_pages"])
    except Refused as refusal:
        return wire.packed_refusal(refusal)
    return wire.packed(reading)


def _rendered(task: dict[str, Any]) -> bytes:
    picture = importlib.import_module("retrieval.reading.picture")
    rendered: bytes = picture.of_page(Path(task["path"]), task["page"])
    return rendered
