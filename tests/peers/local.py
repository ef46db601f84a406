"""A throwaway app that answers the local Slack, over Socket Mode or over HTTP.

It runs its listeners at once: what a person did has had all its effects when the call returns.
"""

import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.starlette import SlackRequestHandler
from slack_sdk import WebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.playground.local_slack import LocalSlack, running
from bot.playground.workspace import REJOINDER, TEAM

Fact = dict[str, Any]
MARK = "mark-1"
BUTTONS: list[Fact] = [
    {"type": "section", "block_id": MARK, "text": {"type": "mrkdwn", "text": "One item."}},
    {
        "type": "actions",
        "block_id": "buttons",
        "elements": [
            {
                "type": "button",
                "action_id": action,
                "value": "item-7",
                "text": {"type": "plain_text", "text": action},
            }
            for action in ("edit", "answer", "replace")
        ],
    },
]
FORM: Fact = {
    "type": "modal",
    "callback_id": "form",
    "private_metadata": "item-7",
    "title": {"type": "plain_text", "text": "Edit"},
    "submit": {"type": "plain_text", "text": "Keep"},
    "blocks": [
        {
            "type": "input",
            "block_id": "sentence",
            "label": {"type": "plain_text", "text": "Sentence"},
            "element": {
                "type": "plain_text_input",
                "action_id": "typed",
                "initial_value": "proposed",
            },
        },
        {
            "type": "input",
            "block_id": "decision",
            "label": {"type": "plain_text", "text": "Decision"},
            "element": {
                "type": "static_select",
                "action_id": "chosen",
                "options": [
                    {"value": one, "text": {"type": "plain_text", "text": one}}
                    for one in ("accept", "refuse")
                ],
            },
        },
    ],
}
HOME: Fact = {
    "type": "home",
    "blocks": [
        {"type": "header", "text": {"type": "plain_text", "text": "Your reports"}},
        BUTTONS[1],
    ],
}


class AtOnce(Executor):
    """Runs what it is given before it returns."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


@dataclass
class Clerk:
    """The throwaway app: ``heard`` is all that it was told, in order."""

    slack: LocalSlack
    heard: list[Fact] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.client = WebClient(REJOINDER.token, base_url=self.slack.api)
        self.app = App(
            client=self.client,
            signing_secret=REJOINDER.signing_secret,
            listener_executor=AtOnce(),
        )
        for event in ("message", "app_mention", "file_shared", "reaction_added"):
            self.app.event(event)(self._hear)
        self.app.event("app_home_opened")(self._show_home)
        self.app.command(REJOINDER.command)(self._answer_command)
        self.app.action("edit")(self._open_form)
        self.app.action("answer")(self._answer_press)
        self.app.action("replace")(self._replace)
        self.app.view("form")(self._take_form)

    def kinds(self) -> list[str]:
        """The kind of each event heard: ``message/file_share`` with its subtype."""
        events = [body["event"] for body in self.heard if "event" in body]
        return ["/".join(filter(None, (one["type"], one.get("subtype")))) for one in events]

    def last(self, kind: str = "") -> Fact:
        """What it was told last, or the last event of a kind."""
        if not kind:
            return self.heard[-1]
        return next(body["event"] for body in reversed(self.heard) if _type(body) == kind)

    def post(self, channel: str, **what: Any) -> str:
        """Post a message; its ts."""
        return str(self.client.chat_postMessage(channel=channel, **what)["ts"])

    def _hear(self, body: Fact) -> None:
        self.heard.append(body)
        event = body["event"]
        if event.get("text") == "hello":
            thread = event.get("thread_ts") or event["ts"]
            self.post(event["channel"], thread_ts=thread, text="Good morning.")

    def _show_home(self, body: Fact) -> None:
        self.heard.append(body)
        self.client.views_publish(user_id=body["event"]["user"], view=HOME)

    def _answer_command(self, body: Fact, ack: Callable[[], Any], respond: Any) -> None:
        ack()
        self.heard.append(body)
        respond(text=f"You asked: {body['text']}", response_type="ephemeral")

    def _open_form(self, body: Fact, ack: Callable[[], Any]) -> None:
        ack()
        self.heard.append(body)
        self.client.views_open(trigger_id=body["trigger_id"], view=FORM)

    def _answer_press(self, body: Fact, ack: Callable[[], Any], respond: Any) -> None:
        ack()
        self.heard.append(body)
        respond(text="In the channel.", replace_original=False, response_type="in_channel")

    def _replace(self, body: Fact, ack: Callable[[], Any], respond: Any) -> None:
        ack()
        self.heard.append(body)
        respond(text="Decided.", replace_original=True)

    def _take_form(self, body: Fact, ack: Any) -> None:
        self.heard.append(body)
        if body["view"]["state"]["values"]["sentence"]["typed"]["value"] is None:
            ack(response_action="errors", errors={"sentence": "Say something."})
        else:
            ack()


@contextmanager
def connected(clerk: Clerk) -> Iterator[None]:
    """Within it the clerk is told everything over a WebSocket of its own."""
    handler = SocketModeHandler(
        clerk.app,
        REJOINDER.app_token,
        web_client=WebClient(REJOINDER.app_token, base_url=clerk.slack.api),
    )
    handler.connect()  # type: ignore[no-untyped-call]
    try:
        clerk.slack.until(clerk.slack.connected)
        yield
    finally:
        handler.close()  # type: ignore[no-untyped-call]


@contextmanager
def over_socket_mode(program: Path, folder: Path) -> Iterator[Clerk]:
    """The clerk, told everything over its own WebSocket."""
    with running(program, folder) as slack:
        clerk = Clerk(slack)
        with connected(clerk):
            yield clerk


@contextmanager
def over_http(program: Path, folder: Path) -> Iterator[Clerk]:
    """The clerk, posted everything with a signature."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        address = f"http://127.0.0.1:{port}/slack/events"
        with running(program, folder, request_url=address) as slack:
            clerk = Clerk(slack)
            with _served(clerk.app, listening):
                yield clerk


@contextmanager
def _served(app: App, listening: socket.socket) -> Iterator[None]:
    handler = SlackRequestHandler(app)

    async def take(request: Request) -> Response:
        return await handler.handle(request)

    site = Starlette(routes=[Route("/slack/events", take, methods=["POST"])])
    settings = uvicorn.Config(site, ws="none", lifespan="off", log_config=None, log_level=50)
    server = uvicorn.Server(settings)
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()


def authorised(body: Fact) -> bool:
    """Whether an event says which team and app it is for, as the real ones do."""
    return (body["team_id"], body["api_app_id"]) == (TEAM, REJOINDER.app)


def _type(body: Fact) -> str:
    return str(body.get("event", {}).get("type", ""))
