from collections.abc import Iterator
from typing import Any
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient

from tests.fakes.slack import Slack, refusal, serving_slack
from tests.fakes.slack_workspace import (
    OFFICE,
    SECRET,
    TOM,
)


@pytest.fixture
def slack() -> Iterator[Slack]:
    with serving_slack() as running:
        yield running


@pytest.fixture
def client(slack: Slack) -> WebClient:
    return slack.client()


def test_files_go_up_into_a_thread_and_come_down_with_the_token(
    slack: Slack, client: WebClient
) -> None:
    asked = slack.say(TOM.id, OFFICE.id, "The response, please")["ts"]
    sent = client.files_upload_v2(
        filename="response.pdf", content=b"%PDF-1.7", title="Response", channel=OFFICE.id,
        thread_ts=asked, initial_comment="Here it is.",
    )  # fmt: skip
    (reply,) = slack.thread(OFFICE.id, asked)[1:]
    assert (reply["text"], reply["files"][0]["title"]) == ("Here it is.", "Response")
    told = client.files_info(file=sent["file"]["id"])["file"]
    assert (told["mimetype"], told["channels"]) == ("application/pdf", [OFFICE.id])
    assert fetched(told["url_private"], "xoxb-test") == (b"%PDF-1.7", "application/pdf")


def fetched(url: str, token: str) -> tuple[bytes, str]:
    with urlopen(Request(url, headers={"Authorization": f"Bearer {token}"}), timeout=10) as got:
        return got.read(), got.headers["Content-Type"]


def test_a_persons_file_is_there_for_the_app_in_its_channels_only(
    slack: Slack, client: WebClient
) -> None:
    here = slack.upload(TOM.id, OFFICE.id, "peel.pdf", b"%PDF-1.7")
    away = slack.upload(TOM.id, SECRET.id, "secret.pdf", b"%PDF-1.7")
    assert (here["subtype"], here["files"][0]["size"]) == ("file_share", 8)
    assert client.files_info(file=here["files"][0]["id"])["file"]["user"] == TOM.id
    hidden = refusal(lambda: client.files_info(file=away["files"][0]["id"]))
    assert hidden == "file_not_found"


@pytest.mark.parametrize("token", ["", "xoxb-wrong"])
def test_without_the_token_a_download_is_a_page_to_sign_in(slack: Slack, token: str) -> None:
    url = slack.upload(TOM.id, OFFICE.id, "peel.pdf", b"%PDF-1.7")["files"][0]["url_private"]
    body, kind = fetched(url, token)
    assert b"sign in" in body
    assert kind == "text/html"


def test_an_upload_must_be_announced_and_whole(slack: Slack, client: WebClient) -> None:
    announced = client.files_getUploadURLExternal(filename="a.pdf", length=3)
    assert not slack.receive(announced["file_id"], b"too long").body

    def complete(id: str) -> str:
        return refusal(lambda: client.files_completeUploadExternal(files=[{"id": id}]))

    assert [complete(id) for id in (announced["file_id"], "F0NONE")] == ["file_not_found"] * 2


@pytest.mark.parametrize(
    ("method", "given"),
    [
        ("files.getUploadURLExternal", {"filename": "", "length": 3}),
        ("files.getUploadURLExternal", {"filename": "a.pdf", "length": 0}),
        ("files.getUploadURLExternal", {"filename": "a.pdf", "length": "long"}),
        ("files.completeUploadExternal", {"files": "[]"}),
        ("files.completeUploadExternal", {"files": '{"id": "F1"}'}),
        ("files.completeUploadExternal", {"files": "["}),
    ],
)
def test_an_upload_that_cannot_be_is_refused(
    client: WebClient, method: str, given: dict[str, Any]
) -> None:
    assert refusal(lambda: client.api_call(method, params=given)) == "invalid_arguments"


def test_a_file_is_not_shared_where_the_app_is_not(slack: Slack, client: WebClient) -> None:
    where: dict[str, Any] = {"filename": "a.pdf", "content": b"%PDF", "channel": SECRET.id}
    assert refusal(lambda: client.files_upload_v2(**where)) == "channel_not_found"
    assert not slack.messages(SECRET.id)
