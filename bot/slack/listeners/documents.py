"""Files in messages, and the buttons and the window of their cards."""

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import App, BoltResponse

from bot.jobs import TryAgain
from bot.slack import acting, confirming, documents, parsing
from bot.slack.blocks import cataloguing
from bot.slack.blocks import documents as blocks
from bot.slack.calling import Refused
from bot.slack.desk import Desk
from bot.slack.listeners.presses import NO_WINDOW, OLD

Ack = Callable[..., None]
AGAIN = "Slack did not answer. Press “Index” again."
_WITH_FILES = (None, "file_share", "thread_broadcast")


def register(app: App, desk: Desk) -> None:
    """Listen for files, and for what is done with their cards."""

    @app.middleware
    def files(body: dict[str, Any], next: Callable[[], BoltResponse]) -> BoltResponse:
        # Bolt gives a message to one listener alone, and this one may be a question too.
        event = body.get("event") or {}
        if _has_files(event):
            named = parsing.mentions(str(event.get("text") or ""), desk.bot)
            documents.take(desk, event, named=named)
        return next()

    @app.action(blocks.INDEX)
    def index(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        ack()
        _open(desk, body, action)

    _press(app, desk, blocks.LATER, "document_not_now")
    _press(app, desk, blocks.OUT, "document_out")

    @app.view(cataloguing.CALLBACK)
    def confirmed(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        try:
            wrong = confirming.submit(desk, str(body["user"]["id"]), view)
        except (Refused, TryAgain):
            wrong = {"title": AGAIN}
        if wrong:
            ack(response_action="errors", errors=wrong)
        else:
            ack()


def _press(app: App, desk: Desk, form: Any, name: str) -> None:
    @app.action(form)
    def pressed(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        found = blocks.pressed(str(action.get("value") or ""))
        if found:
            where = documents.where(found, _channel(body), str(body["user"]["id"]))
            documents.press(desk, name, f"{where['shelf']}.{_once(body, action)}", where)
        else:
            _say(desk, body, action, OLD)
        ack()


def _has_files(event: Mapping[str, Any]) -> bool:
    """Whether an event is a person's message with files."""
    by_person = event.get("user") and not event.get("bot_id")
    is_message = event.get("type") == "message" and event.get("subtype") in _WITH_FILES
    return bool(is_message and by_person and event.get("files"))


def _open(desk: Desk, body: Mapping[str, Any], action: Mapping[str, Any]) -> None:
    """Open the window now: Slack lets us for three seconds only. Failing that, say so."""
    found = blocks.pressed(str(action.get("value") or ""))
    if found is None:
        _say(desk, body, action, OLD)
        return
    try:
        view = confirming.window(desk, found, _channel(body), str(body["user"]["id"]))
        if isinstance(view, str):
            _say(desk, body, action, view)
        else:
            desk.calls.call("views.open", trigger_id=body.get("trigger_id"), view=view)
    except (Refused, TryAgain):
        _say(desk, body, action, NO_WINDOW)


def _say(desk: Desk, body: Mapping[str, Any], action: Mapping[str, Any], words: str) -> None:
    message = body.get("message") or {}
    facts = {
        "person": str(body["user"]["id"]),
        "channel": _channel(body),
        "thread": str(message.get("thread_ts") or ""),
        "words": words,
    }
    acting.start(desk, "say", f"document.{_once(body, action)}", facts)


def _once(body: Mapping[str, Any], action: Mapping[str, Any]) -> str:
    return f"{body['user']['id']}.{action.get('action_ts') or body.get('trigger_id')}"


def _channel(body: Mapping[str, Any]) -> str:
    container = body.get("container") or {}
    return str((body.get("channel") or {}).get("id") or container.get("channel_id") or "")
