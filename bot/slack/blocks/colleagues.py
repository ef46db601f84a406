"""Messages in which people are named: who was asked, what for, and who shares an answer."""

import re
from collections.abc import Sequence

from bot.answering import telling
from bot.answering.answers import Answer
from bot.slack.blocks import limits, message, text
from bot.slack.blocks.kit import Block
from bot.slack.blocks.message import Message, Piece

_ID = re.compile(r"[UW][A-Z0-9]{2,30}")
_HIDDEN = "What was found is not shown here: it rests on documents that are not for you to read."


def asked_people(people: Sequence[str]) -> Message:
    """That these people were asked for help."""
    named = " and ".join(map(_named, people))
    return _single(f"I have asked {named} to look at this question.")


def for_a_colleague(question: str, answer: Answer | None, *, asker: str, link: str) -> Message:
    """To somebody who is asked: the question, what was found (None: not for them), and where."""
    found = _found(answer) if answer else _HIDDEN
    where = f"\n<{link}|Open the question>" if link.startswith("https://") else ""
    pieces = [
        _piece(f"{_named(asker)} asks for a person to look at this question:{where}"),
        *message.strong(text.cut(text.one_line(question), limits.SECTION - 2)),
        *message.told(text.cut(found, limits.SECTION)),
    ]
    return Message(
        text.cut("\n\n".join(piece.text for piece in pieces), limits.MESSAGE_TEXT),
        tuple(block for piece in pieces for block in piece.blocks),
    )


def shared_by(person: str, question: str) -> Piece:
    """What stands over an answer that somebody shares with a channel."""
    shown = text.escaped(text.cut(text.one_line(question), limits.SECTION // 2))
    return _piece(f"{_named(person)} asked: {shown}")


def _found(answer: Answer) -> str:
    marks = telling.Marks()
    lines = [telling.said(one, marks.of(one)) for one in answer.sentences]
    sources = [
        f"[{number}] {telling.source(one)}"
        for number, one in enumerate(telling.sources(answer), start=1)
    ]
    return "\n".join([answer.opening, *lines, *sources])


def _named(person: str) -> str:
    """A mention that calls the person; what is no id of a person calls nobody."""
    return f"<@{person}>" if _ID.fullmatch(person) else text.escaped(person)


def _piece(shown: str) -> Piece:
    return Piece(shown, (_mrkdwn(shown),))


def _single(shown: str) -> Message:
    return Message(shown, (_mrkdwn(shown),))


def _mrkdwn(shown: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": shown}, "expand": True}
