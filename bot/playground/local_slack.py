"""The local Slack: started, driven as the people in it, and stopped.

local-slack listens on all interfaces and checks no token: whoever reaches the port may read and
write. It has one stack of modals for the whole workspace, not one a person.
"""

import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from bot.playground import seen
from bot.playground.installing import LocalSlackUnavailable
from bot.playground.seen import Entry, Message, View
from bot.playground.wire import Fact, NotTaken, Wire
from bot.playground.workspace import REJOINDER, config

T = TypeVar("T")
_START = 20.0  # seconds; it takes about a tenth of one
_STOP = 5.0
_HOST = "127.0.0.1"


class LocalSlack:
    """One running local Slack. Every call returns when the app has acknowledged what it was sent,
    or after five seconds; what the app does afterwards is waited for with ``until``.

    NotTaken when local-slack would not do it, OSError when it is gone.
    """

    def __init__(self, address: str) -> None:
        self.address = address  # the web page, for people
        self.api = f"{address}/api/"  # for SLACK_API_URL
        self._wire = Wire(address)

    def say(self, user: str, channel: str, text: str, thread: str | None = None) -> Message:
        """Post as a person. A mention of the app reaches it twice, as ``message`` and as
        ``app_mention``, in a direct message too (the real Slack sends one there).
        """
        facts = {"user": user, "channel": channel, "text": text, "thread_ts": thread}
        return seen.message(self._wire.post("message", facts)["message"])

    def command(self, user: str, channel: str, command: str, text: str = "") -> None:
        """Use a slash command; any name is taken."""
        facts = {"user": user, "channel": channel, "command": command, "text": text}
        self._wire.post("command", facts)

    def press(
        self, user: str, channel: str, ts: str, action_id: str, value: str | None = None
    ) -> None:
        """Press what stands in a message. LookupError when it does not stand there: local-slack
        itself would send anything, and asks nobody whether they are in the channel.
        """
        found = self.message(channel, ts)
        action = seen.pressed(found.blocks, action_id, value)
        facts = {"user": user, "channel": channel, "messageTs": ts, "action": action}
        self._wire.post("interact", facts)

    def react(self, user: str, channel: str, ts: str, name: str, *, present: bool = True) -> None:
        """Put a reaction to a message, or take it away."""
        facts = {"user": user, "channel": channel, "ts": ts, "name": name, "present": present}
        self._wire.post("reaction", facts)

    def edit(self, user: str, channel: str, ts: str, text: str) -> None:
        """Change one's own message; NotTaken for another's. Its blocks stay as they were."""
        facts = {"user": user, "channel": channel, "ts": ts, "text": text}
        self._wire.post("edit-message", facts)

    def delete(self, user: str, channel: str, ts: str) -> None:
        """Take back one's own message; NotTaken for another's."""
        self._wire.post("delete-message", {"user": user, "channel": channel, "ts": ts})

    def upload(
        self, user: str, channel: str, name: str, data: bytes, text: str = "", thread: str = ""
    ) -> Message:
        """Post a file. The app gets a ``message`` (subtype file_share), then ``file_shared``."""
        facts = {"user": user, "channel": channel, "text": text, "thread_ts": thread}
        return seen.message(self._wire.upload(facts, name, data)["message"])

    def open_home(self, user: str) -> None:
        """Open the app's Home; the event says nothing of what stood there before."""
        self._wire.post("open-home", {"user": user})

    def home(self, user: str) -> View | None:
        """The Home that the app published for a person."""
        views = self._watched()["homeViews"].get(user, {})
        return seen.view(views[REJOINDER.app]) if REJOINDER.app in views else None

    def press_home(self, user: str, action_id: str, value: str | None = None) -> None:
        """Press what stands in a person's Home. LookupError when it does not stand there.

        The app is told of a message without ts in a channel without id, and not of the view.
        """
        home = self.home(user)
        action = seen.pressed(home.blocks if home else (), action_id, value)
        with self._wire.watching() as watch:
            facts = {"user": user, "channel": "", "messageTs": "", "appId": REJOINDER.app}
            watch.send("block_action", action=action, **facts)
            while not seen.acknowledged(watch.frame()):
                pass

    def view(self) -> View | None:
        """The modal on top, whoever opened it."""
        stack = self._watched()["modalStack"]
        return seen.view(stack[-1]) if stack else None

    def submit_view(self, user: str, answers: Mapping[str, Any]) -> dict[str, str]:
        """Submit the modal on top with these answers by block_id; what is wrong with them, by
        block_id, when the app says so and keeps it open. LookupError when there is none.

        An untouched input comes to the app empty, also one with an initial value.
        """
        with self._wire.watching() as watch:
            if not watch.state["modalStack"]:
                raise LookupError("no view is open")
            values = seen.filled(seen.view(watch.state["modalStack"][-1]), answers)
            watch.send("view_submit", user=user, values=values)
            while (frame := watch.frame())["t"] not in ("view", "view_errors"):
                pass
        errors: dict[str, str] = frame.get("errors", {})
        return errors

    def close_view(self, user: str) -> None:
        """Close all modals; the app hears of it when the one on top asked for that."""
        with self._wire.watching() as watch:
            watch.send("view_close", user=user)
            while watch.frame()["t"] != "view":
                pass

    def message(self, channel: str, ts: str) -> Message:
        """One message. LookupError when it is not there."""
        for one in self.messages(channel):
            if one.ts == ts:
                return one
        raise LookupError(f"no message {ts} in {channel}")

    def messages(self, channel: str) -> list[Message]:
        """All messages of a channel with those of its threads, oldest first."""
        return [seen.message(one) for one in self._wire.get(f"messages/{channel}")["messages"]]

    def thread(self, channel: str, ts: str) -> list[Message]:
        """A message and what was said under it, oldest first."""
        return [one for one in self.messages(channel) if ts in (one.ts, one.thread)]

    def state(self) -> Fact:
        """The workspace, apps, users and channels as local-slack holds them."""
        return self._wire.get("state")

    def log(self) -> list[Entry]:
        """The last thousand things that went to and from the app, with all their words."""
        return [seen.entry(one) for one in self._wire.get("log")["log"]]

    def connected(self) -> bool:
        """Whether the app is there over Socket Mode."""
        return any(app["connected"] for app in self._watched()["apps"])

    def reset(self) -> None:
        """As at the start: no messages, views, files or log; connections stay."""
        self._wire.post("reset", {})

    def until(self, look: Callable[[], T], seconds: float = 20) -> T:
        """What ``look`` gives as soon as that is true or not empty; it looks again whenever
        something happens here. TimeoutError after ``seconds``.
        """
        end = time.monotonic() + seconds
        with self._wire.watching() as watch:
            while not (found := look()):
                watch.frame(max(end - time.monotonic(), 0.001))
        return found

    def _watched(self) -> Fact:
        with self._wire.watching() as watch:
            return watch.state


@contextmanager
def running(
    program: Path, folder: Path, *, port: int = 0, request_url: str = ""
) -> Iterator[LocalSlack]:
    """The fictional office's Slack, its files in ``folder``, on ``port`` or a free one.

    With a ``request_url`` it posts everything there, signed; without, it waits for Socket Mode.
    LocalSlackUnavailable when the port is taken or it does not start.
    """
    port = _free(port)
    folder.mkdir(parents=True, exist_ok=True)
    written = folder / "workspace.json"
    written.write_text(config(request_url), encoding="utf-8")
    switches = ("--port", str(port), "--base-host", _HOST, "--files-dir", str(folder / "files"))
    with (folder / "local-slack.log").open("wb") as log:
        process = subprocess.Popen(
            [program, "--config", str(written), *switches],
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C is for us: the app is to leave before it ends
        )
    try:
        yield _ready(process, LocalSlack(f"http://{_HOST}:{port}"), folder / "local-slack.log")
    finally:
        _stop(process)


def _free(port: int) -> int:
    """The port, or a free one for 0; another's server there would be taken for ours."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("", port))
        except OSError as cause:
            raise LocalSlackUnavailable(
                f"Port {port} is in use: stop what uses it, or choose another."
            ) from cause
        number: int = trial.getsockname()[1]
        return number


def _ready(process: "subprocess.Popen[bytes]", slack: LocalSlack, log: Path) -> LocalSlack:
    end = time.monotonic() + _START
    while process.poll() is None and time.monotonic() < end:
        try:
            slack.state()
        except (OSError, NotTaken):
            time.sleep(0.05)
        else:
            return slack
    lines = log.read_text(encoding="utf-8", errors="replace").split("\n")
    said = next((line.strip() for line in lines if line.strip()), "it said nothing")
    raise LocalSlackUnavailable(f"The local Slack did not start: {said}")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
