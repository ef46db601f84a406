"""Signs of work: a status while searching, and sentences as each has passed the gate.

Where Slack has no status or no streaming for us, a message stands in and is edited. Nothing here
decides whether an answer arrives: delivery does, and takes the place of all that is shown here.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.answering.answers import Sentence
from bot.answering.telling import Marks
from bot.jobs import TryAgain
from bot.slack.blocks import passing
from bot.slack.blocks.answer import stream_text
from bot.slack.calling import Refused
from bot.slack.desk import Desk
from bot.slack.gateway import Spot
from bot.store.asking import Place, Question

_BETWEEN_EDITS = 1.2  # seconds: Slack takes fifty a minute


def status(desk: Desk, spot: Spot, documents: int) -> bool:
    """Whether Slack shows a status in that thread now."""
    if not (desk.settings.slack_agent and spot.thread):
        return False
    try:
        desk.calls.call(
            "assistant.threads.setStatus",
            channel_id=spot.channel,
            thread_ts=spot.thread,
            status=f"is searching {documents} documents",
        )
    except (Refused, TryAgain):
        return False
    return True


class Telling:
    """One answer being written, shown sentence by sentence."""

    def __init__(self, desk: Desk, question: Question) -> None:
        self._desk = desk
        self._question = question
        self._spot = Spot(question.channel, question.thread)
        self._said: list[Sentence] = []
        self._marks = Marks()
        self._shown_at = 0.0
        self._stream = ""
        self._editing = desk.gateway.begun(question.key)

    def sentence(self, sentence: Sentence) -> None:
        """Show a sentence that has passed."""
        self._said.append(sentence)
        marks = self._marks.of(sentence)
        try:
            if not self._editing:
                self._append(sentence, marks)
            elif time.monotonic() - self._shown_at > _BETWEEN_EDITS:
                self._edit()
        except (Refused, TryAgain):
            self._editing = True  # the next try edits; the whole answer comes in any case

    def stop(self) -> None:
        """End the stream, if there is one."""
        if self._stream:
            try:
                self._desk.calls.call(
                    "chat.stopStream", channel=self._spot.channel, ts=self._stream
                )
            except (Refused, TryAgain):
                return  # Slack ends it by itself after some minutes

    def _append(self, sentence: Sentence, marks: tuple[int, ...]) -> None:
        if not self._stream:
            self._stream = self._desk.gateway.stream(
                self._question.key,
                self._spot,
                team=self._desk.team,
                person=self._question.person,
            )
        self._desk.calls.call(
            "chat.appendStream",
            channel=self._spot.channel,
            ts=self._stream,
            markdown_text=stream_text(sentence, marks),
        )

    def _edit(self) -> None:
        self._shown_at = time.monotonic()
        self._desk.gateway.put(
            lambda _: [passing.writing(self._said)], key=self._question.key, spot=self._spot
        )


@contextmanager
def telling(desk: Desk, question: Question) -> Iterator[Callable[[Sentence], None]]:
    """What shows each sentence as it passes; nothing where only one person may see it."""
    if question.place is Place.PRIVATE:
        yield lambda _: None
        return
    told = Telling(desk, question)
    try:
        yield told.sentence
    finally:
        told.stop()
