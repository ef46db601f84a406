"""Our side of the language model, against a server that somebody else wrote."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import model
from bot.model import (
    ChatModel,
    TooManyRequestsError,
    UnreachableError,
    UnusableReplyError,
)
from tests.peers.aimock import (
    Mocked,
    Reply,
    breaks_off,
    fails,
    garbled,
    mocked,
    says,
    turned_down,
)

SENTENCE = "The backlog was 38 cases on the day of our visit."


@pytest.fixture(scope="module")
def server(node_modules: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mocked]:
    with mocked(node_modules, tmp_path_factory.mktemp("aimock")) as found:
        yield found


def test_a_reply_comes_in_pieces(server: Mocked) -> None:
    server.script(says(SENTENCE))
    pieces = list(_asked(server).stream("You answer.", "How many?"))
    assert "".join(pieces) == SENTENCE
    assert len(pieces) > 3


def test_the_journal_holds_what_was_asked(server: Mocked) -> None:
    server.script(says(SENTENCE))
    list(_asked(server).stream("You answer.", "How many?"))
    [body] = server.journal()
    assert [(one["role"], one["content"]) for one in body["messages"]] == [
        ("system", "You answer."),
        ("user", "How many?"),
    ]
    assert (body["model"], body["stream"], body["temperature"]) == ("gpt-none", True, 0.0)


def test_replies_come_in_the_order_of_the_script(server: Mocked) -> None:
    server.script(says("first"), says("second"))
    asked = _asked(server)
    assert ["".join(asked.stream("", "Same?")) for _ in range(2)] == ["first", "second"]


def test_a_passing_failure_is_tried_again(server: Mocked) -> None:
    server.script(fails(500), says(SENTENCE))
    assert "".join(_asked(server).stream("", "How many?")) == SENTENCE
    assert len(server.journal()) == 2


@pytest.mark.parametrize(
    ("replies", "error"),
    [
        ([fails(429, retry_after=30)], TooManyRequestsError),
        ([fails(500)] * 3, UnreachableError),
        ([breaks_off(SENTENCE, after=2)], UnreachableError),
        ([garbled()], UnusableReplyError),
        ([turned_down()], UnusableReplyError),
        ([], UnreachableError),
    ],
    ids=["429", "500", "broken off", "not JSON", "turned down", "nothing left to say"],
)
def test_what_goes_wrong_is_one_of_our_errors(
    server: Mocked, replies: list[Reply], error: type[model.ModelError]
) -> None:
    server.script(*replies)
    with pytest.raises(error):
        list(_asked(server).stream("", "How many?"))


def test_too_many_requests_say_when_to_come_back(server: Mocked) -> None:
    server.script(fails(429, retry_after=30))
    with pytest.raises(TooManyRequestsError) as refusal:
        list(_asked(server).stream("", "How many?"))
    assert refusal.value.retry_after == 30


def test_a_slow_reply_is_cut_off_at_the_deadline(server: Mocked) -> None:
    server.script(says(SENTENCE, piece=1, pause=500))
    with pytest.raises(UnreachableError, match="did not finish within"):
        list(_asked(server, seconds=1.0).stream("", "How many?"))


def _asked(server: Mocked, seconds: float = 20.0) -> ChatModel:
    return model.load(
        "openai:gpt-none", base_url=server.base_url, api_key="sk-test", seconds=seconds
    )
