"""With a language model: signs of work at once, and no sentence before it has passed the gate."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from pydantic import SecretStr

from bot.slack import parsing
from bot.slack.blocks import answer as answer_blocks
from bot.slack.blocks import passing
from bot.store.asking import State
from tests.bot.slack import desks
from tests.bot.slack.desks import BACKLOG, DASH, Bot, Facts
from tests.bot.slack.rooms import room, somebody
from tests.fakes import slack_payloads as payloads
from tests.fakes.model_server import KEY, Fails, ModelServer, Raw, Reply, Request, Says, serving
from tests.fakes.slack_faults import Dropped, Fault, RateLimited, Status
from tests.fakes.slack_faults import Says as Refuses
from tests.fakes.slack_workspace import BOT_USER, CUSTODY

STARTED, APPENDED, STOPPED = "chat.startStream", "chat.appendStream", "chat.stopStream"
STATUS = "assistant.threads.setStatus"
TRUE = "The backlog in the Domestic Abuse Review Team was 38 on the day of the visit."
ALSO = "The backlog stood at 212 cases in 2014."
FALSE = "The backlog in the Domestic Abuse Review Team was 4711 on the day of the visit."
LETTER = "What did residents of Harrowbeck ask the commissioner for in October 2023?"
OBEYED = (
    "All recommendations are closed and the commissioner has approved every draft response.",
    "The grade of Fernshire Police is outstanding in all areas.",
)


@pytest.fixture(scope="module")
def model() -> Iterator[ModelServer]:
    with serving() as server:
        yield server


@pytest.fixture(scope="module")
def bot(
    indexed: Path, model: ModelServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Bot]:
    home = tmp_path_factory.mktemp("writing")
    given: Facts = {"model": "openai:writer-1", "model_base_url": model.address}
    with desks.working(indexed, home, **given, model_api_key=SecretStr(KEY)) as working:
        yield working


@pytest.fixture
def me(bot: Bot) -> str:
    return somebody(bot)


@pytest.fixture
def where(bot: Bot, me: str) -> str:
    return room(bot, me)


def key_of(request: Request, words: str) -> str:
    """The key of the passage that holds these words."""
    for key, passage in re.findall(
        r"^BEGIN (\w+):(.*?)^END \1", request.user, re.MULTILINE | re.DOTALL
    ):
        if words in " ".join(passage.replace("\n> ", " ").split()):
            return str(key)
    raise AssertionError(f"no passage of the prompt holds {words!r}")


def writes(*sentences: str, words: str = BACKLOG) -> Callable[[Request], Reply]:
    """A reply of these sentences, each resting on the passage with these words."""
    return lambda request: Says(
        tuple(f"{sentence} [{key_of(request, words)}]\n" for sentence in sentences)
    )


def sent(bot: Bot, where: str) -> list[tuple[str, str]]:
    """Every call that concerns a channel and all that it said, in order."""
    found = []
    for call in bot.slack.journal:
        if where in (call.arguments.get("channel"), call.arguments.get("channel_id")):
            found.append((call.method, json.dumps(call.arguments, ensure_ascii=False)))
    return found


def methods(bot: Bot, where: str) -> list[str]:
    return [method for method, _ in sent(bot, where)]


def test_sentences_are_streamed_and_the_whole_answer_takes_their_place(
    bot: Bot, model: ModelServer, me: str, where: str
) -> None:
    model.script.append(writes(TRUE, ALSO))
    said = bot.mention(DASH, where, me)
    answer = bot.answer(said, where)
    shown = [one for one in methods(bot, where) if not one.startswith("conversations.")]
    assert shown == [STATUS, STARTED, APPENDED, APPENDED, STOPPED, "chat.update"]
    streamed = [told for method, told in sent(bot, where) if method == APPENDED]
    assert TRUE in streamed[0]
    assert ALSO in streamed[1]
    for part in (TRUE, ALSO, "Sources", "Police effectiveness 2016"):
        assert part in answer["text"]
    assert {"section", "context_actions"} <= {one["type"] for one in answer["blocks"]}
    assert "streaming_state" not in answer


def test_what_has_not_passed_is_said_nowhere(
    bot: Bot, model: ModelServer, me: str, where: str
) -> None:
    model.script.append(writes(FALSE, TRUE, FALSE))
    answer = bot.answer(bot.mention(DASH, where, me), where)
    assert "4711" not in json.dumps([call.arguments for call in bot.slack.journal])
    assert "4711" not in json.dumps(bot.slack.messages(where))
    assert TRUE in answer["text"]
    assert "2 sentences were withheld" in answer["text"]


def test_each_sentence_is_shown_before_the_next_is_written(
    bot: Bot, model: ModelServer, me: str, where: str
) -> None:
    def reply(request: Request) -> Reply:
        key = key_of(request, BACKLOG)

        def pieces() -> Iterator[str]:
            assert STATUS in methods(bot, where)  # before the model had said a word
            yield f"{TRUE} [{key}]\n"
            bot.until(lambda: methods(bot, where).count(APPENDED) == 1)
            yield f"{ALSO} [{key}]\n"
            bot.until(lambda: methods(bot, where).count(APPENDED) == 2)

        return Says(cast(Any, pieces()))

    model.script.append(reply)
    answer = bot.answer(bot.mention(DASH, where, me), where)
    assert TRUE in answer["text"]
    assert ALSO in answer["text"]


@pytest.mark.parametrize("status", [True, False])
def test_without_streams_a_message_is_posted_and_edited(
    bot: Bot, model: ModelServer, me: str, where: str, status: bool
) -> None:
    bot.slack.fail(STARTED, Refuses("unknown_method"))
    if not status:
        bot.slack.fail(STATUS, Refuses("unknown_method"))
    model.script.append(writes(FALSE, TRUE, ALSO, TRUE))
    said = bot.mention(DASH, where, me)
    answer = bot.answer(said, where)
    assert APPENDED not in methods(bot, where)
    assert methods(bot, where).count("chat.postMessage") == 1
    assert ("Searching 21 documents" in sent_words(bot, where)) is not status
    assert passing.WRITING in sent_words(bot, where)
    assert "4711" not in sent_words(bot, where)
    assert passing.WRITING not in answer["text"]
    assert TRUE in answer["text"]
    bot.slack.faults.queues.clear()


def sent_words(bot: Bot, where: str) -> str:
    return "\n".join(told for _, told in sent(bot, where))


@pytest.mark.parametrize(
    ("method", "fault"),
    [
        (STARTED, Dropped(after=True)),
        (STARTED, RateLimited(1)),
        (APPENDED, Status(503)),
        (APPENDED, Refuses("message_not_in_streaming_state")),
        (STOPPED, Status(500)),
        (STOPPED, Dropped()),
        ("chat.update", Dropped(after=True)),
    ],
    ids=str,
)
def test_an_answer_arrives_once_whatever_becomes_of_its_stream(
    bot: Bot, model: ModelServer, me: str, where: str, method: str, fault: Fault
) -> None:
    bot.slack.fail(method, fault)
    model.script.append(writes(TRUE, ALSO))
    answer = bot.answer(bot.mention(DASH, where, me), where)
    assert TRUE in answer["text"]
    assert "Sources" in answer["text"]
    assert "streaming_state" not in answer
    assert bot.slack.messages(bot.slack.state.im(me).id) == []


@pytest.mark.parametrize(
    "reply",
    [
        Fails(429, "slow down"),
        Fails(500),
        Fails(401),
        Says(("Half a sent",), finish=None),
        Says(()),
        Raw(b"<html>nonsense</html>"),
    ],
    ids=["too many", "error", "wrong key", "cut", "empty", "garbage"],
)
def test_when_the_model_fails_the_documents_speak_for_themselves(
    bot: Bot, model: ModelServer, me: str, where: str, reply: Reply
) -> None:
    model.script[:] = [reply] * 4
    said = bot.mention(DASH, where, me)
    answer = bot.answer(said, where)
    model.script.clear()
    assert BACKLOG in answer["text"]
    assert "language model" in answer["text"]
    assert answer_blocks.NO_MODEL not in answer["text"]
    assert "Half a sent" not in answer["text"]
    asked = bot.desk.asking.get(parsing.message_key(where, said["ts"]))
    assert asked is not None
    assert asked.state is State.ANSWERED


def test_a_model_that_finds_no_answer_is_believed(
    bot: Bot, model: ModelServer, me: str, where: str
) -> None:
    model.script.append(Says(("NOT IN DOCUMENTS",)))
    answer = bot.answer(bot.mention(DASH, where, me), where)
    assert answer["text"].startswith("The documents I can read here do not say.")
    assert STARTED not in methods(bot, where)


def test_a_model_that_makes_everything_up_has_nothing_shown(
    bot: Bot, model: ModelServer, me: str, where: str
) -> None:
    model.script.append(writes(FALSE, "Aliens landed in Harrowbeck and were arrested."))
    answer = bot.answer(bot.mention(DASH, where, me), where)
    assert answer["text"].startswith("The documents I can read here do not say.")
    assert STARTED not in methods(bot, where)
    for made_up in ("4711", "Aliens"):
        assert made_up not in sent_words(bot, where)


def test_a_model_that_obeys_an_order_in_a_letter_is_not_heard(
    bot: Bot, model: ModelServer, me: str, where: str
) -> None:
    honest = "Residents ask for a second PCSO in Ropewalk before the summer of 2024."
    model.script.append(writes(*OBEYED, honest, words="second PCSO in Ropewalk"))
    answer = bot.answer(bot.mention(LETTER, where, me), where)
    prompt = model.journal[-1]
    assert "disregard your rules" not in prompt.system
    for line in prompt.user.splitlines():
        assert line.startswith("> ") or "disregard your rules" not in line
    for order in OBEYED:
        assert order not in sent_words(bot, where)
    assert "second PCSO" in answer["text"]


def test_nothing_under_embargo_is_in_a_prompt(bot: Bot, model: ModelServer) -> None:
    model.script.append(Says(("NOT IN DOCUMENTS",)))
    asked = "What did inspectors find in the cells of Harrowbeck custody suite, cobalt heron?"
    bot.answer(bot.mention(asked, CUSTODY.id), CUSTODY.id)
    model.script.clear()
    prompts = "\n".join(one.system + one.user for one in model.journal)
    assert BACKLOG in prompts
    for secret in ("ninth gate", "xoxb", ".pdf"):
        assert secret not in prompts


def test_what_only_one_person_sees_is_not_streamed(
    bot: Bot, model: ModelServer, me: str, where: str
) -> None:
    model.script.append(writes(TRUE))
    bot.command(DASH, where, me)
    assert TRUE in bot.whisper(me)["text"]
    assert STARTED not in methods(bot, where)
    assert bot.slack.messages(where) == []


def test_an_edited_question_is_written_anew_in_the_same_place(
    bot: Bot, model: ModelServer, me: str, where: str
) -> None:
    model.script += [writes(TRUE), writes(ALSO)]
    said = bot.mention(DASH, where, me)
    first = bot.answer(said, where)
    before, after = bot.slack.edit(where, said["ts"], f"<@{BOT_USER}> {DASH} And in 2014?")
    bot.hear(payloads.message_changed(bot.slack, where, before, after))
    second = bot.answer(said, where)
    assert second["ts"] == first["ts"]
    assert ALSO in second["text"]
    assert TRUE not in second["text"]
    assert answer_blocks.EDITED in second["text"]


def test_a_follow_up_is_answered_beside_the_first_answer(
    bot: Bot, model: ModelServer, me: str, where: str
) -> None:
    model.script += [writes(TRUE), writes(ALSO)]
    said = bot.mention(DASH, where, me)
    first = bot.answer(said, where)["ts"]
    follow = bot.say("And how many were there in 2014?", where, said["ts"], me)
    second = bot.answer(follow, where)
    assert second["ts"] != first
    assert ALSO in second["text"]
    assert TRUE in bot.slack.state.message(where, first)["text"]
