"""How soon people see something: ``python -m tests.faults.pace``. It prints, and judges nothing."""

import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.fakes import model_server as model
from tests.fakes.model_server import Reply, Request, serving
from tests.fakes.slack import Slack, serving_slack
from tests.fakes.slack_answers import Call
from tests.faults import office
from tests.faults.driving import Driver
from tests.faults.process import Process
from tests.faults.weather import Weather, reply

QUEUED = 50
_IDLE = 20
_WORKERS = 2
_SIGNS = ("assistant.threads.setStatus", "chat.postMessage", "chat.startStream")
_SECONDS = 180
_TICK = 0.005


@dataclass
class Journal(list[Call]):
    """The fake's journal, which also keeps when the first sign in each thread was made."""

    signs: dict[tuple[str, str], float] = field(default_factory=dict)

    def append(self, call: Call) -> None:
        """Add a call, at its time."""
        super().append(call)
        if call.method in _SIGNS and call.outcome == "ok":
            channel = str(call.arguments.get("channel_id") or call.arguments.get("channel"))
            place = (channel, str(call.arguments.get("thread_ts")))
            self.signs.setdefault(place, time.monotonic())


class Pace:
    """Asks and times. ``slow`` makes the language model take its time until it is cleared."""

    def __init__(self, slack: Slack, process: Process, slow: threading.Event) -> None:
        self._process = process
        self._slow = slow
        self._driver = Driver(slack, process, Weather(enough=0))
        self._journal = Journal()
        slack.journal = self._journal

    def first(self) -> str:
        """The first question after a start, when the queues have not been looked at yet."""
        return self._told("the first after a start", [self._asked(0, "C0R0000")])

    def idle(self) -> str:
        """One question after another."""
        return self._told("idle", [self._asked(n, f"C0R{n:04d}") for n in range(_IDLE)])

    def queued(self, words: str, rooms: int) -> str:
        """Fifty at once, in so many channels."""
        with ThreadPoolExecutor(QUEUED) as pool:
            begun = [pool.submit(self._asked, n, f"C0R{n % rooms:04d}") for n in range(QUEUED)]
            asked = [one.result() for one in begun]
        self._quiet()
        return self._told(words, asked)

    def busy(self) -> str:
        """Mentions and commands while every worker waits for the model and fifty questions wait."""
        self._slow.set()
        held = [self._asked(n, f"C0R{n:04d}", wait=False) for n in range(QUEUED)]
        mentions = [self._asked(n, f"C0R{n:04d}") for n in range(_IDLE)]
        times = []
        for number in range(_IDLE):
            began = time.monotonic()
            one = self._driver.command(number, f"U0P{number:04d}", "C0R0049")
            assert one.taken
            times.append(time.monotonic() - began)
        self._slow.clear()
        return (
            self._told(f"{_WORKERS} workers held up, {len(held)} questions in the queue", mentions)
            + f"; /ask acknowledged {_spread(times)}"
        )

    def _asked(self, number: int, room: str, *, wait: bool = True) -> tuple[float, float]:
        """Seconds until the mention was acknowledged, and until something was to be seen."""
        began = time.monotonic()
        one = self._driver.mention(number, f"U0P{number:04d}", room)
        acknowledged = time.monotonic() - began
        if not wait:
            return acknowledged, 0.0
        _until(lambda: (room, one.thread) in self._journal.signs)
        return acknowledged, self._journal.signs[room, one.thread] - began

    def _quiet(self) -> None:
        if not self._process.quiet(_SECONDS):
            raise TimeoutError("the bot does not come to rest")

    @staticmethod
    def _told(words: str, asked: Sequence[tuple[float, float]]) -> str:
        acknowledged, seen = zip(*asked, strict=True)
        return f"{words}: acknowledged {_spread(acknowledged)}; first sign {_spread(seen)}"


def main() -> None:
    """Measure and print."""
    with _running() as pace:
        print(pace.first())
        print(pace.idle())
        print(pace.queued("50 at once in 50 channels", QUEUED))
        print(pace.queued("50 at once in one channel", 1))
        print(pace.busy())


@contextmanager
def _running() -> Iterator[Pace]:
    slow = threading.Event()
    workspace = office.workspace(QUEUED, QUEUED)
    with (
        tempfile.TemporaryDirectory(prefix="pace") as temporary,
        serving() as server,
        serving_slack(workspace, clock=time.time) as slack,
    ):
        home = office.indexed(Path(temporary) / "home")
        server.script += [_turn(server, slow)] * QUEUED
        process = Process(
            home / "log",
            home=str(home),
            slack=slack.base_url,
            model=server.address,
            workers=_WORKERS,
        )
        process.start()
        try:
            yield Pace(slack, process, slow)
        finally:
            process.stop()


def _turn(server: model.ModelServer, slow: threading.Event) -> Callable[[Request], Reply]:
    def turn(request: Request) -> Reply:
        server.script.append(turn)
        return model.Stalls() if slow.is_set() else reply(request)

    return turn


def _until(met: Callable[[], bool]) -> None:
    tick, end = threading.Event(), time.monotonic() + _SECONDS
    while not met():
        if time.monotonic() > end:
            raise TimeoutError("no sign was seen")
        tick.wait(_TICK)


def _spread(seconds: Sequence[float]) -> str:
    ordered = sorted(seconds)
    last = ordered[min(len(ordered) - 1, round(0.99 * (len(ordered) - 1)))]
    middle = statistics.median(ordered)
    return f"p50 {middle * 1000:.0f} p99 {last * 1000:.0f} max {ordered[-1] * 1000:.0f} ms"


if __name__ == "__main__":
    main()
