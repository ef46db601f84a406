"""Messages that stand in while an answer is written, or say again what somebody chose."""

from collections.abc import Sequence

from bot.answering import telling
from bot.answering.answers import Sentence
from bot.slack.blocks import limits, message, text
from bot.slack.blocks.message import Message

WRITING = "Writing: each sentence is shown when it has passed the check."


def writing(said: Sequence[Sentence]) -> Message:
    """The sentences that have passed so far."""
    marks = telling.Marks()
    lines = "\n".join(text.one_line(telling.said(one, marks.of(one))) for one in said)
    return message.single(text.cut(f"{WRITING}\n{lines}", limits.SECTION))


def you_asked(question: str) -> Message:
    """The question that a person chose, before its answer."""
    return message.single(f"You asked: {text.one_line(question)}")
