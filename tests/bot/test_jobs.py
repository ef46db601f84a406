"""Durable work: done once, gone on with after a stop, never silent."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.jobs import GaveUp, Jobs, Lane, TryAgain

ROOT = Path(__file__).parents[2]
FEW = Lane("few", at_once=2)
PACED = Lane("paced", paced=True)
ALONE = Lane("alone", alone=True)
LANES = (FEW, PACED, ALONE)


class Desk:
    """Jobs with a record of what failed, and a way to wait for what a test counts."""

    def __init__(self, url: str) -> None:
        self.failed: list[tuple[str, str]] = []
        self.done: list[Any] = []
        self._changed = threading.Condition()
        self.jobs = Jobs(url, replica="local", lanes=LANES, failed=self._failed)

    def note(self, what: Any) -> None:
        with self._changed:
            self.done.append(what)
            self._changed.notify_all()

    def wait(self, met: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(met, timeout=30), (self.done, self.failed)

    def _failed(self, name: str, facts: dict[str, Any], error: Exception) -> None:
        with self._changed:
            self.failed.append((name, type(error).__name__))
            self._changed.notify_all()


@pytest.fixture
def desk(database: str) -> Iterator[Desk]:
    made = Desk(database)
    yield made
    made.jobs.close(0)


def test_a_job_is_done_once_however_often_it_is_started(desk: Desk) -> None:
    desk.jobs.add("count", lambda facts: desk.note(facts["n"]))
    desk.jobs.launch()
    for _ in range(3):
        desk.jobs.start(FEW, "count", "one", {"n": 1})
    desk.jobs.start(FEW, "count", "two", {"n": 2})
    desk.wait(lambda: 2 in desk.done)
    assert sorted(desk.done) == [1, 2]


def test_the_same_key_under_another_name_is_another_job(desk: Desk) -> None:
    desk.jobs.add("count", lambda facts: desk.note("count"))
    desk.jobs.add("tell", lambda facts: desk.note("tell"))
    desk.jobs.launch()
    desk.jobs.start(FEW, "count", "one")
    desk.jobs.start(FEW, "tell", "one")
    desk.wait(lambda: len(desk.done) == 2)


def test_a_job_for_later_waits_for_its_time_and_is_not_open(desk: Desk) -> None:
    began = time.monotonic()
    desk.jobs.add("count", lambda facts: desk.note(time.monotonic() - began))
    desk.jobs.launch()
    desk.jobs.start(FEW, "count", "one", after=1.5)
    assert (desk.jobs.open()["few"], desk.jobs.later()["few"]) == (0, 1)
    desk.wait(lambda: bool(desk.done))
    assert desk.done[0] >= 1.4
    assert desk.jobs.later()["few"] == 0


def test_a_step_that_may_work_later_is_tried_again(desk: Desk) -> None:
    tries: list[int] = []

    def step() -> str:
        tries.append(1)
        if len(tries) < 3:
            raise TryAgain("not yet", 0.01)
        return "done"

    desk.jobs.add("try", lambda facts: desk.note(desk.jobs.step("one", step)))
    desk.jobs.launch()
    desk.jobs.start(FEW, "try", "one")
    desk.wait(lambda: desk.done == ["done"])
    assert len(tries) == 3


def test_a_step_that_never_works_is_given_up_in_its_own_words(desk: Desk) -> None:
    def step() -> None:
        raise TryAgain("Slack says wait", 0.01)

    def work(facts: dict[str, Any]) -> None:
        try:
            desk.jobs.step("one", step, tries=3)
        except GaveUp as ended:
            desk.note(str(ended))

    desk.jobs.add("try", work)
    desk.jobs.launch()
    desk.jobs.start(FEW, "try", "one")
    desk.wait(lambda: desk.done == ["Slack says wait"])


def test_a_job_that_breaks_is_told_of(desk: Desk) -> None:
    def work(facts: dict[str, Any]) -> None:
        raise ZeroDivisionError

    desk.jobs.add("break", work)
    desk.jobs.launch()
    desk.jobs.start(FEW, "break", "one")
    desk.wait(lambda: desk.failed == [("break", "ZeroDivisionError")])


def test_no_more_jobs_run_together_than_the_lane_has_room_for(desk: Desk) -> None:
    here: list[int] = []
    together: list[int] = []
    lock, go = threading.Lock(), threading.Event()

    def work(facts: dict[str, Any]) -> None:
        with lock:
            here.append(1)
            together.append(len(here))
        desk.note("in")
        go.wait(10)
        with lock:
            here.pop()

    desk.jobs.add("stay", work)
    desk.jobs.launch()
    for number in range(5):
        desk.jobs.start(FEW, "stay", str(number))
    desk.wait(lambda: len(desk.done) == 2)
    assert desk.jobs.waiting()["few"] == 3
    go.set()
    desk.wait(lambda: len(desk.done) == 5)
    assert max(together) == 2


def test_a_paced_lane_starts_one_a_second_in_each_channel(desk: Desk) -> None:
    desk.jobs.add("post", lambda facts: desk.note(facts["channel"]))
    desk.jobs.launch()
    for number, channel in enumerate(["C1", "C1", "C2"]):
        desk.jobs.start(PACED, "post", str(number), {"channel": channel}, within=channel)
    desk.wait(lambda: len(desk.done) == 2)
    assert sorted(desk.done) == ["C1", "C2"]
    desk.wait(lambda: len(desk.done) == 3)


def test_what_waited_at_a_stop_is_done_after_the_next_start(database: str) -> None:
    before = Desk(database)
    before.jobs.add("stay", lambda facts: before.note("in"))
    entered = threading.Event()

    def held(facts: dict[str, Any]) -> None:
        before.jobs.step("first", lambda: before.note("first"))
        entered.set()
        before.jobs.step("second", _never)

    def _never() -> None:
        raise TryAgain("not yet", 1)

    before.jobs.add("held", held)
    before.jobs.launch()
    before.jobs.start(FEW, "held", "one")
    assert entered.wait(10)
    before.jobs.close(0)
    assert before.failed == []
    after = Desk(database)

    def on(facts: dict[str, Any]) -> None:
        after.jobs.step("first", lambda: after.note("first again"))
        after.jobs.step("second", lambda: after.note("second"))
        after.note("end")

    after.jobs.add("held", on)
    after.jobs.launch()
    after.wait(lambda: "end" in after.done)
    assert after.done == ["second", "end"]
    after.jobs.close(0)


def test_what_is_done_by_the_clock_is_done_at_the_start_and_again_and_again(desk: Desk) -> None:
    desk.jobs.add("look", desk.note)
    desk.jobs.every(FEW, "look", "* * * * * *")
    desk.jobs.launch()
    desk.wait(lambda: len(desk.done) >= 3)
    assert desk.done[:3] == [{}, {}, {}]
    assert desk.failed == []


def test_a_start_does_it_at_once_and_not_for_the_times_that_passed(database: str) -> None:
    never = "0 0 29 2 *"
    for _ in range(2):
        desk = Desk(database)
        desk.jobs.add("look", desk.note)
        desk.jobs.every(FEW, "look", never)
        desk.jobs.launch()
        desk.wait(lambda made=desk: made.done == [{}])  # type: ignore[misc]
        desk.jobs.close(0)


def test_what_breaks_by_the_clock_is_told_of_and_comes_again(desk: Desk) -> None:
    def work(facts: dict[str, Any]) -> None:
        raise ZeroDivisionError

    desk.jobs.add("break", work)
    desk.jobs.every(FEW, "break", "* * * * * *")
    desk.jobs.launch()
    desk.wait(lambda: desk.failed[:2] == [("break", "ZeroDivisionError")] * 2)


TIMED = """
import sys, threading
from pathlib import Path
from dbos import DBOS
from bot.jobs import Jobs, Lane

url, folder, replica = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
lane = Lane("few", at_once=2)
jobs = Jobs(url, replica=replica, lanes=(lane,), failed=lambda *_: None)

def work(facts):
    made = DBOS.workflow_id.replace("/", "_")
    (folder / f"{made}@{replica}").touch(exist_ok=False)

jobs.add("look", work)
jobs.every(lane, "look", "* * * * * *")
jobs.launch()
print("started", flush=True)
sys.stdin.read()
jobs.close(5)
"""


def test_each_time_is_one_job_for_all_processes(database: str, tmp_path: Path) -> None:
    folder = tmp_path / "done"
    folder.mkdir()
    command = [sys.executable, "-c", TIMED, database, str(folder)]
    both = [
        subprocess.Popen([*command, name], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for name in ("one", "two")
    ]
    for one in both:
        assert one.stdout
        assert one.stdout.readline() == b"started\n"
    before = len(list(folder.iterdir()))
    assert _awaited(lambda: len(list(folder.iterdir())) >= before + 6)
    assert [one.communicate(timeout=60)[0] for one in both] == [b"", b""]
    done = [one.name.split("@")[0] for one in folder.iterdir()]
    times = [one for one in done if "trigger" not in one]
    assert len(times) == len(set(times))
    assert len(done) - len(times) == 2  # one at each start


KILLED = """
import sys, threading
from pathlib import Path
from bot.jobs import Jobs, Lane

url, folder = sys.argv[1], Path(sys.argv[2])
lane = Lane("few", at_once=2)
jobs = Jobs(url, replica="local", lanes=(lane,), failed=lambda *_: None)

def work(facts):
    jobs.step("mark", lambda: (folder / f"marked-{facts['n']}").touch())
    jobs.step("end", lambda: (folder / f"ended-{facts['n']}").touch())

jobs.add("mark", work)
jobs.launch()
for n in range(20):
    jobs.start(lane, "mark", str(n), {"n": n})
print("started", flush=True)
threading.Event().wait(20)
"""


@pytest.mark.parametrize("kills", [3])
def test_nothing_is_lost_when_the_process_is_killed(tmp_path: Path, kills: int) -> None:
    url = f"sqlite:///{tmp_path / 'jobs.db'}"
    for _ in range(kills):
        command = [sys.executable, "-c", KILLED, url, str(tmp_path)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
            assert process.stdout
            process.stdout.readline()
            process.kill()
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, url, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE
    ) as process:
        ended = _awaited(lambda: len(list(tmp_path.glob("ended-*"))) == 20)
        process.kill()
    assert ended


def _awaited(met: Callable[[], bool]) -> bool:
    tick = threading.Event()
    return any(met() or tick.wait(0.05) for _ in range(600)) or met()
