"""App Home shows each person what is there for them; a suggested question is asked for them."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.responding import intake
from bot.slack import people
from bot.slack.blocks import notices
from bot.slack.suggesting import suggested
from bot.store.asking import Place
from retrieval.library import Scope
from tests.bot.slack import desks
from tests.bot.slack.cases import onrecord
from tests.bot.slack.desks import BACKLOG, DASH, Bot, Facts
from tests.bot.slack.rooms import room, somebody
from tests.corpus import samples
from tests.fakes import slack_payloads as payloads
from tests.fakes.slack_faults import Says, Status
from tests.fakes.slack_workspace import GUEST, STRANGER, TOM

PEEL = "2023-12-08-peel-2023-25-fernshire.pdf"


@pytest.fixture(scope="module")
def bot(indexed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with desks.working(indexed, tmp_path_factory.mktemp("home")) as working:
        yield working


def home(bot: Bot, user: str) -> Facts:
    """App Home as it is shown to a person who opens it."""
    assert bot.hear(payloads.app_home_opened(bot.slack, user)).status == 200
    bot.quiet()
    view = bot.slack.home(user)
    assert view is not None
    return view


def words(view: Facts) -> str:
    return "\n".join(block["text"]["text"] for block in view["blocks"] if "text" in block)


def suggestions(view: Facts) -> list[Facts]:
    rows = [one["elements"] for one in view["blocks"] if one["block_id"] == "suggestions"]
    return rows[0] if rows else []


def choose(bot: Bot, user: str, view: Facts, action: str) -> None:
    assert bot.hear(payloads.view_actions(bot.slack, user, view, action)).status == 200
    bot.quiet()


def in_person(bot: Bot, user: str) -> list[Facts]:
    return bot.slack.messages(bot.slack.state.im(user).id)


@pytest.mark.parametrize(
    ("person", "count", "collections", "roles", "adds"),
    [
        (TOM.id, "24 documents", "office, public", "Your roles: officer.", True),
        ("", "21 documents", "public", "In a channel I use only", False),
    ],
    ids=["officer", "colleague"],
)
def test_a_person_sees_what_they_may_read(
    bot: Bot, person: str, count: str, collections: str, roles: str, adds: bool
) -> None:
    shown = words(home(bot, person or somebody(bot)))
    assert count in shown
    assert f"Collections: {collections}." in shown
    assert roles in shown
    assert ("You are one of those who may add documents." in shown) is adds


@pytest.mark.parametrize("person", [GUEST.id, STRANGER.id])
def test_a_guest_or_stranger_sees_no_title_and_no_question(bot: Bot, person: str) -> None:
    view = home(bot, person)
    assert "Nothing is indexed yet that you may read." in words(view)
    assert suggestions(view) == []
    for filed in bot.desk.library.documents():
        assert filed.entry.title not in json.dumps(view, ensure_ascii=False)


def test_the_restricted_document_is_named_to_nobody(bot: Bot) -> None:
    assert "Pre-publication" not in json.dumps(home(bot, TOM.id))


def test_a_case_is_shown_to_whoever_may_read_its_report(bot: Bot) -> None:
    mine = intake.propose(samples.read(PEEL), str(samples.DOCUMENTS / PEEL))
    book, now = bot.desk.casebook, bot.desk.now()
    book.add("peel", mine.content, mine.read, person=TOM.id, now=now)
    assert "no clock: a person has to confirm the day of publication" in words(home(bot, TOM.id))
    dated = replace(mine.content, published=date(2023, 12, 8), published_confirmed=True)
    book.confirm("peel", dated, (), after=1, person=TOM.id, now=now)
    assert "last day Thursday 1 February 2024" in words(home(bot, TOM.id))
    assert "1 February 2024" not in words(home(bot, GUEST.id))


def test_a_persons_own_cases_have_their_clock_and_what_waits(bot: Bot) -> None:
    me = somebody(bot)
    onrecord.peel(bot, "mine", onrecord.SALLOWSHIRE, owner=me, title="The letter")
    view = home(bot, me)
    headings = [one["text"]["text"] for one in view["blocks"] if one["type"] == "header"]
    assert headings[:2] == ["What waits for you", "My cases"]
    shown = words(view)
    assert "• Invite the chief officer to comment, for The letter: overdue since " in shown
    assert "◆━━━━━━━━━━◆━━━◆━━◆━━━◆━◆◆┃" in shown
    assert "*The letter (mine)*" in shown
    assert "My cases" not in words(home(bot, somebody(bot)))
    assert "The letter: day " in words(home(bot, somebody(bot)))


def test_a_case_is_a_persons_own_by_the_name_that_slack_has_too(bot: Bot) -> None:
    me = somebody(bot)
    bot.slack.state.people[me] = replace(bot.slack.state.people[me], name="sam.of.the.office")
    onrecord.peel(bot, "named", onrecord.FERNSHIRE, owner="Sam.of.the.Office")
    assert "My cases" in words(home(bot, me))


def test_opened_again_it_is_brought_up_to_date(bot: Bot) -> None:
    me = somebody(bot)
    where = room(bot, me)
    assert "None yet." in words(home(bot, me))
    bot.answer(bot.mention(DASH, where, me), where)
    view = home(bot, me)
    shown = json.dumps(view["blocks"])
    assert DASH in shown
    assert "answered · " in json.dumps(view, ensure_ascii=False)
    (opens,) = [one["accessory"] for one in view["blocks"] if "accessory" in one]
    assert opens["url"].startswith("https://fernshire-opcc.slack.com/archives/")


def test_the_same_event_again_publishes_once(bot: Bot) -> None:
    me = somebody(bot)
    body = payloads.app_home_opened(bot.slack, me)
    for _ in range(3):
        bot.hear(body)
    bot.quiet()
    published = [one for one in bot.slack.calls("views.publish")
                 if one.arguments["user_id"] == me]  # fmt: skip
    assert len(published) == 1


def test_it_is_shown_when_slack_has_a_bad_moment(bot: Bot) -> None:
    bot.slack.fail("views.publish", Status(503), Says("internal_error"))
    assert "21 documents" in words(home(bot, somebody(bot)))


def test_the_questions_offered_come_from_what_a_person_may_read(bot: Bot) -> None:
    readable = bot.desk.library.admitted(Scope(people.PUBLIC, bot.desk.now()))
    offered = [one["value"] for one in suggestions(home(bot, somebody(bot)))]
    assert offered == suggested(readable)
    assert len(offered) == 4


def test_a_chosen_question_is_asked_and_answered_in_a_direct_message(bot: Bot) -> None:
    me = somebody(bot)
    view = home(bot, me)
    question = suggestions(view)[0]["value"]
    choose(bot, me, view, suggestions(view)[0]["action_id"])
    asked, answer = in_person(bot, me)
    assert asked["text"] == f"You asked: {question}"
    assert answer["thread_ts"] == asked["ts"]
    ((noted, kept),) = bot.desk.asking.recent(me, 5)
    assert (noted.text, noted.place, noted.person) == (question, Place.DIRECT, me)
    assert kept is not None
    follow = bot.say(DASH, asked_in(bot, me), asked["ts"], me)
    assert BACKLOG in bot.answer(follow, asked_in(bot, me))["text"]


def asked_in(bot: Bot, user: str) -> str:
    return bot.slack.state.im(user).id


def test_each_press_asks_once(bot: Bot) -> None:
    me = somebody(bot)
    view = home(bot, me)
    body = payloads.view_actions(bot.slack, me, view, suggestions(view)[1]["action_id"])
    for _ in range(2):
        bot.hear(body)
    bot.quiet()
    assert len(in_person(bot, me)) == 2


def test_a_guest_who_chooses_an_old_question_is_refused_in_words(bot: Bot) -> None:
    view = home(bot, somebody(bot))
    choose(bot, GUEST.id, view, suggestions(view)[0]["action_id"])
    assert in_person(bot, GUEST.id)[-1]["text"] == notices.refusal(people.GUEST).text


def test_who_opens_our_messages_is_offered_questions(bot: Bot) -> None:
    me = somebody(bot)
    bot.hear(payloads.app_home_opened(bot.slack, me, tab="messages"))
    bot.quiet()
    offered = bot.slack.state.prompts[-1]
    assert offered["room"] == asked_in(bot, me)
    readable = bot.desk.library.admitted(Scope(people.PUBLIC, bot.desk.now()))
    assert [one["message"] for one in offered["prompts"]] == suggested(readable)
    assert all(len(one["title"]) <= 60 for one in offered["prompts"])
    assert bot.slack.home(me) is None


def test_a_plan_without_prompts_is_no_error(bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    bot.slack.fail("assistant.threads.setSuggestedPrompts", Says("unknown_method"))
    bot.hear(payloads.app_home_opened(bot.slack, somebody(bot), tab="messages"))
    bot.quiet()
    assert "job failed" not in caplog.messages
