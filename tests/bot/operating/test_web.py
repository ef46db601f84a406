import http.client
import logging
import signal
import socket
import threading
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from urllib.error import URLError

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.operating.web import CannotListen, NotStarted, PortTaken, served
from tests.bot.operating.asking import got


class Desk:
    """An application that can be held up in the middle of a request."""

    def __init__(self) -> None:
        self.entered = threading.Event()
        self.release = threading.Event()
        self.heard: list[str] = []
        self.app = Starlette(
            routes=[
                Route("/", self._hello),
                Route("/held", self._held),
                Route("/hung", self._hung),
            ],
            lifespan=self._lifespan,
        )

    @asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        self.heard.append("start")
        yield
        self.heard.append("stop")

    async def _hello(self, request: Request) -> Response:
        return PlainTextResponse(threading.current_thread().name)

    async def _hung(self, request: Request) -> Response:
        return self._held(request)  # nothing else runs in this application meanwhile

    def _held(self, request: Request) -> Response:
        self.entered.set()
        self.release.wait(30)
        return PlainTextResponse("held")


def test_it_serves_on_a_free_port_from_a_thread() -> None:
    desk = Desk()
    with served(desk.app, "127.0.0.1", 0) as address:
        assert address.startswith("http://127.0.0.1:")
        assert got(address)[::2] == (200, b"web")
        assert desk.heard == ["start"]
    assert desk.heard == ["start", "stop"]
    with pytest.raises(URLError):
        got(address)


def test_two_can_be_served_at_once() -> None:
    with (
        served(Desk().app, "127.0.0.1", 0) as one,
        served(Desk().app, "127.0.0.1", 0) as another,
    ):
        assert one != another
        assert got(one)[0] == got(another)[0] == 200


def test_it_can_be_served_again_on_the_port_that_it_had() -> None:
    with served(Desk().app, "127.0.0.1", 0) as address:
        got(address)
    port = int(address.rpartition(":")[2])
    with served(Desk().app, "127.0.0.1", port) as again:
        assert again == address
        assert got(again)[0] == 200


def test_it_serves_on_ipv6() -> None:
    if not _has_ipv6():
        pytest.skip("this machine has no IPv6 address ::1")
    with served(Desk().app, "::1", 0) as address:
        assert address.startswith("http://[::1]:")
        assert got(address)[0] == 200


def _has_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


def test_a_port_that_is_taken_is_refused_in_words() -> None:
    with served(Desk().app, "127.0.0.1", 0) as address:
        port = int(address.rpartition(":")[2])
        with pytest.raises(PortTaken, match=rf"Port {port} of 127\.0\.0\.1 is in use: "):
            served(Desk().app, "127.0.0.1", port).__enter__()
        assert got(address)[0] == 200


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid", "2001:db8::1"])
def test_an_address_of_another_machine_is_refused_in_words(host: str) -> None:
    with pytest.raises(CannotListen, match="is not an address of this machine"):
        served(Desk().app, host, 0).__enter__()


def test_an_application_that_does_not_start_is_told_of() -> None:
    @asynccontextmanager
    async def fails(_: Starlette) -> AsyncIterator[None]:
        raise LookupError
        yield

    with pytest.raises(NotStarted):
        served(Starlette(lifespan=fails), "127.0.0.1", 0).__enter__()


def test_a_request_under_way_is_finished_and_no_new_one_is_taken() -> None:
    desk = Desk()
    with ThreadPoolExecutor(2) as people:
        serving = served(desk.app, "127.0.0.1", 0)
        address = serving.__enter__()
        asking = people.submit(got, f"{address}/held")
        assert desk.entered.wait(20)
        stopping = people.submit(serving.__exit__, None, None, None)
        _closed(address)
        assert not asking.done()
        assert not stopping.done()
        desk.release.set()
        assert asking.result()[::2] == (200, b"held")
        stopping.result()
    assert desk.heard == ["start", "stop"]


def _closed(address: str) -> None:
    """Wait until nobody listens there any more."""
    tick = threading.Event()
    for _ in range(400):
        try:
            got(address)
        except (URLError, OSError):
            return
        tick.wait(0.05)
    raise AssertionError("it still takes requests")


def test_a_request_that_does_not_end_in_time_is_given_up() -> None:
    desk = Desk()
    with ThreadPoolExecutor(1) as people:
        with served(desk.app, "127.0.0.1", 0, seconds=0) as address:
            asking = people.submit(_outcome, f"{address}/held")
            assert desk.entered.wait(20)
        assert asking.result() != "held"
        desk.release.set()
    assert desk.heard == ["start", "stop"]


def _outcome(address: str) -> str:
    try:
        return got(address)[2].decode()
    except OSError as error:
        return type(error).__name__


def test_an_application_that_hangs_is_left_behind(caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk()
    with ThreadPoolExecutor(1) as people:
        with served(desk.app, "127.0.0.1", 0, seconds=0) as address:
            asking = people.submit(_outcome, f"{address}/hung")
            assert desk.entered.wait(20)
        assert "web left behind" in caplog.messages
        desk.release.set()
        for thread in threading.enumerate():
            if thread.name == "web":
                thread.join(20)
        assert asking.result()


def test_a_connection_that_only_stays_open_does_not_hold_up_the_stop() -> None:
    desk = Desk()
    with served(desk.app, "127.0.0.1", 0) as address:
        port = int(address.rpartition(":")[2])
        kept = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        kept.request("GET", "/")
        assert kept.getresponse().read() == b"web"
    assert desk.heard == ["start", "stop"]
    kept.close()


def test_signals_stay_with_whoever_had_them() -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    with served(Desk().app, "127.0.0.1", 0):
        during = {number: signal.getsignal(number) for number in before}
    assert during == before


def test_no_address_that_was_asked_for_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, "uvicorn.error")  # another server in this process may set it
    with served(Desk().app, "127.0.0.1", 0) as address:
        got(f"{address}/held-custody?q=backlog")
    assert "uvicorn.error" in {record.name for record in caplog.records}
    assert "backlog" not in caplog.text
