from collections.abc import Callable, Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.fakes.slack import Slack, refusal, serving_slack
from tests.fakes.slack_scopes import METHOD_SCOPES, RATES, scopes_for
from tests.fakes.slack_state import Clock
from tests.fakes.slack_workspace import (
    APP_TOKEN,
    BOT_USER,
    CUSTODY,
    NEWS,
    OFFICE,
    REVIEWERS,
    TEAM,
    TOM,
    TOM_IM,
    Kind,
    office,
)

Use = Callable[[WebClient], Any]


@pytest.fixture
def slack() -> Iterator[Slack]:
    with serving_slack() as running:
        yield running


@pytest.fixture
def client(slack: Slack) -> WebClient:
    return slack.client()


def test_the_app_learns_who_it_is_and_what_it_may_do(client: WebClient) -> None:
    who = client.auth_test()
    assert (who["user_id"], who["team_id"]) == (BOT_USER, TEAM)
    assert "chat:write" in who.headers["x-oauth-scopes"].split(",")


@pytest.mark.parametrize(
    ("token", "error"), [("xoxb-wrong", "invalid_auth"), (APP_TOKEN, "not_allowed_token_type")]
)
def test_a_token_that_is_not_the_bots_is_refused(slack: Slack, token: str, error: str) -> None:
    assert refusal(slack.client(token=token).auth_test) == error


def test_no_token_is_another_refusal_than_a_wrong_one(slack: Slack) -> None:
    assert refusal(slack.client(token=None).auth_test) == "not_authed"


def test_a_revoked_token_is_refused_until_it_is_restored(slack: Slack, client: WebClient) -> None:
    slack.state.revoked = True
    assert refusal(client.auth_test) == "token_revoked"
    slack.restore()
    assert client.auth_test()["ok"]


def test_a_method_that_does_not_exist_is_refused(client: WebClient) -> None:
    assert refusal(lambda: client.api_call("chat.shout")) == "unknown_method"


def test_socket_mode_is_not_offered(slack: Slack) -> None:
    error = refusal(lambda: slack.client().apps_connections_open(app_token=APP_TOKEN))
    assert error == "socket_mode_not_supported_by_this_fake"


CALLS: dict[str, Use] = {
    "assistant.threads.setStatus": lambda c: c.assistant_threads_setStatus(
        channel_id=TOM_IM.id, thread_ts="1.1", status="Searching"
    ),
    "assistant.threads.setSuggestedPrompts": lambda c: c.assistant_threads_setSuggestedPrompts(
        channel_id=TOM_IM.id, prompts=[{"title": "a", "message": "b"}]
    ),
    "assistant.threads.setTitle": lambda c: c.assistant_threads_setTitle(
        channel_id=TOM_IM.id, thread_ts="1.1", title="Knife crime"
    ),
    "chat.appendStream": lambda c: c.chat_appendStream(channel=OFFICE.id, ts="1.1"),
    "chat.delete": lambda c: c.chat_delete(channel=OFFICE.id, ts="1.1"),
    "chat.postEphemeral": lambda c: c.chat_postEphemeral(
        channel=OFFICE.id, user=TOM.id, text="Only you."
    ),
    "chat.postMessage": lambda c: c.chat_postMessage(channel=OFFICE.id, text="All."),
    "chat.startStream": lambda c: c.chat_startStream(channel=OFFICE.id, thread_ts="1.1"),
    "chat.stopStream": lambda c: c.chat_stopStream(channel=OFFICE.id, ts="1.1"),
    "chat.update": lambda c: c.chat_update(channel=OFFICE.id, ts="1.1", text="New."),
    "conversations.history": lambda c: c.conversations_history(channel=CUSTODY.id),
    "conversations.info": lambda c: c.conversations_info(channel=CUSTODY.id),
    "conversations.list": lambda c: c.conversations_list(types="private_channel"),
    "conversations.members": lambda c: c.conversations_members(channel=CUSTODY.id),
    "conversations.open": lambda c: c.conversations_open(users=TOM.id),
    "conversations.replies": lambda c: c.conversations_replies(channel=CUSTODY.id, ts="1.1"),
    "files.completeUploadExternal": lambda c: c.files_completeUploadExternal(files=[{"id": "F"}]),
    "files.getUploadURLExternal": lambda c: c.files_getUploadURLExternal(filename="a", length=1),
    "files.info": lambda c: c.files_info(file="F1"),
    "pins.add": lambda c: c.pins_add(channel=OFFICE.id, timestamp="1.1"),
    "reactions.add": lambda c: c.reactions_add(channel=OFFICE.id, timestamp="1.1", name="eyes"),
    "reactions.remove": lambda c: c.reactions_remove(
        channel=OFFICE.id, timestamp="1.1", name="eyes"
    ),
    "team.info": lambda c: c.team_info(),
    "usergroups.list": lambda c: c.usergroups_list(),
    "usergroups.users.list": lambda c: c.usergroups_users_list(usergroup=REVIEWERS.id),
    "users.info": lambda c: c.users_info(user=TOM.id),
    "users.list": lambda c: c.users_list(),
}


def test_every_method_that_needs_a_scope_is_tried() -> None:
    scoped = {method for method, scopes in METHOD_SCOPES.items() if scopes}
    assert set(CALLS) == scoped - {"apps.connections.open"}
    assert set(RATES) <= set(METHOD_SCOPES)


@pytest.mark.parametrize("method", CALLS)
def test_a_method_is_refused_without_its_scope(method: str) -> None:
    needed = scopes_for(method, Kind.PRIVATE)
    scopes = office().scopes - set(needed)
    with serving_slack(office(scopes=scopes)) as slack, pytest.raises(SlackApiError) as told:
        CALLS[method](slack.client())
    response = told.value.response
    assert (response["error"], response["needed"]) == ("missing_scope", needed[0])
    assert set(response["provided"].split(",")) == scopes


def test_scopes_are_by_kind_of_conversation() -> None:
    with serving_slack(office(scopes=frozenset({"groups:read"}))) as slack:
        client = slack.client()
        assert client.conversations_info(channel=CUSTODY.id)["ok"]
        error = refusal(lambda: client.conversations_info(channel=OFFICE.id))
    assert error == "missing_scope"


def test_what_was_called_and_needed_can_be_held_against_the_manifest(slack: Slack) -> None:
    client = slack.client()
    client.auth_test()
    client.conversations_info(channel=CUSTODY.id)
    client.chat_postMessage(channel=OFFICE.id, text="All.")
    assert slack.methods_called() == {"auth.test", "conversations.info", "chat.postMessage"}
    assert slack.scopes_needed() == {("groups:read",), ("chat:write",)}


def test_the_journal_holds_arguments_and_outcome_but_no_token(slack: Slack) -> None:
    client = slack.client(token=None)
    client.chat_postMessage(channel=OFFICE.id, text="All.", token="xoxb-test")
    client.conversations_info(channel=OFFICE.id, token="xoxb-test")
    refusal(lambda: client.users_info(user="U0NOBODY", token="xoxb-test"))
    assert [(one.method, one.outcome) for one in slack.journal] == [
        ("chat.postMessage", "ok"), ("conversations.info", "ok"), ("users.info", "user_not_found"),
    ]  # fmt: skip
    assert slack.calls("chat.postMessage")[0].arguments == {"channel": OFFICE.id, "text": "All."}
    assert "xoxb" not in repr(slack.journal)


def test_rates_hold_for_each_channel_and_give_way_with_time() -> None:
    clock = Clock()
    with serving_slack(office(limits=True), clock=clock) as slack:
        client = slack.client()
        for _ in range(3):
            client.chat_postMessage(channel=OFFICE.id, text="x")
        with pytest.raises(SlackApiError) as told:
            client.chat_postMessage(channel=OFFICE.id, text="x")
        assert client.chat_postMessage(channel=NEWS.id, text="x")["ok"]
        clock.forward(1)
        assert client.chat_postMessage(channel=OFFICE.id, text="x")["ok"]
    response = told.value.response
    assert (response.status_code, response["error"]) == (429, "ratelimited")
    assert response.headers["Retry-After"] == "1"


def test_a_slow_tier_is_full_after_twenty() -> None:
    clock = Clock()
    with serving_slack(office(limits=True), clock=clock) as slack:
        client = slack.client()
        for _ in range(20):
            client.users_list()
        assert refusal(client.users_list) == "ratelimited"
        clock.forward(3)
        assert client.users_list()["ok"]


def test_without_limits_nothing_is_too_fast(client: WebClient) -> None:
    for _ in range(25):
        assert client.users_list()["ok"]
