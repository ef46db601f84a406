"""An office by a clock that a test moves; its bot can be stopped and started again meanwhile."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.bootstrap import Parts
from bot.jobs import Failed, Jobs, Lane
from bot.operating.metrics import Metrics
from bot.slack import app as slack_app
from bot.slack import opening
from bot.slack.desk import REMINDERS
from tests.bot.slack import desks
from tests.bot.slack.cases.onrecord import PUBLISHED
from tests.bot.slack.desks import Bot, Facts
from tests.fakes.slack import Slack
from tests.fakes.slack_state import Clock
from tests.fakes.slack_workspace import BOT_USER

_LONDON = ZoneInfo("Europe/London")
_HURRY = 1000.0  # pauses of minutes in a fraction of a second
_NUMBERS = count(1)


def day(number: int, published: date = PUBLISHED) -> date:
    """A day of the clock of the case that ``onrecord`` makes."""
    return published + timedelta(days=number - 1)


def seconds(on: date, hour: int = 9, minute: int = 0) -> float:
    """A moment of the clocks in London, as Slack counts."""
    return datetime.combine(on, time(hour, minute), _LONDON).timestamp()


class HurriedParts(Parts):
    """The office's parts, whose jobs wait less."""

    def jobs(self, lanes: tuple[Lane, ...], failed: Failed) -> Jobs:
        """Durable work with short pauses."""
        url = self.settings.database_url or f"sqlite:///{self.settings.home / 'jobs.db'}"
        return Jobs(url, replica=self.settings.replica, lanes=lanes, failed=failed, hurry=_HURRY)


@dataclass
class Office:
    """A Slack and a home, at a moment. ``changes`` are to the settings."""

    slack: Slack
    clock: Clock
    home: Path
    changes: Facts = field(default_factory=dict)

    @contextmanager
    def bot(self, **changes: Any) -> Iterator[Bot]:
        """The bot at work. As at each start, reminders are looked for once."""
        given = desks.settings(self.home, self.slack, **{**self.changes, **changes})
        parts, client = HurriedParts(given), self.slack.client()
        parts.lend(desks.embedder())
        us, metrics = opening.ourselves(client), Metrics()
        with opening.opened(parts, client, us, metrics, self.now) as desk:
            app = slack_app.build(desk, client, bot_id=us.bot_id)
            desk.jobs.launch()
            made = Bot(self.slack, desk, app)
            made.quiet()
            yield made
        parts.engine.dispose()

    def now(self) -> datetime:
        """The moment."""
        return datetime.fromtimestamp(self.clock.now, UTC)

    def at(self, on: date, hour: int = 9, minute: int = 0) -> None:
        """Move the clock."""
        self.clock.now = seconds(on, hour, minute)

    def said(self, room: str) -> list[Facts]:
        """The reminders in a channel, oldest first."""
        ours = [one for one in self.slack.messages(room) if one["user"] == BOT_USER]
        return [one for one in ours if one["text"].startswith("Reminder")]


def look(bot: Bot) -> None:
    """Have reminders looked for, as the schedule does, and wait until all is done."""
    bot.desk.jobs.start(REMINDERS, "remind", f"test.{next(_NUMBERS)}")
    bot.quiet()


def moved(home: Path, indexed: Path) -> Path:
    """A copy of an indexed home."""
    shutil.copytree(indexed, home, ignore=shutil.ignore_patterns("*.lock"))
    return home
