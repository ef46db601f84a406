"""Messages to one person only: Slack cannot be asked whether one came, nor can it be edited."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException

from slack_sdk.webhook import WebhookClient

from bot.jobs import TryAgain
from bot.slack.blocks.message import Message
from bot.slack.calling import BlocksRefused, Calls, Refused, Unsure
from bot.store.deliveries import Deliveries

WHISPERED = "whispered"  # in place of a ts: nobody can edit or find it
_TAKEN = ("ok", '{"ok":true}')


@dataclass(frozen=True)
class Whispers:
    """Messages to ``person`` in a channel; first by ``reply_url``, a command's own address."""

    calls: Calls
    deliveries: Deliveries
    now: Callable[[], datetime]
    person: str
    channel: str
    thread: str
    reply_url: str

    def show(self, messages: Sequence[Message], key: str) -> None:
        """Show them; under a key each once, so that one begun before is Unsure."""
        for part, message in enumerate(messages):
            if key:
                self._once(message, key, part)
            else:
                self._show(message)

    def _once(self, message: Message, key: str, part: int) -> None:
        here = (key, part, self.channel, self.thread)
        before = self.deliveries.begin(*here, now=self.now())
        if before.ts:
            return
        if before.attempts:
            raise Unsure("whisper: begun before")
        try:
            self._show(message)
        except Unsure:
            raise
        except (Refused, TryAgain):  # it is certain that nothing came
            self.deliveries.move(*here, now=self.now())
            raise
        self.deliveries.sent(key, part, WHISPERED, now=self.now())

    def _show(self, message: Message) -> None:
        if not (self.reply_url and self._replied(message)):
            self.calls.call(
                "chat.postEphemeral",
                channel=self.channel,
                user=self.person,
                thread_ts=self.thread or None,
                text=message.text,
                blocks=list(message.blocks),
            )

    def _replied(self, message: Message) -> bool:
        """Whether a command's own address took it; it does five times in half an hour."""
        try:
            hook = WebhookClient(self.reply_url, timeout=self.calls.seconds, retry_handlers=[])
            answer = hook.send(
                response_type="ephemeral",
                replace_original=False,
                unfurl_links=False,
                unfurl_media=False,
                text=message.text,
                blocks=list(message.blocks),
            )
        except (OSError, HTTPException) as cause:
            raise Unsure(f"response_url: {type(cause).__name__}") from None
        if answer.status_code >= 500:
            raise Unsure(f"response_url: {answer.status_code}")
        if answer.status_code == 200 and "invalid_blocks" in answer.body:
            raise BlocksRefused("response_url", "invalid_blocks")
        if answer.status_code == 200 and answer.body.strip() not in _TAKEN:
            raise Unsure("response_url: no answer that can be read")
        return answer.status_code == 200
