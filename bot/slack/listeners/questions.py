"""Messages, mentions and the slash command: questions, follow-ups, edits and deletions."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from slack_bolt import App

from bot.slack import acting, asking, parsing
from bot.slack.desk import Desk
from bot.store.asking import Question

SEARCHING = "Searching the documents that you may read."


def register(app: App, desk: Desk) -> None:
    """Listen for questions."""

    @app.event("app_mention")
    def mentioned(event: dict[str, Any]) -> None:
        if event.get("edited"):
            return  # the edit comes as a message of its own
        _take(desk, event)

    @app.event("message")
    def message(event: dict[str, Any]) -> None:
        subtype = event.get("subtype")
        if subtype == "message_changed":
            _changed(desk, event)
        elif subtype == "message_deleted":
            asking.take_deletion(desk, str(event["channel"]), str(event.get("deleted_ts") or ""))
        elif subtype in parsing.WRITTEN and not event.get("bot_id"):
            _written(desk, event)

    @app.command("/ask")
    def ask(ack: Callable[..., None], body: dict[str, Any]) -> None:
        question = parsing.from_command(body, desk.now())
        if question.text:
            asking.take(desk, question)
        ack(response_type="ephemeral", text=SEARCHING if question.text else asking.EMPTY)


def _written(desk: Desk, event: Mapping[str, Any]) -> None:
    """A message by a person: for us in a direct message, when named, or in a thread of ours."""
    direct = event.get("channel_type") == "im" or str(event["channel"]).startswith("D")
    text = str(event.get("text") or "")
    if event.get("files") and not parsing.asked(text, desk.bot):
        return  # a file alone is not a question
    follows = _is_ours(desk, event) and not parsing.is_for_others(text, desk.bot)
    if direct or parsing.mentions(text, desk.bot) or follows:
        _take(desk, event)


def _is_ours(desk: Desk, event: Mapping[str, Any]) -> bool:
    """Whether a message stands in a thread in which we answer."""
    channel, thread = str(event["channel"]), str(event.get("thread_ts") or "")
    if not thread or thread == event.get("ts"):
        return False
    if desk.asking.in_thread(channel, thread):
        return True
    return bool(desk.gateway.shown_at(channel, thread))


def _take(desk: Desk, event: Mapping[str, Any]) -> None:
    question = parsing.from_message(event, desk.team, desk.bot, desk.now())
    if event.get("bot_id") and event.get("bot_id") != desk.bot:
        question = _once_a_day(question)
    elif parsing.is_courtesy(question.text):
        facts = {"channel": question.channel, "message": question.message}
        acting.start(desk, "nod", question.key, facts)
        return
    asking.take(desk, question)


def _once_a_day(question: Question) -> Question:
    """Another app is told once a day in a channel, or two apps would talk for ever."""
    day = question.asked_at.date().isoformat()
    return replace(question, key=f"b:{question.channel}:{question.person}:{day}")


def _changed(desk: Desk, event: Mapping[str, Any]) -> None:
    """An edit: of a question, or one that makes a question of a message."""
    message, before = event["message"], event.get("previous_message") or {}
    if message.get("bot_id") or message.get("text") == before.get("text"):
        return  # our own message, or an unfurled link
    channel = str(event["channel"])
    text = parsing.asked(str(message.get("text") or ""), desk.bot)
    known = asking.take_edit(desk, channel, str(message["ts"]), text)
    if not known and parsing.mentions(str(message.get("text") or ""), desk.bot):
        _take(desk, {**message, "channel": channel, "edited": None})
