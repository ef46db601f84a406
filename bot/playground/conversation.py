"""A short conversation that shows what Rejoinder does, played in the local Slack or a terminal."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from bot.answering import telling
from bot.answering.answer import Answering
from bot.playground import printing
from bot.playground.local_slack import LocalSlack
from bot.playground.seen import Message
from bot.playground.workspace import (
    COLIN,
    MEGAN,
    NEWS,
    OFFICE,
    REJOINDER,
    TOM,
    Channel,
    Person,
)
from bot.slack.blocks.passing import WRITING
from retrieval.library import Scope

Until = Callable[[Callable[[], list[Message]]], list[Message]]
"""Waits until there are messages."""
_NOT_YET = ("Searching", WRITING)  # how a message begins that stands in for an answer


class Way(StrEnum):
    """How somebody puts a question."""

    MENTION = "mention"
    FOLLOW_UP = "follow_up"  # in the thread of the turn before, without a mention
    COMMAND = "command"  # only they see the answer


@dataclass(frozen=True)
class Turn:
    """What one person asks, where and how."""

    person: Person
    channel: Channel
    text: str
    way: Way = Way.MENTION


TURNS = (
    Turn(TOM, OFFICE, "How many stalking protection orders did Fernshire Police apply for?"),
    Turn(TOM, OFFICE, "And in Sallowshire?", Way.FOLLOW_UP),
    Turn(
        MEGAN,
        OFFICE,
        "How many cases were in the backlog of the Domestic Abuse Review Team in 2016?",
        Way.COMMAND,
    ),
    Turn(COLIN, NEWS, "How much does the Fernshire police helicopter cost each year?"),
    Turn(COLIN, NEWS, "What does the embargoed custody report say about strip searches?"),
)


def in_slack(slack: LocalSlack, until: Until) -> Iterator[str]:
    """Play it in the local Slack; what is said, line by line. ``until`` may raise."""
    thread = ""
    for turn in TURNS:
        yield from _asked(turn)
        if turn.way is Way.COMMAND:
            look = _commanded(slack, turn)
        else:
            thread, look = _said(slack, turn, thread)
        for message in until(look):
            yield from printing.message(message)


def in_terminal(answering: Answering, scope_of: Callable[[Person], Scope]) -> Iterator[str]:
    """Play it without any Slack: the same questions, the same readers, the same answers."""
    before: list[str] = []
    for turn in TURNS:
        earlier = before if turn.way is Way.FOLLOW_UP else []
        yield from _asked(turn)
        answer = answering.answer(turn.text, scope=scope_of(turn.person), earlier=earlier)
        yield from printing.block(telling.lines(answer))
        before = [*earlier, turn.text]


def _asked(turn: Turn) -> Iterator[str]:
    where = {
        Way.MENTION: "",
        Way.FOLLOW_UP: ", in the same thread",
        Way.COMMAND: ", seen by nobody else",
    }[turn.way]
    yield ""
    who = f"{turn.person.name} ({turn.person.post})"
    yield from printing.wrapped(f"{who} in #{turn.channel.name}{where}:")
    yield from printing.wrapped(f"> {_typed(turn, f'@{REJOINDER.name}')}")
    yield ""


def _typed(turn: Turn, mention: str) -> str:
    if turn.way is Way.FOLLOW_UP:
        return turn.text
    return f"{REJOINDER.command if turn.way is Way.COMMAND else mention} {turn.text}"


Look = Callable[[], list[Message]]


def _said(slack: LocalSlack, turn: Turn, thread: str) -> tuple[str, Look]:
    """Say it; the thread in which it is answered, and what looks for the answer there."""
    above = thread if turn.way is Way.FOLLOW_UP else None
    text = _typed(turn, f"<@{REJOINDER.user}>")
    said = slack.say(turn.person.id, turn.channel.id, text, above)
    root = above or said.ts
    return root, partial(_answers, lambda: slack.thread(turn.channel.id, root), said.ts)


def _commanded(slack: LocalSlack, turn: Turn) -> Look:
    """Use the command; what looks for the answer that one person sees."""
    before = max((one.ts for one in slack.messages(turn.channel.id)), key=float, default="0")
    slack.command(turn.person.id, turn.channel.id, REJOINDER.command, turn.text)

    def private() -> list[Message]:
        found = [one for one in slack.messages(turn.channel.id) if one.only_for == turn.person.id]
        return [one for one in found if not one.text.startswith(_NOT_YET)]

    return partial(_answers, private, before)


def _answers(messages: Look, after: str) -> list[Message]:
    """Our messages after a moment; none while one of them only stands in for an answer."""
    ours = [
        one for one in messages() if one.user == REJOINDER.user and float(one.ts) > float(after)
    ]
    return [] if any(one.text.startswith(_NOT_YET) for one in ours) else ours
