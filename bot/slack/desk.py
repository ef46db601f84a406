"""What all work for Slack shares, built once for a process."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.answering.answer import Answering
from bot.jobs import Jobs, Lane
from bot.operating.metrics import Metrics
from bot.responding.drafting.modelled import Drafting
from bot.settings import Settings
from bot.slack.calling import Calls
from bot.slack.gateway import Gateway
from bot.slack.people import Members
from bot.store.asking import Asking
from bot.store.casebook import Casebook
from bot.store.comments import Comments
from bot.store.drafts import Drafts
from bot.store.filing import Filing
from bot.store.library import SqlLibrary
from bot.store.recurrences import Recurrences
from bot.store.reminders import Reminders
from retrieval.indexing import Outcome
from retrieval.reading import Limits

SIGNS = Lane("signs", paced=True)  # the first thing people see, one a second in a channel
ANSWERS = "answers"  # as many at once as the settings say
DELIVERIES = Lane("deliveries", at_once=50)  # they mostly wait for Slack
CHORES = Lane("chores", at_once=10)  # buttons, App Home
INDEXING = Lane("indexing", alone=True)
REMINDERS = Lane("reminders", at_once=1)  # a job that a crash cut off ends before the next begins


@dataclass(frozen=True)
class Desk:
    """The parts. ``quoting`` answers when the language model does not.

    ``drafting`` drafts with the language model, None without one.
    """

    settings: Settings
    calls: Calls
    gateway: Gateway
    members: Members
    asking: Asking
    filing: Filing
    casebook: Casebook
    comments: Comments
    drafts: Drafts
    recurrences: Recurrences
    reminders: Reminders
    library: SqlLibrary
    jobs: Jobs
    answers: Lane
    answering: Answering
    quoting: Answering
    drafting: Drafting | None
    metrics: Metrics
    index: Callable[[Sequence[Path]], Iterator[Outcome]]
    """Brings the index up to date with these files; one outcome a file, as each is done."""
    index_agrees: Callable[[], bool]
    """Whether the parts of the index hold the same passages."""
    limits: Limits
    team: str
    bot: str
    """The bot's own user id."""
    now: Callable[[], datetime]


def lanes(settings: Settings) -> tuple[Lane, ...]:
    """All queues of a process."""
    return (SIGNS, answers_lane(settings), DELIVERIES, CHORES, INDEXING, REMINDERS)


def answers_lane(settings: Settings) -> Lane:
    """The queue in which questions are answered."""
    return Lane(ANSWERS, at_once=settings.workers)
