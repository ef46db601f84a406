"""Stop when asked to: the first signal asks the process to finish, a second one ends it."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from types import FrameType

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def until_stopped() -> Iterator[threading.Event]:
    """An event that SIGTERM or Ctrl-C sets: ``with until_stopped() as stopped: stopped.wait()``.

    A second signal ends the process at once, so close within it what takes time to close. The
    handlers from before are put back at the end. In the main thread only; ValueError elsewhere.
    """
    stopped = threading.Event()
    heard = _Heard()
    before = {number: signal.signal(number, heard) for number in _SIGNALS}
    listener = threading.Thread(target=heard.tell, args=(stopped,), name="stopping", daemon=True)
    listener.start()
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        heard.end()
        listener.join()


class _Heard:
    """The handler of the signals.

    A handler may run while the main thread holds the event's own lock, so it sets no event: it
    puts into a queue that bears that, and a thread sets the event.
    """

    def __init__(self) -> None:
        self._once = False
        self._arrived: SimpleQueue[bool] = SimpleQueue()

    def __call__(self, number: int, _: FrameType | None) -> None:
        if self._once:
            _end(number)
        self._once = True
        self._arrived.put(True)

    def tell(self, stopped: threading.Event) -> None:
        """Set the event at the first signal; return when there is none to come."""
        if self._arrived.get():
            stopped.set()

    def end(self) -> None:
        """No signal will come."""
        self._arrived.put(False)


def _end(number: int) -> None:
    signal.signal(number, signal.SIG_DFL)
    signal.raise_signal(number)
    os._exit(128 + number)  # reached as the first process of a container, which signals spare
