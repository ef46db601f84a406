from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from slack_sdk import WebClient

from tests.fakes.slack import Slack, refusal, serving_slack
from tests.fakes.slack_workspace import (
    BOT_USER,
    CUSTODY,
    DANIEL,
    OFFICE,
    TOM,
    TOM_IM,
)

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "Three reports raise it."}}
MARK = {"event_type": "answer", "event_payload": {"key": "k1"}}


@pytest.fixture
def slack() -> Iterator[Slack]:
    with serving_slack() as running:
        yield running


@pytest.fixture
def client(slack: Slack) -> WebClient:
    return slack.client()


def test_no_reply_to_a_thread_that_is_not_there(client: WebClient) -> None:
    post = refusal(lambda: client.chat_postMessage(channel=OFFICE.id, text="x", thread_ts="1.1"))
    assert post == "thread_not_found"
    read = refusal(lambda: client.conversations_replies(channel=OFFICE.id, ts="1.1"))
    assert read == "thread_not_found"


def test_a_message_keeps_its_blocks_ids_and_metadata(client: WebClient) -> None:
    marked = {**SECTION, "block_id": "mark:k1"}
    ts = client.chat_postMessage(
        channel=OFFICE.id, text="Found.", blocks=[marked, SECTION], metadata=MARK
    )["ts"]
    plain, whole = (
        client.conversations_history(channel=OFFICE.id, include_all_metadata=asked)["messages"][0]
        for asked in (False, True)
    )
    assert plain["ts"] == ts
    assert plain["blocks"][0]["block_id"] == "mark:k1"
    assert plain["blocks"][1]["block_id"]
    assert "metadata" not in plain
    assert whole["metadata"] == MARK


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"text": ""}, "no_text"),
        ({"text": " ", "blocks": []}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"markdown_text": "x" * 12_001}, "msg_too_long"),
        ({"markdown_text": "x", "blocks": [SECTION]}, "markdown_text_conflict"),
        ({"text": "x", "blocks": "{"}, "invalid_blocks_format"),
        ({"text": "x", "blocks": [{"type": "banner"}]}, "invalid_blocks"),
        ({"text": "x", "metadata": {"key": 1}}, "invalid_metadata_schema"),
        ({"text": "x", "metadata": {"event_type": "a", "event_payload": {"k": "x" * 16_000}}},
         "metadata_too_large"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["chat.postMessage", "chat.update", "chat.postEphemeral"])
def test_what_cannot_be_said_is_refused(
    client: WebClient, method: str, said: dict[str, Any], error: str
) -> None:
    ts = client.chat_postMessage(channel=OFFICE.id, text="Before.")["ts"]
    asked = {"channel": OFFICE.id, "ts": ts, "user": TOM.id, **said}
    assert refusal(lambda: client.api_call(method, json=asked)) == error
    assert client.conversations_history(channel=OFFICE.id)["messages"][0]["text"] == "Before."


def test_the_longest_text_is_taken(client: WebClient) -> None:
    assert client.chat_postMessage(channel=OFFICE.id, text="x" * 40_000)["ok"]


def test_a_message_to_a_person_opens_a_conversation(slack: Slack, client: WebClient) -> None:
    opened = client.conversations_open(users=DANIEL.id)["channel"]["id"]
    sent = client.chat_postMessage(channel=DANIEL.id, text="Yours.")
    assert sent["channel"] == opened
    assert client.conversations_open(users=TOM.id)["channel"]["id"] == TOM_IM.id


def test_an_update_keeps_what_it_does_not_mention(client: WebClient) -> None:
    ts = client.chat_postMessage(channel=OFFICE.id, text="Found.", blocks=[SECTION], metadata=MARK)[
        "ts"
    ]
    client.chat_update(channel=OFFICE.id, ts=ts, text="Changed.")
    (kept,) = client.conversations_history(channel=OFFICE.id, include_all_metadata=True)["messages"]
    assert (kept["text"], len(kept["blocks"]), kept["metadata"]) == ("Changed.", 1, MARK)
    assert kept["edited"]["user"] == BOT_USER
    client.chat_update(channel=OFFICE.id, ts=ts, text="Bare.", blocks=[], metadata={})
    (bare,) = client.conversations_history(channel=OFFICE.id, include_all_metadata=True)["messages"]
    assert not {"blocks", "metadata"} & set(bare)


def test_only_the_apps_own_messages_can_be_changed_or_deleted(
    slack: Slack, client: WebClient
) -> None:
    ts = slack.say(TOM.id, OFFICE.id, "Mine.")["ts"]
    changed = refusal(lambda: client.chat_update(channel=OFFICE.id, ts=ts, text="No."))
    deleted = refusal(lambda: client.chat_delete(channel=OFFICE.id, ts=ts))
    assert (changed, deleted) == ("cant_update_message", "cant_delete_message")
    gone = refusal(lambda: client.chat_update(channel=OFFICE.id, ts="1.1", text="No."))
    assert gone == "message_not_found"


def test_a_deleted_message_is_gone_unless_a_thread_hangs_on_it(
    slack: Slack, client: WebClient
) -> None:
    alone, first = (client.chat_postMessage(channel=OFFICE.id, text="All.")["ts"] for _ in "ab")
    slack.say(TOM.id, OFFICE.id, "Thanks", thread=first)
    for ts in (alone, first):
        client.chat_delete(channel=OFFICE.id, ts=ts)
    (left,) = client.conversations_history(channel=OFFICE.id)["messages"]
    assert (left["ts"], left["subtype"]) == (first, "tombstone")
    assert refusal(lambda: client.chat_delete(channel=OFFICE.id, ts=alone)) == ("message_not_found")


def test_a_private_message_is_seen_by_one_person_and_never_read_back(
    slack: Slack, client: WebClient
) -> None:
    sent = client.chat_postEphemeral(channel=OFFICE.id, user=TOM.id, text="Only you.")
    (seen,) = slack.whispers(TOM.id)
    assert (seen["text"], seen["ts"]) == ("Only you.", sent["message_ts"])
    assert not slack.whispers(DANIEL.id)
    assert not client.conversations_history(channel=OFFICE.id)["messages"]
    change = refusal(
        lambda: client.chat_update(channel=OFFICE.id, ts=sent["message_ts"], text="New.")
    )
    assert change == "message_not_found"


def test_a_private_message_needs_its_reader_in_the_channel(client: WebClient) -> None:
    error = refusal(lambda: client.chat_postEphemeral(channel=CUSTODY.id, user=DANIEL.id, text="x"))
    assert error == "user_not_in_channel"


def test_links_lead_to_a_message_and_its_thread(slack: Slack, client: WebClient) -> None:
    asked = slack.say(TOM.id, OFFICE.id, "Q")["ts"]
    reply = slack.say(DANIEL.id, OFFICE.id, "A", thread=asked)["ts"]
    first, second = (
        client.chat_getPermalink(channel=OFFICE.id, message_ts=ts)["permalink"]
        for ts in (asked, reply)
    )
    assert urlsplit(first).path == f"/archives/{OFFICE.id}/p{asked.replace('.', '')}"
    assert urlsplit(second).query == f"thread_ts={asked}&cid={OFFICE.id}"


def test_a_message_is_pinned_once(slack: Slack, client: WebClient) -> None:
    ts = slack.say(TOM.id, OFFICE.id, "Q")["ts"]
    client.pins_add(channel=OFFICE.id, timestamp=ts)
    assert slack.messages(OFFICE.id)[0]["pinned_to"] == [OFFICE.id]
    again = refusal(lambda: client.pins_add(channel=OFFICE.id, timestamp=ts))
    missing = refusal(lambda: client.pins_add(channel=OFFICE.id, timestamp="1.1"))
    assert (again, missing) == ("already_pinned", "message_not_found")


def test_reactions_come_and_go_once(slack: Slack, client: WebClient) -> None:
    ts = slack.say(TOM.id, OFFICE.id, "Q")["ts"]

    def react(name: str = "eyes", method: str = "add") -> str:
        asked = {"channel": OFFICE.id, "timestamp": ts, "name": name}
        return refusal(lambda: client.api_call(f"reactions.{method}", params=asked))

    client.reactions_add(channel=OFFICE.id, timestamp=ts, name="eyes")
    assert slack.messages(OFFICE.id)[0]["reactions"][0]["users"] == [BOT_USER]
    assert react() == "already_reacted"
    client.reactions_remove(channel=OFFICE.id, timestamp=ts, name="eyes")
    assert (react(method="remove"), react(":Eyes:")) == ("no_reaction", "invalid_name")
