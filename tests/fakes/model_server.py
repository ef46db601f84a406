"""A language model that says what a test tells it to, over HTTP in the OpenAI protocol.

It is a real server on 127.0.0.1: it refuses a wrong key and malformed requests as the real one
does, streams, stalls, breaks off, and keeps a journal of everything that it was asked.
"""

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

KEY = "sk-test"


@dataclass(frozen=True)
class Request:
    """One request as it came in."""

    system: str
    user: str
    body: dict[str, Any]
    key: str


@dataclass(frozen=True)
class Says:
    """A reply in ``pieces``; without a ``finish`` the connection is dropped after the last."""

    pieces: tuple[str, ...]
    finish: str | None = "stop"


@dataclass(frozen=True)
class Fails:
    """An error status, with what a provider would say and how long to wait."""

    status: int
    message: str = "no"
    retry_after: str = ""


@dataclass(frozen=True)
class Stalls:
    """Says ``pieces`` and then nothing more; ``alive`` sends comments that mean "still here"."""

    pieces: tuple[str, ...] = ()
    alive: bool = False


@dataclass(frozen=True)
class Raw:
    """Bytes in place of a reply."""

    data: bytes


Reply = Says | Fails | Stalls | Raw
Script = Sequence[Reply | Callable[[Request], Reply]]


def says(*pieces: str) -> Says:
    """A reply that comes in these pieces."""
    return Says(pieces)


@dataclass
class ModelServer:
    """The server: ``script`` is what it answers, in order; ``journal`` what it was asked."""

    address: str
    script: list[Reply | Callable[[Request], Reply]]
    journal: list[Request] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def reply(self, request: Request) -> Reply:
        """The next reply of the script; a request too many is an error of the test."""
        self.journal.append(request)
        if not self.script:
            return Fails(500, "the script has no more replies")
        turn = self.script.pop(0)
        return turn(request) if callable(turn) else turn


@contextmanager
def serving(*script: Reply | Callable[[Request], Reply]) -> Iterator[ModelServer]:
    """A running server with that script."""
    http = _Server(("127.0.0.1", 0), _Handler)
    http.model = ModelServer(f"http://127.0.0.1:{http.server_port}/v1", list(script))
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield http.model
    finally:
        http.model.closing.set()
        http.shutdown()
        http.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    model: ModelServer
    block_on_close = True
    daemon_threads = False


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.close_connection = True
        try:
            self._answer(self._reply(data))
        except (BrokenPipeError, ConnectionResetError):
            return  # the client has hung up, as some tests want

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is printed: the journal is the record."""

    @property
    def _model(self) -> ModelServer:
        return cast(_Server, self.server).model

    def _reply(self, data: bytes) -> Reply:
        key = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if self.path != "/v1/chat/completions":
            return Fails(404, "no such path")
        if key != KEY:
            return Fails(401, "Incorrect API key provided")
        try:
            return self._model.reply(_request(json.loads(data), key))
        except (ValueError, KeyError, TypeError):
            return Fails(400, "malformed request")

    def _answer(self, reply: Reply) -> None:
        if isinstance(reply, Fails):
            self._fail(reply)
        elif isinstance(reply, Raw):
            self._begin()
            self._send(reply.data)
            self._send(b"")
        else:
            self._begin()
            for piece in reply.pieces:
                self._event(_chunk(piece))
            self._end(reply)

    def _end(self, reply: Says | Stalls) -> None:
        if isinstance(reply, Stalls):
            while not self._model.closing.wait(0.02):
                if reply.alive:
                    self._send(b": still here\n\n")
        elif reply.finish:
            self._event(_chunk("", reply.finish))
            self._send(b"data: [DONE]\n\n")
            self._send(b"")

    def _fail(self, reply: Fails) -> None:
        data = json.dumps({"error": {"message": reply.message, "type": "error"}}).encode()
        self.send_response(reply.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        if reply.retry_after:
            self.send_header("Retry-After", reply.retry_after)
        self.end_headers()
        self.wfile.write(data)

    def _begin(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def _event(self, chunk: dict[str, Any]) -> None:
        self._send(f"data: {json.dumps(chunk)}\n\n".encode())

    def _send(self, data: bytes) -> None:
        """One chunk of the body; an empty one says that the body is complete."""
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()


def _request(body: dict[str, Any], key: str) -> Request:
    said = {message["role"]: message["content"] for message in body["messages"]}
    if not body["model"] or body.get("stream") is not True:
        raise ValueError("this server only streams")
    return Request(said.get("system", ""), said["user"], body, key)


def _chunk(text: str, finish: str | None = None) -> dict[str, Any]:
    delta = {"role": "assistant", "content": text}
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 0,
            "model": "fake", "choices": [choice]}  # fmt: skip
