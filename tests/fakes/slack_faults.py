"""What can go wrong on the way, when a test asks for it; and Slack's rates, when they are on."""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.fakes.slack_scopes import RATES, Rate


@dataclass(frozen=True)
class Status:
    """An HTTP status instead of an answer; nothing is done."""

    code: int


@dataclass(frozen=True)
class RateLimited:
    """Refused, to be tried again after so many seconds; nothing is done."""

    seconds: int = 1


@dataclass(frozen=True)
class Dropped:
    """The connection is closed without an answer, before it is done or ``after``."""

    after: bool = False


@dataclass(frozen=True)
class Slow:
    """It is done, but only after so many seconds."""

    seconds: float


@dataclass(frozen=True)
class Garbage:
    """These bytes instead of an answer; nothing is done."""

    data: bytes = b"<html>Service unavailable</html>"


@dataclass(frozen=True)
class Says:
    """Refused with this error code; nothing is done."""

    error: str


@dataclass(frozen=True)
class Revoked:
    """The app has lost this scope, from this call on, until it is restored."""

    scope: str


Fault = Status | RateLimited | Dropped | Slow | Garbage | Says | Revoked


@dataclass
class Faults:
    """The faults to come, by method, each met once and in order."""

    queues: dict[str, deque[Fault]] = field(default_factory=dict)

    def add(self, method: str, *faults: Fault) -> None:
        """The next calls of that method meet these, one each."""
        self.queues.setdefault(method, deque()).extend(faults)

    def next(self, method: str) -> Fault | None:
        """The fault that this call meets."""
        queue = self.queues.get(method)
        return queue.popleft() if queue else None


@dataclass
class Rates:
    """How much of each rate is left; full at first."""

    clock: Callable[[], float]
    left: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)

    def wait(self, method: str, room: str) -> int:
        """Count one call: 0 when it may be made, else the seconds to wait (at least 1)."""
        rate = RATES.get(method)
        if rate is None:
            return 0
        key = (method, room if rate.each_room else "")
        now = self.clock()
        left = self._left(key, rate, now)
        if left < 1:
            return max(1, math.ceil((1 - left) / rate.refill))
        self.left[key] = (left - 1, now)
        return 0

    def _left(self, key: tuple[str, str], rate: Rate, now: float) -> float:
        left, then = self.left.get(key, (float(rate.burst), now))
        return min(float(rate.burst), left + (now - then) * rate.refill)
