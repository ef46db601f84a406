"""A gateway in a Slack of its own, and words to put through it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.operating.metrics import Metrics
from bot.slack.blocks import kit
from bot.slack.blocks.message import Message, Profile
from bot.slack.calling import Calls
from bot.slack.gateway import Gateway, Render, Spot
from bot.store.deliveries import Deliveries
from tests.fakes.slack import Slack
from tests.fakes.slack_state import Clock
from tests.fakes.slack_workspace import BOT_USER, OFFICE, TOM

KEY = "q:C0OFFICE:1.0"


def saying(*texts: str) -> Render:
    """Messages with these words; the plainer the profile, the fewer blocks."""
    blocks = {Profile.RICH: 2, Profile.PLAIN: 1, Profile.TEXT: 0}
    return lambda profile: [
        Message(text, tuple(kit.words(text) for _ in range(blocks[profile]))) for text in texts
    ]


@dataclass
class Post:
    """A gateway in a Slack of its own, and a thread to write in."""

    slack: Slack
    clock: Clock
    deliveries: Deliveries
    root: str = field(init=False)

    def __post_init__(self) -> None:
        self.root = self.slack.say(TOM.id, OFFICE.id, "a question")["ts"]

    @property
    def spot(self) -> Spot:
        return Spot(OFFICE.id, self.root)

    def gateway(self, profile: Profile = Profile.RICH, *, streams: bool = True) -> Gateway:
        return Gateway(
            Calls(self.slack.client(timeout=1), Metrics()),
            self.deliveries,
            profile=profile,
            bot=BOT_USER,
            streams=streams,
            now=lambda: datetime.fromtimestamp(self.clock.now, UTC),
        )

    def put(self, *texts: str, spot: Spot | None = None, key: str = KEY) -> None:
        self.gateway().put(saying(*texts), key=key, spot=spot or self.spot)

    def said(self) -> list[dict[str, Any]]:
        return [one for one in self.slack.messages(OFFICE.id) if one["user"] == BOT_USER]

    def texts(self) -> list[str]:
        return [one["text"] for one in self.said()]

    def shapes(self) -> list[int]:
        return [len(one.get("blocks", ())) for one in self.said()]
