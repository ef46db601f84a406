import json
import threading
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPMessage, IncompleteRead
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest

from tests.fakes.model_server import KEY, Fails, ModelServer, Raw, Says, Stalls, says, serving


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with serving() as running:
        yield running


class Response(NamedTuple):
    status: int
    headers: HTTPMessage
    data: bytes


def posted(
    server: ModelServer, body: Any = None, *, key: str = KEY, path: str = "/v1/chat/completions"
) -> Response:
    asked = {"model": "m", "stream": True, "messages": [{"role": "user", "content": "Why?"}]}
    data = json.dumps(asked if body is None else body)
    with closing(HTTPConnection(urlsplit(server.address).netloc, timeout=10)) as connection:
        connection.request("POST", path, data, {"Authorization": f"Bearer {key}"})
        with connection.getresponse() as response:
            return Response(response.status, response.headers, response.read())


def test_a_reply_is_streamed_in_its_pieces_and_ends_as_the_protocol_says(
    server: ModelServer,
) -> None:
    server.script.append(says("They ", "wait."))
    *events, done, end = posted(server).data.decode().split("\n\n")
    chunks = [json.loads(event.removeprefix("data: "))["choices"][0] for event in events]
    assert [chunk["delta"]["content"] for chunk in chunks] == ["They ", "wait.", ""]
    assert [chunk["finish_reason"] for chunk in chunks] == [None, None, "stop"]
    assert (done, end) == ("data: [DONE]", "")


def test_the_journal_holds_what_was_asked(server: ModelServer) -> None:
    server.script.append(says("Yes."))
    posted(server)
    assert [(one.user, one.system, one.key) for one in server.journal] == [("Why?", "", KEY)]


def test_a_reply_can_depend_on_what_was_asked(server: ModelServer) -> None:
    server.script.append(lambda request: says(request.user[::-1]))
    assert b"?yhW" in posted(server).data


@pytest.mark.parametrize(
    ("body", "key", "path", "status"),
    [
        (None, "sk-wrong", "/v1/chat/completions", 401),
        (None, KEY, "/v1/embeddings", 404),
        ([], KEY, "/v1/chat/completions", 400),
        ({"model": "m"}, KEY, "/v1/chat/completions", 400),
        ({"model": "m", "messages": []}, KEY, "/v1/chat/completions", 400),
        ({"model": "m", "messages": [{"role": "user", "content": "x"}]}, KEY,
         "/v1/chat/completions", 400),
    ],
)  # fmt: skip
def test_it_refuses_what_a_real_one_refuses(
    server: ModelServer, body: Any, key: str, path: str, status: int
) -> None:
    server.script.append(says("Yes."))
    assert posted(server, body, key=key, path=path).status == status
    assert len(server.script) == 1


def test_a_request_too_many_is_an_error(server: ModelServer) -> None:
    assert posted(server).status == 500


def test_a_failure_says_when_to_come_back(server: ModelServer) -> None:
    server.script.append(Fails(429, retry_after="7"))
    response = posted(server)
    assert (response.status, response.headers["Retry-After"]) == (429, "7")


def test_a_connection_can_break_in_mid_stream(server: ModelServer) -> None:
    server.script.append(Says(("They ",), finish=None))
    with pytest.raises(IncompleteRead):
        posted(server)


def test_nonsense_is_sent_as_it_is(server: ModelServer) -> None:
    server.script.append(Raw(b"\x00nonsense"))
    assert posted(server).data == b"\x00nonsense"


def test_a_stalled_reply_ends_when_the_server_does(server: ModelServer) -> None:
    server.script.append(Stalls(("They ",)))
    threading.Timer(0.2, server.closing.set).start()
    with pytest.raises(IncompleteRead):
        posted(server)
