"""Settings and parts to a desk at which Slack's work is done."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.bootstrap import Parts
from bot.jobs import Facts, Jobs
from bot.operating.metrics import Metrics
from bot.settings import Settings
from bot.slack import acting, asking, delivering, documents, failing, home
from bot.slack.blocks.message import Profile
from bot.slack.calling import SECONDS, Calls
from bot.slack.cases import card, chief, confirming, earlier, listing, reminding, starting
from bot.slack.desk import Desk, answers_lane, lanes
from bot.slack.drafts import card as draft_card
from bot.slack.drafts import requesting, stepping
from bot.slack.gateway import Gateway
from bot.slack.people import Members
from bot.store.asking import Asking
from bot.store.casebook import Casebook
from bot.store.comments import Comments
from bot.store.deliveries import Deliveries
from bot.store.drafts import Drafts
from bot.store.filing import Filing
from bot.store.people import People
from bot.store.recurrences import Recurrences
from bot.store.reminders import Reminders
from retrieval.search import Search
from retrieval.shelves import Shelves, agree


class SlackUnusable(ConnectionError):
    """Slack does not let us in; the message says what to do."""


def web_client(settings: Settings, token: str) -> WebClient:
    """A client of Slack's Web API that never tries again by itself."""
    return WebClient(
        token=token, base_url=settings.slack_api_url, timeout=SECONDS, retry_handlers=[]
    )


@dataclass(frozen=True)
class Ourselves:
    """Who we are in Slack: team, the bot's user and its bot id, and the scopes of its token."""

    team: str
    user: str
    bot_id: str
    scopes: frozenset[str]


def ourselves(client: WebClient) -> Ourselves:
    """Who the token says that we are. SlackUnusable when Slack does not take it."""
    try:
        answer = client.auth_test()
    except SlackApiError as no:
        raise SlackUnusable(
            f"Slack does not take the bot token ({no.response.get('error', 'no reason given')}): "
            "check REJOINDER_SLACK_BOT_TOKEN, and that the app is installed in the workspace."
        ) from None
    except (OSError, SlackClientError, HTTPException, ValueError) as cause:
        raise SlackUnusable(
            f"Slack cannot be reached ({type(cause).__name__}): check the network and "
            "REJOINDER_SLACK_API_URL."
        ) from None
    headers = {str(name).lower(): value for name, value in (answer.headers or {}).items()}
    scopes = frozenset(one.strip() for one in str(headers.get("x-oauth-scopes") or "").split(","))
    return Ourselves(
        str(answer["team_id"]), str(answer["user_id"]), str(answer.get("bot_id") or ""),
        scopes - {""},
    )  # fmt: skip


@contextmanager
def opened(
    parts: Parts,
    client: WebClient,
    us: Ourselves,
    metrics: Metrics,
    now: Callable[[], datetime] | None = None,
) -> Iterator[Desk]:
    """A desk that owns the index, its jobs not launched yet. IndexBusy when another does.

    ``now`` is the clock by which it works, the machine's when none is given.
    """
    desks: list[Desk] = []

    def failed(name: str, facts: Facts, error: Exception) -> None:
        failing.failed(desks[0], name, facts, error)

    jobs = parts.jobs(lanes(parts.settings), failed)
    with parts.owning() as (shelves, search):
        desk = _desk(parts, Calls(client, metrics), us, metrics, jobs, shelves, search, now or _now)
        desks.append(desk)
        for work in (
            asking,
            delivering,
            acting,
            home,
            documents,
            starting,
            confirming,
            card,
            chief,
            earlier,
            listing,
            reminding,
            requesting,
            stepping,
            draft_card,
        ):
            work.register(desk)
        try:
            yield desk
        finally:
            jobs.close()


def _desk(
    parts: Parts,
    calls: Calls,
    us: Ourselves,
    metrics: Metrics,
    jobs: Jobs,
    shelves: Shelves,
    search: Search,
    now: Callable[[], datetime],
) -> Desk:
    settings, deliveries = parts.settings, Deliveries(parts.engine)
    rich = settings.slack_blocks == "rich"
    gateway = Gateway(
        calls,
        deliveries,
        profile=Profile.RICH if rich else Profile.PLAIN,
        bot=us.user,
        streams=settings.slack_agent,
        now=now,
    )
    return Desk(
        settings=settings,
        calls=calls,
        gateway=gateway,
        members=Members(calls, People(parts.engine), settings, team=us.team, now=now),
        asking=Asking(parts.engine),
        filing=Filing(parts.engine),
        casebook=Casebook(parts.engine),
        comments=Comments(parts.engine),
        drafts=Drafts(parts.engine),
        recurrences=Recurrences(parts.engine),
        reminders=Reminders(parts.engine),
        library=parts.library,
        jobs=jobs,
        answers=answers_lane(settings),
        answering=parts.answering(search),
        quoting=parts.quoting(search),
        drafting=parts.drafting,
        metrics=metrics,
        index=parts.indexing(shelves),
        index_agrees=partial(_agrees, parts, shelves),
        limits=parts.limits,
        team=us.team,
        bot=us.user,
        now=now,
    )


def _agrees(parts: Parts, shelves: Shelves) -> bool:
    generation = parts.library.live()
    return generation is None or agree(shelves, generation)


def _now() -> datetime:
    return datetime.now(UTC)
