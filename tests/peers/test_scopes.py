"""The scopes of our manifest suffice for our calls, as a Slack that others wrote checks them."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.jobs import Refused, TryAgain
from bot.operating.metrics import Metrics
from bot.playground.workspace import CUSTODY, OFFICE, REJOINDER, TOM
from bot.slack.calling import Calls
from bot.slack.manifest import SCOPES, manifest, needed
from tests.peers.emulate import Emulated, emulated

UNKNOWN = {
    "apps.connections.open",
    "assistant.threads.setStatus",
    "assistant.threads.setSuggestedPrompts",
    "chat.appendStream",
    "chat.startStream",
    "chat.stopStream",
    "usergroups.users.list",
}
"""What emulate does not have; our own fake has it."""
UNSEEN = {"app_mentions:read", "assistant:write", "commands", "mpim:read", "usergroups:read"}
"""Scopes of what emulate does not have: events, commands, agents, user groups, groups of people."""
NO_FILE = {"files.info": "file_not_found"}  # putting one there needs a scope that we do not have
Told = list[tuple[str, str]]


class Caller:
    """Makes calls as the bot makes them, and notes how each ended: "ok" or Slack's code."""

    def __init__(self, workspace: Emulated) -> None:
        self._calls = Calls(workspace.client, Metrics())
        self.told: Told = []

    def call(self, method: str, **arguments: Any) -> dict[str, Any]:
        return self._noted(method, partial(self._calls.call, method, **arguments)) or {}

    def pages(self, method: str, listed: str, **arguments: Any) -> None:
        self._noted(method, partial(self._calls.pages, method, listed, **arguments))

    def _noted(self, method: str, make: Any) -> Any:
        outcome = "ok"
        try:
            return make()
        except (Refused, TryAgain) as no:
            outcome = str(no).rpartition(": ")[2]
        finally:
            self.told.append((method, outcome))


@contextmanager
def working(node_modules: Path, folder: Path, *lacking: str) -> Iterator[Emulated]:
    """emulate, the bot's token having the manifest's scopes but these."""
    asked = manifest()["oauth_config"]["scopes"]["bot"]
    scopes = [one for one in asked if one not in lacking]
    with emulated(node_modules, folder, scopes) as workspace:
        custody = workspace.channels[CUSTODY.name]
        workspace.admin.conversations_invite(channel=custody, users=REJOINDER.user)
        yield workspace


def all_of_ours(workspace: Emulated) -> Told:
    """Every method of ours that emulate knows, on every kind of conversation it is called on."""
    caller, person = Caller(workspace), workspace.people[TOM.handle]
    caller.call("auth.test")
    caller.call("users.info", user=person)
    opened = caller.call("conversations.open", users=person)
    direct = str((opened.get("channel") or {}).get("id") or "D0NONE")
    for channel in (workspace.channels[OFFICE.name], workspace.channels[CUSTODY.name], direct):
        _in_channel(caller, workspace, channel, person)
    caller.call("files.info", file="F0NONE")
    caller.call("views.publish", user_id=person, view={"type": "home", "blocks": []})
    _window(caller, workspace, person)
    return caller.told


def _in_channel(caller: Caller, workspace: Emulated, channel: str, person: str) -> None:
    if channel.startswith("C"):  # of a direct message we know who is in it
        caller.call("conversations.info", channel=channel)
        caller.pages("conversations.members", "members", channel=channel)
    caller.pages("conversations.history", "messages", channel=channel, include_all_metadata=True)
    ts = str(caller.call("chat.postMessage", channel=channel, text="One.").get("ts") or "1.1")
    caller.pages("conversations.replies", "messages", channel=channel, ts=ts)
    caller.call("chat.postEphemeral", channel=channel, user=person, text="Two.")
    caller.call("chat.getPermalink", channel=channel, message_ts=ts)
    caller.call("chat.update", channel=channel, ts=ts, text="Three.")
    caller.call("reactions.add", channel=channel, timestamp=ts, name="+1")
    caller.call("pins.add", channel=channel, timestamp=ts)
    caller.call("chat.delete", channel=channel, ts=ts)


def _window(caller: Caller, workspace: Emulated, person: str) -> None:
    made = workspace.client.api_call("views.generateTriggerId", json={"user_id": person})
    view = {"type": "modal", "title": {"type": "plain_text", "text": "A page"}, "blocks": []}
    caller.call("views.open", trigger_id=made["trigger_id"], view=view)


@pytest.fixture(scope="module")
def workspace(node_modules: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulated]:
    with working(node_modules, tmp_path_factory.mktemp("emulate")) as found:
        yield found


def test_with_the_scopes_of_the_manifest_every_call_of_ours_is_taken(workspace: Emulated) -> None:
    told = all_of_ours(workspace)
    assert {method for method, _ in told} == set(SCOPES) - UNKNOWN
    assert [one for one in told if one[1] != NO_FILE.get(one[0], "ok")] == []


@pytest.mark.parametrize("method", sorted(UNKNOWN))
def test_what_emulate_does_not_have_is_known(workspace: Emulated, method: str) -> None:
    """Or the tests above would leave it out for no reason."""
    with pytest.raises(SlackApiError) as refusal:
        workspace.client.api_call(method, json={})
    assert refusal.value.response.status_code == 404


@pytest.mark.parametrize("scope", sorted(needed() - UNSEEN))
def test_without_one_scope_some_call_of_ours_is_refused(
    node_modules: Path, tmp_path: Path, scope: str
) -> None:
    with working(node_modules, tmp_path / "emulate", scope) as lacking:
        told = all_of_ours(lacking)
    refused = {method for method, outcome in told if outcome == "missing_scope"}
    assert refused
    assert all(scope in SCOPES[method] for method in refused)
