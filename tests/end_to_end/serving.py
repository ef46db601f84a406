"""`rejoinder serve` in a process of its own, in the local Slack's fictional office."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

from bot.playground import playing
from bot.playground.local_slack import LocalSlack, running
from bot.playground.seen import Message, View
from bot.playground.workspace import REJOINDER, Channel, Person
from bot.settings import PREFIX, Settings

REPOSITORY = Path(__file__).parents[2]
STARTED = "from bot.cli import script; script()"
SECONDS = 120.0  # a busy machine takes long to load the embedding model
_NOT_YET = "Searching"


@dataclass
class Office:
    """A local Slack with our bot in it, which can be stopped, killed and started again."""

    slack: LocalSlack
    given: dict[str, str]
    switches: tuple[str, ...] = ()
    operating: str = ""  # the address of health and metrics

    def start(self) -> None:
        """Start the bot; it is connected afterwards."""
        command = [sys.executable, "-c", STARTED, "serve", *self.switches]
        self._process = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY, env=self.given
        )
        said = SimpleQueue[str]()
        self._hearing = Thread(target=_hear, args=(self._process, said), daemon=True)
        self._hearing.start()
        line = said.get(timeout=SECONDS)
        if not line:
            self.end()
            raise AssertionError("the bot ended before it served")
        self.operating = line.split("metrics at ")[1].split(". ")[0]
        if "--http" not in self.switches:
            self.slack.until(self.slack.connected, SECONDS)

    def stop(self, number: int = signal.SIGTERM, seconds: float = 60) -> int:
        """End the bot with a signal; how it ended."""
        self._process.send_signal(number)
        code = self._process.wait(seconds)
        self._hearing.join()
        return code

    def end(self) -> None:
        """No bot runs afterwards."""
        self._process.kill()
        self._process.wait()
        self._hearing.join()

    def ask(self, person: Person, channel: Channel, question: str) -> Message:
        """Mention the bot in a channel."""
        return self.slack.say(person.id, channel.id, f"<@{REJOINDER.user}> {question}")

    def answers(self, channel: str, thread: str) -> list[Message]:
        """What the bot says for all in a thread, without what stands in for an answer."""
        said = [one for one in self.slack.thread(channel, thread) if one.user == REJOINDER.user]
        return [one for one in said if not one.only_for and not one.text.startswith(_NOT_YET)]

    def answered(self, channel: str, thread: str, count: int = 1) -> list[Message]:
        """The same, once there are so many; more are for the test to find."""

        def look() -> list[Message]:
            found = self.answers(channel, thread)
            return found if len(found) >= count else []

        return self.slack.until(look, SECONDS)

    def opened(self) -> View:
        """The window on top, once there is one."""
        found = self.slack.until(self.slack.view, SECONDS)
        assert found is not None
        return found

    def whispered(self, person: Person, channel: str, words: str) -> Message:
        """A message that only this person sees and that has these words, once it is there."""

        def look() -> list[Message]:
            mine = [one for one in self.slack.messages(channel) if one.only_for == person.id]
            return [one for one in mine if words in one.text]

        return self.slack.until(look, SECONDS)[-1]


@contextmanager
def serving(program: Path, folder: Path, indexed: Path, *, http: bool = False) -> Iterator[Office]:
    """An office with a bot connected, its home a copy of an indexed one."""
    home, port = folder / "home", free_port() if http else 0
    shutil.copytree(indexed, home)
    address = f"http://127.0.0.1:{port}/slack/events" if http else ""
    with running(program, folder / "slack", request_url=address) as slack:
        given = environment(home, slack.api) | {f"{PREFIX}HTTP_PORT": str(port)}
        office = Office(slack, given, ("--http",) if http else ())
        office.start()
        try:
            yield office
        finally:
            office.end()


def environment(home: Path, slack: str, **more: str) -> dict[str, str]:
    """The environment of a bot in the fictional office; ``more`` are settings."""
    office = playing.settings(Settings(home=home))
    given = {
        "home": str(home),
        "slack_api_url": slack,
        "slack_bot_token": REJOINDER.token,
        "slack_app_token": REJOINDER.app_token,
        "slack_signing_secret": REJOINDER.signing_secret,
        "slack_blocks": office.slack_blocks,
        "slack_agent": "false",
        "readers": json.dumps(office.readers),
        "channels": json.dumps(office.channels),
        "roles": json.dumps(office.roles),
        "colleagues": ",".join(office.colleagues),
        "questions_a_minute": "100",
        "operating_port": "0",
        "ocr": "false",
    } | more
    clean = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return clean | {f"{PREFIX}{name.upper()}": value for name, value in given.items()}


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as trial:
        number: int = trial.getsockname()[1]
        return number


def _hear(process: "subprocess.Popen[str]", said: SimpleQueue[str]) -> None:
    """Hand on every line, and an empty one at the end."""
    assert process.stdout is not None
    with process.stdout as lines:
        for line in lines:
            said.put(line)
    said.put("")
