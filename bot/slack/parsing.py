"""Slack's events to questions: what was asked, by whom, where; and what is not a question to us."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.slack.blocks.text import typed
from bot.store.asking import Place, Question

WRITTEN = (None, "thread_broadcast", "file_share", "me_message")
"""Kinds of message that a person writes; all others are Slack's own."""
LONGEST = 2000  # characters of a question; the rest of a pasted text is not asked
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
_THANKS = "(?:many )?thanks?|thank you|cheers|ta|ok|okay|great|perfect|got it|noted|understood"
_MORE = f"{_THANKS}|very much|a lot|so much|all|both|everyone|again|that helps|for (?:this|that)"
_COURTESY = re.compile(rf"(?:{_THANKS})(?:[\s,.!]+(?:{_MORE}))*[\s,.!]*", re.IGNORECASE)

_HELP = re.compile(
    r"(?:help|hello|hi|hey|good (?:morning|afternoon)|how (?:do|does) (?:you|this|it) work|"
    r"what can you do)(?: there| me| please)*[\s.!?]*",
    re.IGNORECASE,
)


def asked(text: str, bot: str = "") -> str:
    """The words of a message without Slack's markup and without the mention of the bot.

    >>> asked("<@U0BOT> what did <https://x.org|HMICFRS> say about R&amp;D?", "U0BOT")
    'what did HMICFRS say about R&D?'
    """
    others = _MENTION.sub(lambda found: "" if found[1] == bot else found[0], text)
    return " ".join(typed(others).split())[:LONGEST]


def mentions(text: str, bot: str) -> bool:
    """Whether a message names the bot."""
    return bot in _MENTION.findall(text)


def is_for_others(text: str, bot: str) -> bool:
    """Whether a message in a thread is to somebody else: it names people, and not the bot."""
    named = _MENTION.findall(text)
    return bool(named) and bot not in named


def is_courtesy(text: str) -> bool:
    """Whether it only says thank you or the like."""
    return bool(_COURTESY.fullmatch(text.strip()))


def asks_for_help(text: str) -> bool:
    """Whether it is a greeting, or a word for how to begin."""
    return bool(_HELP.fullmatch(text.strip()))


def from_message(event: Mapping[str, Any], team: str, bot: str, now: datetime) -> Question:
    """The question of a message or a mention. Its key is its place: both events give the same."""
    channel, ts = str(event["channel"]), str(event["ts"])
    direct = event.get("channel_type") == "im" or channel.startswith("D")
    return Question(
        key=message_key(channel, ts),
        team=str(event.get("user_team") or event.get("team") or team),
        channel=channel,
        thread=str(event.get("thread_ts") or ts),
        message=ts,
        person=str(event.get("user") or event.get("bot_id") or ""),
        place=Place.DIRECT if direct else Place.CHANNEL,
        text=asked(str(event.get("text") or ""), bot),
        asked_at=moment(ts) or now,
    )


def from_command(body: Mapping[str, Any], now: datetime) -> Question:
    """The question of a slash command; only the asker sees its answer."""
    channel = str(body["channel_id"])
    return Question(
        key=f"c:{channel}:{_safe(str(body['trigger_id']))}",
        team=str(body.get("team_id") or ""),
        channel=channel,
        thread="",
        message="",
        person=str(body["user_id"]),
        place=Place.PRIVATE,
        text=asked(str(body.get("text") or "")),
        asked_at=now,
        reply_url=str(body.get("response_url") or ""),
    )


def message_key(channel: str, ts: str) -> str:
    """The key of the question asked in that message."""
    return f"q:{channel}:{ts}"


def moment(ts: str) -> datetime | None:
    """When a message was written, None for what is no time."""
    try:
        return datetime.fromtimestamp(float(ts), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _safe(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]", "-", text)[:80]
