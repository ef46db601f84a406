"""App Home, our messages tab, and suggested questions."""

from collections.abc import Callable
from typing import Any

from slack_bolt import App

from bot.slack import home
from bot.slack.blocks import actions
from bot.slack.desk import Desk


def register(app: App, desk: Desk) -> None:
    """Listen for people who open us."""

    @app.event("app_home_opened")
    def opened(event: dict[str, Any], body: dict[str, Any]) -> None:
        person, once = str(event["user"]), str(body.get("event_id") or event.get("event_ts"))
        if event.get("tab") == "messages":
            home.begun(desk, person, str(event.get("channel") or ""), once)
        else:
            home.opened(desk, person, once)

    @app.action(actions.SUGGEST)
    def suggested(ack: Callable[..., None], body: dict[str, Any], action: dict[str, Any]) -> None:
        person = str(body["user"]["id"])
        press = f"{person}.{action.get('action_ts') or body.get('trigger_id')}"
        home.chosen(desk, person, str(action.get("value") or ""), press)
        ack()
