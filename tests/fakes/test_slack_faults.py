import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, RemoteDisconnected
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import (
    ConnectionErrorRetryHandler,
    RateLimitErrorRetryHandler,
)
from slack_sdk.http_retry.builtin_interval_calculators import FixedValueRetryIntervalCalculator
from slack_sdk.webhook import WebhookClient

from tests.fakes.slack import Slack, serving_slack
from tests.fakes.slack_answers import DOWNLOAD, RESPONSE_URL, UPLOAD, Call
from tests.fakes.slack_faults import (
    Dropped,
    Garbage,
    RateLimited,
    Revoked,
    Says,
    Slow,
    Status,
)
from tests.fakes.slack_workspace import OFFICE, TOM, office

POST = "chat.postMessage"


@pytest.fixture
def slack() -> Iterator[Slack]:
    with serving_slack() as running:
        yield running


def post(slack: Slack, **client: Any) -> Any:
    return slack.client(**client).chat_postMessage(channel=OFFICE.id, text="All.")


def failed(use: Callable[[], Any]) -> Any:
    with pytest.raises(SlackApiError) as told:
        use()
    return told.value.response


def test_a_status_comes_instead_of_an_answer_once(slack: Slack) -> None:
    slack.fail(POST, Status(500))
    assert failed(lambda: post(slack)).status_code == 500
    assert not slack.messages(OFFICE.id)
    assert post(slack)["ok"]
    assert [call.outcome for call in slack.calls(POST)] == ["not done", "ok"]


def test_a_refusal_says_when_to_come_back(slack: Slack) -> None:
    slack.fail(POST, RateLimited(7))
    response = failed(lambda: post(slack))
    assert (response.status_code, response.headers["Retry-After"]) == (429, "7")
    assert not slack.messages(OFFICE.id)


def test_the_clients_own_handler_comes_back_after_that_time(slack: Slack) -> None:
    slack.fail(POST, RateLimited(0))
    assert post(slack, retry_handlers=[RateLimitErrorRetryHandler(max_retry_count=1)])["ok"]
    assert [call.outcome for call in slack.calls(POST)] == ["ratelimited", "ok"]


@pytest.mark.parametrize(("after", "done"), [(False, 0), (True, 1)])
def test_a_connection_breaks_before_or_after_it_is_done(
    slack: Slack, after: bool, done: int
) -> None:
    slack.fail(POST, Dropped(after=after))
    with pytest.raises(RemoteDisconnected):
        post(slack)
    assert len(slack.messages(OFFICE.id)) == done
    outcome = "ok" if after else "not done"
    told = {"channel": OFFICE.id, "text": "All."}
    assert slack.calls(POST) == [Call(POST, told, outcome, Dropped(after=after))]


def test_a_client_that_tries_again_by_itself_says_it_twice(slack: Slack) -> None:
    at_once = FixedValueRetryIntervalCalculator(0)
    slack.fail(POST, Dropped(after=True))
    post(slack, retry_handlers=[ConnectionErrorRetryHandler(interval_calculator=at_once)])
    assert len(slack.messages(OFFICE.id)) == 2


def test_a_slow_answer_outlasts_the_clients_patience(slack: Slack) -> None:
    slack.fail(POST, Slow(60))
    with pytest.raises(TimeoutError):
        post(slack, timeout=0.05)


def test_a_slow_answer_comes_all_the_same(slack: Slack) -> None:
    slack.fail(POST, Slow(0.01))
    assert post(slack)["ok"]
    assert slack.calls(POST)[0].fault == Slow(0.01)


def test_a_slow_answer_does_not_hold_up_the_end() -> None:
    with serving_slack() as slack:
        slack.fail(POST, Slow(600))
        with pytest.raises(TimeoutError):
            post(slack, timeout=0.05)
    assert slack.calls(POST)[0].outcome == "ok"


def test_nonsense_is_no_answer(slack: Slack) -> None:
    slack.fail(POST, Garbage(b"not json"))
    assert "non-JSON" in failed(lambda: post(slack))["error"]
    assert slack.calls(POST)[0].outcome == "not done"


def test_any_refusal_can_be_asked_for(slack: Slack) -> None:
    slack.fail(POST, Says("restricted_action"))
    assert failed(lambda: post(slack))["error"] == "restricted_action"


def test_a_scope_can_be_lost_until_it_is_restored(slack: Slack) -> None:
    slack.fail(POST, Revoked("chat:write"))
    for _ in range(2):
        response = failed(lambda: post(slack))
        assert (response["error"], response["needed"]) == ("missing_scope", "chat:write")
    slack.restore("chat:write")
    assert post(slack)["ok"]


def test_faults_are_met_in_order_by_their_method_alone(slack: Slack) -> None:
    slack.fail(POST, Says("fatal_error"), Status(503))
    assert slack.client().auth_test()["ok"]
    assert failed(lambda: post(slack))["error"] == "fatal_error"
    assert failed(lambda: post(slack)).status_code == 503
    assert post(slack)["ok"]


def test_a_stream_can_break_in_the_middle(slack: Slack) -> None:
    asked = slack.say(TOM.id, OFFICE.id, "Q")
    stream = slack.client().chat_stream(
        channel=OFFICE.id, thread_ts=asked["ts"], buffer_size=1,
        recipient_team_id=slack.state.workspace.team, recipient_user_id=TOM.id,
    )  # fmt: skip
    stream.append(markdown_text="Three ")
    slack.fail("chat.appendStream", Says("message_not_in_streaming_state"))
    error = failed(lambda: stream.append(markdown_text="reports"))["error"]
    assert error == "message_not_in_streaming_state"
    assert slack.thread(OFFICE.id, asked["ts"])[1]["text"] == "Three "


def test_what_is_no_method_can_fail_too(slack: Slack) -> None:
    url = slack.state.hook(TOM.id, OFFICE.id)
    slack.fail(RESPONSE_URL, Status(502))
    assert WebhookClient(url, retry_handlers=[]).send(text="x").status_code == 502
    file = slack.upload(TOM.id, OFFICE.id, "a.pdf", b"%PDF")["files"][0]
    slack.fail(DOWNLOAD, Garbage(b"half"))
    headers = {"Authorization": "Bearer xoxb-test"}
    with urlopen(Request(file["url_private"], headers=headers), timeout=10) as got:
        assert got.read() == b"half"
    slack.fail(UPLOAD, Dropped())
    with pytest.raises(RemoteDisconnected):
        slack.client().files_upload_v2(filename="a.pdf", content=b"%PDF", channel=OFFICE.id)
    assert [call.method for call in slack.journal] == [
        RESPONSE_URL, DOWNLOAD, "files.getUploadURLExternal", UPLOAD,
    ]  # fmt: skip


def test_rates_and_faults_go_together() -> None:
    with serving_slack(office(limits=True), clock=time.time) as slack:
        slack.fail(POST, Status(500))
        assert failed(lambda: post(slack)).status_code == 500
        assert post(slack)["ok"]


@pytest.mark.parametrize("body", ["{", "[1]", ""])
def test_a_body_that_is_no_json_object_is_refused(slack: Slack, body: str) -> None:
    connection = HTTPConnection(urlsplit(slack.base_url).netloc, timeout=10)
    headers = {"Content-Type": "application/json", "Authorization": "Bearer xoxb-test"}
    connection.request("POST", f"/api/{POST}", body, headers)
    with connection.getresponse() as response:
        answer = json.loads(response.read())
    connection.close()
    assert answer["error"] == ("channel_not_found" if not body else "invalid_json")


def test_many_at_once_are_all_answered(slack: Slack) -> None:
    with ThreadPoolExecutor(8) as pool:
        sent = [one["ts"] for one in pool.map(lambda _: post(slack), range(24))]
    assert len(set(sent)) == 24
    assert sorted(sent) == [one["ts"] for one in slack.messages(OFFICE.id)]
