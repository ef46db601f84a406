"""Files in messages, and the buttons and the window of their cards."""

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import App, BoltResponse

from bot.jobs import TryAgain
from bot.slack import confirming, documents, parsing
from bot.slack.blocks import cataloguing
from bot.slack.blocks import documents as blocks
from bot.slack.blocks.documents import Press
from bot.slack.calling import Refused
from bot.slack.desk import Desk
from bot.slack.listeners import bodies
from bot.slack.listeners.bodies import Ack, Fact

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

    def window(found: Press, body: Fact, _: Fact) -> Fact | str:
        person = bodies.person(body)
        return confirming.window(desk, found, bodies.facts(body)["channel"], person)

    bodies.opens(app, desk, blocks.INDEX, blocks.pressed, window)
    _press(app, desk, blocks.LATER, "document_not_now")
    _press(app, desk, blocks.OUT, "document_out")

    @app.view(cataloguing.CALLBACK)
    def confirmed(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        try:
            wrong = confirming.submit(desk, bodies.person(body), view)
        except (Refused, TryAgain):
            wrong = {"title": AGAIN}
        bodies.answered(ack, wrong)


def _press(app: App, desk: Desk, form: Any, name: str) -> None:
    def record(found: Press, body: Fact, action: Fact) -> None:
        where = documents.where(found, bodies.facts(body)["channel"], bodies.person(body))
        documents.press(desk, name, f"{where['shelf']}.{bodies.once(body, action)}", where)

    bodies.records(app, desk, form, blocks.pressed, record)


def _has_files(event: Mapping[str, Any]) -> bool:
    """Whether an event is a person's message with files."""
    by_person = event.get("user") and not event.get("bot_id")
    is_message = event.get("type") == "message" and event.get("subtype") in _WITH_FILES
    return bool(is_message and by_person and event.get("files"))
