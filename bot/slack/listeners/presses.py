"""Buttons, windows and the message shortcut."""

import json
from collections.abc import Mapping
from typing import Any

from slack_bolt import App

from bot.slack import acting, asking, parsing, revealing
from bot.slack.blocks import actions, feedback
from bot.slack.blocks import asking as asking_blocks
from bot.slack.desk import Desk
from bot.slack.listeners import bodies
from bot.slack.listeners.bodies import Ack
from bot.store.asking import Place, Question

_KEPT = 1400  # characters of a message: a window remembers 3,000, and some signs count twice


def register(app: App, desk: Desk) -> None:
    """Listen for presses."""
    _buttons(app, desk)
    _windows(app, desk)


def _buttons(app: App, desk: Desk) -> None:
    @app.action(actions.SHOW_PASSAGE)
    def show_passage(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        ack()
        found = actions.passage(str(action.get("value") or ""))
        if found:
            bodies.open_window(
                desk, body, lambda: revealing.view(desk, bodies.person(body), *found)
            )

    @app.action(actions.HELPFUL)
    def helpful(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        _start(desk, "feedback", body, action, verdict="helpful")
        ack()

    @app.action(actions.NOT_HELPFUL)
    def not_helpful(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        ack()
        bodies.open_window(desk, body, lambda: _feedback_window(body, str(action["value"])))

    @app.action(actions.FEEDBACK)
    def both(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        verdict, key = actions.feedback(str(action.get("value") or "")) or ("", "")
        if verdict == "helpful":
            _start(desk, "feedback", body, {**action, "value": key}, verdict=verdict)
        ack()
        if verdict == "not_helpful":
            bodies.open_window(desk, body, lambda: _feedback_window(body, key))

    for name, form in (
        ("share", actions.SHARE),
        ("person", actions.ASK_PERSON),
        ("paragraph", actions.DRAFT_PARAGRAPH),
    ):
        _simple(app, desk, name, form)


def _simple(app: App, desk: Desk, name: str, form: Any) -> None:
    @app.action(form)
    def press(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        _start(desk, name, body, action)
        ack()


def _windows(app: App, desk: Desk) -> None:
    @app.view(feedback.CALLBACK)
    def given(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        reason, words = feedback.read(view["state"]["values"])
        facts = json.loads(view["private_metadata"])
        facts |= {"verdict": "not_helpful", "reason": reason or "", "words": words}
        acting.start(desk, "feedback", str(view["id"]), facts | {"person": bodies.person(body)})
        ack()

    @app.shortcut(asking_blocks.CALLBACK)
    def ask_about(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        message, channel = body["message"], str(body["channel"]["id"])
        where = {
            "channel": channel,
            "thread": str(message.get("thread_ts") or message["ts"]),
            "proposed": parsing.asked(str(message.get("text") or ""), desk.bot),
        }
        proposed = where["proposed"]
        where["proposed"] = proposed[:_KEPT]
        kept = json.dumps(where, ensure_ascii=False)
        bodies.open_window(desk, body, lambda: asking_blocks.view(proposed, kept))

    @app.view(asking_blocks.CALLBACK)
    def asked(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        where = json.loads(view["private_metadata"])
        text, private = asking_blocks.read(view["state"]["values"], where["proposed"])
        if not text:
            ack(response_action="errors", errors={"question": "Write the question."})
            return
        asking.take(desk, _from_window(desk, body, view, where, text, private=private))
        ack()


def _from_window(
    desk: Desk,
    body: Mapping[str, Any],
    view: Mapping[str, Any],
    where: Mapping[str, str],
    text: str,
    *,
    private: bool,
) -> Question:
    channel = where["channel"]
    direct = Place.DIRECT if channel.startswith("D") else Place.CHANNEL
    return Question(
        key=f"s:{view['id']}",
        team=str((body.get("team") or {}).get("id") or desk.team),
        channel=channel,
        thread="" if private else where["thread"],
        message="",
        person=bodies.person(body),
        place=Place.PRIVATE if private else direct,
        text=text[: parsing.LONGEST],
        asked_at=desk.now(),
    )


def _start(
    desk: Desk, name: str, body: Mapping[str, Any], action: Mapping[str, Any], **more: str
) -> None:
    facts = bodies.facts(body) | {"key": str(action.get("value") or ""), **more}
    press = f"{facts['key']}.{facts['person']}.{action.get('action_ts') or facts['press']}"
    acting.start(desk, name, press, facts)


def _feedback_window(body: Mapping[str, Any], key: str) -> dict[str, Any]:
    facts = bodies.facts(body)
    kept = {name: facts[name] for name in ("channel", "thread")} | {"key": key}
    return feedback.view(key) | {"private_metadata": json.dumps(kept)}


def register_last(app: App, desk: Desk) -> None:
    """Buttons that nothing else takes: those of an older version."""

    @app.action(actions.ANY)
    def old(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        facts = bodies.facts(body) | {"words": bodies.OLD}
        if not str(action.get("action_id", "")).startswith(actions.LINK):
            acting.start(desk, "say", facts["press"] or str(action.get("action_ts")), facts)
        ack()
