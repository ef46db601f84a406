"""Serve an ASGI application from a thread: on a port of ours or none, and stopped in good order."""

import errno
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from bot.operating import logs

_GRACE = 2  # seconds beyond the limit before a thread that does not end is left behind


class CannotListen(Exception):
    """The address cannot be listened on; the message says why and what to do."""


class PortTaken(CannotListen):
    """Another process listens there."""


class NotStarted(Exception):
    """The application did not start; the log says in which class of error it ended."""


@contextmanager
def served(app: ASGIApp, host: str, port: int, *, seconds: int = 10) -> Iterator[str]:
    """Serve ``app`` and give its address, such as ``http://127.0.0.1:9464``; port 0: any free one.

    At the end nothing new is taken, and requests under way have ``seconds`` to finish. PortTaken
    when somebody else listens there, CannotListen when nobody may.
    """
    with _listening(host, port) as listening:
        server = _Server(_config(app, seconds))
        thread = threading.Thread(
            target=server.run_until_told, args=(listening,), name="web", daemon=True
        )
        thread.start()
        server.settled.wait()
        if not server.started:
            raise NotStarted("The web application did not start: see the log.")
        try:
            yield _address(listening)
        finally:
            _stop(server, thread, seconds)


class _Server(uvicorn.Server):
    """Says when it serves, or has ended without."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.settled = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.settled.set()

    def run_until_told(self, listening: socket.socket) -> None:
        """Serve on a socket; in a thread that is not the main one it leaves signals alone."""
        try:
            self.run(sockets=[listening])
        except SystemExit:
            logs.get().error("web not started")  # how uvicorn ends when an application does not
        finally:
            self.settled.set()


def _config(app: ASGIApp, seconds: int) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,  # addresses hold what was asked
        server_header=False,
        proxy_headers=False,
        ws="none",
        timeout_graceful_shutdown=seconds,
    )


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as cause:
        raise _refusal(cause, host, port) from cause


def _refusal(cause: OSError, host: str, port: int) -> CannotListen:
    if cause.errno == errno.EADDRINUSE:
        return PortTaken(f"Port {port} of {host} is in use: stop what uses it, or choose another.")
    if cause.errno in (errno.EACCES, errno.EPERM):
        return CannotListen(f"Port {port} is not open to this account: choose one above 1023.")
    return CannotListen(f"{host} is not an address of this machine: choose 127.0.0.1 or another.")


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _stop(server: _Server, thread: threading.Thread, seconds: int) -> None:
    server.should_exit = True
    thread.join(seconds + _GRACE)
    if thread.is_alive():
        server.force_exit = True
        logs.get().warning("web left behind", seconds=seconds)
