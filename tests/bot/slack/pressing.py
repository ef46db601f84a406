"""An answer and what people press under it, for tests of buttons and windows."""

from copy import deepcopy
from typing import Any

from bot.slack import parsing
from tests.bot.slack.desks import DASH, Bot, Facts
from tests.fakes import slack_payloads as payloads


def answered(bot: Bot, where: str, me: str, text: str = DASH) -> tuple[Facts, Facts]:
    """A question and its answer as it was first shown."""
    said = bot.mention(text, where, me)
    return said, deepcopy(bot.answer(said, where))


def whispered(bot: Bot, user: str) -> list[str]:
    bot.quiet()
    return [one["text"] for one in bot.slack.whispers(user)]


def modal(bot: Bot, user: str) -> Facts:
    view = bot.slack.view(user)
    assert view is not None
    return view


def key(where: str, said: Facts) -> str:
    return parsing.message_key(where, said["ts"])


def judge(bot: Bot, answer: Facts, where: str, user: str, verdict: str) -> None:
    (pair,) = [one["elements"][0] for one in answer["blocks"] if one["block_id"] == "feedback"]
    value = pair["positive_button" if verdict == "helpful" else "negative_button"]["value"]
    bot.press(answer, "feedback", where, user, value=value)


def submit(bot: Bot, user: str, view: Facts, **values: Facts) -> Any:
    filled = {name: {name: value} for name, value in values.items()}
    return bot.hear(payloads.view_submission(bot.slack, user, view, filled))


def delete(bot: Bot, where: str, said: Facts) -> None:
    before = bot.slack.remove(where, said["ts"])
    bot.hear(payloads.message_deleted(bot.slack, where, before))
    bot.quiet()
