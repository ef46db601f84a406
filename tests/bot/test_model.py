import logging
from importlib.util import find_spec

import pytest

from bot import model
from bot.model import (
    ChatModel,
    ModelError,
    NotConfiguredError,
    RefusedKeyError,
    TooManyRequestsError,
    UnreachableError,
    UnusableReplyError,
)
from tests.fakes.model_server import KEY, Fails, ModelServer, Raw, Says, Stalls, says, serving

CANARY = "marigold-canary"


def loaded(server: ModelServer, *, key: str = KEY, seconds: float = 20) -> ChatModel:
    return model.load(
        "openai:writer-1", base_url=server.address, api_key=key, seconds=seconds, max_tokens=77
    )


def whole(text: str) -> bytes:
    """A reply that ends politely, and in the middle."""
    return f'data: {{"choices": [{{"index": 0, "delta": {{"content": "{text}"}}}}]}}\n\n'.encode()


def asked(chat: ChatModel) -> str:
    return "".join(chat.stream("Be brief.", f"Say {CANARY}."))


def test_a_reply_comes_in_pieces_as_they_are_said() -> None:
    with serving(says("They ", "wait ", "12 days.")) as server:
        pieces = [piece for piece in loaded(server).stream("s", "u") if piece]
    assert pieces == ["They ", "wait ", "12 days."]


def test_a_model_is_asked_once_with_what_the_settings_say() -> None:
    with serving(says("Yes.")) as server:
        asked(loaded(server))
    (request,) = server.journal
    assert (request.system, request.user) == ("Be brief.", f"Say {CANARY}.")
    assert request.body["model"] == "writer-1"
    assert request.body["temperature"] == 0
    assert request.body["max_completion_tokens"] == 77
    assert "tools" not in request.body


def test_a_temperature_of_none_is_left_to_the_model() -> None:
    with serving(says("Yes.")) as server:
        chat = model.load(
            "openai:w", base_url=server.address, api_key=KEY, seconds=20, temperature=None
        )
        asked(chat)
    assert "temperature" not in server.journal[0].body


def test_a_local_server_is_never_sent_a_key_found_in_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with serving(says("Yes.")) as server, pytest.raises(RefusedKeyError):
        asked(loaded(server, key=""))


@pytest.mark.parametrize("variable", ["OPENAI_BASE_URL", "OPENAI_API_BASE", "LANGSMITH_GATEWAY"])
def test_the_environment_cannot_send_prompts_elsewhere(
    monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    with serving(says("No.")) as elsewhere, serving(says("Yes.")) as server:
        monkeypatch.setenv(variable, elsewhere.address)
        assert asked(loaded(server)) == "Yes."
    assert elsewhere.journal == []


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Fails(400, "bad"), UnusableReplyError),
        (Fails(400, "context_length_exceeded"), UnusableReplyError),
        (Fails(401, "bad key"), RefusedKeyError),
        (Fails(403, "not yours"), RefusedKeyError),
        (Fails(404, "no such model"), NotConfiguredError),
        (Fails(422, "bad"), UnusableReplyError),
        (Fails(429, "slow down", retry_after="3600"), TooManyRequestsError),
        (says(""), UnusableReplyError),
        (says(" ", "\n"), UnusableReplyError),
        (Raw(b""), UnusableReplyError),
        (Raw(b"data: not json at all\n\n"), UnusableReplyError),
        (Raw(b'data: {"choices": [{"delta": 7}]}\n\n'), UnusableReplyError),
        (Raw(b"data: [1, 2]\n\n"), UnusableReplyError),
        (Raw(b'data: {"error": {"message": "overloaded"}}\n\n'), UnusableReplyError),
        (Raw(b"<html>Sign in</html>"), UnusableReplyError),
        (Says(("They wait ",), finish="content_filter"), UnusableReplyError),
        (Says(("They wait ",), finish="refusal"), UnusableReplyError),
        (Says(("They wait ",), finish=None), UnreachableError),
        (Raw(whole("They wait ")), UnreachableError),
    ],
    ids=str,
)
def test_every_way_to_fail_is_one_of_five_errors(
    reply: Fails | Says | Raw, error: type[ModelError]
) -> None:
    with serving(reply) as server, pytest.raises(error) as raised:
        asked(loaded(server))
    assert type(raised.value) is error
    assert len(server.journal) == 1


def test_a_wrong_key_is_refused() -> None:
    with serving(says("Yes.")) as server, pytest.raises(RefusedKeyError):
        asked(loaded(server, key="sk-wrong"))
    assert server.journal == []


def test_too_many_requests_say_when_to_come_back() -> None:
    busy = Fails(429, retry_after="3600")
    with serving(busy) as server, pytest.raises(TooManyRequestsError) as raised:
        asked(loaded(server))
    assert raised.value.retry_after == 3600


@pytest.mark.parametrize("first", [Fails(429, retry_after="0"), Fails(500), Fails(503)], ids=str)
def test_a_passing_failure_is_tried_again(first: Fails) -> None:
    with serving(first, says("Yes.")) as server:
        assert asked(loaded(server)) == "Yes."
    assert len(server.journal) == 2


def test_there_are_two_retries_and_no_more() -> None:
    with serving(*[Fails(500)] * 5) as server, pytest.raises(UnreachableError):
        asked(loaded(server))
    assert len(server.journal) == 1 + model.RETRIES


def test_nothing_is_tried_again_once_words_have_come() -> None:
    broken = Says(("They ",), finish=None)
    with serving(broken, says("Again.")) as server, pytest.raises(UnreachableError):
        asked(loaded(server))
    assert len(server.journal) == 1


@pytest.mark.parametrize(
    "reply",
    [Stalls(), Stalls(("They ",)), Stalls(alive=True), Stalls(("They ",), alive=True)],
    ids=str,
)
def test_a_reply_that_stalls_is_cut_off_at_the_deadline(reply: Stalls) -> None:
    with serving(reply, reply, reply) as server, pytest.raises(UnreachableError, match=r"0\.4"):
        asked(loaded(server, seconds=0.4))


def test_a_server_that_is_not_there_is_unreachable() -> None:
    with serving() as server:
        address = server
    with pytest.raises(UnreachableError):
        asked(loaded(address, seconds=5))


def test_a_reply_nobody_waits_for_is_dropped() -> None:
    with serving(Stalls(("One. ",), alive=True)) as server:
        pieces = loaded(server).stream("s", "u")
        assert next(piece for piece in pieces if piece) == "One. "
        del pieces


@pytest.mark.parametrize(
    "reply",
    [Fails(400, CANARY), Fails(500, CANARY), Raw(f"data: {CANARY}\n\n".encode()),
     Says((CANARY,), finish=None), Fails(401, CANARY)],
    ids=lambda reply: type(reply).__name__,
)  # fmt: skip
def test_no_error_and_no_log_holds_a_word_of_prompt_reply_or_key(
    reply: Fails | Raw | Says, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with serving(*[reply] * 3) as server, pytest.raises(ModelError) as raised:
        asked(loaded(server))
    assert raised.value.__cause__ is None
    assert raised.value.__context__ is None
    for secret in (CANARY, KEY, "Be brief"):
        assert secret not in f"{raised.value!r} {caplog.text}"


def test_nothing_is_traced_unless_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as langsmith, serving(says("Yes.")) as server:
        monkeypatch.setenv("LANGSMITH_TRACING", "true")
        monkeypatch.setenv("LANGSMITH_API_KEY", "lsv2_test")
        monkeypatch.setenv("LANGSMITH_ENDPOINT", langsmith.address)
        assert asked(loaded(server)) == "Yes."
        assert not any(thread_of_tracing())
    assert langsmith.journal == []


def thread_of_tracing() -> list[str]:
    import threading

    return [one.name for one in threading.enumerate() if "tracing" in one.name.lower()]


@pytest.mark.parametrize("name", ["", "gpt-4o", "openai:", ":gpt-4o", "nobody:model-1"])
def test_a_name_that_names_no_model_is_said(name: str) -> None:
    with pytest.raises(NotConfiguredError):
        model.load(name, api_key="k")


def test_a_hosted_model_needs_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-from-somewhere")
    with pytest.raises(NotConfiguredError, match="API key"):
        model.load("openai:writer-1")


@pytest.mark.parametrize(
    ("provider", "package", "module"),
    [
        ("anthropic", r"pip install 'rejoinder\[anthropic\]'", "langchain_anthropic"),
        ("ollama", r"pip install 'rejoinder\[ollama\]'", "langchain_ollama"),
        ("mistralai", r"pip install langchain-mistralai", "langchain_mistralai"),
    ],
)
def test_a_missing_package_is_named(provider: str, package: str, module: str) -> None:
    if find_spec(module):
        pytest.skip(f"{module} is installed")
    with pytest.raises(NotConfiguredError, match=package):
        model.load(f"{provider}:model-1", api_key="k")
