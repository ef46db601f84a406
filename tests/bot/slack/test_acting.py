"""Every button does what it says: once, for the one who pressed, or it says why not."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.slack import acting, revealing
from bot.slack.blocks import feedback, notices
from bot.slack.blocks.answer import SENT_AGAIN
from bot.slack.listeners.bodies import NO_WINDOW, OLD
from bot.store.asking import Feedback
from tests.bot.slack import desks
from tests.bot.slack.desks import BACKLOG, Bot, Facts
from tests.bot.slack.pressing import answered, delete, judge, key, modal, submit, whispered
from tests.bot.slack.rooms import room, somebody
from tests.fakes import slack_payloads as payloads
from tests.fakes.slack_faults import Says, Status
from tests.fakes.slack_workspace import BOT_USER, GUEST, PRIYA, TOM


@pytest.fixture(scope="module")
def bot(indexed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with desks.working(indexed, tmp_path_factory.mktemp("acting")) as working:
        yield working


@pytest.fixture
def me(bot: Bot) -> str:
    return somebody(bot)


@pytest.fixture
def where(bot: Bot, me: str) -> str:
    return room(bot, me, PRIYA.id, TOM.id)


# Show the passage
@pytest.mark.parametrize("presser", ["asker", "colleague"])
def test_the_passage_is_opened_for_whoever_presses(
    bot: Bot, me: str, where: str, presser: str
) -> None:
    user = me if presser == "asker" else PRIYA.id
    _, answer = answered(bot, where, me)
    assert bot.press(answer, "show_passage:1", where, user).status == 200
    assert BACKLOG in json.dumps(modal(bot, user))
    bot.press(answer, "show_passage:1", where, user)
    assert BACKLOG in json.dumps(modal(bot, user))


def test_after_the_question_was_deleted_an_old_button_opens_no_passage(
    bot: Bot, me: str, where: str
) -> None:
    said, answer = answered(bot, where, me)
    delete(bot, where, said)
    bot.press(answer, "show_passage:1", where, me)
    assert revealing.NOT_HERE in json.dumps(modal(bot, me))


def test_a_guest_who_presses_is_shown_nothing(bot: Bot, me: str, where: str) -> None:
    _, answer = answered(bot, where, me)
    bot.press(answer, "show_passage:1", where, GUEST.id)
    assert revealing.NOT_HERE in json.dumps(modal(bot, GUEST.id))


def test_a_press_that_came_too_late_is_told_so(bot: Bot, me: str, where: str) -> None:
    _, answer = answered(bot, where, me)
    body = payloads.block_actions(bot.slack, me, where, answer, "show_passage:1")
    trigger = bot.slack.state.triggers[body["trigger_id"]]
    bot.slack.state.triggers[body["trigger_id"]] = (trigger[0], time.time() - 10, False)
    assert bot.hear(body).status == 200
    assert whispered(bot, me) == [notices.refusal(NO_WINDOW).text]
    assert bot.slack.view(me) is None


@pytest.mark.parametrize("value", ["", "nonsense", "q:C1:2|", "q:C1:2|99999", "q:C1:2|0"])
def test_a_value_that_we_never_wrote_opens_nothing_of_ours(
    bot: Bot, me: str, where: str, value: str
) -> None:
    _, answer = answered(bot, where, me)
    assert bot.press(answer, "show_passage:1", where, me, value=value).status == 200
    bot.quiet()
    assert BACKLOG not in json.dumps(bot.slack.view(me))


# Feedback
def test_helpful_is_noted_and_thanked_for(bot: Bot, me: str, where: str) -> None:
    said, answer = answered(bot, where, me)
    for _ in range(2):
        judge(bot, answer, where, me, "helpful")
    judge(bot, answer, where, PRIYA.id, "helpful")
    assert whispered(bot, me) == [acting.THANKS] * 2
    given = bot.desk.asking.feedback(key(where, said))
    assert {(one.person, one.verdict) for one in given} == {
        (me, "helpful"), (PRIYA.id, "helpful"),
    }  # fmt: skip


def test_not_helpful_asks_why_and_takes_the_place_of_helpful(bot: Bot, me: str, where: str) -> None:
    said, answer = answered(bot, where, me)
    judge(bot, answer, where, me, "helpful")
    judge(bot, answer, where, me, "not_helpful")
    bot.quiet()
    view = modal(bot, me)
    chosen = {"selected_option": {"value": feedback.Reason.TOO_LONG}}
    assert submit(bot, me, view, reason=chosen, words={"value": "Say <less>"}).status == 200
    assert whispered(bot, me)[-1] == acting.THANKS
    (given,) = bot.desk.asking.feedback(key(where, said))
    expected = Feedback(given.key, me, "not_helpful", "too_long", "Say <less>", given.given_at)
    assert given == expected


@pytest.mark.parametrize("verdict", ["helpful", "not_helpful"])
def test_feedback_on_a_deleted_question_is_told_that_it_is_gone(
    bot: Bot, me: str, where: str, verdict: str
) -> None:
    said, answer = answered(bot, where, me)
    view: Facts = {}
    if verdict == "not_helpful":
        judge(bot, answer, where, me, verdict)
        view = modal(bot, me)
    delete(bot, where, said)
    if view:
        submit(bot, me, view, reason={}, words={"value": None})
    else:
        judge(bot, answer, where, me, verdict)
    assert whispered(bot, me) == [notices.refusal(acting.GONE).text]
    assert bot.desk.asking.feedback(key(where, said)) == []


# Other buttons
def test_a_button_of_an_older_version_says_so(bot: Bot, me: str, where: str) -> None:
    row = {"type": "actions", "block_id": "x", "elements": [{"action_id": "approve_item"}]}
    shown = bot.slack.say(BOT_USER, where, "an old message", blocks=[row])
    assert bot.press(shown, "approve_item", where, me).status == 200
    assert whispered(bot, me) == [notices.refusal(OLD).text]


def test_a_link_is_acknowledged_without_a_word(bot: Bot, me: str, where: str) -> None:
    row = {"type": "actions", "block_id": "x", "elements": [{"action_id": "open_answer:1"}]}
    shown = bot.slack.say(BOT_USER, where, "a message", blocks=[row])
    assert bot.press(shown, "open_answer:1", where, me).status == 200
    assert whispered(bot, me) == []


def test_who_has_left_the_channel_is_told_in_a_direct_message(
    bot: Bot, me: str, where: str
) -> None:
    _, answer = answered(bot, where, me)
    bot.slack.leave(me, where)
    judge(bot, answer, where, me, "helpful")
    bot.quiet()
    (shown,) = bot.slack.whispers(me)
    assert (shown["room"], shown["text"]) == (bot.slack.state.im(me).id, acting.THANKS)


@pytest.mark.parametrize("fault", [Status(503), Says("internal_error")], ids=str)
def test_a_press_is_not_lost_when_slack_has_a_bad_moment(
    bot: Bot, me: str, where: str, fault: Status | Says
) -> None:
    said, answer = answered(bot, where, me)
    bot.slack.fail("chat.postEphemeral", fault)
    judge(bot, answer, where, me, "helpful")
    bot.quiet()
    (shown,) = bot.slack.messages(
        bot.slack.state.im(me).id
    )  # it may have come: said where it lasts
    assert shown["text"] == f"{acting.THANKS}\n\n{SENT_AGAIN}"
    assert len(bot.desk.asking.feedback(key(where, said))) == 1
