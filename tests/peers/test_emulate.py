"""A Slack that refuses what the app's scopes and places do not allow."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.playground.workspace import CUSTODY, OFFICE, TOM
from tests.peers.emulate import Emulated, emulated

SCOPES = ("chat:write", "channels:history", "channels:read", "users:read", "im:write")


@pytest.fixture(scope="module")
def workspace(node_modules: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulated]:
    with emulated(node_modules, tmp_path_factory.mktemp("emulate"), SCOPES) as found:
        yield found


def test_with_its_scopes_the_app_posts_and_reads(workspace: Emulated) -> None:
    office = workspace.channels[OFFICE.name]
    mark = {"event_type": "draft", "event_payload": {"key": "k1"}}
    ts = workspace.client.chat_postMessage(channel=office, text="One item.", metadata=mark)["ts"]
    found = workspace.client.conversations_replies(
        channel=office, ts=ts, include_all_metadata=True
    )["messages"]
    assert [(one["text"], one["metadata"]) for one in found] == [("One item.", mark)]


def test_a_block_keeps_its_id(workspace: Emulated) -> None:
    office = workspace.channels[OFFICE.name]
    blocks = [{"type": "divider", "block_id": "mark-1"}]
    ts = workspace.client.chat_postMessage(channel=office, text="-", blocks=blocks)["ts"]
    found = workspace.client.conversations_replies(channel=office, ts=ts)["messages"]
    assert found[0]["blocks"] == blocks


def test_without_the_scope_it_is_told_which_one_is_missing(workspace: Emulated) -> None:
    with pytest.raises(SlackApiError, match="missing_scope") as refusal:
        workspace.client.reactions_add(
            channel=workspace.channels[OFFICE.name], name="eyes", timestamp="1.1"
        )
    assert refusal.value.response["needed"] == "reactions:write"


def test_where_it_was_not_asked_in_it_may_not_post(workspace: Emulated) -> None:
    with pytest.raises(SlackApiError, match="not_in_channel"):
        workspace.client.chat_postMessage(channel=workspace.channels[CUSTODY.name], text="-")


def test_an_unknown_token_has_no_scopes(workspace: Emulated) -> None:
    """Its auth.test goes through, as somebody else's: it is not to be relied on."""
    stranger = WebClient("xoxb-wrong", base_url=workspace.client.base_url)
    with pytest.raises(SlackApiError, match="missing_scope") as refusal:
        stranger.users_list()
    assert refusal.value.response["provided"] == ""


def test_people_are_known_by_name(workspace: Emulated) -> None:
    who = workspace.people[TOM.handle]
    assert workspace.client.users_info(user=who)["user"]["real_name"] == TOM.name
