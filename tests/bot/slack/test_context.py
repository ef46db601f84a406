"""A question that leans on its thread is read with what people said before it, and no more."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.slack import context, parsing
from bot.store.asking import Place, Question
from tests.bot.slack import desks
from tests.bot.slack.desks import DASH, Bot, Facts
from tests.bot.slack.rooms import room, somebody
from tests.fakes.slack_faults import Revoked, Says
from tests.fakes.slack_workspace import BOT_USER, OTHER_BOT, TOM

REPLIES = "conversations.replies"


@pytest.fixture(scope="module")
def bot(indexed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with desks.working(indexed, tmp_path_factory.mktemp("context")) as working:
        yield working


def question(bot: Bot, where: str, said: Facts, **changes: object) -> Question:
    event = {**said, "channel": where}
    asked = parsing.from_message(event, bot.desk.team, BOT_USER, bot.desk.now())
    return replace(asked, **changes)  # type: ignore[arg-type]


def test_the_words_of_people_before_it_are_read_in_order(bot: Bot) -> None:
    where = room(bot, TOM.id, OTHER_BOT.id)
    root = bot.slack.say(TOM.id, where, "About &amp; around <https://example.org|custody>.")
    bot.slack.say(BOT_USER, where, "what the bot said", root["ts"])
    bot.slack.say(OTHER_BOT.id, where, "what another app said", root["ts"])
    bot.slack.say(TOM.id, where, "has joined", root["ts"], subtype="channel_join")
    bot.slack.say(TOM.id, where, "also sent up", root["ts"], subtype="thread_broadcast")
    asked = bot.slack.say(TOM.id, where, f"<@{BOT_USER}> and now?", root["ts"])
    bot.slack.say(TOM.id, where, "what was said afterwards", root["ts"])
    found = context.earlier(bot.desk, question(bot, where, asked))
    assert found == ("About & around custody.", "also sent up")


def test_of_a_long_thread_the_last_words_are_read(bot: Bot) -> None:
    where = room(bot, TOM.id)
    root = bot.slack.say(TOM.id, where, "first")
    for number in range(250):
        bot.slack.say(TOM.id, where, f"reply {number} " + "x" * 1000, root["ts"])
    asked = bot.slack.say(TOM.id, where, "and now?", root["ts"])
    found = context.earlier(bot.desk, question(bot, where, asked))
    assert [one.split()[1] for one in found] == [str(number) for number in range(238, 250)]
    assert {len(one) for one in found} == {500}
    assert [one.arguments.get("cursor") for one in bot.slack.calls(REPLIES)][-2:] == [
        None, "next:200",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "changes", [{"place": Place.PRIVATE}, {"thread": ""}], ids=["private", "no thread"]
)
def test_outside_a_thread_there_is_nothing_before(bot: Bot, changes: dict[str, object]) -> None:
    where = room(bot, TOM.id)
    root = bot.slack.say(TOM.id, where, "first")
    asked = bot.slack.say(TOM.id, where, "and now?", root["ts"])
    calls = len(bot.slack.calls(REPLIES))
    assert context.earlier(bot.desk, question(bot, where, asked, **changes)) == ()
    assert context.earlier(bot.desk, question(bot, where, root)) == ()
    assert len(bot.slack.calls(REPLIES)) == calls


@pytest.mark.parametrize("fault", [Says("not_in_channel"), Revoked("channels:history")], ids=str)
def test_a_thread_that_slack_does_not_show_is_read_from_our_own_record(
    bot: Bot, fault: Says | Revoked
) -> None:
    me = somebody(bot)
    where = room(bot, me)
    said = bot.mention(DASH, where, me)
    bot.answer(said, where)
    later = bot.slack.say(me, where, "And in 2014?", said["ts"])
    bot.slack.fail(REPLIES, fault)
    asked = question(bot, where, later, asked_at=bot.desk.now())
    assert context.earlier(bot.desk, asked) == (DASH,)
    bot.slack.restore("channels:history")


def test_a_question_from_a_window_is_read_with_the_thread_up_to_its_moment(bot: Bot) -> None:
    where = room(bot, TOM.id)
    root = bot.slack.say(TOM.id, where, "before")
    asked_at = bot.desk.now() + timedelta(hours=1)
    asked = question(bot, where, root, message="", asked_at=asked_at)
    assert context.earlier(bot.desk, asked) == ("before",)
    early = replace(asked, asked_at=asked_at - timedelta(hours=2))
    assert context.earlier(bot.desk, early) == ()


def test_what_hangs_on_a_shared_answer_is_read_with_its_question(bot: Bot) -> None:
    me = somebody(bot)
    where = room(bot, me)
    bot.command(DASH, where, me)
    bot.press(bot.whisper(me), "share", where, me)
    bot.quiet()
    (shared,) = bot.slack.messages(where)
    follow = bot.say("And in 2014?", where, shared["ts"], me)
    assert context.earlier(bot.desk, question(bot, where, follow)) == (DASH,)
    assert "212" in bot.answer(follow, where)["text"]
