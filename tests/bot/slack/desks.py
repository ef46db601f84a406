"""A bot at work on the sample documents, in the fake Slack, driven through Bolt's own dispatch."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import SecretStr
from slack_bolt import App, BoltRequest, BoltResponse

from bot.bootstrap import Parts
from bot.operating.metrics import Metrics
from bot.settings import Settings
from bot.slack import app as slack_app
from bot.slack import opening
from bot.slack.desk import Desk
from retrieval import embedding
from retrieval.embedding import Embedder
from tests.fakes import slack_payloads as payloads
from tests.fakes.slack import Slack, serving_slack
from tests.fakes.slack_workspace import BOT_USER, CUSTODY, NEWS, OFFICE, PRIYA, TOM, Workspace

T = TypeVar("T")
Facts = dict[str, Any]
SECONDS = 30
DASH = "How many cases were in the backlog of the Domestic Abuse Review Team in 2016?"
BACKLOG = "was 38 on the day of our visit"
HELICOPTER = "How much does the Fernshire police helicopter cost each year?"


@cache
def embedder() -> Embedder:
    """The packaged model, loaded once for all tests."""
    return embedding.load()


def settings(home: Path, slack: Slack, **changes: Any) -> Settings:
    """The office's settings: who may read what, and where."""
    usual: Facts = {
        "home": home,
        "slack_api_url": slack.base_url,
        "slack_bot_token": SecretStr("xoxb-test"),
        "slack_signing_secret": SecretStr("secret"),
        "readers": {TOM.id: ("public", "office"), PRIYA.id: ("public", "office")},
        "channels": {
            NEWS.id: ("public",),
            OFFICE.id: ("public", "office"),
            CUSTODY.id: ("public", "office", "restricted:embargo"),
        },
        "roles": {"officer": (TOM.id,)},
        "colleagues": (PRIYA.id,),
        "ocr": False,
        "operating_port": 0,
    }
    return Settings(**(usual | changes))


@dataclass
class Bot:
    """A bot and its Slack. What it does, it does in its own threads: ``until`` waits for it."""

    slack: Slack
    desk: Desk
    app: App

    def hear(self, body: Facts, **headers: str) -> BoltResponse:
        """Give the bot what Slack would send."""
        request = BoltRequest(mode="socket_mode", body=body, headers=dict(headers))
        return self.app.dispatch(request)

    def mention(self, text: str, room: str = OFFICE.id, user: str = TOM.id) -> Facts:
        """Somebody names the bot: both events arrive; the message."""
        said = self.slack.say(user, room, f"<@{BOT_USER}> {text}")
        self.hear(payloads.message(self.slack, room, said))
        self.hear(payloads.app_mention(self.slack, room, said))
        return said

    def say(self, text: str, room: str, thread: str = "", user: str = TOM.id) -> Facts:
        """Somebody says something without naming the bot; the message."""
        said = self.slack.say(user, room, text, thread)
        self.hear(payloads.message(self.slack, room, said))
        return said

    def command(self, text: str, room: str = OFFICE.id, user: str = TOM.id) -> BoltResponse:
        """Somebody uses the slash command; how it was acknowledged."""
        return self.hear(payloads.slash_command(self.slack, user, room, "/ask", text))

    def press(
        self, shown: Facts, action: str, room: str = OFFICE.id, user: str = TOM.id, **more: Any
    ) -> BoltResponse:
        """Somebody presses a button of a message."""
        return self.hear(payloads.block_actions(self.slack, user, room, shown, action, **more))

    def until(self, look: Callable[[], T]) -> T:
        """What ``look`` gives as soon as that is true."""
        tick, end = threading.Event(), time.monotonic() + SECONDS
        while not (found := look()):
            if time.monotonic() > end:
                raise AssertionError(f"it did not come: {self.seen()}")
            tick.wait(0.02)
        return found

    def quiet(self) -> None:
        """Wait until no job is left."""
        self.until(lambda: not any(self.desk.jobs.open().values()))

    def answers(self, room: str, thread: str) -> list[Facts]:
        """What the bot has said in a thread, without what only stands in for it."""
        said = [one for one in self.slack.thread(room, thread) if one["user"] == BOT_USER]
        return [one for one in said if not one["text"].startswith("Searching")]

    def answer(self, said: Facts, room: str = OFFICE.id) -> Facts:
        """The one answer to a message, when everything has come to rest."""
        thread = said.get("thread_ts") or said["ts"]
        self.quiet()
        found = [one for one in self.answers(room, thread) if one["ts"] > said["ts"]]
        assert len(found) == 1, [one["text"] for one in found]
        return found[0]

    def whisper(self, user: str = TOM.id) -> Facts:
        """The last thing that only one person was shown, when everything has come to rest."""
        self.quiet()
        return self.slack.whispers(user)[-1]

    def seen(self) -> list[str]:
        """Everything said anywhere, to explain a test that fails."""
        return [one["text"][:80] for room in self.slack.state.rooms
                for one in self.slack.messages(room)]  # fmt: skip


@contextmanager
def working(
    indexed: Path, home: Path, workspace: Workspace | None = None, **changes: Any
) -> Iterator[Bot]:
    """A bot on a copy of an indexed home. ``changes`` are to its settings."""
    shutil.copytree(indexed, home, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.lock"))
    with serving_slack(workspace, clock=time.time) as slack:
        parts = Parts(settings(home, slack, **changes))
        parts.lend(embedder())
        client = slack.client()
        us, metrics = opening.ourselves(client), Metrics()
        with opening.opened(parts, client, us, metrics) as desk:
            app = slack_app.build(desk, client, bot_id=us.bot_id)
            desk.jobs.launch()
            yield Bot(slack, desk, app)
        parts.engine.dispose()
