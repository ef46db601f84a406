"""An answer comes somewhere whatever Slack does, or the people who run the bot are told."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.jobs import Facts
from bot.operating import logs
from bot.slack import acting, asking, parsing
from bot.slack.blocks import answer as answer_blocks
from bot.store.asking import State
from tests.bot.slack import desks
from tests.bot.slack.desks import BACKLOG, DASH, Bot
from tests.bot.slack.rooms import room, somebody
from tests.fakes import slack_payloads as payloads
from tests.fakes.slack_faults import Dropped, Fault, Garbage, RateLimited, Says, Status
from tests.fakes.slack_workspace import BOT_USER, PRIYA

POST, STATUS = "chat.postMessage", "assistant.threads.setStatus"
REFERENCE = r"R-[0-9A-Z]{4}-[0-9A-Z]{2}"


@pytest.fixture(scope="module")
def bot(indexed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with desks.working(indexed, tmp_path_factory.mktemp("delivering")) as working:
        yield working


def direct(bot: Bot, person: str) -> list[str]:
    """What the bot has said to a person in their own conversation."""
    return [one["text"] for one in bot.slack.messages(bot.slack.state.im(person).id)]


@pytest.mark.parametrize(
    "faults",
    [
        [RateLimited(1)],
        [Status(503)],
        [Dropped()],
        [Dropped(after=True)],
        [Garbage()],
        [Says("internal_error"), Dropped(after=True)],
        [Says("invalid_blocks")],
        [Says("invalid_blocks"), Says("invalid_blocks")],
    ],
    ids=str,
)
def test_an_answer_arrives_once_when_slack_has_a_bad_moment(bot: Bot, faults: list[Fault]) -> None:
    me = somebody(bot)
    where = room(bot, me)
    bot.slack.fail(POST, *faults)
    assert BACKLOG in bot.answer(bot.mention(DASH, where, me), where)["text"]
    assert direct(bot, me) == []


@pytest.mark.parametrize("method", ["users.info", "conversations.info", STATUS])
@pytest.mark.parametrize("fault", [Status(503), RateLimited(1), Garbage()], ids=str)
def test_a_question_is_answered_when_slack_would_not_say_who_asks(
    bot: Bot, method: str, fault: Fault
) -> None:
    me = somebody(bot)
    where = room(bot, me)
    bot.slack.fail(method, fault)
    assert BACKLOG in bot.answer(bot.mention(DASH, where, me), where)["text"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda bot, where: bot.slack.state.change(where, archived=True),
        lambda bot, where: bot.slack.leave(BOT_USER, where),
        lambda bot, where: bot.slack.fail(POST, Says("restricted_action")),
        lambda bot, where: bot.slack.fail(POST, *[Says("invalid_blocks")] * 3),
    ],
    ids=["archived", "left", "not allowed", "not shown in any form"],
)
def test_an_answer_that_its_channel_does_not_take_comes_in_a_direct_message(
    bot: Bot, spoil: Callable[[Bot, str], Any]
) -> None:
    me = somebody(bot)
    where = room(bot, me)
    said = bot.slack.say(me, where, f"<@{BOT_USER}> {DASH}")
    spoil(bot, where)
    bot.hear(payloads.app_mention(bot.slack, where, said))
    bot.quiet()
    assert bot.answers(where, said["ts"]) == []
    (text,) = direct(bot, me)
    assert BACKLOG in text
    assert answer_blocks.SENT_AGAIN not in text  # nothing had been shown


def test_an_answer_whose_thread_is_gone_comes_in_a_direct_message(bot: Bot) -> None:
    me = somebody(bot)
    where = room(bot, me)
    said = bot.slack.say(me, where, f"<@{BOT_USER}> {DASH}")
    bot.slack.remove(where, said["ts"])
    bot.hear(payloads.app_mention(bot.slack, where, said))
    bot.quiet()
    assert bot.slack.messages(where) == []
    assert BACKLOG in direct(bot, me)[0]


@pytest.mark.parametrize("fault", [Status(500), Dropped(after=True)], ids=str)
def test_a_private_answer_that_may_not_have_come_is_said_again_where_it_lasts(
    bot: Bot, fault: Fault
) -> None:
    me = somebody(bot)
    bot.slack.fail("response_url", fault)
    bot.command(DASH, room(bot, me), me)
    bot.quiet()
    (text,) = direct(bot, me)
    assert BACKLOG in text
    assert answer_blocks.SENT_AGAIN in text


def test_an_answer_that_nobody_takes_is_in_the_log_under_a_reference(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    me = somebody(bot)
    where = room(bot, me)
    bot.slack.fail(POST, Says("is_archived"))
    bot.slack.fail("conversations.open", Says("user_disabled"))
    said = bot.mention(DASH, where, me)
    bot.quiet()
    (facts,) = events(caplog, "answer undelivered")
    assert facts["question"] == parsing.message_key(where, said["ts"])
    assert facts["reason"] == "user_disabled"
    assert re.fullmatch(REFERENCE, str(facts["reference"]))
    assert BACKLOG not in caplog.text
    assert "Domestic Abuse" not in caplog.text


@pytest.mark.parametrize("job", ["sign", "answer"])
def test_a_mistake_of_ours_is_owned_up_to_with_a_reference_that_the_log_has_too(
    bot: Bot, caplog: pytest.LogCaptureFixture, job: str
) -> None:
    me = somebody(bot)
    where = room(bot, me)
    with broken(bot, job):
        said = bot.mention(DASH, where, me)
        answer = bot.answer(said, where)
    (facts,) = events(caplog, "job failed")
    assert (facts["job"], facts["error"]) == (job, "LookupError")
    assert str(facts["reference"]) in answer["text"]
    assert "marigold" not in answer["text"] + caplog.text
    assert asked(bot, where, said).state is State.FAILED


def test_after_a_mistake_of_ours_an_edit_is_answered(bot: Bot) -> None:
    me = somebody(bot)
    where = room(bot, me)
    with broken(bot, "answer"):
        said = bot.mention("What was found?", where, me)
        failure = bot.answer(said, where)
    before, after = bot.slack.edit(where, said["ts"], f"<@{BOT_USER}> {DASH}")
    bot.hear(payloads.message_changed(bot.slack, where, before, after))
    answer = bot.answer(said, where)
    assert answer["ts"] == failure["ts"]
    assert BACKLOG in answer["text"]


def test_a_mistake_while_a_private_answer_is_written_is_told_in_private(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    me = somebody(bot)
    where = room(bot, me)
    with broken(bot, "answer"):
        bot.command(DASH, where, me)
        shown = bot.whisper(me)
    (facts,) = events(caplog, "job failed")
    assert str(facts["reference"]) in shown["text"]
    assert bot.slack.messages(where) == []


def test_a_mistake_behind_a_button_is_told_to_whoever_pressed(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    me = somebody(bot)
    where = room(bot, me, PRIYA.id)
    answer = bot.answer(bot.mention(DASH, where, me), where)
    with broken(bot, "person"):
        bot.press(answer, "ask_person", where, me)
        shown = bot.whisper(me)
    (facts,) = events(caplog, "job failed")
    assert str(facts["reference"]) in shown["text"]


def asked(bot: Bot, where: str, said: desks.Facts) -> Any:
    return bot.desk.asking.get(parsing.message_key(where, said["ts"]))


def events(caplog: pytest.LogCaptureFixture, name: str) -> list[logs.Facts]:
    found = [one for one in caplog.records if one.name == logs.EVENTS]
    return [logs.facts(one) for one in found if one.getMessage() == name]


@contextmanager
def broken(bot: Bot, job: str) -> Iterator[None]:
    """For a while, a kind of job that breaks down."""

    def work(facts: Facts) -> None:
        raise LookupError("marigold")

    bot.desk.jobs.add(job, work)
    try:
        yield
    finally:
        for part in (asking, acting):
            part.register(bot.desk)
