"""What Slack says of a press: who, where, which; and the window that it opens."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.jobs import TryAgain
from bot.slack import acting
from bot.slack.calling import Refused
from bot.slack.desk import Desk

NO_WINDOW = "Slack did not open the window. Press again."


def facts(body: Mapping[str, Any]) -> dict[str, str]:
    """Who pressed, where: a channel, and the thread that the message with the button stands in."""
    container, message = body.get("container") or {}, body.get("message") or {}
    channel = (body.get("channel") or {}).get("id") or container.get("channel_id") or ""
    return {
        "person": person(body),
        "channel": str(channel),
        "thread": str(message.get("thread_ts") or container.get("thread_ts") or ""),
        "press": str(body.get("trigger_id") or ""),
    }


def person(body: Mapping[str, Any]) -> str:
    """Whoever pressed."""
    return str(body["user"]["id"])


def once(body: Mapping[str, Any], action: Mapping[str, Any]) -> str:
    """What names the press, however often Slack tells of it."""
    return f"{person(body)}.{action.get('action_ts') or body.get('trigger_id')}"


def say(desk: Desk, body: Mapping[str, Any], words: str) -> None:
    """See that whoever pressed is told something that nobody else sees."""
    told = facts(body) | {"words": words}
    acting.start(desk, "say", told["press"], told)


def open_window(
    desk: Desk, body: Mapping[str, Any], made: Callable[[], dict[str, Any] | str]
) -> None:
    """Open a window now, or say the words that come instead of one.

    Slack lets us for three seconds only. Failing that, it is said.
    """
    try:
        view = made()
        if isinstance(view, str):
            say(desk, body, view)
        else:
            desk.calls.call("views.open", trigger_id=body.get("trigger_id"), view=view)
    except (Refused, TryAgain):
        say(desk, body, NO_WINDOW)
