import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.operating.stopping import until_stopped

ROOT = Path(__file__).parents[3]
WAITS = """
from bot.operating.stopping import until_stopped

with until_stopped() as stopped:
    print("ready", flush=True)
    stopped.wait()
    print("stopping", flush=True)
    {closing}
print("closed", flush=True)
"""
CLOSES = WAITS.format(closing="pass")
HANGS = WAITS.format(closing="import threading; threading.Event().wait(60)")
RESTORED = """
import signal
from bot.operating.stopping import until_stopped

before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
with until_stopped():
    assert signal.getsignal(signal.SIGTERM) is not before[1]
assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before
print("ready", flush=True)
signal.pause()
"""
HELD = """
import signal
from bot.operating.stopping import until_stopped

with until_stopped() as stopped:
    print("ready", flush=True)
    with stopped._cond:
        signal.raise_signal(signal.SIGTERM)
    stopped.wait()
print("closed", flush=True)
"""
BOTH = pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])


@contextmanager
def running(program: str) -> Iterator[subprocess.Popen[str]]:
    """A process that has said that it is ready."""
    command = [sys.executable, "-c", program]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert said(process) == "ready"
            yield process
        finally:
            process.kill()


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


@BOTH
def test_a_signal_lets_the_process_finish(number: int) -> None:
    with running(CLOSES) as process:
        process.send_signal(number)
        out, errors = process.communicate(timeout=30)
    assert (process.returncode, out, errors) == (0, "stopping\nclosed\n", "")


@BOTH
@pytest.mark.parametrize("first", [signal.SIGTERM, signal.SIGINT])
def test_a_second_signal_ends_it_at_once(first: int, number: int) -> None:
    with running(HANGS) as process:
        process.send_signal(first)
        assert said(process) == "stopping"
        process.send_signal(number)
        out, errors = process.communicate(timeout=30)
    assert (process.returncode, out, errors) == (-number, "", "")


def test_the_handlers_from_before_are_put_back() -> None:
    with running(RESTORED) as process:
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == -signal.SIGTERM


def test_a_signal_while_the_event_is_being_looked_at_is_heard() -> None:
    """The handler runs while the main thread holds the event's lock: setting it would hang."""
    with running(HELD) as process:
        out, _ = process.communicate(timeout=30)
    assert (process.returncode, out) == (0, "closed\n")


def test_it_ends_by_itself_when_nobody_stops_it() -> None:
    with until_stopped() as stopped:
        assert not stopped.is_set()
    assert "stopping" not in {thread.name for thread in threading.enumerate()}


def test_an_error_within_puts_the_handlers_back_too() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(LookupError), until_stopped():
        raise LookupError
    assert signal.getsignal(signal.SIGTERM) is before


def test_only_the_main_thread_may_wait_for_signals() -> None:
    ended: list[type[BaseException]] = []

    def elsewhere() -> None:
        try:
            until_stopped().__enter__()
        except ValueError as error:
            ended.append(type(error))

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert ended == [ValueError]
