"""The buttons and windows with which a report is taken in, checked and confirmed."""

from collections.abc import Callable
from functools import partial
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
from bot.slack.listeners.bodies import Ack, Fact

AGAIN = "Slack did not answer. Press the button again."


def register(app: App, desk: Desk) -> None:
    """Listen for what is done with reports and their cards."""
    for form, read, work in (
        (casecards.START, casecards.started, starting.begin),
        (earlier_blocks.LOOK, casecards.pressed, earlier.begin),
        (earlier_blocks.JUDGE, earlier_blocks.pressed, earlier.judge),
    ):
        _records(app, desk, form, read, work)
    for form, made in (
        (casecards.CHECK, _sheet),
        (casecards.CHIEF, _chief),
        (casecards.WORKING, _working),
    ):
        bodies.opens(app, desk, form, casecards.pressed, partial(made, desk))
    _windows(app, desk)


def _records(
    app: App, desk: Desk, form: Any, read: Callable[[str], Any], work: Callable[..., None]
) -> None:
    def record(found: Any, body: Fact, action: Fact) -> None:
        work(desk, found, bodies.facts(body), bodies.once(body, action))

    bodies.records(app, desk, form, read, record)


def _windows(app: App, desk: Desk) -> None:
    @app.view(intake.CALLBACK)
    def checked(ack: Ack, body: Fact, view: Fact) -> None:
        try:
            answer = window.submit(desk, bodies.person(body), view)
        except (Refused, TryAgain):
            first = next(iter(view["state"]["values"]), "title")
            answer = {"response_action": "errors", "errors": {first: AGAIN}}
        ack(**answer)

    @app.view(chief_blocks.CALLBACK)
    def noted(ack: Ack, body: Fact, view: Fact) -> None:
        try:
            wrong = chief.submit(desk, bodies.person(body), view)
        except (Refused, TryAgain):
            wrong = {"step": AGAIN}
        bodies.answered(ack, wrong)


def _sheet(desk: Desk, case: str, body: Fact, _: Fact) -> Fact | str:
    facts = bodies.facts(body)
    where = Window(case, 0, channel=facts["channel"], thread=facts["thread"])
    return window.opened(desk, facts["person"], where)


def _chief(desk: Desk, case: str, body: Fact, _: Fact) -> Fact | str:
    return chief.opened(desk, bodies.person(body), case, bodies.facts(body)["channel"])


def _working(desk: Desk, name: str, body: Fact, _: Fact) -> Fact | str:
    case = admitting.readable(desk, name, bodies.person(body))
    return case if isinstance(case, str) else casecards.explained(standing.of(desk, case))
