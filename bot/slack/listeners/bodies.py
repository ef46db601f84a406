"""What Slack says of a press: who, where, which; and what it asks for or opens."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from slack_bolt import App

from bot.jobs import TryAgain
from bot.slack import acting
from bot.slack.calling import Refused
from bot.slack.desk import Desk

T = TypeVar("T")
Fact = dict[str, Any]
Ack = Callable[..., None]
OLD = "This button is from an older version and does nothing any more."
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


def records(
    app: App,
    desk: Desk,
    form: Any,
    read: Callable[[str], T | None],
    work: Callable[[T, Fact, Fact], None],
) -> None:
    """Listen for a button: what it carries is ``read``, what it asks is recorded, then answered.

    ``work`` is given what was read, the body and the action. What we never wrote is of an older
    version.
    """

    @app.action(form)
    def pressed(ack: Ack, body: Fact, action: Fact) -> None:
        found = read(str(action.get("value") or ""))
        if found is None:
            say(desk, body, OLD)
        else:
            work(found, body, action)
        ack()


def opens(
    app: App,
    desk: Desk,
    form: Any,
    read: Callable[[str], T | None],
    made: Callable[[T, Fact, Fact], Fact | str],
) -> None:
    """Listen for a button that opens a window, as ``records``; ``made`` gives it or words."""

    @app.action(form)
    def pressed(ack: Ack, body: Fact, action: Fact) -> None:
        ack()
        found = read(str(action.get("value") or ""))
        if found is None:
            say(desk, body, OLD)
        else:
            open_window(desk, body, lambda: made(found, body, action))


def answered(ack: Ack, wrong: Mapping[str, str]) -> None:
    """Close a window that was sent off, or keep it open with what is wrong, by block."""
    if wrong:
        ack(response_action="errors", errors=dict(wrong))
    else:
        ack()
