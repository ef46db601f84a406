"""Plays Slack towards the bot: signed requests, retries of events, and never one of a command."""

import json
import threading
import time
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier

from bot.slack import parsing
from bot.slack.serving import EVENTS
from tests.fakes import slack_payloads as payloads
from tests.fakes.slack import Slack
from tests.fakes.slack_state import Facts
from tests.fakes.slack_workspace import BOT_USER
from tests.faults import office
from tests.faults.bot import SECRET
from tests.faults.process import Process
from tests.faults.weather import Weather

ACK_SECONDS = 3
FAILED_AT_ONCE = "That did not work."
_PAUSES = (0.0, 1.0, 2.0)  # Slack's: none, one minute, five minutes
_RESTARTED = 60  # seconds that the last retry waits for the bot: five minutes outlast a restart
_REDELIVERED = 0.12


class Kind(StrEnum):
    """How something is asked for."""

    MENTION = "mention in a channel"
    DIRECT = "direct message"
    FOLLOW_UP = "follow-up in a thread"
    COMMAND = "slash command"
    HELPFUL = "button: helpful"
    SHARE = "button: share"


BUTTONS = (Kind.HELPFUL, Kind.SHARE)


@dataclass
class Asked:
    """One thing asked of the bot. ``taken``: it was acknowledged; ``told``: or failed in words."""

    kind: Kind
    person: str
    room: str
    thread: str = ""
    key: str = ""
    press: str = ""
    taken: bool = False
    told: bool = False


class Driver:
    """Asks, in as many threads as call it."""

    def __init__(self, slack: Slack, process: Process, weather: Weather) -> None:
        self.asked: list[Asked] = []
        self.unacknowledged = 0
        self._slack = slack
        self._process = process
        self._weather = weather
        self._lock = threading.Lock()
        self._tick = threading.Event()

    def mention(self, number: int, person: str, room: str) -> Asked:
        """Somebody names the bot in a channel: Slack sends the message twice, at once."""
        said = self._slack.say(person, room, f"<@{BOT_USER}> {office.question(number)}")
        one = self._note(Asked(Kind.MENTION, person, room, said["ts"], _key(room, said)))
        twin = threading.Thread(
            target=self._deliver, args=(payloads.message(self._slack, room, said),)
        )
        twin.start()
        one.taken = self._deliver(payloads.app_mention(self._slack, room, said))
        twin.join()
        return one

    def direct(self, number: int, person: str, room: str) -> Asked:
        """Somebody writes to the bot alone."""
        said = self._slack.say(person, room, office.question(number))
        one = self._note(Asked(Kind.DIRECT, person, room, said["ts"], _key(room, said)))
        one.taken = self._deliver(payloads.message(self._slack, room, said))
        return one

    def follow_up(self, number: int, before: Asked) -> Asked:
        """The same person asks on in a thread, without naming the bot."""
        said = self._slack.say(before.person, before.room, office.question(number), before.thread)
        one = Asked(Kind.FOLLOW_UP, before.person, before.room, before.thread)
        one.key = _key(before.room, said)
        self._note(one)
        one.taken = self._deliver(payloads.message(self._slack, before.room, said))
        return one

    def command(self, number: int, person: str, room: str) -> Asked:
        """Somebody uses the slash command."""
        body = payloads.slash_command(self._slack, person, room, "/ask", office.question(number))
        key = parsing.from_command(body, datetime.now(UTC)).key
        one = self._note(Asked(Kind.COMMAND, person, room, key=key))
        self._once(one, urlencode(body))
        return one

    def press(self, kind: Kind, before: Asked, shown: Facts) -> Asked:
        """Whoever asked presses a button under the answer."""
        name = "share" if kind is Kind.SHARE else "feedback"
        value = before.key if kind is Kind.SHARE else f"helpful|{before.key}"
        body = payloads.block_actions(
            self._slack, before.person, before.room, shown, name, value=value
        )
        one = Asked(kind, before.person, before.room, before.thread, before.key)
        one.press = str(body["trigger_id"])
        self._note(one)
        self._once(one, urlencode({"payload": json.dumps(body)}))
        return one

    def _note(self, one: Asked) -> Asked:
        with self._lock:
            self.asked.append(one)
        return one

    def _once(self, one: Asked, body: str) -> None:
        """A command or a press: when it is not acknowledged, Slack itself tells the person."""
        answer = self._post(body, "application/x-www-form-urlencoded")
        one.taken = answer is not None
        one.told = answer is not None and FAILED_AT_ONCE in answer

    def _deliver(self, event: Facts) -> bool:
        """An event, until it is acknowledged or Slack gives up; at times once more than that."""
        body = json.dumps(event)
        taken = self._post(body) is not None
        for number, seconds in enumerate(_PAUSES, start=1):
            if taken:
                break
            self._wait(seconds, last=number == len(_PAUSES))
            taken = self._post(body, retry=number) is not None
        if taken and self._weather.strikes(_REDELIVERED):
            self._weather.count("redelivered")
            self._post(body, retry=1)
        return taken

    def _wait(self, seconds: float, *, last: bool) -> None:
        with self._lock:
            self.unacknowledged += 1
        self._tick.wait(seconds)
        if last:
            self._process.up.wait(_RESTARTED)
            self._tick.wait(_PAUSES[1])

    def _post(self, body: str, kind: str = "application/json", retry: int = 0) -> str | None:
        """What was answered, None for no acknowledgement."""
        stamp = str(int(time.time()))
        signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body)
        headers = {
            "Content-Type": kind,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": str(signature),
            **(payloads.retry(retry) if retry else {}),
        }
        address = f"{self._process.address}{EVENTS}"
        request = urllib.request.Request(address, body.encode(), headers)
        try:
            with urllib.request.urlopen(request, timeout=ACK_SECONDS) as answer:
                return str(answer.read().decode())
        except (OSError, HTTPException):
            return None


def _key(room: str, said: dict[str, Any]) -> str:
    return parsing.message_key(room, str(said["ts"]))
