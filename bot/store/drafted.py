"""Drafts as the program knows them: what each revision says and what happened to it, in order.

Revisions and events are never changed, only followed by others.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.store.wordings import Wording


class Step(StrEnum):
    """What somebody does with a draft. REQUEST asks for one, or for another in its place."""

    REQUEST = "request"
    EDIT = "edit"
    ASK_CHANGES = "ask_changes"
    APPROVE = "approve"
    WITHDRAW = "withdraw"
    TAKE_OVER = "take_over"
    OPEN = "open"
    WAIVE = "waive"
    LET_PAST = "let_past"
    SECOND = "second"
    VOID = "void"
    PUBLISH = "publish"


class Status(StrEnum):
    """How far a draft has come. NONE: nobody has asked for one."""

    NONE = "none"
    DRAFTED = "drafted"
    CHANGES_ASKED = "changes_asked"
    NEEDS_SECOND = "needs_second"
    APPROVED = "approved"
    VOID = "void"
    PUBLISHED = "published"


NOTES = frozenset({Step.OPEN, Step.WAIVE, Step.LET_PAST, Step.SECOND})
"""Steps that are noted and leave what the card offers as it was."""
_ENDING = frozenset({Step.REQUEST, Step.EDIT, Step.ASK_CHANGES, Step.WITHDRAW, Step.VOID})


@dataclass(frozen=True)
class Revision:
    """One state of the text. ``edited_by`` is "" where no person has edited it since it was made.

    ``pack`` is the evidence it was made from, as JSON; ``sources`` where each cited document stood
    then, by its digest; ``hash`` is that of its content.
    """

    number: int
    wording: Wording
    pack: Mapping[str, Any]
    sources: Mapping[str, str]
    requested_by: str
    edited_by: str
    hash: str
    at: datetime


@dataclass(frozen=True)
class Event:
    """A step that was taken, or ``refused`` (why, "" when taken). ``number`` counts from 1.

    ``revision`` and ``hash`` are what the draft had then, and after a step that makes a revision
    the new ones; ``status`` is what it came to; ``roles`` those of the person at that moment;
    ``reason`` a code and ``words`` the person's own; ``press`` names the click, once for ever.
    """

    step: Step
    revision: int
    hash: str
    status: Status
    person: str
    roles: tuple[str, ...]
    press: str
    at: datetime
    reason: str = ""
    words: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
    refused: str = ""
    number: int = 0


@dataclass(frozen=True)
class Draft:
    """A draft of one item of one case, with all that happened to it."""

    case: str
    item: int
    revisions: tuple[Revision, ...]
    events: tuple[Event, ...]

    @property
    def latest(self) -> Revision:
        """The revision that counts."""
        return self.revisions[-1]

    @property
    def taken(self) -> tuple[Event, ...]:
        """What happened, without what was refused."""
        return tuple(one for one in self.events if not one.refused)

    @property
    def turned(self) -> Event:
        """The last step that changed what can be done with the draft: a card names it."""
        return next(one for one in reversed(self.taken) if one.step not in NOTES)

    @property
    def status(self) -> Status:
        """What was recorded last; whether it still holds is asked anew (``approving``)."""
        return self.turned.status

    @property
    def approvals(self) -> tuple[Event, ...]:
        """The approvals of the latest revision that nothing on record has ended."""
        since: list[Event] = []
        for one in self.taken:
            if one.step in _ENDING:
                since = []
            elif one.step is Step.APPROVE:
                since.append(one)
        return tuple(one for one in since if one.revision == self.latest.number)

    @property
    def holder(self) -> str:
        """Who has the draft in hand: who asked for it, or took it over since."""
        holder = self.latest.requested_by
        for one in self.taken:
            if one.step in (Step.REQUEST, Step.TAKE_OVER):
                holder = one.person
        return holder

    def noted(self, step: Step) -> tuple[Event, ...]:
        """What was noted of that kind on the latest revision."""
        mine = (one for one in self.taken if one.step is step)
        return tuple(one for one in mine if one.revision == self.latest.number)


@dataclass(frozen=True)
class Publication:
    """What was published of a case, by which revisions; ``hash`` is that of its bytes."""

    number: int
    content: Mapping[str, Any]
    hash: str
    person: str
    press: str
    at: datetime
