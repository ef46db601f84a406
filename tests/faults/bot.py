"""The bot as the fault test runs it: over HTTP, in a process that can be killed at any moment.

All parts are real but the embedding model, which would make each restart take seconds. Time limits
and pauses are shortened, nothing else. ``python -m tests.faults.bot '{"home": …}'``
"""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from slack_sdk import WebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.bootstrap import Parts
from bot.jobs import Failed, Jobs, Lane
from bot.operating import logs, web
from bot.operating.metrics import Metrics
from bot.operating.stopping import until_stopped
from bot.settings import Settings
from bot.slack import app as slack_app
from bot.slack import asking, opening, serving
from bot.slack.desk import Desk
from bot.slack.serving import EVENTS
from tests.fakes import model_server
from tests.fakes.embedder import HashedEmbedder
from tests.fakes.slack_workspace import TOKEN
from tests.faults import office

OPEN = "/open"
SECRET = "signing-secret"
SECONDS = 1  # that one call of Slack may take, in place of 15
HURRY = 12.0  # how many times shorter every pause is


class HurriedParts(Parts):
    """The office's parts, whose jobs wait less."""

    def jobs(self, lanes: tuple[Lane, ...], failed: Failed) -> Jobs:
        """Durable work with short pauses."""
        url = f"sqlite:///{self.settings.home / 'jobs.db'}"
        return Jobs(url, replica="local", lanes=lanes, failed=failed, hurry=HURRY)


def settings(home: Path, slack: str, model: str, port: int, workers: int) -> Settings:
    """What the office has set."""
    return Settings(
        home=home,
        embedding_model=office.MODEL,
        slack_api_url=slack,
        slack_bot_token=SecretStr(TOKEN),
        slack_signing_secret=SecretStr(SECRET),
        model="openai:fake" if model else "",
        model_base_url=model,
        model_api_key=SecretStr(model_server.KEY),
        model_seconds=2,
        questions_a_minute=10_000,
        workers=workers,
        http_port=port,
    )


def run(given: dict[str, Any], said: Callable[[str], None]) -> None:
    """Serve until a signal; ``said`` is told the address once events are taken."""
    parts = HurriedParts(settings(Path(given.pop("home")), **given))
    parts.lend(HashedEmbedder())
    client = WebClient(
        TOKEN, base_url=parts.settings.slack_api_url, timeout=SECONDS, retry_handlers=[]
    )
    us, metrics = opening.ourselves(client), Metrics()
    with until_stopped() as stopped, opening.opened(parts, client, us, metrics) as desk:
        bolt = slack_app.build(desk, client, signing_secret=SECRET, bot_id=us.bot_id)
        desk.jobs.launch()
        asking.resume(desk)
        events = Route(EVENTS, serving.events(bolt), methods=["POST"])
        application = Starlette(routes=[events, Route(OPEN, _open(desk))])
        with web.served(application, "127.0.0.1", parts.settings.http_port) as address:
            said(address)
            stopped.wait()
        os._exit(0)


def _open(desk: Desk) -> Callable[[Request], JSONResponse]:
    """How many jobs are open or for later, for the test to know when all is quiet."""

    def waiting(_: Request) -> JSONResponse:
        return JSONResponse([*desk.jobs.open().values(), *desk.jobs.later().values()])

    return waiting


def main() -> None:
    """Run from the command line."""
    logs.set_up("INFO")
    run(json.loads(sys.argv[1]), lambda address: print(address, flush=True))


if __name__ == "__main__":
    main()
