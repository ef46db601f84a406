"""The HTTP side of the fake Slack: paths, tokens and bodies to calls, and replies to bytes."""

import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from urllib.parse import parse_qsl, urlsplit

from tests.fakes.slack_answers import DOWNLOAD, RESPONSE_URL, UPLOAD, Desk, Reply, said
from tests.fakes.slack_state import Facts


class Server(ThreadingHTTPServer):
    desk: Desk
    block_on_close = True
    daemon_threads = False


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        place, id = self._place()
        if place == "upload":
            self._meet(UPLOAD, {"file": id}, lambda: self._desk.receive(id, data))
            return
        method = RESPONSE_URL if place == "hooks" else id
        try:
            arguments = _arguments(data, self.headers.get("Content-Type", ""))
        except ValueError:
            self._meet(method, {}, lambda: said(False, error="invalid_json"))
            return
        if place == "hooks":
            self._meet(method, {"hook": id, **arguments}, lambda: self._desk.hook(id, arguments))
        else:
            self._call(method, arguments)

    def do_GET(self) -> None:
        place, id = self._place()
        if place == "files-pri":
            token = self._token()
            self._meet(DOWNLOAD, {"file": id}, lambda: self._desk.download(id, token))
        else:
            self._call(id, dict(parse_qsl(urlsplit(self.path).query)))

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is printed: the journal is the record."""

    @property
    def _desk(self) -> Desk:
        return cast(Server, self.server).desk

    def _place(self) -> tuple[str, str]:
        place, _, rest = urlsplit(self.path).path.lstrip("/").partition("/")
        return place, rest.partition("/")[0]

    def _token(self) -> str:
        return str(self.headers.get("Authorization", "")).removeprefix("Bearer ").strip()

    def _call(self, method: str, arguments: Facts) -> None:
        token = self._token() or str(arguments.get("token") or "")
        self._meet(method, arguments, lambda: self._desk.answer(method, token, arguments))

    def _meet(self, method: str, arguments: Facts, work: Callable[[], Reply]) -> None:
        reply = self._desk.meet(method, arguments, work)
        self.close_connection = True
        try:
            self._send(reply)
        except (BrokenPipeError, ConnectionResetError):
            return  # the client has hung up, as some tests want

    def _send(self, reply: Reply) -> None:
        if reply.dropped:
            return
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.kind)
        self.send_header("Content-Length", str(len(reply.body)))
        self.send_header("Connection", "close")
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)


def _arguments(data: bytes, kind: str) -> Facts:
    if not data or not kind.startswith("application/json"):
        return dict(parse_qsl(data.decode(), keep_blank_values=True))
    given = json.loads(data)
    if not isinstance(given, dict):
        raise ValueError("not an object")
    return given
