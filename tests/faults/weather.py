"""What goes wrong on the way to Slack and in the language model, drawn by chance and counted."""

import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.fakes import model_server as model
from tests.fakes.model_server import ModelServer, Request
from tests.fakes.slack import Slack
from tests.fakes.slack_answers import RESPONSE_URL
from tests.fakes.slack_faults import (
    Dropped,
    Fault,
    Faults,
    Garbage,
    RateLimited,
    Revoked,
    Slow,
    Status,
)
from tests.fakes.slack_workspace import SCOPES
from tests.faults.bot import SECONDS

_SCOPES = ("chat:write", "channels:read", "users:read", "im:write", "channels:history", "im:read")
_REVOKED_FOR = 1.5  # seconds; half a minute at the bot's usual pauses
_QUOTED = re.compile(r"^BEGIN (\w+):.*?\n((?:> .*\n)+)", re.MULTILINE)
_COPIES = 64  # of the model's one turn, so that requests at once each find one
Mood = Callable[[Request], model.Reply]


@dataclass
class Weather(Faults):
    """Faults of Slack's Web API by chance: ``share`` of all calls.

    Until ``enough`` things went wrong in all, and the process was killed so often.
    """

    chance: random.Random = field(default_factory=random.Random)
    share: float = 0.3
    enough: int = 0
    kills: int = 0
    counted: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)
    revoked_at: float = 0.0

    def next(self, method: str) -> Fault | None:
        """The fault that this call meets; none at a start, which would only be another restart."""
        with self.lock:
            if method == "auth.test" or self.over or self.chance.random() > self.share:
                return None
            kind, fault = self._drawn(method)
            self.counted[kind] += 1
            return fault

    @property
    def over(self) -> bool:
        """Whether everything that was to go wrong has."""
        killed = self.counted["killed"] >= self.kills
        return killed and self.counted.total() >= self.enough

    def count(self, kind: str) -> None:
        """Something else went wrong."""
        with self.lock:
            self.counted[kind] += 1

    def strikes(self, share: float) -> bool:
        """Whether something that goes wrong that often does so now."""
        with self.lock:
            return not self.over and self.chance.random() < share

    def mend(self, slack: Slack) -> None:
        """Give a revoked scope back after a while."""
        with self.lock:
            due = self.revoked_at and time.monotonic() > self.revoked_at + _REVOKED_FOR
            if due or (self.revoked_at and self.over):
                self.revoked_at = 0.0
                slack.restore(*SCOPES)

    def _drawn(self, method: str) -> tuple[str, Fault]:
        kinds: list[tuple[str, int, Fault]] = [
            ("500", 6, Status(self.chance.choice((500, 502, 503)))),
            ("429", 6, RateLimited(1)),
            ("dropped before", 5, Dropped()),
            ("dropped after", 6, Dropped(after=True)),
            ("garbage", 4, Garbage()),
            ("timeout", 2, Slow(SECONDS + self.chance.uniform(0.02, 0.15))),
        ]
        if method != RESPONSE_URL and not self.revoked_at:
            kinds.append(("scope revoked", 1, Revoked(self.chance.choice(_SCOPES))))
        (kind, _, fault), *_ = self.chance.choices(kinds, [weight for _, weight, _ in kinds])
        if isinstance(fault, Revoked):
            self.revoked_at = time.monotonic()
        return kind, fault


def trouble(server: ModelServer, weather: Weather, share: float) -> None:
    """Have the language model answer well, or, that often, in one of its bad moods."""

    def turn(request: Request) -> model.Reply:
        server.script.append(turn)
        if not weather.strikes(share):
            return reply(request)
        with weather.lock:
            kind = weather.chance.choice(sorted(_MOODS))
        weather.count(f"model: {kind}")
        return _MOODS[kind](request)

    server.script += [turn] * _COPIES


def reply(request: Request) -> model.Reply:
    """The passages' own sentences, as many as a good answer has."""
    return model.says(*_quotations(request)[:3])


def _quotations(request: Request) -> list[str]:
    """Each line of the passages as a sentence of a reply, with its key."""
    return [
        f"{line.removeprefix('> ')} [{key}]\n"
        for key, lines in _QUOTED.findall(request.user)
        for line in lines.splitlines()
        if line.rstrip().endswith(".")
    ]


_MOODS: dict[str, Mood] = {
    "empty": lambda _: model.says(""),
    "malformed": lambda _: model.says("]]{{ 0x 55 ", "[zz] ** "),
    "not a reply": lambda _: model.Raw(b"<html>Bad gateway</html>"),
    "cut off": lambda request: model.Says(tuple(_quotations(request)[:1]), finish=None),
    "429": lambda _: model.Fails(429, retry_after="1"),
    "500": lambda _: model.Fails(500),
    "stalls": lambda request: model.Stalls(tuple(_quotations(request)[:1])),
    "oversize": lambda request: model.says(*_quotations(request)),
    "runs on": lambda _: model.says(*["and so on without an end "] * 400),
}
