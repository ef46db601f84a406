"""The buttons and windows with which a report is taken in, checked and confirmed."""

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import App

from bot.jobs import TryAgain
from bot.responding import plan, progress
from bot.responding.duty import london_date
from bot.slack import acting
from bot.slack.blocks import casecards, intake
from bot.slack.blocks import chief as chief_blocks
from bot.slack.blocks.intake import Window
from bot.slack.calling import Refused
from bot.slack.cases import admitting, chief, starting, window
from bot.slack.desk import Desk
from bot.slack.listeners.presses import NO_WINDOW, OLD
from bot.store.casebook import NoSuchCase

Ack = Callable[..., None]
AGAIN = "Slack did not answer. Press the button again."


def register(app: App, desk: Desk) -> None:
    """Listen for what is done with reports and their cards."""

    @app.action(casecards.START)
    def start(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        digest = casecards.started(str(action.get("value") or ""))
        if digest:
            once = f"{_person(body)}.{action.get('action_ts') or body.get('trigger_id')}"
            starting.begin(desk, digest, _facts(body), once)
        else:
            _say(desk, body, OLD)
        ack()

    _opens(app, desk, casecards.CHECK, lambda body, case: _sheet(desk, body, case))
    _opens(app, desk, casecards.CHIEF, lambda body, case: _chief(desk, body, case))
    _opens(app, desk, casecards.WORKING, lambda body, case: _working(desk, body, case))

    @app.view(intake.CALLBACK)
    def checked(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        try:
            answer = window.submit(desk, _person(body), view)
        except (Refused, TryAgain):
            first = next(iter(view["state"]["values"]), "title")
            answer = {"response_action": "errors", "errors": {first: AGAIN}}
        ack(**answer)

    @app.view(chief_blocks.CALLBACK)
    def noted(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        try:
            wrong = chief.submit(desk, _person(body), view)
        except (Refused, TryAgain):
            wrong = {"step": AGAIN}
        if wrong:
            ack(response_action="errors", errors=wrong)
        else:
            ack()


def _opens(
    app: App, desk: Desk, form: Any, made: Callable[[dict[str, Any], str], dict[str, Any] | str]
) -> None:
    """A button of a card that opens a window."""

    @app.action(form)
    def pressed(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        ack()
        case = casecards.pressed(str(action.get("value") or ""))
        if case is None:
            _say(desk, body, OLD)
            return
        _open(desk, body, lambda: made(body, case))


def _open(desk: Desk, body: Mapping[str, Any], made: Callable[[], dict[str, Any] | str]) -> None:
    """Open a window now: Slack lets us for three seconds only. Failing that, say so."""
    try:
        view = made()
        if isinstance(view, str):
            _say(desk, body, view)
        else:
            desk.calls.call("views.open", trigger_id=body.get("trigger_id"), view=view)
    except (Refused, TryAgain):
        _say(desk, body, NO_WINDOW)


def _sheet(desk: Desk, body: Mapping[str, Any], case: str) -> dict[str, Any] | str:
    facts = _facts(body)
    where = Window(case, 0, channel=facts["channel"], thread=facts["thread"])
    return window.opened(desk, _person(body), where)


def _chief(desk: Desk, body: Mapping[str, Any], case: str) -> dict[str, Any] | str:
    return chief.opened(desk, _person(body), case, _facts(body)["channel"])


def _working(desk: Desk, body: Mapping[str, Any], name: str) -> dict[str, Any] | str:
    try:
        case = desk.casebook.get(name)
    except NoSuchCase as none:
        return str(none)
    if not admitting.may_read(desk, case, _person(body)):
        return admitting.UNSEEN
    days = {**plan.DAYS, **desk.settings.plan}
    return casecards.explained(progress.of(case, london_date(desk.now()), days))


def _say(desk: Desk, body: Mapping[str, Any], words: str) -> None:
    facts = _facts(body) | {"words": words}
    acting.start(desk, "say", facts["press"], facts)


def _facts(body: Mapping[str, Any]) -> dict[str, str]:
    container, message = body.get("container") or {}, body.get("message") or {}
    channel = (body.get("channel") or {}).get("id") or container.get("channel_id") or ""
    return {
        "person": _person(body),
        "channel": str(channel),
        "thread": str(message.get("thread_ts") or ""),
        "press": str(body.get("trigger_id") or ""),
    }


def _person(body: Mapping[str, Any]) -> str:
    return str(body["user"]["id"])
