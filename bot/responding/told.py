"""What people are told of a step on a draft: what happened, or why it did not, and what to do."""

from collections.abc import Callable, Sequence

from bot.responding.duty import london_date, plain
from bot.responding.workflow import TABLE, Move, Step, Why
from bot.store.drafted import Draft, Event

_REFUSALS = {
    Why.BOT: "People decide on drafts, not apps.",
    Why.ONLY_BOT: "An approval becomes void by itself. Take it back instead, with a reason.",
    Why.OWN: "You asked for this draft or took it over, so someone else must {must}. "
    "Reviewers here: {reviewers}.",
    Why.EDITED: "You edited this draft last, so someone else must {must}. "
    "Reviewers here: {reviewers}.",
    Why.TWICE: "You have approved this revision already. Your approval counts once.",
    Why.NOT_REVIEWER: "Only reviewers can {must}. Reviewers here: {reviewers}.",
    Why.NOT_PUBLISHER: "Only publishers can publish a response.",
    Why.NOT_EITHER: "Only reviewers and publishers can {must}. Reviewers here: {reviewers}.",
    Why.NOT_OFFICE: "Only people with a role in this office (officer, reviewer, publisher) "
    "can {must}.",
    Why.NO_DRAFT: "There is no draft of this item yet. Ask for one first.",
    Why.CHANGES_OPEN: "Changes were asked for, so this text cannot be approved. {since} "
    "Edit it, ask for another, or have the reviewer take that back.",
    Why.DECIDED: "This is decided already. {since}",
    Why.ASKED: "Changes were asked for already. {since}",
    Why.NOTHING_TO_WITHDRAW: "There is no decision to take back. {since}",
    Why.NOTHING_TO_VOID: "There is no approval that could become void. {since}",
    Why.NOT_APPROVED: "This draft is not approved, so it cannot be published.",
    Why.PUBLISHED: "This was published and stays as it is. {since}",
    Why.OLD: "You were shown this draft as it was before, so your press changed nothing. {since}",
    Why.SAME: "The text is as it was, so no new revision was made.",
    Why.NO_REASON: "Say why, in a few words, so that others can act on it.",
    Why.CHANGED: "This text cannot be approved as it stands: a source, or the text itself, is no "
    "longer as it was or may not be quoted in public. Edit it, or ask for another.",
    Why.UNOPENED: "Open first the evidence of the sentences with the weakest sources: "
    "sentence {unopened}.",
    Why.YOURS: "You have this draft in hand already.",
    Why.NO_SENTENCE: "This draft has no such sentence.",
    Why.NO_LIMB: "This item has no such limb.",
    Why.NOT_LET_PAST: "Nobody has let this check past, so there is nothing to agree to.",
    Why.SAME_PERSON: "You let this check past yourself, so someone else must agree.",
    Why.STANDS: "Nothing differs, so the approval holds.",
}
_MUST = {
    Step.REQUEST: "ask for a draft",
    Step.EDIT: "edit a draft",
    Step.ASK_CHANGES: "ask for changes",
    Step.APPROVE: "approve it",
    Step.WITHDRAW: "take a decision back",
    Step.TAKE_OVER: "take a draft over",
    Step.WAIVE: "waive a limb",
    Step.LET_PAST: "let a check past",
    Step.SECOND: "agree to let a check past",
}


def refused(
    event: Event, draft: Draft | None, reviewers: Sequence[str], name: Callable[[str], str]
) -> str:
    """Why a step was refused and what to do; ``reviewers`` are names, ``name`` gives an id's."""
    words = _REFUSALS[Why(event.refused)].format(
        must=_MUST.get(event.step, ""),
        reviewers=", ".join(reviewers) or "nobody; the settings name none",
        since=happened(draft.turned, name) if draft else "",
        unopened=", ".join(map(str, event.detail.get("unopened", ()))),
    )
    return words.strip()


def happened(event: Event, name: Callable[[str], str]) -> str:
    """What a step that was taken did, as a line for the thread."""
    words = _words(event.step).format(
        person=name(event.person),
        revision=event.revision,
        reason=event.words,
        of=event.detail.get("of", ""),
    )
    return words.strip()


def dated(event: Event, name: Callable[[str], str]) -> str:
    """The same with its day in London."""
    return f"{plain(london_date(event.at))}: {happened(event, name)}"


def _words(step: Step) -> str:
    """The table's words for a step: they are the same in each of its cells."""
    moves = (cell for (_, one, _), cell in TABLE.items() if one is step)
    return next(cell.words for cell in moves if isinstance(cell, Move))
