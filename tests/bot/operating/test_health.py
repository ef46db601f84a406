import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from bot.operating import health
from bot.operating.health import Check, Health
from bot.operating.metrics import Metrics
from bot.operating.web import served
from tests.bot.operating.asking import got, got_json

FINE = Health(True, "as it should be")


@contextmanager
def asked(
    checks: Mapping[str, Check],
    *,
    seconds: float = 20,
    kept: float = 0,
    clock: Callable[[], float] = lambda: 0.0,
) -> Iterator[str]:
    app = health.app(checks, Metrics().text, seconds=seconds, kept=kept, clock=clock)
    with served(app, "127.0.0.1", 0) as address:
        yield address


def _broken() -> Health:
    raise ConnectionError("at db.office.example as priya")


@pytest.mark.parametrize(
    ("checks", "status", "found"),
    [
        ({}, 200, []),
        ({"database": lambda: FINE}, 200, [("database", True, "as it should be")]),
        (
            {"database": lambda: FINE, "disk": lambda: Health(False, "40 MB left: make room")},
            503,
            [("database", True, "as it should be"), ("disk", False, "40 MB left: make room")],
        ),
        (
            {"database": _broken, "disk": lambda: FINE},
            503,
            [("database", False, "failed (ConnectionError)"), ("disk", True, "as it should be")],
        ),
    ],
)
def test_it_is_ready_when_every_check_is_ok(
    checks: Mapping[str, Check], status: int, found: list[tuple[str, bool, str]]
) -> None:
    with asked(checks) as address:
        told = [{"name": name, "ok": ok, "words": words} for name, ok, words in found]
        assert got_json(f"{address}/readyz") == (status, {"ok": status == 200, "checks": told})


def test_it_lives_though_it_is_not_ready() -> None:
    with asked({"database": _broken}) as address:
        assert got_json(f"{address}/livez") == (200, {"ok": True})


def test_its_figures_can_be_read() -> None:
    with asked({}) as address:
        status, kind, body = got(f"{address}/metrics")
    assert (status, kind.split(";")[0]) == (200, "text/plain")
    assert b"rejoinder_questions_received_total 0.0" in body


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/", 404), ("GET", "/docs", 404), ("POST", "/readyz", 405), ("HEAD", "/livez", 200)],
)
def test_there_is_nothing_else(method: str, path: str, status: int) -> None:
    with asked({}) as address:
        assert got(f"{address}{path}", method)[0] == status


def test_what_was_found_is_kept_for_a_while() -> None:
    now, looked = [0.0], []

    def check() -> Health:
        looked.append(now[0])
        return FINE

    with asked({"database": check}, kept=1, clock=lambda: now[0]) as address:
        for moment in (0, 0.5, 0.99, 1, 1.5, 2.1):
            now[0] = moment
            got(f"{address}/readyz")
    assert looked == [0, 1, 2.1]


def test_checks_run_beside_each_other() -> None:
    both = threading.Barrier(2, timeout=20)

    def check() -> Health:
        both.wait()
        return FINE

    with asked({"database": check, "socket": check}) as address:
        assert got(f"{address}/readyz")[0] == 200


def test_a_check_that_hangs_is_not_ok_and_is_not_run_twice_at_once() -> None:
    release, runs = threading.Event(), []

    def hangs() -> Health:
        runs.append(1)
        release.wait(30)
        return FINE

    with asked({"chroma": hangs, "disk": lambda: FINE}, seconds=0.05) as address:
        for _ in range(3):
            status, told = got_json(f"{address}/readyz")
            words = [check["words"] for check in told["checks"]]
            assert status == 503
            assert words == ["has not answered within 0.05 seconds", "as it should be"]
            assert got(f"{address}/livez")[0] == 200
        assert len(runs) == 1
        release.set()
        _ended("check")
    assert len(runs) == 1


def test_a_check_that_hung_is_run_anew_once_it_has_ended() -> None:
    release, said = threading.Event(), iter([Health(False, "old news"), FINE])

    def check() -> Health:
        mine = next(said)
        if not mine.ok:
            release.wait(30)
        return mine

    looks = health._Readiness({"chroma": check}, 0.05, 0, lambda: 0.0)
    assert looks.look()["chroma"].words.startswith("has not answered")
    release.set()
    _ended("check")
    assert looks.look() == {"chroma": FINE}


def test_many_who_ask_at_once_share_one_look() -> None:
    release, entered, runs = threading.Event(), threading.Event(), []

    def check() -> Health:
        runs.append(1)
        entered.set()
        release.wait(30)
        return FINE

    with asked({"database": check}, kept=1) as address, ThreadPoolExecutor(8) as people:
        asking = [people.submit(got, f"{address}/readyz") for _ in range(8)]
        assert entered.wait(20)
        release.set()
        assert {reply.result()[0] for reply in asking} == {200}
    assert len(runs) == 1


def _ended(name: str) -> None:
    for thread in threading.enumerate():
        if thread.name == name:
            thread.join(20)
