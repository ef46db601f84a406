"""``/reports`` shows a person, and nobody else, the cases that they may read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.slack import people
from bot.slack.blocks import cases, message
from bot.slack.blocks.answer import DIVERTED, SENT_AGAIN
from bot.slack.cases import threads
from bot.slack.gateway import Spot
from bot.slack.listeners.cases import LOOKING
from tests.bot.slack import desks
from tests.bot.slack.cases import onrecord
from tests.bot.slack.desks import Bot, Facts
from tests.bot.slack.rooms import room, somebody
from tests.fakes import slack_payloads as payloads
from tests.fakes.slack_faults import Dropped, Says
from tests.fakes.slack_workspace import CUSTODY, GUEST, OFFICE, TOM

EMBARGO = "restricted:embargo"


@pytest.fixture(scope="module")
def bot(indexed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    readers = {TOM.id: ("public", "office", EMBARGO)}
    home = tmp_path_factory.mktemp("listing")
    with desks.working(indexed, home, readers=readers) as working:
        onrecord.peel(working)
        onrecord.office(working)
        onrecord.restricted(working)
        yield working


def body(bot: Bot, text: str, where: str, user: str) -> Facts:
    return payloads.slash_command(bot.slack, user, where, "/reports", text)


def reports(bot: Bot, user: str, text: str = "", where: str = OFFICE.id) -> str:
    """What the person is shown, messages together."""
    before = len(bot.slack.whispers(user))
    answer = bot.hear(body(bot, text, where, user))
    assert (answer.status, LOOKING in answer.body) == (200, True)
    bot.quiet()
    return "\n".join(one["text"] for one in bot.slack.whispers(user)[before:])


def test_a_person_sees_how_each_case_stands(bot: Bot) -> None:
    me = somebody(bot)
    told = reports(bot, me, where=room(bot, me))
    for words in (
        "(peel)",
        "after the last day: late in law · the last day was Thursday 1 February 2024",
        "Decided: 0 of ",
        "Next: Invite the chief officer to comment (day 5, was due Tuesday 12 December 2023), "
        "with tom.garbutt.",
        cases.MORE,
    ):
        assert words in told


def test_nobody_else_sees_it(bot: Bot) -> None:
    me, other = somebody(bot), somebody(bot)
    where = room(bot, me, other)
    reports(bot, me, where=where)
    assert bot.slack.messages(where) == []
    assert bot.slack.whispers(other) == []


def test_only_cases_whose_documents_may_be_read_are_there(bot: Bot) -> None:
    me = somebody(bot)
    assert "The office's paper" not in reports(bot, me, where=room(bot, me))
    assert "The office's paper" in reports(bot, TOM.id)


@pytest.mark.parametrize("where", [OFFICE.id, CUSTODY.id])
def test_an_embargoed_report_is_shown_to_nobody(bot: Bot, where: str) -> None:
    assert "custody" not in reports(bot, TOM.id, where=where).lower()
    assert reports(bot, TOM.id, "custody", where) == cases.unknown("custody", []).text


def test_one_case_is_shown_whole(bot: Bot) -> None:
    told = reports(bot, TOM.id, "peel")
    for words in ("Owner: tom.garbutt.", "Confirm the items; done", "Item 1: ",
                  "Status: none on record.", "The law, section 55"):  # fmt: skip
        assert words in told


@pytest.mark.parametrize(("text", "found"), [("PEEL 2023", True), ("nothing like it", False)])
def test_a_case_is_found_by_the_words_of_its_title(bot: Bot, text: str, found: bool) -> None:
    assert ("The plan" in reports(bot, TOM.id, text)) is found


def test_a_name_of_several_cases_names_them(bot: Bot) -> None:
    assert reports(bot, TOM.id, "p") == cases.unknown("p", ["note", "peel"]).text


def test_help_says_how_and_asks_for_nothing(bot: Bot) -> None:
    me = somebody(bot)
    answer = bot.hear(body(bot, "help", room(bot, me), me))
    assert all(line in answer.body.replace("\\n", "\n") for line in cases.HELP[:1])
    bot.quiet()
    assert bot.slack.whispers(me) == []


def test_a_command_that_comes_twice_is_answered_once(bot: Bot) -> None:
    me = somebody(bot)
    same = body(bot, "", room(bot, me), me)
    for _ in range(2):
        assert bot.hear(same).status == 200
    bot.quiet()
    assert len(bot.slack.whispers(me)) == 1


def test_a_guest_is_refused_in_words(bot: Bot) -> None:
    where = room(bot, GUEST.id)
    assert reports(bot, GUEST.id, where=where) == message.single(people.GUEST).text


def test_a_channel_shared_with_others_is_no_place_for_it(bot: Bot) -> None:
    me = somebody(bot)
    where = room(bot, me, shared=True)
    assert reports(bot, me, where=where) == message.single(people.SHARED).text


def test_the_thread_of_a_case_is_linked(bot: Bot) -> None:
    key, card = threads.key("peel"), message.single("The card")
    bot.desk.gateway.put(lambda _: [card], key=key, spot=Spot(OFFICE.id))
    me = somebody(bot)
    reports(bot, me, where=room(bot, me))
    shown = bot.slack.whispers(me)[-1]
    (opens,) = [one["accessory"] for one in shown["blocks"] if "accessory" in one]
    link = bot.desk.gateway.link(Spot(OFFICE.id), bot.desk.gateway.posted(key))
    assert opens["url"] == link


@pytest.mark.parametrize(
    ("fault", "note"), [(Dropped(), SENT_AGAIN), (Says("user_not_in_channel"), DIVERTED)]
)
def test_what_slack_does_not_take_there_comes_as_a_direct_message(
    bot: Bot, fault: Dropped | Says, note: str
) -> None:
    me = somebody(bot)
    where = room(bot, me)
    if isinstance(fault, Dropped):
        bot.slack.fail("response_url", fault)
    else:
        bot.slack.fail("chat.postEphemeral", fault)
    given = body(bot, "", where, me)
    if isinstance(fault, Says):
        given["response_url"] = ""
    bot.hear(given)
    bot.quiet()
    (direct,) = bot.slack.messages(bot.slack.state.im(me).id)
    assert direct["text"].startswith(note)
    assert "(peel)" in direct["text"]


def test_without_any_case_it_says_so(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with desks.working(tmp_path, tmp_path_factory.mktemp("none")) as empty:
        assert reports(empty, TOM.id) == message.single(cases.NONE).text
