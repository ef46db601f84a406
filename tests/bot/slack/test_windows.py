"""A message is asked about in a window."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.slack.blocks import asking as asking_blocks
from bot.slack.listeners import bodies
from tests.bot.slack import desks
from tests.bot.slack.desks import BACKLOG, DASH, HELICOPTER, Bot, Facts
from tests.bot.slack.pressing import modal, submit, whispered
from tests.bot.slack.rooms import room, somebody
from tests.fakes import slack_payloads as payloads
from tests.fakes.slack_workspace import PRIYA, TOM, TOM_IM


@pytest.fixture(scope="module")
def bot(indexed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with desks.working(indexed, tmp_path_factory.mktemp("windows")) as working:
        yield working


@pytest.fixture
def me(bot: Bot) -> str:
    return somebody(bot)


@pytest.fixture
def where(bot: Bot, me: str) -> str:
    return room(bot, me, PRIYA.id, TOM.id)


def ask_about(bot: Bot, where: str, said: Facts, me: str) -> Facts:
    callback = asking_blocks.CALLBACK
    bot.hear(payloads.message_shortcut(bot.slack, me, where, said, callback))
    return modal(bot, me)


def test_a_message_is_asked_about_in_its_thread(bot: Bot, me: str, where: str) -> None:
    said = bot.slack.say(PRIYA.id, where, DASH)
    view = ask_about(bot, where, said, me)
    assert DASH in json.dumps(view["blocks"])
    submit(bot, me, view, question={"value": None}, where={"selected_option": {"value": "thread"}})
    assert BACKLOG in bot.answer(said, where)["text"]
    follow = bot.say("And in 2014?", where, said["ts"], me)
    assert "212" in bot.answer(follow, where)["text"]


def test_a_message_is_asked_about_for_oneself(bot: Bot, me: str, where: str) -> None:
    said = bot.slack.say(PRIYA.id, where, "What about the backlog?")
    view = ask_about(bot, where, said, me)
    submit(bot, me, view, question={"value": DASH}, where={"selected_option": {"value": "me"}})
    assert BACKLOG in bot.whisper(me)["text"]
    assert len(bot.slack.messages(where)) == 1


def test_a_window_sent_off_without_a_question_says_what_is_missing(
    bot: Bot, me: str, where: str
) -> None:
    view = ask_about(bot, where, bot.slack.say(PRIYA.id, where, "x"), me)
    answer = submit(bot, me, view, question={"value": "  "}, where={})
    body = json.loads(answer.body)
    assert (body["response_action"], list(body["errors"])) == ("errors", ["question"])
    bot.quiet()
    assert len(bot.slack.messages(where)) == 1


@pytest.mark.parametrize("text", ["“é” " * 1500, "🚓" * 3000, '"\\' * 2500], ids=["é", "sign", '"'])
def test_a_long_message_fits_into_the_window(bot: Bot, me: str, where: str, text: str) -> None:
    view = ask_about(bot, where, bot.slack.say(PRIYA.id, where, text), me)
    kept = view["private_metadata"]
    assert len(kept) + sum(sign > "\uffff" for sign in kept) <= 3000


def test_a_message_in_a_direct_conversation_is_asked_about_there(bot: Bot) -> None:
    said = bot.slack.say(TOM.id, TOM_IM.id, HELICOPTER)
    view = ask_about(bot, TOM_IM.id, said, TOM.id)
    submit(bot, TOM.id, view, question={"value": DASH}, where={})
    assert BACKLOG in bot.answer(said, TOM_IM.id)["text"]
    assert bodies.NO_WINDOW not in whispered(bot, TOM.id)
