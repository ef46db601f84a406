"""A question in Slack is answered once, where it was asked, and the answer follows its question."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.slack import asking, parsing
from bot.slack.blocks import answer as answer_blocks
from bot.slack.blocks import notices
from bot.slack.listeners.questions import SEARCHING
from bot.store.asking import State
from tests.bot.slack import desks
from tests.bot.slack.desks import BACKLOG, DASH, HELICOPTER, Bot, Facts
from tests.bot.slack.rooms import room, somebody
from tests.fakes import slack_payloads as payloads
from tests.fakes.slack_workspace import BOT_USER, PRIYA, TOM, TOM_IM

TAKEN_DOWN = notices.taken_down().text


@pytest.fixture(scope="module")
def bot(indexed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with desks.working(indexed, tmp_path_factory.mktemp("asking")) as working:
        yield working


def question_of(bot: Bot, said: Facts, where: str) -> Any:
    return bot.desk.asking.get(parsing.message_key(where, said["ts"]))


def edit(bot: Bot, where: str, said: Facts, text: str) -> None:
    before, after = bot.slack.edit(where, said["ts"], text)
    bot.hear(payloads.message_changed(bot.slack, where, before, after))


def delete(bot: Bot, where: str, said: Facts) -> None:
    before = bot.slack.remove(where, said["ts"])
    bot.hear(payloads.message_deleted(bot.slack, where, before))


def test_a_mention_is_answered_once_in_its_thread_though_two_events_tell_of_it(bot: Bot) -> None:
    me = somebody(bot)
    where = room(bot, me)
    said = bot.mention(DASH, where, me)
    answer = bot.answer(said, where)
    assert BACKLOG in answer["text"]
    assert answer["thread_ts"] == said["ts"]
    assert [one["ts"] for one in bot.slack.messages(where)] == [said["ts"], answer["ts"]]
    assert question_of(bot, said, where).state is State.ANSWERED


def test_a_sign_of_work_comes_before_the_answer(bot: Bot) -> None:
    me = somebody(bot)
    where = room(bot, me)
    said = bot.mention(DASH, where, me)
    bot.answer(said, where)
    (status,) = [one for one in bot.slack.state.statuses if one["thread_ts"] == said["ts"]]
    assert status["status"] == "is searching 21 documents"


def test_an_event_that_slack_sends_again_is_answered_once(bot: Bot) -> None:
    me = somebody(bot)
    where = room(bot, me)
    said = bot.slack.say(me, where, f"<@{BOT_USER}> {DASH}")
    body = payloads.app_mention(bot.slack, where, said)
    assert bot.hear(body).status == 200
    for number in (1, 2, 3):
        assert bot.hear(body, **payloads.retry(number)).status == 200
    bot.answer(said, where)
    assert bot.hear(body, **payloads.retry(3)).status == 200
    assert BACKLOG in bot.answer(said, where)["text"]


def test_a_direct_message_needs_no_mention(bot: Bot) -> None:
    said = bot.say(DASH, TOM_IM.id)
    assert BACKLOG in bot.answer(said, TOM_IM.id)["text"]


def test_a_follow_up_in_our_thread_needs_no_mention_whoever_asks(bot: Bot) -> None:
    me, other = somebody(bot), somebody(bot)
    where = room(bot, me, other)
    said = bot.mention(DASH, where, me)
    bot.answer(said, where)
    mine = bot.say("And how many were there in 2014?", where, said["ts"], me)
    assert "212" in bot.answer(mine, where)["text"]
    theirs = bot.say("What was promised about it?", where, said["ts"], other)
    bot.answer(theirs, where)
    assert question_of(bot, theirs, where).person == other
    assert len(bot.answers(where, said["ts"])) == 3


@pytest.mark.parametrize(
    "text", [f"<@{PRIYA.id}> could you look at this?", f"<@{PRIYA.id}|priya> what do you think?"]
)
def test_a_message_to_a_colleague_in_our_thread_is_left_alone(bot: Bot, text: str) -> None:
    me = somebody(bot)
    where = room(bot, me)
    said = bot.mention(DASH, where, me)
    bot.answer(said, where)
    other = bot.say(text, where, said["ts"], me)
    bot.quiet()
    assert question_of(bot, other, where) is None
    assert len(bot.answers(where, said["ts"])) == 1


def test_what_people_say_among_themselves_is_left_alone(bot: Bot) -> None:
    me = somebody(bot)
    where = room(bot, me)
    first = bot.say(DASH, where, user=me)
    second = bot.say(DASH, where, first["ts"], me)
    bot.quiet()
    assert [one["ts"] for one in bot.slack.messages(where)] == [first["ts"], second["ts"]]


def test_what_slack_says_in_our_thread_is_no_question(bot: Bot) -> None:
    me = somebody(bot)
    where = room(bot, me)
    said = bot.mention(DASH, where, me)
    bot.answer(said, where)
    notice = bot.slack.say(me, where, "has joined", said["ts"], subtype="channel_join")
    bot.hear(payloads.message(bot.slack, where, notice))
    bot.quiet()
    assert question_of(bot, notice, where) is None


def test_thanks_get_a_sign_and_no_answer(bot: Bot) -> None:
    me = somebody(bot)
    where = room(bot, me)
    said = bot.mention(DASH, where, me)
    bot.answer(said, where)
    thanks = bot.say("Thank you very much!", where, said["ts"], me)
    again = bot.mention("cheers", where, me)
    bot.quiet()
    assert len(bot.answers(where, said["ts"])) == 1
    assert bot.answers(where, again["ts"]) == []
    for one in (thanks, again):
        (reaction,) = bot.slack.state.message(where, one["ts"])["reactions"]
        assert (reaction["name"], reaction["users"]) == ("+1", [BOT_USER])


def test_a_mention_in_the_middle_of_a_long_thread_is_read_with_what_was_said(bot: Bot) -> None:
    me = somebody(bot)
    where = room(bot, me)
    root = bot.slack.say(me, where, "Shall we go through the old reports?")
    for number in range(250):
        bot.slack.say(me, where, f"Noted as number {number}", root["ts"])
    bot.slack.say(me, where, DASH, root["ts"])
    said = bot.slack.say(me, where, f"<@{BOT_USER}> And in 2014?", root["ts"])
    bot.hear(payloads.app_mention(bot.slack, where, said))
    assert "212" in bot.answer(said, where)["text"]
    pages = [one for one in bot.slack.calls("conversations.replies")
             if one.arguments["channel"] == where]  # fmt: skip
    assert len(pages) == 2


def test_a_command_is_acknowledged_in_words_and_answered_to_the_asker_alone(bot: Bot) -> None:
    me = somebody(bot)
    where = room(bot, me)
    acknowledged = bot.command(DASH, where, me)
    assert json.loads(acknowledged.body) == {"response_type": "ephemeral", "text": SEARCHING}
    answer = bot.whisper(me)
    assert BACKLOG in answer["text"]
    assert bot.slack.messages(where) == []
    assert len(bot.slack.whispers(me)) == 1


def test_a_command_works_in_a_channel_that_the_bot_is_not_in(bot: Bot) -> None:
    me = somebody(bot)
    where = room(bot, me)
    bot.slack.leave(BOT_USER, where)
    bot.command(DASH, where, me)
    assert BACKLOG in bot.whisper(me)["text"]


def test_a_mention_without_a_question_is_told_how_to_ask(bot: Bot) -> None:
    me = somebody(bot)
    where = room(bot, me)
    said = bot.mention("  ", where, me)
    assert bot.answer(said, where)["text"] == notices.refusal(asking.EMPTY).text


def test_a_command_without_a_question_is_told_how_to_ask_once(bot: Bot) -> None:
    me = somebody(bot)
    where = room(bot, me)
    assert json.loads(bot.command("", where, me).body)["text"] == asking.EMPTY
    bot.quiet()
    assert bot.slack.whispers(me) == []


def test_what_the_documents_do_not_say_is_not_answered_and_has_no_source(bot: Bot) -> None:
    me = somebody(bot)
    where = room(bot, me)
    answer = bot.answer(bot.mention(HELICOPTER, where, me), where)
    assert answer["text"].startswith("The documents I can read here do not say.")
    assert "Sources" not in answer["text"]
    assert answer_blocks.ELSEWHERE not in answer["text"]


def test_an_edited_question_is_answered_anew_in_the_same_place(bot: Bot) -> None:
    me = somebody(bot)
    where = room(bot, me)
    said = bot.mention(HELICOPTER, where, me)
    first = bot.answer(said, where)
    edit(bot, where, said, f"<@{BOT_USER}> {DASH}")
    second = bot.answer(said, where)
    assert second["ts"] == first["ts"]
    assert BACKLOG in second["text"]
    assert answer_blocks.EDITED in second["text"]
    assert question_of(bot, said, where).revision == 2


def test_a_question_that_was_edited_before_it_was_answered_has_one_answer(bot: Bot) -> None:
    me = somebody(bot)
    where = room(bot, me)
    said = bot.mention(HELICOPTER, where, me)
    edit(bot, where, said, f"<@{BOT_USER}> {DASH}")
    assert BACKLOG in bot.answer(said, where)["text"]


def test_an_unfurled_link_is_no_edit(bot: Bot) -> None:
    me = somebody(bot)
    where = room(bot, me)
    said = bot.mention(DASH, where, me)
    bot.answer(said, where)
    edit(bot, where, said, said["text"])
    bot.quiet()
    assert question_of(bot, said, where).revision == 1


def test_an_edit_that_adds_a_mention_makes_a_question(bot: Bot) -> None:
    me = somebody(bot)
    where = room(bot, me)
    said = bot.say(DASH, where, user=me)
    edit(bot, where, said, f"<@{BOT_USER}> {DASH}")
    assert BACKLOG in bot.answer(said, where)["text"]


def test_a_deleted_question_takes_its_answer_down(bot: Bot) -> None:
    me = somebody(bot)
    where = room(bot, me)
    said = bot.mention(DASH, where, me)
    answer = bot.answer(said, where)
    delete(bot, where, said)
    bot.quiet()
    shown = bot.slack.state.message(where, answer["ts"])
    assert shown["text"] == TAKEN_DOWN
    assert BACKLOG not in json.dumps(bot.slack.messages(where))
    asked = question_of(bot, said, where)
    assert (asked.state, asked.text) == (State.DELETED, "")
    assert bot.desk.asking.kept(asked.key) is None


def test_a_question_deleted_at_once_is_not_answered(bot: Bot) -> None:
    me = somebody(bot)
    where = room(bot, me)
    said = bot.mention(DASH, where, me)
    delete(bot, where, said)
    bot.quiet()
    assert {one["text"] for one in bot.answers(where, said["ts"])} <= {TAKEN_DOWN}


def test_a_message_that_was_no_question_is_deleted_without_a_word(bot: Bot) -> None:
    me = somebody(bot)
    where = room(bot, me)
    said = bot.say("nothing to us", where, user=me)
    delete(bot, where, said)
    bot.quiet()
    assert bot.slack.messages(where) == []


def test_two_people_who_ask_at_once_each_have_their_answer(bot: Bot) -> None:
    me, other = somebody(bot), somebody(bot)
    where = room(bot, me, other)
    first, second = bot.mention(DASH, where, me), bot.mention(HELICOPTER, where, other)
    assert BACKLOG in bot.answer(first, where)["text"]
    assert "do not say" in bot.answer(second, where)["text"]


def test_a_question_that_was_noted_and_never_begun_is_taken_up(bot: Bot) -> None:
    where = room(bot, TOM.id)
    said = bot.slack.say(TOM.id, where, f"<@{BOT_USER}> {DASH}")
    event = payloads.app_mention(bot.slack, where, said)["event"]
    noted = parsing.from_message(event, bot.desk.team, bot.desk.bot, bot.desk.now())
    assert bot.desk.asking.record(noted, now=bot.desk.now())
    assert asking.resume(bot.desk) == 1
    assert BACKLOG in bot.answer(said, where)["text"]
    assert asking.resume(bot.desk) == 0
