"""Run the bot: connected to Slack, its jobs at work, its health to be seen, until it is stopped."""

import os
import shutil
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from enum import StrEnum

from slack_bolt import App
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.bootstrap import Parts
from bot.operating import health, logs, web
from bot.operating.health import Health
from bot.operating.metrics import Metrics
from bot.settings import Settings, SettingsWrong
from bot.slack import app as slack_app
from bot.slack import asking, opening
from bot.slack.desk import Desk
from bot.store import engine

EVENTS = "/slack/events"
_LEAST_FREE = 500_000_000
_PING_SECONDS = 5
_CONNECT_SECONDS = 15  # then it goes on trying, and readiness says that it is not there yet
_LONGEST_BODY = 1_000_000  # bytes of one request of Slack


class How(StrEnum):
    """How a process is connected to Slack. One that only works receives nothing from it."""

    SOCKET = "socket"
    HTTP = "http"
    WORK = "work"


def serve(
    parts: Parts,
    how: How,
    *,
    stopped: threading.Event,
    said: Callable[[str], None],
    now: Callable[[], datetime] | None = None,
) -> None:
    """Serve until ``stopped`` is set; ``said`` is told where, in lines for the operator.

    ``now`` is the clock to work by, the machine's when none is given.
    """
    settings = parts.settings
    _check(settings, how)
    logs.watch_threads()
    client = opening.web_client(settings, settings.slack_bot_token.get_secret_value())
    us, metrics = opening.ourselves(client), Metrics()
    with ExitStack() as stack:
        parts.embedder().question("warm up")  # loading takes seconds; the first question has none
        desk = stack.enter_context(opening.opened(parts, client, us, metrics, now))
        secret = settings.slack_signing_secret.get_secret_value()
        bolt = slack_app.build(desk, client, signing_secret=secret, bot_id=us.bot_id)
        desk.jobs.launch()
        resumed = asking.resume(desk)
        where, connected = stack.enter_context(_CONNECTIONS[how](bolt, settings))
        ready = _checks(parts, desk, connected, stopped)
        operating = stack.enter_context(_operating(parts, desk, ready))
        said(f"Connected to Slack {where}. Health and metrics at {operating}. Ctrl-C stops.")
        logs.get().info("started", questions=resumed, mode=how.value)
        stopped.wait()
        said("Stopping: what is under way is finished, the rest goes on at the next start.")


def _check(settings: Settings, how: How) -> None:
    """All that is missing, at once. An empty signing secret would let anybody in."""
    needed = {"slack_bot_token": settings.slack_bot_token}
    if how is How.HTTP:
        needed["slack_signing_secret"] = settings.slack_signing_secret
    if how is How.SOCKET:
        needed["slack_app_token"] = settings.slack_app_token
    missing = [name for name, value in needed.items() if not value.get_secret_value().strip()]
    if missing:
        said = "needed to connect to Slack; `rejoinder doctor` says where it is found"
        lines = (f"REJOINDER_{name.upper()}: {said}" for name in missing)
        raise SettingsWrong("\n".join(lines))


@contextmanager
def _socket(bolt: App, settings: Settings) -> Iterator[tuple[str, Callable[[], bool]]]:
    token = settings.slack_app_token.get_secret_value()
    handler = SocketModeHandler(
        bolt,
        token,
        web_client=opening.web_client(settings, token),
        ping_interval=_PING_SECONDS,
    )
    handler.connect()  # type: ignore[no-untyped-call]
    _await_connection(handler)
    try:
        yield "by Socket Mode", lambda: bool(handler.client.is_connected())
    finally:
        handler.close()  # type: ignore[no-untyped-call]


def _await_connection(handler: SocketModeHandler) -> None:
    """What is sent before the socket is open is sent to nobody."""
    end = time.monotonic() + _CONNECT_SECONDS
    while not handler.client.is_connected() and time.monotonic() < end:
        time.sleep(0.05)


@contextmanager
def _http(bolt: App, settings: Settings) -> Iterator[tuple[str, Callable[[], bool]]]:
    application = Starlette(routes=[Route(EVENTS, events(bolt), methods=["POST"])])
    with web.served(application, settings.http_host, settings.http_port) as address:
        yield f"at {address}{EVENTS}", lambda: True


@contextmanager
def _none(_: App, __: Settings) -> Iterator[tuple[str, Callable[[], bool]]]:
    yield "for work alone", lambda: True


_CONNECTIONS = {How.SOCKET: _socket, How.HTTP: _http, How.WORK: _none}


def events(bolt: App) -> Callable[[Request], Awaitable[Response]]:
    """What Slack posts to us. Refused before Bolt sees it where Bolt would stumble."""

    async def taken(request: Request) -> Response:
        stamp = request.headers.get("x-slack-request-timestamp", "")
        signature = request.headers.get("x-slack-signature", "")
        if not (stamp.isascii() and stamp.isdecimal() and signature.isascii()):
            return PlainTextResponse("not signed", status_code=401)
        body = await request.body()
        if len(body) > _LONGEST_BODY:
            return PlainTextResponse("too long", status_code=413)
        answer = await run_in_threadpool(bolt.dispatch, to_bolt_request(request, body))
        return to_starlette_response(answer)

    return taken


@contextmanager
def _operating(parts: Parts, desk: Desk, ready: Mapping[str, health.Check]) -> Iterator[str]:
    metrics = desk.metrics
    metrics.watch_queues(desk.jobs.waiting)
    metrics.watch_index(lambda: len(desk.library.documents()), lambda: _passages(parts))
    application = health.app(ready, metrics.text)
    with web.served(application, "127.0.0.1", parts.settings.operating_port) as address:
        yield address


def _checks(
    parts: Parts, desk: Desk, connected: Callable[[], bool], stopped: threading.Event
) -> Mapping[str, health.Check]:
    return {
        "running": lambda: Health(not stopped.is_set(), "stopping" if stopped.is_set() else "yes"),
        "slack": lambda: Health(connected(), "connected" if connected() else "not connected"),
        "database": lambda: _database(parts),
        "index": lambda: _index(parts, desk),
        "disk": lambda: _disk(parts),
    }


def _database(parts: Parts) -> Health:
    """A write that is taken back, on tables of this version."""
    writable = engine.can_write(parts.engine)
    current = engine.is_current(parts.engine)
    words = "can be written" if writable else "cannot be written"
    return Health(writable and current, words if current else "has tables of another version")


def _passages(parts: Parts) -> int:
    generation = parts.library.live()
    return len(parts.library.keys(generation)) if generation else 0


def _index(parts: Parts, desk: Desk) -> Health:
    if not desk.index_agrees():
        return Health(False, "the parts disagree: start again to have it mended")
    count = _passages(parts)
    return Health(count > 0, f"{count} passages" if count else "nothing is indexed yet")


def _disk(parts: Parts) -> Health:
    free = shutil.disk_usage(parts.settings.home).free
    return Health(free > _LEAST_FREE, f"{free // 10**6} MB free")


def end(code: int) -> None:
    """End the process now: jobs that wait for Slack would hold it up; they go on at a start."""
    os._exit(code)
