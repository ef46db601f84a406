"""The command that shows the reports being answered."""

from collections.abc import Callable
from typing import Any

from slack_bolt import App

from bot.slack import parsing
from bot.slack.blocks import cases
from bot.slack.cases import listing
from bot.slack.desk import Desk

LOOKING = "Looking up the reports that you may read."


def register(app: App, desk: Desk) -> None:
    """Listen for the command."""

    @app.command("/reports")
    def reports(ack: Callable[..., None], body: dict[str, Any]) -> None:
        helps = parsing.asks_for_help(str(body.get("text") or ""))
        if not helps:
            listing.asked(desk, body)
        ack(response_type="ephemeral", text="\n".join(cases.HELP) if helps else LOOKING)
