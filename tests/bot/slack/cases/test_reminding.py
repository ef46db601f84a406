"""Reminders of a case come in its thread, each once, on its day, and only while they are needed."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.operating import logs
from bot.slack.blocks import casecards
from bot.slack.blocks import reminders as blocks
from bot.slack.cases import threads
from bot.slack.gateway import Spot
from bot.store.audit import Audit
from bot.store.casebook import Casebook
from bot.store.cases import ChiefStep, Content, Read, Role, Step
from bot.store.engine import connect, migrate
from bot.store.reminders import Reminders
from retrieval.documents import Kind
from tests.bot.responding import cases
from tests.bot.slack.cases import onrecord
from tests.bot.slack.cases.ticking import Office, day, look, moved, seconds
from tests.bot.slack.desks import Bot, Facts
from tests.builders import reading
from tests.fakes.slack import serving_slack
from tests.fakes.slack_faults import Dropped, Slow, Status
from tests.fakes.slack_state import Clock
from tests.fakes.slack_workspace import CUSTODY, OFFICE, PRIYA, REVIEWERS, TOM, TOM_IM

ROOT = Path(__file__).parents[4]
CASE = "peel"
TITLE = "PEEL"
ROLES = {"officer": (TOM.id,), "reviewer": (PRIYA.id, REVIEWERS.id), "publisher": (PRIYA.id,)}


@pytest.fixture
def office(indexed: Path, tmp_path: Path) -> Iterator[Office]:
    """It is the fourth day of a report's clock, at nine."""
    clock = Clock(seconds(day(4)))
    with serving_slack(clock=clock) as slack:
        yield Office(slack, clock, moved(tmp_path / "home", indexed), {"roles": ROLES})


@pytest.fixture
def bot(office: Office) -> Iterator[Bot]:
    with office.bot() as working:
        yield working


def case(bot: Bot, room: str = OFFICE.id, **changes: Any) -> Content:
    """The case, with its card in a channel."""
    said = onrecord.peel(bot, CASE, **changes)
    card(bot, room)
    return said


def card(bot: Bot, room: str, name: str = CASE) -> None:
    line = casecards.line("The card")
    bot.desk.gateway.put(lambda _: [line], key=threads.key(name), spot=Spot(room))


def correct(bot: Bot, said: Content, **changes: Any) -> None:
    after = bot.desk.casebook.get(CASE).latest.number
    given: Facts = {"after": after, "person": TOM.id, "now": bot.desk.now()}
    bot.desk.casebook.confirm(CASE, replace(said, **changes), (), **given)


def steps(bot: Bot, name: str = CASE) -> list[str]:
    return [one.step for one in bot.desk.reminders.of(name)]


def test_a_reminder_comes_in_the_thread_on_its_day_and_once(office: Office, bot: Bot) -> None:
    case(bot)
    look(bot)
    office.at(day(27), 23)
    look(bot)
    office.at(day(28), 8, 59)
    look(bot)
    assert office.said(OFFICE.id) == []
    office.at(day(28), 9)
    for _ in range(3):
        look(bot)
    office.at(day(28), 17)
    look(bot)
    (one,) = office.said(OFFICE.id)
    assert one["thread_ts"] == bot.desk.gateway.posted(threads.key(CASE))
    assert "The chief officer's comments due: today, day 28." in one["text"]
    assert "Day 28 of 56 · publish by Thursday 1 February 2024" in one["text"]
    assert f"Owner: <@{TOM.id}>." in one["text"]
    assert TITLE in one["text"]
    assert PRIYA.id not in one["text"]
    assert office.said(TOM_IM.id) == []
    assert steps(bot) == ["comments"]


def test_through_the_whole_period_there_is_one_message_for_each_day(
    office: Office, bot: Bot
) -> None:
    case(bot)
    on = day(4)
    while on < day(80):
        office.at(on, 10)
        look(bot)
        on += timedelta(days=1)
    days = [datetime.fromtimestamp(float(one["ts"])).date() for one in office.said(OFFICE.id)]
    assert days == [day(one) for one in (28, 42, 49, 53, 55)]
    assert len(steps(bot)) == 7
    assert Audit(bot.desk.casebook._engine).verify().ok


def test_the_last_days_call_who_can_act_and_the_owner_directly(office: Office, bot: Bot) -> None:
    case(bot)
    for number in (53, 55):
        office.at(day(number))
        look(bot)
    late, tomorrow = office.said(OFFICE.id)
    assert "Publish and send copies: today, day 53." in late["text"]
    assert "3 days are left." in late["text"]
    assert "Last day: tomorrow, Thursday 1 February 2024, day 56." in tomorrow["text"]
    assert "1 day is left." in tomorrow["text"]
    called = f"Who can review and publish: <@{PRIYA.id}>, <!subteam^{REVIEWERS.id}>."
    direct = office.said(TOM_IM.id)
    assert len(direct) == 2
    assert all(called in one["text"] for one in (late, tomorrow, *direct))
    assert "|Open the thread>" in direct[0]["text"]


def test_a_thread_that_the_owner_does_not_see_is_no_place_for_it_alone(
    office: Office, bot: Bot
) -> None:
    case(bot, TOM_IM.id, owner=PRIYA.id)
    office.at(day(28))
    look(bot)
    assert len(office.said(TOM_IM.id)) == 1
    (direct,) = office.said(bot.slack.state.im(PRIYA.id).id)
    assert "Open the thread" not in direct["text"]


def test_a_corrected_date_moves_it(office: Office, bot: Bot) -> None:
    said = case(bot)
    office.at(day(10))
    correct(bot, said, published=day(8))
    for number in (28, 34):
        office.at(day(number), 12)
        look(bot)
    assert office.said(OFFICE.id) == []
    office.at(day(35), 12)
    look(bot)
    (one,) = office.said(OFFICE.id)
    assert "comments due: today, day 28." in one["text"]


def test_corrected_after_one_was_sent_the_next_still_comes_that_day(
    office: Office, bot: Bot
) -> None:
    said = case(bot)
    office.at(day(28))
    look(bot)
    correct(bot, said, published=day(1) - timedelta(days=14))
    office.at(day(28), 14)
    look(bot)
    assert steps(bot) == ["comments", "chief_executive"]
    assert "To the chief executive: today, day 42." in office.said(OFFICE.id)[-1]["text"]
    assert len(office.said(OFFICE.id)) == 2


@pytest.mark.parametrize("step", [Step.RECEIVED, Step.NONE])
def test_comments_that_came_are_not_reminded_of(office: Office, bot: Bot, step: Step) -> None:
    case(bot)
    for number, one in ((5, Step.INVITED), (20, step)):
        office.at(day(number))
        noted = ChiefStep(one, day(number), None, TOM.id, bot.desk.now())
        bot.desk.casebook.note_chief(CASE, noted)
    office.at(day(28))
    look(bot)
    assert office.said(OFFICE.id) == []
    office.at(day(42))
    look(bot)
    assert steps(bot) == ["chief_executive"]


def test_an_answered_case_is_left_alone(office: Office, bot: Bot) -> None:
    said = case(bot)
    correct(bot, said, response=day(20), response_confirmed=True)
    office.at(day(55))
    look(bot)
    assert office.said(OFFICE.id) == []


def test_without_a_confirmed_date_there_is_none(office: Office, bot: Bot) -> None:
    case(bot, published_confirmed=False)
    office.at(day(55))
    look(bot)
    assert office.said(OFFICE.id) == []


def test_a_moved_plan_and_hour_count(office: Office) -> None:
    with office.bot(plan={"comments": 30}, reminder_hour=14) as bot:
        case(bot)
        office.at(day(28), 15)
        look(bot)
        office.at(day(30), 13, 59)
        look(bot)
        assert office.said(OFFICE.id) == []
        office.at(day(30), 14)
        look(bot)
        assert "comments due: today, day 30." in office.said(OFFICE.id)[0]["text"]


def test_after_a_week_without_a_process_what_was_due_comes_once_and_says_that_it_is_late(
    office: Office,
) -> None:
    with office.bot() as bot:
        case(bot)
    office.at(day(50), 8)
    with office.bot() as bot:
        assert office.said(OFFICE.id) == []
        office.at(day(50))
        look(bot)
    with office.bot() as bot:
        (one,) = office.said(OFFICE.id)
        assert one["text"].count("This reminder is late: it was for that day.") == 3
        for words in ("Thursday 4 January 2024, day 28", "18 January 2024, day 42", "day 49"):
            assert words in one["text"]
        assert steps(bot) == ["comments", "chief_executive", "commissioner"]


def test_a_start_looks_for_what_was_missed(office: Office) -> None:
    with office.bot() as bot:
        case(bot)
    office.at(day(28), 11)
    with office.bot():
        assert len(office.said(OFFICE.id)) == 1


def test_without_a_thread_it_goes_to_the_owner(office: Office, bot: Bot) -> None:
    onrecord.peel(bot, CASE)
    office.at(day(55))
    look(bot)
    (one,) = office.said(TOM_IM.id)
    assert one["text"].startswith("Reminder: PEEL")
    assert len(steps(bot)) == 7


def test_without_thread_and_owner_it_goes_to_the_channel_of_reports(office: Office) -> None:
    with office.bot(reports_channel=OFFICE.id) as bot:
        onrecord.peel(bot, CASE, owner="Tom <!channel> *Garbutt*")
        office.at(day(28))
        look(bot)
        (one,) = office.said(OFFICE.id)
        assert "Owner: Tom " in one["text"]
        assert "<!channel>" not in json.dumps(one, ensure_ascii=False)
        assert "*Garbutt*" not in one["text"]


def test_with_no_place_at_all_the_log_has_it_once(
    office: Office, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    onrecord.peel(bot, CASE, owner="")
    office.at(day(28))
    look(bot)
    office.at(day(28), 10)
    look(bot)
    told = [logs.facts(one) for one in caplog.records if "without a place" in one.getMessage()]
    assert told == [{"delivery": "c:peel", "count": 1}]
    assert Audit(bot.desk.casebook._engine).entries(CASE)[-1].facts["where"] == "log"


def test_a_thread_that_slack_has_closed_is_passed_over(office: Office, bot: Bot) -> None:
    case(bot)
    bot.slack.state.change(OFFICE.id, archived=True)
    office.at(day(28))
    look(bot)
    assert office.said(OFFICE.id) == []
    assert len(office.said(TOM_IM.id)) == 1
    assert steps(bot) == ["comments"]


def test_what_slack_refuses_everywhere_is_logged_and_tried_again_in_the_next_hour(
    office: Office, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    case(bot, owner="")
    bot.slack.state.change(OFFICE.id, archived=True)
    office.at(day(28))
    look(bot)
    (told,) = [logs.facts(one) for one in caplog.records if "undelivered" in one.getMessage()]
    assert (told["delivery"], told["reason"]) == ("c:peel", "is_archived")
    assert steps(bot) == []
    bot.slack.state.change(OFFICE.id, archived=False)
    look(bot)
    assert office.said(OFFICE.id) == []
    office.at(day(28), 10)
    look(bot)
    assert len(office.said(OFFICE.id)) == 1


def test_a_slack_that_is_away_for_minutes_is_waited_for(
    office: Office, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    case(bot)
    bot.slack.fail("chat.postMessage", *[Status(503)] * 3)
    office.at(day(28))
    look(bot)
    assert len(office.said(OFFICE.id)) == 1
    bot.slack.fail("chat.postMessage", *[Status(503)] * 20)
    office.at(day(42))
    look(bot)
    assert "reminder undelivered" in caplog.messages
    bot.slack.faults.queues.clear()
    office.at(day(42), 10)
    look(bot)
    assert len(office.said(OFFICE.id)) == 2
    assert steps(bot) == ["comments", "chief_executive"]


def test_a_post_that_slack_took_without_saying_so_is_not_repeated(office: Office, bot: Bot) -> None:
    case(bot)
    bot.slack.fail("chat.postMessage", Dropped(after=True))
    office.at(day(28))
    look(bot)
    assert len(office.said(OFFICE.id)) == 1


def test_a_report_that_may_not_be_read_there_is_not_named(office: Office, bot: Bot) -> None:
    onrecord.restricted(bot)
    card(bot, OFFICE.id, "custody")
    office.at(day(28))
    look(bot)
    (one,) = office.said(OFFICE.id)
    shown = json.dumps(one).lower()
    assert one["text"].startswith(blocks.UNNAMED)
    assert "Day 28 of 56" in one["text"]
    assert "custody report" not in shown
    assert "(custody)" not in shown


def test_where_everyone_may_read_it_a_restricted_report_is_named(office: Office) -> None:
    readers = {one.id: ("public", "office", "restricted:embargo") for one in (TOM, PRIYA)}
    said = Content("The paper", Kind.OTHER, "s55", date(2030, 1, 1), published_confirmed=True)
    office.at(date(2030, 1, 2))
    with office.bot(readers=readers) as bot:
        (filed,) = [one for one in bot.desk.library.documents() if "custody" in one.name]
        read = Read(filed.digest, "x", "The paper", Kind.OTHER, Role.REPORT, ())
        onrecord.add(bot, "paper", said, read)
        for room in (CUSTODY.id, OFFICE.id):
            bot.desk.gateway.put(
                lambda _: [casecards.line("The card")], key=threads.key("paper"), spot=Spot(room)
            )
            office.at(day(28 if room == CUSTODY.id else 42, date(2030, 1, 1)))
            look(bot)
        assert "The paper (paper)" in office.said(CUSTODY.id)[0]["text"]
        assert office.said(OFFICE.id)[0]["text"].startswith(blocks.UNNAMED)


# Processes of their own


@contextmanager
def workers(office: Office, *given: Facts) -> Iterator["list[subprocess.Popen[str]]"]:
    """Processes that begin together; they have ended afterwards."""
    usual = {
        "home": str(office.home), "slack": office.slack.base_url, "now": office.now().isoformat(),
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.bot.slack.cases.reminder_worker"]
    pipes: Facts = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "cwd": ROOT, "text": True}
    with ExitStack() as stack:
        made = [
            stack.enter_context(subprocess.Popen([*command, json.dumps(usual | one)], **pipes))
            for one in given
        ]
        assert [one.stdout and one.stdout.readline() for one in made] == ["ready\n"] * len(made)
        for one in made:
            assert one.stdin
            one.stdin.write("go\n")
            one.stdin.flush()
        yield made


def work(office: Office, **given: Any) -> int:
    """How a process ended that had all the time it needed."""
    with workers(office, given) as (one,):
        return one.wait(120)


@pytest.mark.parametrize(
    ("dies", "later"), [("posted", 0), ("posted", 14), ("noted", 1), ("noted", 14)]
)
def test_killed_when_it_is_posted_and_not_noted_it_is_not_sent_again(
    office: Office, dies: str, later: int
) -> None:
    with office.bot() as bot:
        case(bot)
    office.at(day(28))
    assert work(office, dies=dies) == -signal.SIGKILL
    (before,) = [one["ts"] for one in office.said(OFFICE.id)]
    office.at(day(28 + later))
    assert work(office) == 0
    with office.bot() as bot:
        found = office.said(OFFICE.id)
        assert found[0]["ts"] == before
        assert len(found) == (2 if later == 14 else 1)
        assert sum("chief officer's comments due" in one["text"] for one in found) == 1
        assert steps(bot) == ["comments", "chief_executive"][: len(found)]
        assert Audit(bot.desk.casebook._engine).verify().ok


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_two_workers_at_once_on_one_database_send_each_once(
    office: Office, database: str, tmp_path: Path
) -> None:
    engine = connect(database)
    migrate(engine)
    names = [f"case-{number}" for number in range(3)]
    for number, name in enumerate(names):
        one = reading(f"# PEEL {number}\nThe force should act 1.")
        read = Read(one.digest, "x.md", name, Kind.INSPECTION_REPORT, Role.REPORT, one.pages)
        said = cases.content(title=name, owner=TOM.id, published=day(1))
        book, now = Casebook(engine), office.now()
        book.add(name, said, read, person=TOM.id, now=now)
        book.confirm(name, said, (), after=1, person=TOM.id, now=now)
    office.at(day(42))
    office.slack.fail("chat.postMessage", *[Slow(2)] * 9)  # so that both are at it together
    both = [{"home": str(tmp_path / name), "database": database, "replica": name}
            for name in ("one", "two")]  # fmt: skip
    with workers(office, *both) as made:
        assert [one.wait(120) for one in made] == [0, 0]
    kept = Reminders(engine)
    for name in names:
        assert [one.step for one in kept.of(name)] == ["comments", "chief_executive"]
    assert len(office.said(TOM_IM.id)) == len(names)
    assert Audit(engine).verify().ok
    engine.dispose()
