"""What one press on a draft comes to. Pure: all that had to be found out is handed in.

It is decided while nobody else may write, from the draft as it then is.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.responding import approving, workflow
from bot.responding.approving import Reason, Source
from bot.responding.workflow import Move, Refusal, Status, Step, Why
from bot.store.drafted import NOTES, Draft, Event, Revision
from bot.store.drafts import Change
from bot.store.wordings import Wording

CODES = {
    "limb": "It does not answer what was asked",
    "fact": "A fact or figure is wrong",
    "source": "A sentence needs a source",
    "promise": "A promise needs a date, an owner or a measure",
    "voice": "Voices or tone",
    "decision": "The decision or its reason",
    "other": "Something else",
}
"""Why changes are asked for, and how a person chooses it."""
_WANT_WORDS = (Step.ASK_CHANGES, Step.WITHDRAW, Step.WAIVE, Step.LET_PAST)


@dataclass(frozen=True)
class Press:
    """One click or command. ``key`` names it for ever: at most 150 characters.

    ``revision`` and ``event`` are the numbers that the card showed, 0 where there was no draft.
    """

    key: str
    person: str
    at: datetime
    revision: int = 0
    event: int = 0
    bot: bool = False


@dataclass(frozen=True)
class Standing:
    """A draft as it holds now: ``reasons`` are why an approval would not or does no longer hold.

    ``approvals`` are those that count, of ``needed``.
    """

    draft: Draft
    status: Status
    approvals: tuple[Event, ...]
    needed: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Asked:
    """A step, and what was found out a moment before: the person's ``roles``, how the draft stood.

    ``needed`` approvals; ``limbs`` of the item; ``to_open`` are sentences (from 1) whose evidence a
    reviewer has to open; ``sources`` what has become of what a new text cites. ``of`` is the
    sentence, limb or check that the step is about.
    """

    step: Step
    press: Press
    roles: tuple[str, ...] = ()
    before: Standing | None = None
    needed: int = 1
    limbs: int = 0
    to_open: frozenset[int] = frozenset()
    wording: Wording | None = None
    pack: Mapping[str, Any] | None = None
    sources: Mapping[str, Source] | None = None
    reason: str = ""
    words: str = ""
    of: int | str = 0


def standing(draft: Draft, reasons: tuple[Reason, ...], needed: int) -> Standing:
    """How a draft holds, given what differs and how many have to approve it."""
    live = approving.live(draft, reasons)
    status = workflow.standing(draft.status, len(live), needed, differs=bool(reasons))
    return Standing(draft, status, live, needed, reasons)


def decide(case: str, item: int, asked: Asked, draft: Draft | None) -> Change:
    """What the step comes to on the draft as it is: taken or refused, by the table."""
    now = _now(asked, draft)
    made = _made(case, item, asked, draft)
    approved = [one.person for one in now.approvals] if now else []
    who = workflow.capacities(draft, asked.press.person, asked.roles, approved, bot=asked.press.bot)
    status = _status(asked, now)
    cell = workflow.judge(status, asked.step, who, set(_wrong(asked, now, made)))
    if isinstance(cell, Refusal):
        return _refused(asked, draft, status, cell.why)
    return _taken(asked, draft, made, cell, _after(asked, status, now, cell))


def _now(asked: Asked, draft: Draft | None) -> Standing | None:
    """The draft as it is, with what was found out of its sources while it had that revision."""
    if draft is None:
        return None
    same = asked.before is not None and asked.before.draft.latest == draft.latest
    return standing(draft, asked.before.reasons if same and asked.before else (), asked.needed)


def _status(asked: Asked, now: Standing | None) -> Status:
    """An approval that no longer holds is void for everybody but who records that it is."""
    if now is None:
        return Status.NONE
    return now.draft.status if asked.step is Step.VOID else now.status


def _made(case: str, item: int, asked: Asked, draft: Draft | None) -> Revision | None:
    """The revision that a request or an edit makes; an edit keeps the evidence and requester."""
    edits = asked.step is Step.EDIT
    if asked.wording is None or (edits and draft is None):
        return None
    pack = draft.latest.pack if draft and edits else asked.pack or {}
    return Revision(
        number=draft.latest.number + 1 if draft else 1,
        wording=asked.wording,
        pack=pack,
        sources={digest: one.place.value for digest, one in (asked.sources or {}).items()},
        requested_by=draft.latest.requested_by if draft and edits else asked.press.person,
        edited_by=asked.press.person if edits else "",
        hash=approving.content_hash(case, item, asked.wording, pack),
        at=asked.press.at,
    )


def _wrong(asked: Asked, now: Standing | None, made: Revision | None) -> Iterator[Why]:
    """All that a step could lack; which of it counts for this step, the table says."""
    draft = now.draft if now else None
    if _is_old(asked.press, asked.step, draft):
        yield Why.OLD
    if asked.step in _WANT_WORDS and not _has_reason(asked):
        yield Why.NO_REASON
    if draft and made and made.hash == approving.current_hash(draft):
        yield Why.SAME
    yield Why.CHANGED if now and now.reasons else Why.STANDS
    if draft and asked.press.person == draft.holder:
        yield Why.YOURS
    if draft:
        yield from _of_part(asked, draft)


def _of_part(asked: Asked, draft: Draft) -> Iterator[Why]:
    """What is wrong with the sentence, limb or check that the step is about."""
    if _unopened(asked, draft):
        yield Why.UNOPENED
    if asked.of not in range(1, len(draft.latest.wording.sentences) + 1):
        yield Why.NO_SENTENCE
    if asked.of not in range(1, max(1, asked.limbs) + 1):
        yield Why.NO_LIMB
    first = [one.person for one in draft.noted(Step.LET_PAST) if one.detail["of"] == asked.of]
    if not first:
        yield Why.NOT_LET_PAST
    elif set(first) == {asked.press.person}:
        yield Why.SAME_PERSON


def _is_old(press: Press, step: Step, draft: Draft | None) -> bool:
    """Whether the person was shown another state; for what is only noted the revision counts."""
    if draft is None:
        return (press.revision, press.event) != (0, 0)
    seen = press.revision == draft.latest.number
    return not seen or (step not in NOTES and press.event != draft.turned.number)


def _has_reason(asked: Asked) -> bool:
    coded = asked.step is not Step.ASK_CHANGES or asked.reason in CODES
    return coded and bool(asked.words.strip())


def _unopened(asked: Asked, draft: Draft) -> list[int]:
    """The sentences whose evidence this person has not opened and should have."""
    mine = (one for one in draft.noted(Step.OPEN) if one.person == asked.press.person)
    return sorted(asked.to_open - {one.detail["of"] for one in mine})


def _after(asked: Asked, before: Status, now: Standing | None, move: Move) -> Status:
    """The status after a step; one that leaves it as it is leaves what is on record too."""
    if now and move.next is before:
        return now.draft.status
    approvals = 1 + (len(now.approvals) if now else 0)
    return move.short if move.short and approvals < asked.needed else move.next


def _taken(
    asked: Asked, draft: Draft | None, made: Revision | None, move: Move, status: Status
) -> Change:
    revision = made or (draft.latest if draft else None)
    if revision is None:
        raise ValueError(f"{asked.step} brings no text")
    detail = {"of": asked.of} if asked.of else _differs(asked)
    return Change(_event(asked, revision, status, detail), move.event, made)


def _refused(asked: Asked, draft: Draft | None, status: Status, why: Why) -> Change:
    opening = draft is not None and why is Why.UNOPENED
    detail = {"unopened": _unopened(asked, draft)} if opening and draft else {}
    event = _event(asked, draft.latest if draft else None, status, detail, why.value)
    return Change(event, "draft.refused")


def _event(
    asked: Asked,
    revision: Revision | None,
    status: Status,
    detail: Mapping[str, Any],
    refused: str = "",
) -> Event:
    return Event(
        step=asked.step,
        revision=revision.number if revision else 0,
        hash=revision.hash if revision else "",
        status=status,
        person=asked.press.person,
        roles=asked.roles,
        press=asked.press.key,
        at=asked.press.at,
        reason=asked.reason,
        words=asked.words,
        detail=detail,
        refused=refused,
    )


def _differs(asked: Asked) -> dict[str, Any]:
    """What the record keeps of why an approval became void."""
    if asked.step is not Step.VOID or asked.before is None:
        return {}
    reasons: Collection[Reason] = asked.before.reasons
    return {"differs": [[one.differs.value, one.document, one.page] for one in reasons]}
