"""What earlier reports raised is looked through on demand, judged in the thread, and counted."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.slack.blocks import earlier as blocks
from bot.slack.blocks import kit
from bot.slack.cases import earlier, starting, threads
from tests.bot.slack import desks
from tests.bot.slack.desks import Bot
from tests.fakes.slack_workspace import BOT_USER, OFFICE, PRIYA, TOM

Facts = dict[str, Any]
REPORT = "2023-12-08-peel-2023-25-fernshire.pdf"
CASE = "peel-2023-25-fernshire"


@pytest.fixture
def bot(indexed: Path, tmp_path: Path) -> Iterator[Bot]:
    with desks.working(indexed, tmp_path / "home", force="Fernshire Police") as made:
        (filed,) = [one for one in made.desk.library.documents() if one.name == REPORT]
        facts = {"person": TOM.id, "channel": OFFICE.id, "thread": "", "press": "begun"}
        starting.begin(made.desk, filed.digest, facts, "begun")
        made.quiet()
        record = made.desk.casebook
        case = record.get(CASE)
        record.confirm(CASE, case.content, (), after=1, person=TOM.id, now=made.desk.now())
        yield made


def look(bot: Bot, user: str = TOM.id) -> None:
    row = kit.row("case", [blocks.look(CASE)])
    bot.press(bot.slack.say(BOT_USER, OFFICE.id, "Card", blocks=[row]), "case_earlier", user=user)
    bot.quiet()


def shown(bot: Bot) -> list[Facts]:
    """What is suggested in the thread, a message for each item."""
    thread = threads.thread(bot.desk, CASE)
    assert thread
    said = bot.slack.thread(thread.channel, thread.thread)
    return [one for one in said if "Raised before?" in one["text"]]


def judge(bot: Bot, action: str, user: str = TOM.id) -> None:
    bot.press(shown(bot)[0], action, user=user)
    bot.quiet()


def said(bot: Bot) -> list[str]:
    thread = threads.thread(bot.desk, CASE)
    assert thread
    return [one["text"] for one in bot.slack.thread(thread.channel, thread.thread)]


def test_suggestions_come_with_their_pages_and_what_was_answered(bot: Bot) -> None:
    look(bot)
    assert shown(bot)
    first = shown(bot)[0]["text"]
    assert ", page " in first
    assert "“" in first
    assert "nobody has said whether it is the same" in first


def test_looked_at_twice_there_is_one_message_for_an_item(bot: Bot) -> None:
    look(bot)
    before = [one["ts"] for one in shown(bot)]
    look(bot)
    assert [one["ts"] for one in shown(bot)] == before


def test_what_a_person_confirms_is_counted_and_may_be_taken_back(bot: Bot) -> None:
    look(bot)
    judge(bot, "same:1")
    (kept,) = bot.desk.recurrences.of(CASE)
    assert (kept.same, kept.person) == (True, TOM.id)
    assert "Second report to raise this:" in shown(bot)[0]["text"]
    assert "tom.garbutt confirmed that" in said(bot)[-1]
    judge(bot, "not_same:1")
    assert [one.same for one in bot.desk.recurrences.of(CASE)] == [True, False]
    assert "report to raise this" not in shown(bot)[0]["text"]


def test_only_officers_look_and_judge(bot: Bot) -> None:
    look(bot, PRIYA.id)
    assert "Only officers can do this" in bot.whisper(PRIYA.id)["text"]
    look(bot)
    judge(bot, "same:1", PRIYA.id)
    assert bot.desk.recurrences.of(CASE) == ()


def test_a_suggestion_that_is_gone_is_told(bot: Bot) -> None:
    look(bot)
    number = int(blocks.pressed(_value(shown(bot)[0])).item)  # type: ignore[union-attr]
    gone = blocks.value(blocks.Judged(CASE, number, "0" * 8, same=True))
    row = kit.row("earlier:1", [kit.button("The same", "same:1", gone)])
    bot.press(bot.slack.say(BOT_USER, OFFICE.id, "Old", blocks=[row]), "same:1")
    assert bot.whisper()["text"] == earlier.GONE


def _value(message: Facts) -> str:
    rows = [one for one in message["blocks"] if one["type"] == "actions"]
    return str(rows[0]["elements"][0]["value"])
