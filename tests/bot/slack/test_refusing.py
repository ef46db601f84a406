"""Who and what is refused, in words that give nothing away."""

import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.operating import logs
from bot.slack import parsing, people
from bot.slack.blocks import answer as answer_blocks
from bot.slack.blocks import notices
from bot.store.asking import Place, Question, State
from tests.bot.slack import desks
from tests.bot.slack.desks import BACKLOG, DASH, HELICOPTER, Bot
from tests.bot.slack.rooms import room, somebody
from tests.fakes import slack_payloads as payloads
from tests.fakes.slack_faults import RateLimited
from tests.fakes.slack_workspace import (
    BOT_USER,
    CUSTODY,
    DANIEL,
    GUEST,
    LEAVER,
    NEWS,
    OFFICE,
    OTHER_BOT,
    PRIYA,
    SHARED,
    STRANGER,
    TOM,
    TOM_IM,
    VISITOR,
)

CANARY = "cobalt heron at the ninth gate"
RESTRICTED = "What did inspectors find in the cells of Harrowbeck custody suite, cobalt heron?"
EMBARGO = "restricted:embargo"


@pytest.fixture(scope="module")
def bot(indexed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    all_of_it = ("public", "office", EMBARGO)
    readers = {TOM.id: all_of_it, PRIYA.id: all_of_it}
    with desks.working(indexed, tmp_path_factory.mktemp("refusing"), readers=readers) as working:
        yield working


@pytest.mark.parametrize(
    ("person", "where", "words"),
    [
        (GUEST.id, NEWS.id, people.GUEST),
        (VISITOR.id, NEWS.id, people.GUEST),
        (LEAVER.id, OFFICE.id, people.STRANGER),
        (STRANGER.id, SHARED.id, people.STRANGER),
        (TOM.id, SHARED.id, people.SHARED),
    ],
)
def test_who_is_not_answered_is_told_why(bot: Bot, person: str, where: str, words: str) -> None:
    said = bot.mention(DASH, where, person)
    assert bot.answer(said, where)["text"] == notices.refusal(words).text


@pytest.mark.parametrize(
    ("person", "where", "words"),
    [(GUEST.id, NEWS.id, people.GUEST), (TOM.id, SHARED.id, people.SHARED)],
)
def test_a_command_is_refused_to_the_asker_alone(
    bot: Bot, person: str, where: str, words: str
) -> None:
    bot.command(DASH, where, person)
    assert bot.whisper(person)["text"] == notices.refusal(words).text


def test_a_guest_is_refused_in_a_direct_message(bot: Bot) -> None:
    where = bot.slack.state.im(GUEST.id).id
    said = bot.say(DASH, where, user=GUEST.id)
    assert bot.answer(said, where)["text"] == notices.refusal(people.GUEST).text


def test_another_app_is_told_once_a_day_and_a_conversation_of_machines_ends(bot: Bot) -> None:
    where = room(bot, OTHER_BOT.id)
    first = bot.mention(DASH, where, OTHER_BOT.id)
    assert bot.answer(first, where)["text"] == notices.refusal(people.BOT).text
    for _ in range(3):
        later = bot.mention(DASH, where, OTHER_BOT.id)
        bot.quiet()
        assert bot.answers(where, later["ts"]) == []


def test_an_app_that_does_not_name_us_is_left_alone(bot: Bot) -> None:
    where = room(bot, OTHER_BOT.id)
    said = bot.slack.say(OTHER_BOT.id, where, DASH)
    bot.hear(payloads.message(bot.slack, where, said))
    bot.quiet()
    assert len(bot.slack.messages(where)) == 1


def test_our_own_messages_are_no_questions(bot: Bot) -> None:
    where = room(bot, TOM.id)
    said = bot.slack.say(BOT_USER, where, f"<@{BOT_USER}> {DASH}")
    bot.hear(payloads.message(bot.slack, where, said))
    bot.hear(payloads.app_mention(bot.slack, where, said))
    bot.quiet()
    assert len(bot.slack.messages(where)) == 1


def test_who_asks_too_much_is_told_to_wait(bot: Bot) -> None:
    me, most = somebody(bot), bot.desk.settings.questions_a_minute
    where = room(bot, me)
    now = bot.desk.now()
    for number in range(most):
        asked = Question(
            key=f"q:{where}:{number}", team="", channel=where, thread="", message="", person=me,
            place=Place.CHANNEL, text="x", asked_at=now, state=State.ANSWERED,
        )  # fmt: skip
        assert bot.desk.asking.record(asked, now=now)
    said = bot.mention(DASH, where, me)
    expected = f"You may put {most} questions a minute to me. Ask this one again in a minute."
    assert bot.answer(said, where)["text"] == expected


def test_questions_of_a_minute_ago_do_not_count(bot: Bot) -> None:
    me, most = somebody(bot), bot.desk.settings.questions_a_minute
    where = room(bot, me)
    before = bot.desk.now() - timedelta(minutes=1, seconds=30)
    for number in range(most):
        asked = Question(
            key=f"q:{where}:{number}", team="", channel=where, thread="", message="", person=me,
            place=Place.CHANNEL, text="x", asked_at=before, state=State.ANSWERED,
        )  # fmt: skip
        assert bot.desk.asking.record(asked, now=before)
    assert BACKLOG in bot.answer(bot.mention(DASH, where, me), where)["text"]


def test_the_words_are_the_same_whether_there_are_restricted_documents_or_not(bot: Bot) -> None:
    where = room(bot, TOM.id)
    there = bot.answer(bot.mention(RESTRICTED, where), where)["text"]
    nothing = bot.answer(bot.mention(HELICOPTER, where), where)["text"]
    for text in (there, nothing):
        assert text.startswith("The documents I can read here do not say.")
        assert answer_blocks.ELSEWHERE in text
    me = somebody(bot)  # who may read nothing else
    assert (
        answer_blocks.ELSEWHERE not in bot.answer(bot.mention(RESTRICTED, where, me), where)["text"]
    )


def test_nothing_of_a_document_under_embargo_leaves_the_building(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    logs.set_up("DEBUG")
    caplog.set_level(logging.DEBUG)
    for where in (NEWS.id, OFFICE.id, CUSTODY.id):
        bot.answer(bot.mention(RESTRICTED, where), where)
    bot.answer(bot.say(RESTRICTED, TOM_IM.id), TOM_IM.id)
    bot.command(RESTRICTED, CUSTODY.id)
    bot.whisper()
    bot.hear(payloads.app_home_opened(bot.slack, TOM.id))
    bot.quiet()
    sent = json.dumps([call.arguments for call in bot.slack.journal]).lower()
    logged = json.dumps([[one.getMessage(), logs.facts(one)] for one in caplog.records]).lower()
    assert "what did inspectors find" in sent  # in App Home: the journal does hold words
    for secret in (CANARY, "pre-publication copy", "xoxb"):
        assert secret not in sent
        assert secret not in logged
    for question in ("cobalt heron", "what did inspectors"):
        assert question not in logged


def test_everyone_in_a_channel_decides_what_is_read_in_it(bot: Bot) -> None:
    """The office's own papers are used while only the office is there."""
    asked = "What did DCC Rao write to us on 12 October 2023?"
    first = bot.answer(bot.mention(asked, CUSTODY.id), CUSTODY.id)["text"]
    assert "74 per cent" in first
    assert "Briefing note" in first
    bot.slack.join(GUEST.id, CUSTODY.id)
    second = bot.answer(bot.mention(asked, CUSTODY.id), CUSTODY.id)["text"]
    bot.slack.leave(GUEST.id, CUSTODY.id)
    assert "74 per cent" not in second
    assert "Briefing note" not in second


def test_an_answer_is_not_shown_to_somebody_who_joined_while_it_was_written(bot: Bot) -> None:
    said, key = held_up(bot, CUSTODY.id)
    bot.slack.join(DANIEL.id, CUSTODY.id)  # who reads public documents only
    answer = bot.answer(said, CUSTODY.id)
    bot.slack.leave(DANIEL.id, CUSTODY.id)
    assert answer["text"].startswith("Who can see this place")
    assert "Rao" not in json.dumps(answer)
    assert bot.desk.asking.get(key).state is State.ANSWERED  # type: ignore[union-attr]


def test_an_answer_that_was_held_up_is_shown_when_nothing_changed(bot: Bot) -> None:
    said, _ = held_up(bot, CUSTODY.id)
    assert "74 per cent" in bot.answer(said, CUSTODY.id)["text"]


def held_up(bot: Bot, where: str) -> tuple[desks.Facts, str]:
    """A question whose answer is kept while Slack does not take it yet."""
    before = len(bot.slack.calls("chat.postMessage"))
    bot.slack.fail("chat.postMessage", RateLimited(2))
    said = bot.mention("What did DCC Rao write to us on 12 October 2023?", where, PRIYA.id)
    bot.until(lambda: len(bot.slack.calls("chat.postMessage")) > before)
    return said, parsing.message_key(where, said["ts"])
