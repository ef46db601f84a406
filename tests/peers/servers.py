"""Servers that Node runs, started on a free port and stopped."""

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

_START = 30.0  # seconds
_direct = build_opener(ProxyHandler({}))


@contextmanager
def serving(script: Path, *switches: str, log: Path) -> Iterator[str]:
    """The address of the server that ``script`` is, told its port with ``--port``."""
    port = _free()
    command = ["node", str(script), *switches, "--port", str(port)]
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, cwd=log.parent)
    try:
        _wait(process, port, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def asked(address: str, facts: Any = None, method: str = "") -> Any:
    """What a server answers in JSON to GET, or to POST with ``facts``."""
    data = None if facts is None else json.dumps(facts).encode()
    headers = {"Content-Type": "application/json"} if data else {}
    method = method or ("POST" if data else "GET")
    try:
        with _direct.open(Request(address, data, headers, method=method), timeout=20) as answer:
            return json.load(answer)
    except HTTPError as refusal:
        with refusal:
            raise AssertionError(f"{refusal.code}: {refusal.read().decode()}") from refusal


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as trial:
        number: int = trial.getsockname()[1]
        return number


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    end = time.monotonic() + _START
    while process.poll() is None and time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"the server did not start: {log.read_text(encoding='utf-8')}")
