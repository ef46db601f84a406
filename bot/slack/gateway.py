"""Messages out to Slack: each posted once, then kept current by editing; never lost without a word.

A message is known by its key and part. Its mark stands in the ``block_id`` of its first block and
in its metadata, and is looked for before a post is tried a second time: Slack may have taken the
first and not said so.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.jobs import TryAgain
from bot.slack.blocks.message import Message, Profile
from bot.slack.calling import BlocksRefused, Calls, Refused
from bot.slack.whispering import WHISPERED, Whispers
from bot.store.deliveries import Deliveries, Delivery

Render = Callable[[Profile], Sequence[Message]]
"""Messages as they look in a profile, the first of them with the button rows last."""
_GONE = ("message_not_found", "cant_update_message", "edit_window_closed")
_STREAMED = "streaming_state_conflict"
_SOON = 0.5  # seconds
_KIND = "rejoinder_message"
_MARK = re.compile(r"[a-z]:[^#]+#\d+")
_LOOK_BACK = timedelta(days=1)


@dataclass(frozen=True)
class Spot:
    """Where something is posted; ``thread`` "" for none."""

    channel: str
    thread: str = ""


class Gateway:
    """Posts and edits the bot's messages."""

    def __init__(
        self,
        calls: Calls,
        deliveries: Deliveries,
        *,
        profile: Profile,
        bot: str,
        streams: bool,
        now: Callable[[], datetime],
    ) -> None:
        self.calls = calls
        self._deliveries = deliveries
        self._profile = profile
        self._bot = bot
        self._streams = streams
        self._now = now

    def put(self, render: Render, *, key: str, spot: Spot) -> None:
        """Post these messages, or edit those posted under the key; what is too many goes.

        Falls back to plainer blocks when Slack refuses them. Raises what ``Calls`` raises.
        """
        messages = self._fitting(render, lambda m: self._put_all(m, key, spot))
        for part in self._deliveries.of(key):
            if part.part >= messages and part.ts:
                self._take_away(part)

    def put_again(self, render: Render, *, key: str) -> None:
        """Edit what stands under a key, wherever that is; nothing when it cannot be edited."""
        first = self._deliveries.get(key, 0)
        if first and first.ts != WHISPERED:
            self.put(render, key=key, spot=Spot(first.channel, first.thread))

    def was_unsure(self, key: str) -> bool:
        """Whether a message under a key was tried more than once: an earlier try may come late."""
        return bool(self._tried_again(key))

    def tidy(self, key: str) -> None:
        """Take away what Slack did after all, too late for the look before the second post."""
        kept = {_mark(key, one.part): one.ts for one in self._tried_again(key)}
        for spot in {Spot(one.channel, one.thread) for one in self._tried_again(key)}:
            ours = self._ours(spot)
            late = [one["ts"] for one in ours if kept.get(_marked(one), one["ts"]) != one["ts"]]
            begun = self._orphans(ours, spot)
            for ts in begun:
                self._end_stream(spot.channel, ts)
            for ts in [*late, *begun]:
                self._delete(spot.channel, ts)

    def _tried_again(self, key: str) -> list[Delivery]:
        there = (one for one in self._deliveries.of(key) if one.ts not in ("", WHISPERED))
        return [one for one in there if one.attempts > 1]

    def whisper(
        self, render: Render, *, person: str, spot: Spot, key: str = "", reply_url: str = ""
    ) -> None:
        """Show messages to one person only. Unsure when it is not known whether they came.

        Under a key each is shown once: it cannot be looked for, so one begun before is Unsure.
        """
        where = (person, spot.channel, spot.thread, reply_url)
        whispers = Whispers(self.calls, self._deliveries, self._now, *where)
        self._fitting(render, lambda messages: whispers.show(messages, key))

    def posted(self, key: str) -> str:
        """The ts of the first message under a key, "" when none is known."""
        known = self._deliveries.get(key, 0)
        return known.ts if known else ""

    def place(self, key: str) -> Spot | None:
        """Where the first message under a key stands, None when none does."""
        known = self._deliveries.get(key, 0)
        there = known and known.ts not in ("", WHISPERED)
        return Spot(known.channel, known.thread) if known and there else None

    def begun(self, key: str) -> bool:
        """Whether something was sent under a key, or may have been."""
        return bool(self._deliveries.of(key))

    def shown_at(self, channel: str, ts: str) -> str:
        """The key of our message there, "" when it is none of ours."""
        known = self._deliveries.at(channel, ts)
        return known.key if known else ""

    def stream(self, key: str, spot: Spot, *, team: str, person: str) -> str:
        """Begin a streamed message under a key; its ts. What ``put`` shows takes its place."""
        self._deliveries.begin(key, 0, spot.channel, spot.thread, now=self._now())
        answer = self.calls.call(
            "chat.startStream",
            channel=spot.channel,
            thread_ts=spot.thread,
            recipient_team_id=team,
            recipient_user_id=person,
        )
        self._deliveries.sent(key, 0, str(answer["ts"]), now=self._now())
        return str(answer["ts"])

    def direct(self, person: str) -> Spot:
        """The direct conversation with a person."""
        answer = self.calls.call("conversations.open", users=person)
        return Spot(str(answer["channel"]["id"]))

    def link(self, spot: Spot, ts: str) -> str:
        """The address of a message, "" when Slack does not give it."""
        try:
            answer = self.calls.call("chat.getPermalink", channel=spot.channel, message_ts=ts)
        except Refused:
            return ""
        return str(answer.get("permalink") or "")

    def _fitting(self, render: Render, show: Callable[[Sequence[Message]], None]) -> int:
        """Show the messages in the richest profile that Slack takes; how many they are."""
        profiles = [one for one in Profile if one is Profile.TEXT or one in self._profiles]
        for profile in profiles:
            messages = render(profile)
            try:
                show(messages)
            except BlocksRefused:
                if profile is Profile.TEXT:
                    raise
            else:
                return len(messages)
        raise AssertionError("the plainest profile shows or raises")

    @property
    def _profiles(self) -> tuple[Profile, ...]:
        rich = (Profile.RICH, Profile.PLAIN)
        return rich if self._profile is Profile.RICH else (Profile.PLAIN,)

    def _put_all(self, messages: Sequence[Message], key: str, spot: Spot) -> None:
        for part, message in enumerate(messages):
            self._put(message, key, part, spot)

    def _put(self, message: Message, key: str, part: int, spot: Spot) -> None:
        known = self._deliveries.get(key, part)
        if known and (known.channel, known.thread) != (spot.channel, spot.thread):
            self._deliveries.move(key, part, spot.channel, spot.thread, now=self._now())
            known = None
        if known and known.ts and self._edit(message, known):
            return
        before = self._deliveries.begin(key, part, spot.channel, spot.thread, now=self._now())
        there = self._found(_mark(key, part), spot) if before.attempts else ""
        found = Delivery(key, part, spot.channel, spot.thread, there, 1)
        if not (there and self._edit(message, found)):
            there = self._post(message, key, part, spot)
        self._deliveries.sent(key, part, there, now=self._now())

    def _post(self, message: Message, key: str, part: int, spot: Spot) -> str:
        answer = self.calls.call(
            "chat.postMessage",
            channel=spot.channel,
            thread_ts=spot.thread or None,
            unfurl_links=False,
            unfurl_media=False,
            parse="none",
            link_names=False,
            metadata={"event_type": _KIND, "event_payload": {"mark": _mark(key, part)}},
            **_content(message, _mark(key, part)),
        )
        return str(answer["ts"])

    def _edit(self, message: Message, known: Delivery) -> bool:
        """Whether the message that is there now says this; False when it is gone."""
        try:
            self.calls.call(
                "chat.update",
                channel=known.channel,
                ts=known.ts,
                parse="none",
                link_names=False,
                metadata={
                    "event_type": _KIND,
                    "event_payload": {"mark": _mark(known.key, known.part)},
                },
                **_content(message, _mark(known.key, known.part)),
            )
        except Refused as no:
            if no.code in _GONE:
                return False
            if no.code == _STREAMED:
                self._end_stream(known.channel, known.ts)
                raise TryAgain(str(no), _SOON) from None
            raise
        return True

    def _delete(self, channel: str, ts: str) -> None:
        try:
            self.calls.call("chat.delete", channel=channel, ts=ts)
        except Refused as no:
            if no.code not in _GONE:
                raise

    def _end_stream(self, channel: str, ts: str) -> None:
        """End a stream that was left open: nothing else can be done with it before."""
        try:
            self.calls.call("chat.stopStream", channel=channel, ts=ts)
        except Refused:
            return  # it has ended by itself

    def _take_away(self, part: Delivery) -> None:
        self._delete(part.channel, part.ts)
        self._deliveries.move(part.key, part.part, part.channel, part.thread, now=self._now())

    def _found(self, mark: str, spot: Spot) -> str:
        """The ts of our message with that mark, "" when there is none.

        A stream carries no mark: one of ours without any, in the same thread, was begun for it.
        """
        ours = self._ours(spot)
        marks = {_marked(one): str(one["ts"]) for one in ours}
        return marks.get(mark) or next(iter(self._orphans(ours, spot)), "")

    def _ours(self, spot: Spot) -> list[dict[str, Any]]:
        """Our messages in a thread, or of the last day in a channel."""
        if spot.thread:
            where = {"method": "conversations.replies", "ts": spot.thread}
        else:
            since = (self._now() - _LOOK_BACK).timestamp()
            where = {"method": "conversations.history", "oldest": f"{since:.6f}"}
        listed = self.calls.pages(
            listed="messages", channel=spot.channel, include_all_metadata=True, **where
        )
        return [one for one in listed if one.get("user") == self._bot]

    def _orphans(self, ours: list[dict[str, Any]], spot: Spot) -> list[str]:
        """Streams whose beginning Slack did not confirm; those of other keys are known by ts."""
        if not (self._streams and spot.thread):
            return []
        unmarked = [str(one["ts"]) for one in ours if not _marked(one)]
        return [ts for ts in unmarked if not self.shown_at(spot.channel, ts)]


def _content(message: Message, mark: str) -> dict[str, Any]:
    """The text and blocks of a message, with its mark; an edit to no blocks clears the old ones."""
    blocks = [dict(block) for block in message.blocks]
    if blocks:
        blocks[0]["block_id"] = mark
    return {"text": message.text, "blocks": blocks}


def _mark(key: str, part: int) -> str:
    return f"{key}#{part}"


def _marked(message: dict[str, Any]) -> str:
    """The mark of a message, "" for none: Slack names blocks itself where nobody did."""
    blocks = message.get("blocks") or [{}]
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    mark = str(payload.get("mark") or blocks[0].get("block_id") or "")
    return mark if _MARK.fullmatch(mark) else ""
