"""What an answer leads to: it is shared, a colleague is asked, a response is begun."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.slack import acting, revealing
from bot.slack.blocks import drafts, notices
from tests.bot.slack import desks
from tests.bot.slack.desks import BACKLOG, DASH, Bot, Facts
from tests.bot.slack.pressing import answered, delete, judge, key, modal, whispered
from tests.bot.slack.rooms import room, somebody
from tests.fakes.slack_faults import Says
from tests.fakes.slack_workspace import CUSTODY, GUEST, PRIYA, TOM

RAO = "What did DCC Rao write to us on 12 October 2023?"


@pytest.fixture(scope="module")
def bot(indexed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with desks.working(indexed, tmp_path_factory.mktemp("sharing")) as working:
        yield working


@pytest.fixture
def me(bot: Bot) -> str:
    return somebody(bot)


@pytest.fixture
def where(bot: Bot, me: str) -> str:
    return room(bot, me, PRIYA.id, TOM.id)


# Share
def test_a_private_answer_is_shared_once_however_often_it_is_pressed(
    bot: Bot, me: str, where: str
) -> None:
    bot.command(DASH, where, me)
    shown = bot.whisper(me)
    for _ in range(2):
        bot.press(shown, "share", where, me)
        bot.quiet()
    (shared,) = bot.slack.messages(where)
    assert shared["text"].startswith(f"<@{me}> asked: {DASH}")
    assert BACKLOG in shared["text"]
    assert whispered(bot, me)[1:] == ["Shared with the channel."] * 2


def test_the_buttons_of_a_shared_answer_work(bot: Bot, me: str, where: str) -> None:
    bot.command(DASH, where, me)
    bot.press(bot.whisper(me), "share", where, me)
    bot.quiet()
    (shared,) = bot.slack.messages(where)
    bot.press(shared, "show_passage:1", where, PRIYA.id)
    assert BACKLOG in json.dumps(modal(bot, PRIYA.id))
    judge(bot, shared, where, PRIYA.id, "helpful")
    assert whispered(bot, PRIYA.id)[-1] == acting.THANKS


def test_only_who_asked_shares(bot: Bot, me: str, where: str) -> None:
    bot.command(DASH, where, me)
    shown = bot.whisper(me)
    bot.press(shown, "share", where, PRIYA.id)
    assert whispered(bot, PRIYA.id)[-1].startswith("Only the person who asked")
    assert bot.slack.messages(where) == []


def test_an_answer_that_not_all_may_read_is_not_shared(bot: Bot) -> None:
    where = room(bot, TOM.id, GUEST.id)
    bot.command(RAO, where)
    shown = bot.whisper()
    assert "74 per cent" in shown["text"]
    bot.press(shown, "share", where)
    assert whispered(bot, TOM.id)[-1] == acting.NOT_FOR_ALL
    assert bot.slack.messages(where) == []


@pytest.mark.parametrize("code", ["not_in_channel", "is_archived", "restricted_action"])
def test_a_channel_that_takes_nothing_is_named_as_the_reason(
    bot: Bot, me: str, where: str, code: str
) -> None:
    bot.command(DASH, where, me)
    shown = bot.whisper(me)
    bot.slack.fail("chat.postMessage", Says(code))
    bot.press(shown, "share", where, me)
    assert code in whispered(bot, me)[-1]


# Ask a person
def test_a_colleague_is_told_the_question_what_was_found_and_where(
    bot: Bot, me: str, where: str
) -> None:
    said, answer = answered(bot, where, me)
    before = len(direct(bot))
    for _ in range(2):
        bot.press(answer, "ask_person", where, me)
        bot.quiet()
    (told,) = direct(bot)[before:]
    link = bot.slack.client().chat_getPermalink(channel=where, message_ts=said["ts"])["permalink"]
    for part in (f"<@{me}>", DASH, BACKLOG, link):
        assert part in told
    in_thread = [one["text"] for one in bot.answers(where, said["ts"])]
    assert in_thread[1:] == [f"I have asked <@{PRIYA.id}> to look at this question."]


def test_a_colleague_who_may_not_read_it_is_told_the_question_only(bot: Bot) -> None:
    """Priya reads the office's papers until the settings say otherwise."""
    readers = bot.desk.settings.readers
    answer = bot.answer(bot.mention(RAO, CUSTODY.id), CUSTODY.id)
    assert "74 per cent" in answer["text"]
    before = len(direct(bot))
    bot.desk.settings.readers = {TOM.id: ("public", "office")}
    bot.press(answer, "ask_person", CUSTODY.id)
    bot.quiet()
    bot.desk.settings.readers = readers
    (told,) = direct(bot)[before:]
    assert RAO in told
    assert "74 per cent" not in told
    assert "Briefing note" not in told


def test_a_colleague_is_asked_in_private_about_a_private_answer(
    bot: Bot, me: str, where: str
) -> None:
    bot.command(DASH, where, me)
    bot.press(bot.whisper(me), "ask_person", where, me)
    assert whispered(bot, me)[-1] == f"I have asked <@{PRIYA.id}> to look at this question."
    assert bot.slack.messages(where) == []
    assert DASH in direct(bot)[-1]


def test_who_is_the_only_colleague_named_has_nobody_to_ask(bot: Bot, where: str) -> None:
    _, answer = answered(bot, where, TOM.id)
    bot.press(answer, "ask_person", where, PRIYA.id)
    assert whispered(bot, PRIYA.id)[-1] == notices.refusal(acting.NOBODY).text


def direct(bot: Bot) -> list[str]:
    """What Priya has been told."""
    return [one["text"] for one in bot.slack.messages(bot.slack.state.im(PRIYA.id).id)]


# Draft a response
def test_a_paragraph_is_begun_in_the_thread_once(bot: Bot, me: str, where: str) -> None:
    said, answer = answered(bot, where, me)
    for user in (me, PRIYA.id):
        bot.press(answer, "draft_paragraph", where, user)
        bot.quiet()
    _, draft = bot.answers(where, said["ts"])
    assert draft["text"].startswith("Draft paragraph")
    assert BACKLOG in draft["text"]
    assert drafts.NOT_REVIEWED in draft["text"]


def test_a_paragraph_from_a_private_answer_is_private(bot: Bot, me: str, where: str) -> None:
    bot.command(DASH, where, me)
    bot.press(bot.whisper(me), "draft_paragraph", where, me)
    assert whispered(bot, me)[-1].startswith("Draft paragraph")
    assert bot.slack.messages(where) == []


def test_no_paragraph_is_begun_where_the_answer_may_no_longer_be_shown(bot: Bot) -> None:
    said = bot.mention(RAO, CUSTODY.id)
    answer = bot.answer(said, CUSTODY.id)
    bot.slack.join(GUEST.id, CUSTODY.id)
    row = {"type": "actions", "block_id": "x", "elements": [{"action_id": "draft_paragraph"}]}
    pressed = {**answer, "blocks": [row]}
    value = key(CUSTODY.id, said)
    bot.press(pressed, "draft_paragraph", CUSTODY.id, value=value, type="button")
    shown = whispered(bot, TOM.id)
    bot.slack.leave(GUEST.id, CUSTODY.id)
    assert shown[-1] == notices.refusal(revealing.NOT_HERE).text
    assert len(bot.answers(CUSTODY.id, said["ts"])) == 1


@pytest.mark.parametrize("action", ["share", "ask_person", "draft_paragraph"])
def test_a_button_of_a_deleted_question_says_that_it_is_gone(
    bot: Bot, me: str, where: str, action: str
) -> None:
    said, answer = answered(bot, where, me)
    delete(bot, where, said)
    row = {"type": "actions", "block_id": "steps", "elements": [{"action_id": action}]}
    pressed = {**answer, "blocks": [row]}
    bot.press(pressed, action, where, me, value=key(where, said), type="button")
    assert whispered(bot, me) == [notices.refusal(acting.GONE).text]


def test_buttons_work_after_a_document_was_withdrawn_as_far_as_they_may(
    bot: Bot, me: str, where: str
) -> None:
    said, answer = answered(bot, where, me)
    kept = bot.desk.asking.kept(key(where, said))
    assert kept is not None
    withdrawn = replace_documents(kept.data, "0" * 64)
    other = replace(bot.desk.asking.get(key(where, said)), key=f"{kept.key}.w")  # type: ignore[type-var]
    assert other is not None
    bot.desk.asking.record(other, now=bot.desk.now())
    bot.desk.asking.keep(replace(kept, key=other.key, data=withdrawn), now=bot.desk.now())
    for action, value in (("show_passage:1", f"{other.key}|1"), ("draft_paragraph", other.key)):
        bot.press(answer, action, where, me, value=value)
    assert revealing.NOT_HERE in json.dumps(modal(bot, me))
    assert whispered(bot, me) == [notices.refusal(revealing.NOT_HERE).text]


def replace_documents(data: Facts, digest: str) -> Facts:
    """An answer whose sources are all of a document that is not there any more."""
    answer = json.loads(json.dumps(data["answer"]))
    for sentence in answer["sentences"]:
        for cited in sentence["citations"]:
            cited["document"] = digest
    return {**data, "answer": answer}
