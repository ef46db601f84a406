"""Who may do what with a draft, and what it comes to: one table of status × step × who. Pure.

A person is judged in every capacity that they hold: what bars one of them bars the person; else
what one of them may do, the person may do.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot.store.drafted import Draft, Status, Step

__all__ = ["MINDED", "TABLE", "Move", "Refusal", "Status", "Step", "Who", "Why", "judge"]


class Who(StrEnum):
    """What somebody is to a draft at the moment of the step."""

    BOT = "bot"
    REQUESTER = "requester"  # who asked for the latest revision, or took the draft over
    EDITOR = "last editor"
    APPROVER = "has approved it"
    REVIEWER = "reviewer"
    PUBLISHER = "publisher"
    OFFICER = "officer"
    NOBODY = "nobody special"


class Why(StrEnum):
    """Why a step is refused."""

    # Who somebody is.
    BOT = "bot"
    ONLY_BOT = "only_bot"
    OWN = "own"
    EDITED = "edited"
    TWICE = "twice"
    NOT_REVIEWER = "not_reviewer"
    NOT_PUBLISHER = "not_publisher"
    NOT_EITHER = "not_either"
    NOT_OFFICE = "not_office"
    # How far the draft is.
    NO_DRAFT = "no_draft"
    CHANGES_OPEN = "changes_open"
    DECIDED = "decided"
    ASKED = "asked"
    NOTHING_TO_WITHDRAW = "nothing_to_withdraw"
    NOTHING_TO_VOID = "nothing_to_void"
    NOT_APPROVED = "not_approved"
    PUBLISHED = "published"
    # What the step itself lacks.
    OLD = "old"
    SAME = "same"
    NO_REASON = "no_reason"
    CHANGED = "changed"
    UNOPENED = "unopened"
    YOURS = "yours"
    NO_SENTENCE = "no_sentence"
    NO_LIMB = "no_limb"
    NOT_LET_PAST = "not_let_past"
    SAME_PERSON = "same_person"
    STANDS = "stands"


@dataclass(frozen=True)
class Move:
    """A cell in which the step is taken.

    ``next`` is the status after it, and ``short`` that while another reviewer has to approve too;
    ``event`` is what the audit calls it; ``words`` say what happened.
    """

    next: Status
    event: str
    words: str
    short: Status | None = None


@dataclass(frozen=True)
class Refusal:
    """A cell in which the step is refused; ``bars``: whatever else the person is."""

    why: Why
    bars: bool = False
    lacks: bool = False


Cell = Move | Refusal
_S, _W = Status, Who
_BEGUN = (_S.DRAFTED, _S.CHANGES_ASKED, _S.NEEDS_SECOND, _S.APPROVED, _S.VOID)
_OFFICE = frozenset({_W.REVIEWER, _W.PUBLISHER, _W.OFFICER})
_EITHER = frozenset({_W.REVIEWER, _W.PUBLISHER})
_ANYBODY = frozenset(Who) - {_W.BOT}
_STAYS = {one: one for one in _BEGUN}

_MAY: Mapping[Step, tuple[frozenset[Who], Why]] = {
    Step.REQUEST: (_OFFICE, Why.NOT_OFFICE),
    Step.EDIT: (_OFFICE, Why.NOT_OFFICE),
    Step.ASK_CHANGES: (frozenset({_W.REVIEWER}), Why.NOT_REVIEWER),
    Step.APPROVE: (frozenset({_W.REVIEWER}), Why.NOT_REVIEWER),
    Step.WITHDRAW: (frozenset({_W.REVIEWER}), Why.NOT_REVIEWER),
    Step.TAKE_OVER: (_OFFICE, Why.NOT_OFFICE),
    Step.OPEN: (_ANYBODY, Why.BOT),
    Step.WAIVE: (_EITHER, Why.NOT_EITHER),
    Step.LET_PAST: (_EITHER, Why.NOT_EITHER),
    Step.SECOND: (_EITHER, Why.NOT_EITHER),
    Step.VOID: (frozenset({_W.BOT}), Why.ONLY_BOT),
    Step.PUBLISH: (frozenset({_W.PUBLISHER}), Why.NOT_PUBLISHER),
}
_NEXT: Mapping[Step, Mapping[Status, Status]] = {
    Step.REQUEST: dict.fromkeys((_S.NONE, *_BEGUN), _S.DRAFTED),
    Step.EDIT: dict.fromkeys(_BEGUN, _S.DRAFTED),
    Step.ASK_CHANGES: dict.fromkeys((_S.DRAFTED, _S.NEEDS_SECOND, _S.VOID), _S.CHANGES_ASKED),
    Step.APPROVE: dict.fromkeys((_S.DRAFTED, _S.NEEDS_SECOND, _S.VOID), _S.APPROVED),
    Step.WITHDRAW: dict.fromkeys((_S.CHANGES_ASKED, _S.NEEDS_SECOND, _S.APPROVED), _S.DRAFTED),
    Step.TAKE_OVER: _STAYS,
    Step.OPEN: _STAYS | {_S.PUBLISHED: _S.PUBLISHED},
    Step.WAIVE: _STAYS,
    Step.LET_PAST: _STAYS,
    Step.SECOND: _STAYS,
    Step.VOID: dict.fromkeys((_S.NEEDS_SECOND, _S.APPROVED), _S.VOID),
    Step.PUBLISH: {_S.APPROVED: _S.PUBLISHED},
}
_BARRED: Mapping[tuple[Step, Who], tuple[Why, tuple[Status, ...]]] = {
    (Step.APPROVE, _W.REQUESTER): (Why.OWN, tuple(Status)),
    (Step.APPROVE, _W.EDITOR): (Why.EDITED, tuple(Status)),
    (Step.APPROVE, _W.APPROVER): (Why.TWICE, tuple(Status)),
    (Step.TAKE_OVER, _W.APPROVER): (Why.TWICE, tuple(Status)),
    (Step.SECOND, _W.REQUESTER): (Why.OWN, tuple(Status)),
    (Step.SECOND, _W.EDITOR): (Why.EDITED, tuple(Status)),
    (Step.WITHDRAW, _W.REQUESTER): (Why.OWN, (_S.CHANGES_ASKED,)),
    (Step.WITHDRAW, _W.EDITOR): (Why.EDITED, (_S.CHANGES_ASKED,)),
}
_CLOSED: Mapping[Step, Mapping[Status, Why]] = {
    Step.ASK_CHANGES: {_S.CHANGES_ASKED: Why.ASKED, _S.APPROVED: Why.DECIDED},
    Step.APPROVE: {_S.CHANGES_ASKED: Why.CHANGES_OPEN, _S.APPROVED: Why.DECIDED},
    Step.WITHDRAW: dict.fromkeys((_S.DRAFTED, _S.VOID), Why.NOTHING_TO_WITHDRAW),
    Step.VOID: dict.fromkeys((_S.DRAFTED, _S.CHANGES_ASKED, _S.VOID), Why.NOTHING_TO_VOID),
    Step.PUBLISH: dict.fromkeys(_BEGUN, Why.NOT_APPROVED),
}
_EVENTS: Mapping[Step, tuple[str, str]] = {
    Step.REQUEST: ("draft.requested", "{person} asked for revision {revision}."),
    Step.EDIT: ("draft.edited", "{person} edited the draft: revision {revision}."),
    Step.ASK_CHANGES: ("draft.changes_asked", "{person} asked for changes: {reason}"),
    Step.APPROVE: ("draft.approved", "{person} approved revision {revision}."),
    Step.WITHDRAW: ("draft.withdrawn", "{person} took a decision back: {reason}"),
    Step.TAKE_OVER: ("draft.taken_over", "{person} took the draft over."),
    Step.OPEN: ("draft.evidence_opened", "{person} opened the evidence of sentence {of}."),
    Step.WAIVE: ("draft.limb_waived", "{person} waived limb {of}: {reason}"),
    Step.LET_PAST: ("draft.check_let_past", "{person} let the check “{of}” past: {reason}"),
    Step.SECOND: ("draft.check_seconded", "{person} agreed to let the check “{of}” past."),
    Step.VOID: ("draft.voided", "The approval of revision {revision} is void. {reason}"),
    Step.PUBLISH: ("draft.published", "{person} published revision {revision}."),
}
MINDED: Mapping[Step, tuple[Why, ...]] = {
    Step.REQUEST: (Why.OLD,),
    Step.EDIT: (Why.OLD, Why.SAME),
    Step.ASK_CHANGES: (Why.OLD, Why.NO_REASON),
    Step.APPROVE: (Why.OLD, Why.CHANGED, Why.UNOPENED),
    Step.WITHDRAW: (Why.OLD, Why.NO_REASON),
    Step.TAKE_OVER: (Why.OLD, Why.YOURS),
    Step.OPEN: (Why.OLD, Why.NO_SENTENCE),
    Step.WAIVE: (Why.OLD, Why.NO_REASON, Why.NO_LIMB),
    Step.LET_PAST: (Why.OLD, Why.NO_REASON),
    Step.SECOND: (Why.OLD, Why.NOT_LET_PAST, Why.SAME_PERSON),
    Step.VOID: (Why.STANDS,),
    Step.PUBLISH: (Why.CHANGED,),
}
"""What a step itself may lack, in the order in which a person is told."""


def _cell(status: Status, step: Step, who: Who) -> Cell:
    may, lack = _MAY[step]
    if who is Who.BOT and who not in may:
        return Refusal(Why.BOT, bars=True)
    why, statuses = _BARRED.get((step, who), (Why.OWN, ()))
    if status in statuses:
        return Refusal(why, bars=True)
    if who not in may:
        return Refusal(lack, lacks=True)
    after = _NEXT[step].get(status)
    if after is None:
        return Refusal(_closed(status, step))
    short = Status.NEEDS_SECOND if step is Step.APPROVE else None
    return Move(after, *_EVENTS[step], short)


def _closed(status: Status, step: Step) -> Why:
    if status is Status.NONE:
        return Why.NO_DRAFT
    return Why.PUBLISHED if status is Status.PUBLISHED else _CLOSED[step][status]


TABLE: Mapping[tuple[Status, Step, Who], Cell] = MappingProxyType(
    {
        (status, step, who): _cell(status, step, who)
        for status in Status
        for step in Step
        for who in Who
    }
)


def judge(status: Status, step: Step, who: Collection[Who], wrong: Collection[Why]) -> Cell:
    """What a step comes to; ``wrong`` is what it lacks, of which only what it minds counts.

    Who somebody is comes first, then whether they saw what there is, then how far the draft is.
    """
    found = _in_all(status, step, who)
    if isinstance(found, Refusal) and (found.bars or found.lacks):
        return found
    lacks = [why for why in MINDED[step] if why in wrong]
    if Why.OLD in lacks:
        return Refusal(Why.OLD)
    return Refusal(lacks[0]) if lacks and isinstance(found, Move) else found


def _in_all(status: Status, step: Step, who: Collection[Who]) -> Cell:
    """The cell that counts of those of all capacities: a bar, a move, a closed status, a lack."""
    cells = [TABLE[status, step, one] for one in Who if one in who]
    return min(cells, key=_rank)


def _rank(cell: Cell) -> int:
    if isinstance(cell, Move):
        return 1
    return 0 if cell.bars else 3 if cell.lacks else 2


def capacities(
    draft: Draft | None,
    person: str,
    roles: Collection[str],
    approved: Collection[str],
    *,
    bot: bool,
) -> frozenset[Who]:
    """All that somebody is to a draft; ``approved`` are those whose approval of it counts."""
    return frozenset({Who.BOT} if bot else _of_person(draft, person, roles, approved))


def _of_person(
    draft: Draft | None, person: str, roles: Collection[str], approved: Collection[str]
) -> Iterator[Who]:
    yield Who.NOBODY
    yield from (Who(role) for role in roles if role in _OFFICE)
    if draft and person in (draft.latest.requested_by, draft.holder):
        yield Who.REQUESTER
    if draft and person == draft.latest.edited_by:
        yield Who.EDITOR
    if person in approved:
        yield Who.APPROVER


def standing(recorded: Status, approvals: int, needed: int, *, differs: bool) -> Status:
    """The status as it holds now: with the approvals that count, of those that are needed."""
    if recorded not in (Status.NEEDS_SECOND, Status.APPROVED):
        return recorded
    if differs or not approvals:
        return Status.VOID
    return Status.APPROVED if approvals >= needed else Status.NEEDS_SECOND
