from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from tests.fakes.slack import Slack, refusal, serving_slack
from tests.fakes.slack_workspace import (
    BOT_USER,
    CLOSED,
    CUSTODY,
    DANIEL,
    GUEST,
    LEAVER,
    NEWS,
    OFFICE,
    OTHER_BOT,
    RETIRED,
    REVIEWERS,
    SECRET,
    SHARED,
    STRANGER,
    TEAM,
    TOM,
    TOM_IM,
    UNJOINED,
    VISITOR,
)


@pytest.fixture
def slack() -> Iterator[Slack]:
    with serving_slack() as running:
        yield running


@pytest.fixture
def client(slack: Slack) -> WebClient:
    return slack.client()


def paged(first: SlackResponse) -> list[Any]:
    """All pages; slack_sdk hands out one object that changes, so each is taken out of it."""
    return [page.data for page in first]


POST = [
    (SECRET.id, "channel_not_found"), ("C0NONE", "channel_not_found"),
    (UNJOINED.id, "not_in_channel"), (CLOSED.id, "is_archived"), (LEAVER.id, "user_disabled"),
]  # fmt: skip


@pytest.mark.parametrize(("room", "error"), POST)
def test_the_app_posts_only_where_it_is(client: WebClient, room: str, error: str) -> None:
    assert refusal(lambda: client.chat_postMessage(channel=room, text="All.")) == error


READ = [
    ("conversations.info", SECRET.id, "channel_not_found"),
    ("conversations.members", SECRET.id, "channel_not_found"),
    ("conversations.history", SECRET.id, "channel_not_found"),
    ("conversations.history", UNJOINED.id, "not_in_channel"),
    ("conversations.replies", UNJOINED.id, "not_in_channel"),
    ("chat.getPermalink", SECRET.id, "channel_not_found"),
]


@pytest.mark.parametrize(("method", "room", "error"), READ)
def test_the_app_reads_only_where_it_is(
    client: WebClient, method: str, room: str, error: str
) -> None:
    asked = {"channel": room, "ts": "1.1"}
    assert refusal(lambda: client.api_call(method, params=asked)) == error


def test_an_archived_channel_can_be_read_but_not_changed(slack: Slack, client: WebClient) -> None:
    ts = client.chat_postMessage(channel=OFFICE.id, text="All.")["ts"]
    slack.state.change(OFFICE.id, archived=True)
    assert len(client.conversations_history(channel=OFFICE.id)["messages"]) == 1
    changed = refusal(lambda: client.chat_update(channel=OFFICE.id, ts=ts, text="New."))
    assert changed == "is_inactive"


def test_conversations_say_what_they_are(client: WebClient) -> None:
    def told(room: str, *names: str) -> list[bool]:
        channel = client.conversations_info(channel=room)["channel"]
        return [channel[name] for name in names]

    assert told(OFFICE.id, "is_private", "is_ext_shared", "is_member") == [False, False, True]
    assert told(CUSTODY.id, "is_private", "is_group") == [True, True]
    assert told(SHARED.id, "is_ext_shared") == [True]
    assert told(UNJOINED.id, "is_member") == [False]
    assert client.conversations_info(channel=TOM_IM.id)["channel"]["user"] == TOM.id


def test_people_say_what_they_are(client: WebClient) -> None:
    def told(user: str) -> dict[str, Any]:
        found: dict[str, Any] = client.users_info(user=user)["user"]
        return found

    assert told(GUEST.id)["is_restricted"]
    assert told(VISITOR.id)["is_ultra_restricted"]
    assert told(STRANGER.id)["is_stranger"]
    assert told(STRANGER.id)["team_id"] != TEAM
    assert told(OTHER_BOT.id)["is_bot"]
    assert told(LEAVER.id)["deleted"]
    assert "is_stranger" not in told(TOM.id)


def test_the_list_of_people_has_no_strangers(client: WebClient) -> None:
    listed = {one["id"] for one in client.users_list()["members"]}
    assert {TOM.id, LEAVER.id} <= listed
    assert STRANGER.id not in listed


def test_private_channels_are_listed_only_where_the_app_is(client: WebClient) -> None:
    found = client.conversations_list(types="public_channel,private_channel,im")
    listed = {one["id"] for one in found["channels"]}
    assert {UNJOINED.id, CUSTODY.id, TOM_IM.id} <= listed
    assert SECRET.id not in listed
    shorter = client.conversations_list(exclude_archived=True)
    assert CLOSED.id not in {one["id"] for one in shorter["channels"]}


def test_user_groups_have_members_and_can_change(slack: Slack, client: WebClient) -> None:
    assert [one["handle"] for one in client.usergroups_list()["usergroups"]] == ["reviewers"]
    slack.regroup(REVIEWERS.id, TOM.id)
    assert client.usergroups_users_list(usergroup=REVIEWERS.id)["users"] == [TOM.id]
    retired = refusal(lambda: client.usergroups_users_list(usergroup=RETIRED.id))
    assert retired == "subteam_disabled"
    assert refusal(lambda: client.usergroups_users_list(usergroup="S0")) == "no_such_subteam"


def test_members_come_in_pages(client: WebClient) -> None:
    pages = paged(client.conversations_members(channel=NEWS.id, limit=2))
    assert [len(page["members"]) for page in pages] == [2, 2, 2]
    assert {one for page in pages for one in page["members"]} == NEWS.members


def test_history_comes_in_pages_newest_first_without_replies(
    slack: Slack, client: WebClient
) -> None:
    told = [slack.say(TOM.id, OFFICE.id, f"Number {n}")["ts"] for n in range(5)]
    slack.say(DANIEL.id, OFFICE.id, "A reply", thread=told[0])
    pages = paged(client.conversations_history(channel=OFFICE.id, limit=2))
    assert [page["has_more"] for page in pages] == [True, True, False]
    assert [one["ts"] for page in pages for one in page["messages"]] == told[::-1]


@pytest.mark.parametrize(
    ("inclusive", "seen"), [(False, ["Number 2"]), (True, ["Number 3", "Number 2", "Number 1"])]
)
def test_history_between_two_times(
    slack: Slack, client: WebClient, inclusive: bool, seen: list[str]
) -> None:
    told = [slack.say(TOM.id, OFFICE.id, f"Number {n}")["ts"] for n in range(5)]
    found = client.conversations_history(
        channel=OFFICE.id, oldest=told[1], latest=told[3], inclusive=inclusive
    )
    assert [one["text"] for one in found["messages"]] == seen


@pytest.mark.parametrize(
    ("asked", "error"),
    [({"cursor": "elsewhere"}, "invalid_cursor"), ({"limit": 5000}, "invalid_limit"),
     ({"limit": "many"}, "invalid_arguments")],
)  # fmt: skip
def test_a_page_that_cannot_be_is_refused(
    client: WebClient, asked: dict[str, Any], error: str
) -> None:
    assert refusal(lambda: client.conversations_history(channel=OFFICE.id, **asked)) == error


def test_a_thread_has_its_first_message_and_its_replies_in_order(
    slack: Slack, client: WebClient
) -> None:
    asked = slack.say(TOM.id, OFFICE.id, "What was found?")["ts"]
    said = [client.chat_postMessage(channel=OFFICE.id, text=f"Part {n}", thread_ts=asked)["ts"]
            for n in range(3)]  # fmt: skip
    pages = paged(client.conversations_replies(channel=OFFICE.id, ts=asked, limit=2))
    assert [one["ts"] for page in pages for one in page["messages"]] == [asked, *said]
    first = pages[0]["messages"][0]
    assert (first["reply_count"], first["latest_reply"]) == (3, said[-1])
    assert pages[0]["messages"][1]["parent_user_id"] == TOM.id


def test_a_reply_to_a_reply_goes_to_the_same_thread(slack: Slack, client: WebClient) -> None:
    asked = slack.say(TOM.id, OFFICE.id, "What was found?")["ts"]
    reply = client.chat_postMessage(channel=OFFICE.id, text="This.", thread_ts=asked)["ts"]
    deeper = client.chat_postMessage(channel=OFFICE.id, text="And that.", thread_ts=reply)
    assert deeper["message"]["thread_ts"] == asked
    whole = client.conversations_replies(channel=OFFICE.id, ts=reply)["messages"]
    assert whole[0]["ts"] == asked


def test_a_reply_can_be_sent_to_the_channel_too(slack: Slack, client: WebClient) -> None:
    asked = slack.say(TOM.id, OFFICE.id, "What was found?")["ts"]
    client.chat_postMessage(
        channel=OFFICE.id, text="For all.", thread_ts=asked, reply_broadcast=True
    )
    newest = client.conversations_history(channel=OFFICE.id)["messages"][0]
    assert (newest["text"], newest["subtype"]) == ("For all.", "thread_broadcast")


def test_people_come_and_go(slack: Slack, client: WebClient) -> None:
    slack.join(DANIEL.id, CUSTODY.id)
    slack.leave(BOT_USER, OFFICE.id)
    assert DANIEL.id in client.conversations_members(channel=CUSTODY.id)["members"]
    post = refusal(lambda: client.chat_postMessage(channel=OFFICE.id, text="x"))
    assert post == "not_in_channel"


@pytest.mark.parametrize(
    ("method", "given", "error"),
    [
        ("conversations.list", {"types": "public_channel,secret"}, "invalid_types"),
        ("conversations.open", {"users": "U0NOBODY"}, "user_not_found"),
        ("conversations.open", {"users": LEAVER.id}, "user_disabled"),
        ("conversations.open", {"users": f"{TOM.id},{DANIEL.id}"},
         "method_not_supported_for_channel_type"),
        ("users.info", {"user": "U0NOBODY"}, "user_not_found"),
    ],
)  # fmt: skip
def test_who_or_what_is_not_there_is_refused(
    client: WebClient, method: str, given: dict[str, Any], error: str
) -> None:
    assert refusal(lambda: client.api_call(method, params=given)) == error
