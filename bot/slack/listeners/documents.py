"""Files in messages, and the buttons and the window of their cards."""

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import App, BoltResponse

from bot.jobs import TryAgain
from bot.slack import confirming, documents, parsing
from bot.slack.blocks import cataloguing
from bot.slack.blocks import documents as blocks
from bot.slack.calling import Refused
from bot.slack.desk import Desk
from bot.slack.listeners import bodies
from bot.slack.listeners.presses import OLD

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
            wrong = confirming.submit(desk, bodies.person(body), view)
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
            where = documents.where(found, bodies.facts(body)["channel"], bodies.person(body))
            documents.press(desk, name, f"{where['shelf']}.{bodies.once(body, action)}", where)
        else:
            bodies.say(desk, body, OLD)
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
        bodies.say(desk, body, OLD)
        return
    bodies.open_window(
        desk,
        body,
        lambda: confirming.window(desk, found, bodies.facts(body)["channel"], bodies.person(body)),
    )
