"""The buttons and windows with which a report is taken in, checked and confirmed."""

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import App

from bot.jobs import TryAgain
from bot.slack.blocks import casecards, intake
from bot.slack.blocks import chief as chief_blocks
from bot.slack.blocks import earlier as earlier_blocks
from bot.slack.blocks.intake import Window
from bot.slack.calling import Refused
from bot.slack.cases import admitting, chief, earlier, standing, starting, window
from bot.slack.desk import Desk
from bot.slack.listeners import bodies
from bot.slack.listeners.presses import OLD

Ack = Callable[..., None]
AGAIN = "Slack did not answer. Press the button again."


def register(app: App, desk: Desk) -> None:
    """Listen for what is done with reports and their cards."""

    @app.action(casecards.START)
    def start(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        digest = casecards.started(str(action.get("value") or ""))
        if digest:
            starting.begin(desk, digest, bodies.facts(body), bodies.once(body, action))
        else:
            bodies.say(desk, body, OLD)
        ack()

    @app.action(earlier_blocks.LOOK)
    def look(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        case = casecards.pressed(str(action.get("value") or ""))
        if case:
            earlier.begin(desk, case, bodies.facts(body), bodies.once(body, action))
        else:
            bodies.say(desk, body, OLD)
        ack()

    @app.action(earlier_blocks.JUDGE)
    def judge(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        judged = earlier_blocks.pressed(str(action.get("value") or ""))
        if judged:
            earlier.judge(desk, judged, bodies.facts(body), bodies.once(body, action))
        else:
            bodies.say(desk, body, OLD)
        ack()

    _opens(app, desk, casecards.CHECK, lambda body, case: _sheet(desk, body, case))
    _opens(app, desk, casecards.CHIEF, lambda body, case: _chief(desk, body, case))
    _opens(app, desk, casecards.WORKING, lambda body, case: _working(desk, body, case))

    @app.view(intake.CALLBACK)
    def checked(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        try:
            answer = window.submit(desk, bodies.person(body), view)
        except (Refused, TryAgain):
            first = next(iter(view["state"]["values"]), "title")
            answer = {"response_action": "errors", "errors": {first: AGAIN}}
        ack(**answer)

    @app.view(chief_blocks.CALLBACK)
    def noted(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        try:
            wrong = chief.submit(desk, bodies.person(body), view)
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
            bodies.say(desk, body, OLD)
            return
        bodies.open_window(desk, body, lambda: made(body, case))


def _sheet(desk: Desk, body: Mapping[str, Any], case: str) -> dict[str, Any] | str:
    facts = bodies.facts(body)
    where = Window(case, 0, channel=facts["channel"], thread=facts["thread"])
    return window.opened(desk, bodies.person(body), where)


def _chief(desk: Desk, body: Mapping[str, Any], case: str) -> dict[str, Any] | str:
    return chief.opened(desk, bodies.person(body), case, bodies.facts(body)["channel"])


def _working(desk: Desk, body: Mapping[str, Any], name: str) -> dict[str, Any] | str:
    case = admitting.readable(desk, name, bodies.person(body))
    return case if isinstance(case, str) else casecards.explained(standing.of(desk, case))
