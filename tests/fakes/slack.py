"""A Slack workspace of our own, over HTTP, for what no other Slack here can show.

It is a real server on 127.0.0.1 that slack_sdk's clients talk to. It keeps state, refuses what
Slack refuses, fails when it is told to, and keeps a journal of every call. Where Slack documents
no error code, the one that others report having got is used.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.fakes import slack_files, slack_messages
from tests.fakes.slack_answers import Call, Desk
from tests.fakes.slack_faults import Fault, Rates
from tests.fakes.slack_scopes import METHOD_SCOPES
from tests.fakes.slack_server import Handler, Server
from tests.fakes.slack_state import Clock, Facts, State
from tests.fakes.slack_workspace import TOKEN, Workspace, office


def refusal(call: Callable[[], Any]) -> str:
    """The error code that a call is refused with; one that is not refused fails the test."""
    try:
        call()
    except SlackApiError as refused:
        return str(refused.response["error"])
    raise AssertionError("the call was not refused")


class Slack(Desk):
    """The running workspace, as a test sees and moves it."""

    @property
    def base_url(self) -> str:
        """The address of the Web API, as clients take it."""
        return f"{self.state.address}/api/"

    def client(self, **changes: Any) -> WebClient:
        """The app's own client, without retries unless they are given."""
        usual = {"token": TOKEN, "base_url": self.base_url, "retry_handlers": [], "timeout": 10}
        return WebClient(**{**usual, **changes})

    def fail(self, method: str, *faults: Fault) -> None:
        """The next calls of a method meet these faults, one each."""
        self.faults.add(method, *faults)

    def restore(self, *scopes: str) -> None:
        """Give back scopes, and the token if it was revoked."""
        self.state.scopes |= set(scopes)
        self.state.revoked = False

    def calls(self, method: str) -> list[Call]:
        """The calls of one method so far."""
        return [call for call in self.journal if call.method == method]

    def methods_called(self) -> set[str]:
        """Every method of the Web API called so far."""
        return {call.method for call in self.journal if call.method in METHOD_SCOPES}

    def scopes_needed(self) -> set[tuple[str, ...]]:
        """The scopes that the calls so far needed: one of each tuple."""
        return {scopes for scopes in self.state.needed if scopes}

    def say(self, user: str, room: str, text: str, thread: str = "", **more: Any) -> Facts:
        """Somebody says something in a channel."""
        return self.state.post(room, user, text=text, thread_ts=thread, **more)

    def upload(self, user: str, room: str, name: str, data: bytes, **more: str) -> Facts:
        """Somebody puts a file into a channel; gives the message, with ``files``."""
        facts = slack_files.announce(self.state, name, len(data), user)
        slack_files.receive(self.state, facts["id"], data)
        return slack_files.share(self.state, [facts], room, user, **more)

    def edit(self, room: str, ts: str, text: str) -> tuple[Facts, Facts]:
        """Somebody changes their message: as it was, and as it is."""
        message = self.state.message(room, ts)
        before = dict(message)
        message["text"] = text
        message["edited"] = {"user": message["user"], "ts": self.state.ts()}
        return before, dict(message)

    def remove(self, room: str, ts: str) -> Facts:
        """Somebody deletes their message: as it was."""
        message = self.state.message(room, ts)
        slack_messages.remove(self.state, room, message)
        return message

    def react(self, user: str, room: str, ts: str, name: str) -> None:
        """Somebody adds a reaction."""
        slack_messages.add_reaction(self.state.message(room, ts), name, user)

    def messages(self, room: str) -> list[Facts]:
        """Everything in a channel, replies too, oldest first."""
        return self.state.in_room(room)

    def thread(self, room: str, ts: str) -> list[Facts]:
        """A thread with its first message, oldest first."""
        return [one for one in self.messages(room) if ts in (one["ts"], one.get("thread_ts"))]

    def whispers(self, user: str) -> list[Facts]:
        """What one person alone was shown."""
        return [one for one in self.state.ephemerals if one["to"] == user]

    def home(self, user: str) -> Facts | None:
        """A person's App Home."""
        return self.state.views.get(self.state.homes.get(user, ""))

    def view(self, user: str) -> Facts | None:
        """The modal on top of what a person has open."""
        stack = self.state.open_views.get(user)
        return self.state.views[stack[-1]] if stack else None

    def join(self, user: str, room: str) -> None:
        """Somebody enters a channel."""
        self.state.change(room, members=self.state.rooms[room].members | {user})

    def leave(self, user: str, room: str) -> None:
        """Somebody leaves a channel."""
        self.state.change(room, members=self.state.rooms[room].members - {user})

    def regroup(self, group: str, *members: str) -> None:
        """A user group gets these members."""
        before = self.state.groups[group]
        self.state.groups[group] = replace(before, members=frozenset(members))


@contextmanager
def serving_slack(
    workspace: Workspace | None = None, *, clock: Callable[[], float] | None = None
) -> Iterator[Slack]:
    """A running workspace (the office's, when none is given).

    The clock stands still unless another one is given, in seconds since 1970: timestamps,
    triggers, response_urls, streams and rates go by it.
    """
    state = State(workspace or office(), clock or Clock())
    http = Server(("127.0.0.1", 0), Handler)
    state.address = f"http://127.0.0.1:{http.server_port}"
    slack = http.desk = Slack(state, Rates(state.clock))
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield slack
    finally:
        slack.closing.set()
        http.shutdown()
        http.server_close()
        thread.join()
