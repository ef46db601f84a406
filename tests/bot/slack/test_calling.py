"""Every way in which a call of Slack goes wrong is told as one of four."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.jobs import TryAgain
from bot.slack.calling import BlocksRefused, Calls, Refused, Unauthorised, Unsure
from tests.fakes.slack import Slack, serving_slack
from tests.fakes.slack_faults import (
    Dropped,
    Fault,
    Garbage,
    RateLimited,
    Revoked,
    Says,
    Slow,
    Status,
)
from tests.fakes.slack_workspace import BOT_USER, OFFICE, TOKEN, Kind, Person, Room, office

POST = "chat.postMessage"
CANARY = "marigold-canary"


@dataclass
class Counted:
    """Keeps what it is told."""

    calls: list[tuple[str, str]] = field(default_factory=list)

    def slack_called(self, method: str, outcome: str, seconds: float) -> None:
        assert seconds >= 0
        self.calls.append((method, outcome))


@pytest.fixture
def slack() -> Iterator[Slack]:
    with serving_slack() as running:
        yield running


def post(calls: Calls) -> dict[str, Any]:
    return calls.call(POST, channel=OFFICE.id, text=CANARY)


@pytest.mark.parametrize(
    ("fault", "told", "after"),
    [
        (Status(500), Unsure, None),
        (Status(503), Unsure, None),
        (Garbage(), Unsure, None),
        (Garbage(b""), Unsure, None),
        (Garbage(b"[]"), Unsure, None),
        (Dropped(), Unsure, None),
        (Dropped(after=True), Unsure, None),
        (Slow(1.5), Unsure, None),
        (Says("internal_error"), Unsure, None),
        (Says("request_timeout"), Unsure, None),
        (RateLimited(7), TryAgain, 7.0),
        (Says("ratelimited"), TryAgain, 1.0),
        (Says("invalid_auth"), Unauthorised, 20.0),
        (Says("account_inactive"), Unauthorised, 20.0),
        (Revoked("chat:write"), Unauthorised, 20.0),
        (Says("invalid_blocks"), BlocksRefused, None),
        (Says("msg_blocks_too_long"), BlocksRefused, None),
        (Says("msg_too_long"), BlocksRefused, None),
        (Says("channel_not_found"), Refused, None),
        (Says("is_archived"), Refused, None),
    ],
    ids=str,
)
def test_each_fault_is_told_as_what_it_is(
    slack: Slack, fault: Fault, told: type[Exception], after: float | None
) -> None:
    counted = Counted()
    calls = Calls(slack.client(timeout=1), counted)
    slack.fail(POST, fault)
    with pytest.raises(told) as raised:
        post(calls)
    assert type(raised.value) is told
    assert getattr(raised.value, "after", None) == after
    assert counted.calls == [(POST, told.__name__)]
    for secret in (TOKEN, CANARY):
        assert secret not in str(raised.value)
    assert raised.value.__suppress_context__  # a traceback would print what was sent


def test_a_call_is_made_once_whatever_client_is_given(slack: Slack) -> None:
    client = WebClient(token=TOKEN, base_url=slack.base_url)  # with its usual retries
    slack.fail(POST, Dropped(after=True))
    with pytest.raises(Unsure):
        post(Calls(client, Counted()))
    assert len(slack.messages(OFFICE.id)) == 1


def test_nobody_at_the_other_end_did_nothing() -> None:
    with serving_slack() as gone:
        client = gone.client()
    with pytest.raises(TryAgain, match="no connection") as raised:
        post(Calls(client, Counted()))
    assert type(raised.value) is TryAgain


def test_a_call_that_works_gives_the_answer_and_is_counted(slack: Slack) -> None:
    counted = Counted()
    answer = post(Calls(slack.client(), counted))
    assert answer["ts"] == slack.messages(OFFICE.id)[0]["ts"]
    assert counted.calls == [(POST, "ok")]


def test_a_refusal_carries_the_code(slack: Slack) -> None:
    with pytest.raises(Refused, match=r"chat\.postMessage: channel_not_found") as raised:
        Calls(slack.client(), Counted()).call(POST, channel="C0NONE", text="x")
    assert raised.value.code == "channel_not_found"


def test_all_pages_are_read() -> None:
    crowd = tuple(Person(f"U{n:03}", f"person.{n}") for n in range(450))
    ids = frozenset(one.id for one in crowd) | {BOT_USER}
    full = Room("C0FULL", "everybody", Kind.PUBLIC, ids)
    with serving_slack(office(people=crowd, rooms=(full,))) as slack:
        calls = Calls(slack.client(), Counted())
        found = calls.pages("conversations.members", "members", channel=full.id)
        assert sorted(found) == sorted(ids)
        assert len(slack.calls("conversations.members")) == 3
