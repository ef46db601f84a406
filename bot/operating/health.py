"""Whether the process lives, whether it is ready for work, and its figures, over HTTP."""

import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, wait
from dataclasses import dataclass

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

_UNCACHED = {"Cache-Control": "no-store"}


@dataclass(frozen=True)
class Health:
    """How one thing is, in words that staff can act on."""

    ok: bool
    words: str


Check = Callable[[], Health]


def app(
    checks: Mapping[str, Check],
    figures: Callable[[], bytes],
    *,
    seconds: float = 3,
    kept: float = 1,
    clock: Callable[[], float] = time.monotonic,
) -> Starlette:
    """Serves ``/livez``, ``/readyz`` (503 when a check is not ok) and ``/metrics``.

    Checks run at once, each in a thread, for at most ``seconds`` together; what they said is kept
    for ``kept`` seconds of ``clock``. An error of a check is not ok, told by its class.
    """
    readiness = _Readiness(checks, seconds, kept, clock)

    async def alive(_: Request) -> Response:
        return JSONResponse({"ok": True}, headers=_UNCACHED)

    def ready(_: Request) -> Response:
        return _answer(readiness.look())

    def metrics(_: Request) -> Response:
        return Response(figures(), media_type=CONTENT_TYPE_LATEST, headers=_UNCACHED)

    return Starlette(
        routes=[Route("/livez", alive), Route("/readyz", ready), Route("/metrics", metrics)]
    )


def _answer(found: Mapping[str, Health]) -> Response:
    ok = all(health.ok for health in found.values())
    checks = [
        {"name": name, "ok": health.ok, "words": health.words} for name, health in found.items()
    ]
    body = {"ok": ok, "checks": checks}
    return JSONResponse(body, status_code=200 if ok else 503, headers=_UNCACHED)


class _Readiness:
    """All checks, looked at together and never twice at once.

    A check that hangs is not started again beside itself: it is not ok until it has ended.
    """

    def __init__(
        self,
        checks: Mapping[str, Check],
        seconds: float,
        kept: float,
        clock: Callable[[], float],
    ) -> None:
        self._checks = dict(checks)
        self._seconds = seconds
        self._kept = kept
        self._clock = clock
        self._running: dict[str, Future[Health]] = {}
        self._found: dict[str, Health] = {}
        self._until: float | None = None
        self._lock = threading.Lock()

    def look(self) -> dict[str, Health]:
        """What each check says, not older than ``kept`` seconds."""
        with self._lock:
            if self._until is None or self._clock() >= self._until:
                self._found = self._looked()
                self._until = self._clock() + self._kept
            return self._found

    def _looked(self) -> dict[str, Health]:
        for name, check in self._checks.items():
            if name not in self._running or self._running[name].done():
                self._running[name] = _begun(check)
        wait(self._running.values(), timeout=self._seconds)
        return {name: self._said(self._running[name]) for name in self._checks}

    def _said(self, run: Future[Health]) -> Health:
        if not run.done():
            return Health(False, f"has not answered within {self._seconds:g} seconds")
        error = run.exception()
        return Health(False, f"failed ({type(error).__name__})") if error else run.result()


def _begun(check: Check) -> Future[Health]:
    """The check in a thread that does not hold up the end of the process."""
    run: Future[Health] = Future()
    threading.Thread(target=_fill, args=(run, check), name="check", daemon=True).start()
    return run


def _fill(run: Future[Health], check: Check) -> None:
    try:
        run.set_result(check())
    except Exception as error:  # whatever is wrong with it, the thing checked is not ready
        run.set_exception(error)
