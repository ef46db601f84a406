"""What was said in a thread before a question, for questions that lean on it."""

from bot.slack import parsing
from bot.slack.acting import SHARED
from bot.slack.calling import Refused, Unauthorised
from bot.slack.desk import Desk
from bot.store.asking import Place, Question

_MOST = 12  # messages before the question
_LONGEST = 500  # characters of one


def earlier(desk: Desk, question: Question) -> tuple[str, ...]:
    """The words of people before it in its thread, oldest first; the bot's own are left out.

    Read from Slack, all pages, since a thread may have begun without us; where Slack does not let
    us, from our own record.
    """
    if question.place is Place.PRIVATE or question.thread in ("", question.message):
        return ()
    try:
        said = _in_slack(desk, question)
    except (Refused, Unauthorised):
        kept = desk.asking.in_thread(question.channel, question.thread)
        said = [one.text for one in kept if one.asked_at < question.asked_at]
    said = [*_shared(desk, question), *said]
    return tuple(text[:_LONGEST] for text in said if text)[-_MOST:]


def _shared(desk: Desk, question: Question) -> list[str]:
    """The question whose shared answer begins the thread."""
    key = desk.gateway.shown_at(question.channel, question.thread)
    asked = desk.asking.get(key.removesuffix(SHARED)) if key.endswith(SHARED) else None
    return [asked.text] if asked else []


def _in_slack(desk: Desk, question: Question) -> list[str]:
    messages = desk.calls.pages(
        "conversations.replies", "messages", channel=question.channel, ts=question.thread
    )
    people = (
        one
        for one in messages
        if one.get("user") != desk.bot
        and not one.get("bot_id")
        and one.get("subtype") in parsing.WRITTEN
    )
    since = float(question.message or question.asked_at.timestamp())
    before = (one for one in people if float(one["ts"]) < since)
    return [parsing.asked(str(one.get("text") or ""), desk.bot) for one in before]
