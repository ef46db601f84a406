"""What is open is answered in Slack from the record, by what whoever reads it may read."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answering import keeping
from bot.responding.record import RECORD
from bot.slack import acting, parsing, revealing
from bot.slack.blocks import answer as answer_blocks
from tests.bot.slack import desks
from tests.bot.slack.cases import onrecord
from tests.bot.slack.desks import DASH, Bot
from tests.bot.slack.pressing import modal, whispered
from tests.bot.slack.rooms import room, somebody
from tests.fakes.slack_workspace import CUSTODY, GUEST, OFFICE, TOM

OPEN = "What is still open?"


@pytest.fixture(scope="module")
def bot(indexed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with desks.working(indexed, tmp_path_factory.mktemp("recorded")) as working:
        onrecord.peel(working)
        onrecord.office(working)
        onrecord.restricted(working)
        yield working


def test_open_items_are_quoted_and_their_page_is_shown(bot: Bot) -> None:
    me = somebody(bot)
    where = room(bot, me)
    said = bot.mention(OPEN, where, me)
    bot.quiet()
    first, *_ = bot.answers(where, said["ts"])
    kept = bot.desk.asking.kept(parsing.message_key(where, said["ts"]))
    assert kept is not None
    answer = keeping.answer(kept.data["answer"])
    assert answer.by == kept.by == RECORD
    assert first["text"].startswith(answer.opening)
    cited = answer.sentences[0].citations[0]
    assert f"“{cited.quote}”" in first["text"]
    page = bot.desk.library.pages(cited.document)[cited.page - 1].text
    assert " ".join(page[cited.span.start : cited.span.end].split()) == cited.quote
    last = bot.answers(where, said["ts"])[-1]
    shown = next(one for one in bot.answers(where, said["ts"]) if "show_passage:1" in str(one))
    bot.press(shown, "show_passage:1", where, me)
    assert cited.quote in " ".join(str(modal(bot, me)).split())
    assert answer_blocks.NO_MODEL not in json.dumps(last["blocks"])
    assert "Searched" not in json.dumps(last["blocks"])
    assert "draft_paragraph" not in json.dumps(last["blocks"])


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("What is open from 2016?", "No confirmed report from 2016 is on the record."),
        ("Is item 1 of the 2023 report closed?",
         "The record does not say what has become of item 1."),
    ],
)  # fmt: skip
def test_it_says_what_the_record_does_not_say(bot: Bot, question: str, opening: str) -> None:
    me = somebody(bot)
    where = room(bot, me)
    assert bot.answer(bot.mention(question, where, me), where)["text"].startswith(opening)


def test_a_question_to_the_documents_is_answered_from_them(bot: Bot) -> None:
    me = somebody(bot)
    where = room(bot, me)
    assert desks.BACKLOG in bot.answer(bot.mention(DASH, where, me), where)["text"]


def test_a_report_that_is_not_on_the_record_is_looked_for_in_the_documents(bot: Bot) -> None:
    me = somebody(bot)
    where = room(bot, me)
    said = bot.mention("Is recommendation 1 of the 2014 report closed?", where, me)
    bot.quiet()
    kept = bot.desk.asking.kept(parsing.message_key(where, said["ts"]))
    assert kept is not None
    assert kept.by != RECORD


def test_everyone_in_a_channel_must_be_able_to_read_the_case(bot: Bot) -> None:
    ours = "What is open in case note?"
    bot.command(ours, OFFICE.id)
    assert bot.whisper()["text"].startswith("Nothing is open on the record")
    me = somebody(bot)
    where = room(bot, me, TOM.id)
    said = bot.mention(ours, where)
    bot.quiet()
    kept = bot.desk.asking.kept(parsing.message_key(where, said["ts"]))
    assert kept is not None
    assert kept.by != RECORD


def test_an_answer_that_names_a_case_which_not_all_may_read_is_not_shared(bot: Bot) -> None:
    """Nothing of the office's paper is quoted, and yet the answer rests on it."""
    where = room(bot, TOM.id, GUEST.id)
    bot.command("What is open in case note?", where)
    bot.press(bot.whisper(), "share", where)
    assert whispered(bot, TOM.id)[-1] == acting.NOT_FOR_ALL
    assert bot.slack.messages(where) == []


@pytest.mark.parametrize("where", [OFFICE.id, CUSTODY.id])
def test_nothing_of_a_report_under_embargo_is_told(bot: Bot, where: str) -> None:
    bot.command(OPEN, where)
    bot.quiet()
    assert "custody report" not in " ".join(whispered(bot, TOM.id)).lower()


def test_an_answer_is_not_shown_when_its_case_may_not_be_read_any_more(bot: Bot) -> None:
    bot.command("What is open in case note?", OFFICE.id)
    bot.quiet()
    ((question, kept),) = bot.desk.asking.recent(TOM.id, 1)
    assert kept is not None
    answer = keeping.answer(kept.data["answer"])
    assert revealing.may_show(bot.desk, question, answer)
    readers = bot.desk.settings.readers
    bot.desk.settings.readers = {}
    assert not revealing.may_show(bot.desk, question, answer)
    bot.desk.settings.readers = readers
