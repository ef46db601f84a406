"""A process that sends what is due at one moment and ends; it can be made to die on the way.

It says when it is ready, and begins with a line on its standard input.

``python -m tests.bot.slack.cases.reminder_worker '{"home": …, "slack": …, "now": …}'``
"""

import json
import os
import signal
import sys
import threading
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from slack_sdk import WebClient

from bot.bootstrap import Parts
from bot.operating.metrics import Metrics
from bot.settings import Settings
from bot.slack import opening
from bot.slack.calling import Calls
from bot.slack.cases import reminding
from bot.slack.desk import REMINDERS, Desk
from bot.store.reminders import Reminders
from tests.fakes.slack_workspace import TOKEN

_LOOKS = 3


class DyingRecord(Reminders):
    """A record that ends the process without warning before anything is noted."""

    def note(
        self, case: str, steps: Iterable[tuple[str, date]], *, where: str, now: datetime
    ) -> None:
        """Nothing is noted any more."""
        os.kill(os.getpid(), signal.SIGKILL)


class DyingCalls(Calls):
    """A way to Slack that ends the process when Slack has posted, before anybody here knows."""

    def call(self, method: str, **arguments: Any) -> dict[str, Any]:
        """What Slack answers, but for a post."""
        answer = super().call(method, **arguments)
        if method == "chat.postMessage":
            os.kill(os.getpid(), signal.SIGKILL)
        return answer


def run(given: dict[str, Any]) -> None:
    """Look for reminders several times at once, and wait until no job is left."""
    now = datetime.fromisoformat(given["now"])
    parts = Parts(
        Settings(
            home=Path(given["home"]),
            database_url=given.get("database", ""),
            replica=given.get("replica", "local"),
            slack_api_url=given["slack"],
            slack_bot_token=SecretStr(TOKEN),
        )
    )
    client = WebClient(TOKEN, base_url=given["slack"], timeout=10, retry_handlers=[])
    us = opening.ourselves(client)
    with opening.opened(parts, client, us, Metrics(), lambda: now) as desk:
        _doom(desk, parts, client, given.get("dies", ""))
        print("ready", flush=True)
        sys.stdin.readline()
        desk.jobs.launch()
        for number in range(_LOOKS):
            key = f"{parts.settings.replica}.{now:%s}.{number}"
            desk.jobs.start(REMINDERS, "remind", key)
        _wait(desk)
        os._exit(0)


def _doom(desk: Desk, parts: Parts, client: WebClient, when: str) -> None:
    """Arrange for its end: when Slack has "posted", or when it has to be "noted"."""
    if when == "noted":
        reminding.register(replace(desk, reminders=DyingRecord(parts.engine)))
    if when == "posted":
        desk.gateway.calls = DyingCalls(client, Metrics())


def _wait(desk: Desk) -> None:
    tick = threading.Event()
    while any(desk.jobs.open().values()):
        tick.wait(0.05)


if __name__ == "__main__":
    run(json.loads(sys.argv[1]))
