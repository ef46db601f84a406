"""Requests and frames between us and the local Slack, past any proxy of the environment."""

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

if TYPE_CHECKING:
    from websocket import WebSocket

Fact = dict[str, Any]
_SECONDS = 30
_direct = build_opener(ProxyHandler({}))


class NotTaken(Exception):
    """The local Slack would not do it; the message is its error: ``not_authorized``."""


@dataclass(frozen=True)
class Wire:
    """The way to one local Slack at ``address`` (http://127.0.0.1:3100, no slash behind)."""

    address: str

    def get(self, path: str) -> Fact:
        """What stands at a path of the control API. OSError when nobody answers."""
        return _sent(Request(f"{self.address}/_control/{path}"))

    def post(self, path: str, facts: Fact) -> Fact:
        """Do something through the control API; it answers when the app has acknowledged it, or
        after five seconds over Socket Mode. NotTaken; OSError when nobody answers.
        """
        known = {name: value for name, value in facts.items() if value is not None}
        return self._posted(path, json.dumps(known).encode(), "application/json")

    def upload(self, facts: Fact, name: str, data: bytes) -> Fact:
        """Post a file as a form. NotTaken; OSError when nobody answers."""
        mark = secrets.token_hex(16)
        parts = [
            _part(mark, f'name="{key}"', value.encode()) for key, value in facts.items() if value
        ]
        parts.append(_part(mark, f'name="file"; filename="{_quoted(name)}"', data))
        body = b"".join(parts) + f"--{mark}--\r\n".encode()
        return self._posted("upload", body, f"multipart/form-data; boundary={mark}")

    @contextmanager
    def watching(self) -> Iterator["Watch"]:
        """What happens from now on, as the web page sees it."""
        from websocket import create_connection

        address = f"{self.address.replace('http', 'ws', 1)}/ui"
        socket = create_connection(address, timeout=_SECONDS, http_no_proxy=["*"])
        try:
            yield Watch(socket, json.loads(socket.recv())["state"])
        finally:
            socket.close()

    def _posted(self, path: str, data: bytes, kind: str) -> Fact:
        address = f"{self.address}/_control/{path}"
        return _sent(Request(address, data, {"Content-Type": kind}, method="POST"))


@dataclass(frozen=True)
class Watch:
    """An open line: ``state`` is all there was when it was opened."""

    socket: "WebSocket"
    state: Fact

    def send(self, kind: str, **facts: Any) -> None:
        """Do something as the web page does."""
        self.socket.send(json.dumps({"t": kind} | facts))

    def frame(self, seconds: float = _SECONDS) -> Fact:
        """The next thing that happens: ``t`` says what it is. TimeoutError after ``seconds``."""
        from websocket import WebSocketTimeoutException

        self.socket.settimeout(seconds)
        try:
            found: Fact = json.loads(self.socket.recv())
        except WebSocketTimeoutException as cause:
            raise TimeoutError(f"nothing happened in {seconds:.0f} seconds") from cause
        return found


def _sent(request: Request) -> Fact:
    try:
        with _direct.open(request, timeout=_SECONDS) as answer:
            found: Fact = json.load(answer)
    except HTTPError as refusal:
        with refusal:
            raise NotTaken(json.load(refusal).get("error", "")) from refusal
    return found


def _part(mark: str, label: str, data: bytes) -> bytes:
    return f"--{mark}\r\nContent-Disposition: form-data; {label}\r\n\r\n".encode() + data + b"\r\n"


def _quoted(name: str) -> str:
    """As browsers write a file's name into a form."""
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
