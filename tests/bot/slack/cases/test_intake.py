"""A report is taken in from Slack: read, checked page by page, confirmed, and shown on a card."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.slack.blocks import casecards, fields, intake, kit
from bot.slack.cases import admitting, starting, threads, window
from bot.slack.desk import CHORES
from bot.store.audit import Audit
from bot.store.cases import Case
from tests.bot.responding import cases
from tests.bot.slack import desks
from tests.bot.slack.desks import Bot
from tests.bot.slack.filling import filled
from tests.fakes import slack_payloads as payloads
from tests.fakes.slack_faults import Status
from tests.fakes.slack_workspace import BOT_USER, CUSTODY, NEWS, OFFICE, PRIYA, TOM, TOM_IM

Facts = dict[str, Any]
REPORT = "2023-12-08-peel-2023-25-fernshire.pdf"
RESPONSE = "2022-07-05-response-peel-2021-22.md"
CASE = "peel-2023-25-fernshire"
PUBLISHED = "2023-12-08"


@pytest.fixture
def bot(indexed: Path, tmp_path: Path) -> Iterator[Bot]:
    roles = {"officer": (TOM.id, PRIYA.id)}
    with desks.working(indexed, tmp_path / "home", roles=roles, force="Fernshire Police") as made:
        yield made


def digest(bot: Bot, name: str = REPORT) -> str:
    (filed,) = [one for one in bot.desk.library.documents() if one.name == name]
    return filed.digest


def start(bot: Bot, room: str = OFFICE.id, user: str = TOM.id, name: str = REPORT) -> None:
    """Somebody presses "Start a response" under an indexed document."""
    bot.press(shown(bot, room, casecards.start(digest(bot, name))), "case_start", room, user)
    bot.quiet()


def shown(bot: Bot, room: str, button: Facts) -> Facts:
    """A message of ours with a button."""
    return bot.slack.say(BOT_USER, room, "Indexed", blocks=[kit.row("document", [button])])


def card(bot: Bot, room: str = OFFICE.id) -> Facts:
    """The one card in a channel."""
    place = bot.desk.gateway.posted(threads.key(CASE))
    (found,) = [one for one in bot.slack.messages(room) if one["ts"] == place]
    return found


def said_in_thread(bot: Bot, room: str = OFFICE.id) -> list[str]:
    place = bot.desk.gateway.posted(threads.key(CASE))
    return [one["text"] for one in bot.slack.thread(room, place) if one["ts"] != place]


def opened(bot: Bot, user: str = TOM.id, room: str = OFFICE.id) -> Facts:
    bot.press(card(bot, room), "case_check", room, user)
    view = bot.slack.view(user)
    assert view
    return view


def send(bot: Bot, view: Facts, user: str = TOM.id, /, **changes: str | None) -> Facts:
    """A page sent off; what Slack is answered."""
    body = payloads.view_submission(bot.slack, user, view, filled(view, **changes))
    answer = bot.hear(body)
    return dict(json.loads(answer.body)) if answer.body else {}


def next_page(view: Facts, answer: Facts) -> Facts:
    """The page that takes the place of the one sent off."""
    assert answer["response_action"] == "update", answer
    return {**view, **answer["view"]}


def to_the_end(bot: Bot, view: Facts, user: str = TOM.id, /, **changes: str | None) -> list[Facts]:
    """All pages sent off, with changes on whichever has the field; the pages as they came."""
    came = [view]
    while True:
        here = {one["block_id"] for one in came[-1]["blocks"] if one["type"] == "input"}
        mine = {name: said for name, said in changes.items() if name in here}
        answer = send(bot, came[-1], user, **mine)
        if not answer:
            bot.quiet()
            return came
        came.append(next_page(view, answer))


def confirmed(bot: Bot, **changes: str | None) -> Case:
    """The case, confirmed in the window with these changes."""
    start(bot)
    to_the_end(bot, opened(bot), **{"checked": "yes", **changes})
    return bot.desk.casebook.get(CASE)


def test_a_report_is_read_and_proposed_on_a_card_with_no_clock(bot: Bot) -> None:
    start(bot)
    text = card(bot)["text"]
    assert "I read 2 causes of concern, 6 recommendations, 6 areas for improvement" in text
    assert "Not checked yet, so no clock runs." in text
    assert "Read on page" in text
    assert "Day " not in text
    assert bot.desk.casebook.get(CASE).state.value == "proposed"
    assert starting.HERE in bot.whisper()["text"]


def test_a_card_is_pinned_once(bot: Bot) -> None:
    confirmed(bot)
    assert card(bot)["pinned_to"] == [OFFICE.id]
    assert len(bot.slack.calls("pins.add")) == 1


def test_started_twice_it_is_one_case_with_one_card(bot: Bot) -> None:
    start(bot)
    start(bot, user=PRIYA.id)
    assert [one.id for one in bot.desk.casebook.all()] == [CASE]
    cards = [one for one in bot.slack.messages(OFFICE.id) if "case_check" in str(one.get("blocks"))]
    assert len(cards) == 1


def test_confirmed_it_has_a_clock_and_says_so_in_its_thread(bot: Bot) -> None:
    case = confirmed(bot)
    assert case.content.counted_from == date.fromisoformat(PUBLISHED)
    assert case.standing.corrections == ()
    assert case.standing.person == TOM.id
    assert "Thursday 1 February 2024" in card(bot)["text"]
    (line,) = said_in_thread(bot)
    assert "has confirmed the report. Nothing that was read had to be corrected." in line
    assert "Published on Friday 8 December 2023; the last day is Thursday 1 February 2024." in line
    assert Audit(bot.desk.casebook._engine).verify().ok


def test_without_a_word_on_the_date_nothing_is_confirmed(bot: Bot) -> None:
    start(bot)
    answer = send(bot, opened(bot))
    assert answer["errors"] == {"checked": intake.SAY_WHETHER}
    assert bot.desk.casebook.get(CASE).latest.number == 1


def test_a_date_that_is_not_checked_yet_starts_no_clock(bot: Bot) -> None:
    case = confirmed(bot, checked="no")
    assert case.confirmed
    assert case.content.counted_from is None
    assert "No clock runs" in said_in_thread(bot)[0]
    assert "No clock yet" in card(bot)["text"]


def test_two_items_are_corrected_and_counted(bot: Bot) -> None:
    start(bot)
    first, second = bot.desk.casebook.get(CASE).content.items[:2]
    changes = {
        f"items.{first.id}.reason": "for the Home Office",
        f"items.{second.id}.deadline": "2 May",
    }
    to_the_end(bot, opened(bot), checked="yes", **changes)
    case = bot.desk.casebook.get(CASE)
    assert case.standing.corrections == (
        f"items.{first.id}.ours", f"items.{second.id}.deadline",
    )  # fmt: skip
    one = case.content.item(first.id)
    assert one
    assert (one.ours, one.reason) == (False, "for the Home Office")
    assert "2 corrections." in said_in_thread(bot)[0]


def test_words_that_do_not_stand_in_the_report_are_asked_about_and_kept_with_the_reason(
    bot: Bot,
) -> None:
    start(bot)
    item = bot.desk.casebook.get(CASE).content.items[0]
    text, why = f"items.{item.id}.text", f"items.{item.id}.retyped"
    page = next_page({}, send(bot, opened(bot), checked="yes"))
    page = bot.slack.view(TOM.id) or page
    view = {**opened(bot)}
    again = next_page(view, send(bot, view, checked="yes"))
    asked = next_page(view, send(bot, {**view, **again}, **{text: "The force should fly."}))
    assert window.WHY in str(asked["blocks"])
    assert fields_of(asked)[text] == "The force should fly."
    assert why in fields_of(asked)
    to_the_end(bot, asked, **{why: "the page has it as a picture"})
    kept = bot.desk.casebook.get(CASE).content.item(item.id)
    assert kept
    assert (kept.text, kept.retyped, kept.spans) == (
        "The force should fly.", "the page has it as a picture", (),
    )  # fmt: skip


def fields_of(view: Facts) -> Facts:
    """What stands in each field of a page."""
    inputs = [one for one in view["blocks"] if one["type"] == "input"]
    return {one["block_id"]: one["element"].get("initial_value") for one in inputs}


def test_an_item_that_is_none_is_left_out(bot: Bot) -> None:
    start(bot)
    item = bot.desk.casebook.get(CASE).content.items[0]
    to_the_end(bot, opened(bot), checked="yes", **{f"items.{item.id}.kind": "leave_out"})
    case = bot.desk.casebook.get(CASE)
    assert case.content.item(item.id) is None
    assert case.standing.corrections == (f"items.{item.id} removed",)


def test_what_was_put_in_on_a_page_is_kept_when_the_window_is_closed(bot: Bot) -> None:
    start(bot)
    send(bot, opened(bot), checked="yes", title="PEEL, as we call it")
    assert bot.desk.casebook.get(CASE).state.value == "proposed"
    assert fields_of(opened(bot))["title"] == "PEEL, as we call it"


def test_of_two_who_check_at_once_the_second_is_told(bot: Bot) -> None:
    start(bot)
    mine, hers = opened(bot), opened(bot, PRIYA.id)
    to_the_end(bot, mine, checked="yes", title="Mine")
    answer = send(bot, hers, PRIYA.id, checked="yes", title="Hers")
    assert window.MOVED_ON in answer["errors"].values()
    assert bot.desk.casebook.get(CASE).content.title == "Mine"


def test_a_window_sent_off_twice_confirms_once(bot: Bot) -> None:
    start(bot)
    last = to_the_end(bot, opened(bot), checked="yes")[-1]
    bot.hear(payloads.view_submission(bot.slack, TOM.id, last, filled(last)))
    bot.quiet()
    assert len(bot.desk.casebook.get(CASE).confirmed) == 1
    assert len(said_in_thread(bot)) == 1


def test_a_corrected_date_moves_the_clock(bot: Bot) -> None:
    confirmed(bot)
    to_the_end(bot, opened(bot), published="2023-12-22")
    assert "Thursday 15 February 2024" in card(bot)["text"]
    assert bot.desk.casebook.get(CASE).standing.corrections == ("published",)


@pytest.mark.parametrize("said", ["8 December", "2023-02-30"])
def test_where_dates_are_typed_a_slip_is_named(indexed: Path, tmp_path: Path, said: str) -> None:
    with desks.working(indexed, tmp_path / "home", slack_blocks="plain") as bot:
        start(bot)
        answer = send(bot, opened(bot), checked="yes", published=said)
        assert answer["errors"] == {"published": fields.BAD_DATE}


def test_with_plain_blocks_fields_that_nobody_touched_stay_as_they_are(
    indexed: Path, tmp_path: Path
) -> None:
    with desks.working(indexed, tmp_path / "home", slack_blocks="plain") as bot:
        start(bot)
        before = bot.desk.casebook.get(CASE).content
        view = opened(bot)
        while True:
            inputs = [one["block_id"] for one in view["blocks"] if one["type"] == "input"]
            nothing: Facts = dict.fromkeys(inputs)
            if "checked" in nothing:
                nothing["checked"] = "yes"
            answer = send(bot, view, **nothing)
            if not answer:
                break
            view = next_page(view, answer)
        bot.quiet()
        case = bot.desk.casebook.get(CASE)
        assert case.standing.corrections == ()
        assert case.content.items == before.items


@pytest.mark.parametrize("action", ["case_check", "case_chief"])
def test_only_officers_work_on_cases(indexed: Path, tmp_path: Path, action: str) -> None:
    with desks.working(indexed, tmp_path / "home") as bot:
        confirmed(bot)
        bot.press(card(bot), action, OFFICE.id, PRIYA.id)
        assert "Only officers can do this" in bot.whisper(PRIYA.id)["text"]
        assert bot.slack.view(PRIYA.id) is None
        start(bot, user=PRIYA.id)
        assert "Only officers can do this" in bot.whisper(PRIYA.id)["text"]


def test_a_response_is_no_report(bot: Bot) -> None:
    start(bot, name=RESPONSE)
    assert bot.whisper()["text"] == starting.NO_REPORT
    assert bot.desk.casebook.all() == []


def test_an_embargoed_report_is_not_started_before_its_time(bot: Bot) -> None:
    start(bot, CUSTODY.id, name="2030-01-01-prepublication-custody-fernshire.pdf")
    assert bot.whisper()["text"] == starting.NOT_THERE
    assert bot.desk.casebook.all() == []


def test_a_card_goes_where_everyone_may_read_the_report(bot: Bot) -> None:
    """In a direct message the case is the person's own."""
    start(bot, TOM_IM.id)
    assert card(bot, TOM_IM.id)
    to_the_end(bot, opened(bot, room=TOM_IM.id), checked="yes")
    assert "Thursday 1 February 2024" in card(bot, TOM_IM.id)["text"]


def test_a_report_that_leaves_the_index_leaves_the_card(bot: Bot) -> None:
    case = confirmed(bot)
    bot.desk.library.withdraw(digest(bot))
    bot.desk.jobs.start(CHORES, "case_card", "again", {"case": case.id})
    bot.quiet()
    text = card(bot)["text"]
    assert casecards.HIDDEN in text
    assert "PEEL" not in text
    button = kit.button("How the day is counted", "case_working", CASE)
    bot.press(shown(bot, OFFICE.id, button), "case_working")
    assert bot.whisper()["text"] == admitting.UNSEEN


def test_the_working_is_shown_on_demand(bot: Bot) -> None:
    confirmed(bot)
    bot.press(card(bot), "case_working")
    view = bot.slack.view(TOM.id)
    assert view
    assert "which is day 1" in str(view["blocks"])


def test_the_invitation_of_the_chief_officer_is_written_noted_and_said(bot: Bot) -> None:
    confirmed(bot)
    bot.press(card(bot), "case_chief")
    view = bot.slack.view(TOM.id)
    assert view
    assert "Under section 55(4)" in str(view["blocks"])
    body = payloads.view_submission(bot.slack, TOM.id, view, filled(view))
    assert not bot.hear(body).body
    bot.hear(body)  # Slack sends it twice
    bot.quiet()
    (step,) = bot.desk.casebook.get(CASE).chief
    assert (step.step.value, step.person) == ("invited", TOM.id)
    assert "The chief officer was invited on" in card(bot)["text"]
    assert "invited the chief officer to comment" in said_in_thread(bot)[-1]


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"on": "2199-01-01"}, {"on": "1 January 2199 has not come yet."}),
        ({"until": "2020-01-01"}, {"until": "This day is after the day of the invitation."}),
        (
            {"step": "received", "until": None},
            {"step": "Record first when the chief officer was invited: section 55(4) asks for it."},
        ),
    ],
)
def test_what_cannot_be_recorded_of_the_chief_officer_is_named(
    bot: Bot, changes: Facts, wrong: Facts
) -> None:
    confirmed(bot)
    bot.press(card(bot), "case_chief")
    view = bot.slack.view(TOM.id)
    assert view
    assert send(bot, view, **changes)["errors"] == wrong
    assert bot.desk.casebook.get(CASE).chief == ()


def test_a_window_that_slack_does_not_open_is_told(bot: Bot) -> None:
    start(bot)
    bot.slack.fail("views.open", Status(500))
    bot.press(card(bot), "case_check")
    assert "Slack did not open the window" in bot.whisper()["text"]


def test_the_channel_news_is_not_told_of_an_office_report(bot: Bot) -> None:
    """Nothing is posted where not all may read it: the card is the person's own."""
    name = "2024-01-12-chief-constable-comments-peel-2023-25.docx"
    assert admitting.may_show(bot.desk, _case_of(bot, REPORT), NEWS.id)
    assert not admitting.may_show(bot.desk, _case_of(bot, name), NEWS.id)
    assert admitting.may_read(bot.desk, _case_of(bot, name), TOM.id)


def _case_of(bot: Bot, name: str) -> Case:
    found = cases.case()
    return replace(found, documents=(replace(found.documents[0], digest=digest(bot, name)),))
