from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.models.messages.chunk import MarkdownTextChunk, PlanUpdateChunk, TaskUpdateChunk

from tests.fakes.slack import Slack, refusal, serving_slack
from tests.fakes.slack_state import STREAM_SECONDS, Clock
from tests.fakes.slack_workspace import (
    APP,
    CLOSED,
    NEWS,
    OFFICE,
    OTHER_BOT,
    SECRET,
    TEAM,
    TOM,
    TOM_IM,
    UNJOINED,
    office,
)

TO_TOM = {"recipient_team_id": TEAM, "recipient_user_id": TOM.id}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def slack(clock: Clock) -> Iterator[Slack]:
    with serving_slack(clock=clock) as running:
        yield running


@pytest.fixture
def client(slack: Slack) -> WebClient:
    return slack.client()


@pytest.fixture
def asked(slack: Slack) -> str:
    return str(slack.say(TOM.id, OFFICE.id, "What was found?")["ts"])


def started(client: WebClient, asked: str, **more: Any) -> str:
    given = {"channel": OFFICE.id, "thread_ts": asked, **TO_TOM, **more}
    return str(client.chat_startStream(**given)["ts"])


def test_an_answer_is_streamed_into_a_thread_from_end_to_end(
    slack: Slack, client: WebClient, asked: str
) -> None:
    stream = client.chat_stream(
        channel=OFFICE.id, thread_ts=asked, buffer_size=10, task_display_mode="plan", **TO_TOM
    )
    assert stream.append(markdown_text="Three") is None
    stream.append(markdown_text=" reports raise it.")
    (growing,) = slack.thread(OFFICE.id, asked)[1:]
    assert growing["streaming_state"] == "in_progress"
    stream.append(chunks=[TaskUpdateChunk(id="1", title="Searching", status="complete")])
    stream.append(markdown_text=" So does one response.")
    block = {"type": "section", "block_id": "sources", "text": {"type": "mrkdwn", "text": "[1]"}}
    stream.stop(blocks=[block], metadata={"event_type": "answer", "event_payload": {"key": "k"}})
    (done,) = slack.thread(OFFICE.id, asked)[1:]
    assert done["text"] == "Three reports raise it. So does one response."
    assert (done["ts"], done["app_id"]) == (stream.ts, APP)
    assert done["blocks"] == [block]
    assert done["metadata"]["event_payload"] == {"key": "k"}
    assert "streaming_state" not in done
    assert [call.method for call in slack.journal] == [
        "chat.startStream", "chat.appendStream", "chat.appendStream", "chat.stopStream",
    ]  # fmt: skip


def test_a_stream_needs_no_recipient_in_a_conversation_with_one_person(
    slack: Slack, client: WebClient
) -> None:
    ts = slack.say(TOM.id, TOM_IM.id, "Q")["ts"]
    assert client.chat_startStream(channel=TOM_IM.id, thread_ts=ts)["ok"]


WRONG = [
    ({"recipient_user_id": ""}, "missing_recipient_user_id"),
    ({"recipient_team_id": ""}, "missing_recipient_team_id"),
    ({"recipient_user_id": "B0OTHERBOT"}, "invalid_arguments"),
    ({"recipient_user_id": "U0NOBODY"}, "user_not_found"),
    ({"thread_ts": "1.1"}, "invalid_thread_ts"),
    ({"thread_ts": ""}, "invalid_arguments"),
    ({"task_display_mode": "pie"}, "invalid_arguments"),
    ({"channel": SECRET.id}, "channel_not_found"),
    ({"channel": UNJOINED.id}, "not_in_channel"),
    ({"channel": CLOSED.id}, "is_archived"),
    ({"markdown_text": "x" * 12_001}, "msg_too_long"),
    ({"markdown_text": "x", "chunks": [MarkdownTextChunk(text="x")]},
     "cannot_provide_both_markdown_text_and_chunks"),
    ({"chunks": [{"type": "song"}]}, "invalid_chunks"),
    ({"chunks": ["song"]}, "invalid_chunks"),
    ({"chunks": [{"text": "x"}]}, "invalid_chunks"),
    ({"chunks": [{"type": "task_update", "id": "1"}]}, "invalid_chunks"),
    ({"chunks": [TaskUpdateChunk(id="1", title="x", status="done")]}, "invalid_chunks"),
    ({"chunks": [PlanUpdateChunk(title="x" * 257)]}, "invalid_chunks"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "error"), WRONG)
def test_a_stream_that_cannot_be_is_not_started(
    slack: Slack, client: WebClient, asked: str, changes: dict[str, Any], error: str
) -> None:
    assert refusal(lambda: started(client, asked, **changes)) == error
    assert len(slack.thread(OFFICE.id, asked)) == 1


def test_a_stream_ends_by_itself_after_five_minutes(
    slack: Slack, client: WebClient, clock: Clock, asked: str
) -> None:
    ts = started(client, asked, markdown_text="Three ")
    clock.forward(STREAM_SECONDS - 1)
    client.chat_appendStream(channel=OFFICE.id, ts=ts, markdown_text="reports")
    clock.forward(1)
    late: dict[str, Any] = {"channel": OFFICE.id, "ts": ts, "markdown_text": "x"}
    assert refusal(lambda: client.chat_appendStream(**late)) == "message_not_in_streaming_state"
    assert refusal(lambda: client.chat_stopStream(**late)) == "message_not_in_streaming_state"
    client.chat_update(channel=OFFICE.id, ts=ts, text="Three reports raise it.")
    assert slack.thread(OFFICE.id, asked)[1]["text"] == "Three reports raise it."


def test_a_stream_that_was_stopped_takes_no_more(client: WebClient, asked: str) -> None:
    ts = started(client, asked, markdown_text="All.")
    client.chat_stopStream(channel=OFFICE.id, ts=ts)
    again = refusal(lambda: client.chat_stopStream(channel=OFFICE.id, ts=ts))
    assert again == "message_not_in_streaming_state"


def test_while_it_streams_a_message_cannot_be_changed_or_deleted(
    client: WebClient, asked: str
) -> None:
    ts = started(client, asked, markdown_text="Three ")
    changed = refusal(lambda: client.chat_update(channel=OFFICE.id, ts=ts, text="x"))
    deleted = refusal(lambda: client.chat_delete(channel=OFFICE.id, ts=ts))
    assert (changed, deleted) == ("streaming_state_conflict", "cant_delete_message")


def test_a_stream_stays_text_or_stays_chunks(slack: Slack, client: WebClient, asked: str) -> None:
    ts = started(client, asked, markdown_text="Three ")
    mixed = refusal(
        lambda: client.chat_appendStream(
            channel=OFFICE.id, ts=ts, chunks=[MarkdownTextChunk(text="x")]
        )
    )
    assert mixed == "streaming_mode_mismatch"
    assert slack.thread(OFFICE.id, asked)[1]["text"] == "Three "


def test_only_the_apps_own_stream_takes_more(slack: Slack, client: WebClient, asked: str) -> None:
    theirs = slack.say(OTHER_BOT.id, NEWS.id, "Reminder")["ts"]
    mine = client.chat_postMessage(channel=OFFICE.id, text="All.")["ts"]

    def append(room: str, ts: str) -> str:
        more: dict[str, Any] = {"channel": room, "ts": ts, "markdown_text": "x"}
        return refusal(lambda: client.chat_appendStream(**more))

    assert append(NEWS.id, theirs) == "message_not_owned_by_app"
    assert append(OFFICE.id, mine) == "message_not_in_streaming_state"
    assert append(OFFICE.id, "1.1") == "message_not_found"


def test_nothing_to_append_is_refused(client: WebClient, asked: str) -> None:
    ts = started(client, asked)
    assert refusal(lambda: client.chat_appendStream(channel=OFFICE.id, ts=ts)) == "no_text"


def test_wrong_blocks_do_not_end_a_stream(slack: Slack, client: WebClient, asked: str) -> None:
    ts = started(client, asked, markdown_text="Three ")
    wrong = refusal(
        lambda: client.chat_stopStream(channel=OFFICE.id, ts=ts, blocks=[{"type": "banner"}])
    )
    assert wrong == "invalid_blocks"
    assert client.chat_stopStream(channel=OFFICE.id, ts=ts)["ok"]


def test_a_plan_without_streaming_does_not_know_the_methods() -> None:
    with serving_slack(office(streaming=False)) as slack:
        asked = str(slack.say(TOM.id, OFFICE.id, "Q")["ts"])
        assert refusal(lambda: started(slack.client(), asked)) == "unknown_method"


def test_statuses_prompts_and_titles_are_kept(slack: Slack, client: WebClient) -> None:
    ts = slack.say(TOM.id, TOM_IM.id, "Q")["ts"]
    place = {"channel_id": TOM_IM.id, "thread_ts": ts}
    client.assistant_threads_setStatus(**place, status="Searching", loading_messages=["Reading"])
    client.assistant_threads_setStatus(**place, status="")
    client.assistant_threads_setTitle(**place, title="Knife crime")
    prompts = [{"title": "Knife crime", "message": "What was said about knife crime?"}]
    client.assistant_threads_setSuggestedPrompts(channel_id=TOM_IM.id, prompts=prompts)
    assert [one["status"] for one in slack.state.statuses] == ["Searching", ""]
    assert slack.state.titles[0]["title"] == "Knife crime"
    assert slack.state.prompts[0]["prompts"] == prompts


@pytest.mark.parametrize(
    ("method", "given", "error"),
    [
        ("setStatus", {"status": "x", "thread_ts": "1.1"}, "invalid_thread_ts"),
        ("setStatus", {"status": "x", "channel_id": SECRET.id}, "channel_not_found"),
        ("setStatus", {"status": "x", "loading_messages": ["x"] * 11}, "invalid_arguments"),
        ("setSuggestedPrompts", {"prompts": []}, "invalid_arguments"),
        ("setSuggestedPrompts", {"prompts": [{"title": "a", "message": "b"}] * 5},
         "invalid_arguments"),
        ("setSuggestedPrompts", {"prompts": ["a"]}, "invalid_arguments"),
    ],
)  # fmt: skip
def test_what_an_agent_may_not_show_is_refused(
    slack: Slack, client: WebClient, method: str, given: dict[str, Any], error: str
) -> None:
    ts = slack.say(TOM.id, TOM_IM.id, "Q")["ts"]
    whole = {"channel_id": TOM_IM.id, "thread_ts": ts, **given}
    assert refusal(lambda: client.api_call(f"assistant.threads.{method}", json=whole)) == error


def test_a_plan_without_agents_does_not_know_the_methods() -> None:
    with serving_slack(office(agents=False)) as slack:
        ts = slack.say(TOM.id, TOM_IM.id, "Q")["ts"]
        error = refusal(
            lambda: slack.client().assistant_threads_setStatus(
                channel_id=TOM_IM.id, thread_ts=ts, status="Searching"
            )
        )
    assert error == "unknown_method"
