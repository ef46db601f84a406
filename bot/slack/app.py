"""The Bolt app: every listener of ours, run to its end before Slack is acknowledged."""

import re
import time
from collections.abc import Callable
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.operating import logs
from bot.slack.desk import Desk
from bot.slack.listeners import cases, documents, drafts, homes, intake, presses, questions

_ANYTHING = re.compile(".*")


def build(desk: Desk, client: WebClient, *, signing_secret: str = "", bot_id: str = "") -> App:
    """The app with its listeners.

    A listener only records, so it runs before the acknowledgement: what Slack was told we have,
    we have. No call of Slack stands between an event and its acknowledgement.
    """
    who = AuthorizeResult(
        enterprise_id=None, team_id=desk.team, bot_token=client.token, bot_id=bot_id,
        bot_user_id=desk.bot,
    )  # fmt: skip
    app = _Timed(
        desk.metrics.acknowledged,
        client=WebClient(base_url=client.base_url),  # listeners have the desk's
        signing_secret=signing_secret or "socket-mode-has-none",
        authorize=lambda: who,
        process_before_response=True,
        token_verification_enabled=False,
    )
    for part in (questions, presses, homes, documents, intake, cases, drafts):
        part.register(app, desk)
    presses.register_last(app, desk)
    app.event(_ANYTHING)(_ignore)
    app.error(_failed)
    return app


class _Timed(App):
    """Measures how long an event takes until it is acknowledged."""

    def __init__(self, acknowledged: Callable[[float], None], **given: Any) -> None:
        super().__init__(**given)
        self._acknowledged = acknowledged

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        """What is answered to Slack."""
        started = time.monotonic()
        try:
            return super().dispatch(req)
        finally:
            self._acknowledged(time.monotonic() - started)


def _ignore() -> None:
    """An event that we get and do not need."""


def _failed(error: Exception, request: BoltRequest) -> BoltResponse:
    """Not recorded, so not acknowledged: Slack sends events again."""
    reference = logs.reference()
    logs.get().error("event failed", reference=reference, exc_info=error)
    words = f"That did not work. Try again; if it fails again, quote {reference}."
    body: Any = {"response_type": "ephemeral", "text": words}
    is_command = bool((request.body or {}).get("command"))
    if is_command:
        return BoltResponse(status=200, body=body)
    return BoltResponse(status=500, body="")
