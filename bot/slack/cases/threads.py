"""Where a case lives in Slack: its card, and the thread under the card."""

from bot.slack.desk import Desk
from bot.slack.gateway import Spot


def key(case: str) -> str:
    """The key under which the card of a case is kept current."""
    return f"c:{case}"


def thread(desk: Desk, case: str) -> Spot | None:
    """The thread of a case, None while it has no card in Slack."""
    card = desk.gateway.place(key(case))
    return card and Spot(card.channel, desk.gateway.posted(key(case)))
