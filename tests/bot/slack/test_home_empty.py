"""A bot with no documents yet has a home, offers nothing and answers that there is nothing."""

from collections.abc import Iterator

import pytest

from bot.slack import asking
from bot.slack.blocks import notices
from tests.bot.slack import desks
from tests.bot.slack.desks import DASH, Bot
from tests.bot.slack.rooms import room
from tests.fakes import slack_payloads as payloads
from tests.fakes.slack_workspace import TOM


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    empty = tmp_path_factory.mktemp("empty")
    with desks.working(empty, tmp_path_factory.mktemp("home")) as working:
        yield working


def test_app_home_says_that_nothing_is_indexed(bot: Bot) -> None:
    bot.hear(payloads.app_home_opened(bot.slack, TOM.id))
    bot.quiet()
    view = bot.slack.home(TOM.id)
    assert view is not None
    shown = [block["text"]["text"] for block in view["blocks"] if "text" in block]
    assert "Nothing is indexed yet that you may read." in shown
    assert "suggestions" not in {block["block_id"] for block in view["blocks"]}


def test_no_question_is_offered(bot: Bot) -> None:
    bot.hear(payloads.app_home_opened(bot.slack, TOM.id, tab="messages"))
    bot.quiet()
    assert bot.slack.state.prompts == []


def test_a_question_is_told_that_there_is_no_document(bot: Bot) -> None:
    where = room(bot, TOM.id)
    answer = bot.answer(bot.mention(DASH, where), where)
    assert answer["text"] == notices.refusal(asking.NOTHING_INDEXED).text
