"""What people do with a draft: a button or a window, each a small job so that no press is lost.

The record decides (``bot.responding.reviewing``); here it is only asked, and told what came of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from functools import partial
from typing import Any

from bot.jobs import Facts
from bot.responding.drafting.rebinding import rebind
from bot.responding.evidence import pack
from bot.responding.reviewing import Outcome, Press, Reviewing
from bot.responding.workflow import Why
from bot.slack import acting
from bot.slack.blocks import draftwindows as windows
from bot.slack.blocks import fields
from bot.slack.blocks.draftcards import Pressed
from bot.slack.blocks.draftwindows import Kept
from bot.slack.cases import admitting
from bot.slack.desk import CHORES, Desk
from bot.slack.drafts import card, differing, office, requesting
from bot.store.drafts import Draft
from bot.store.wordings import Voice, Wording

SAME = "The text is as it was. Change something, or close the window."
NO_DRAFT = "There is no such draft any more."


def register(desk: Desk) -> None:
    """Say what the job does."""
    desk.jobs.add("draft_step", partial(_step, desk))


def begin(desk: Desk, step: str, pressed: Pressed, facts: Facts, once: str) -> None:
    """See that a step is taken, once for each press."""
    told = facts | {"step": step, "pressed": asdict(pressed), "press": once}
    desk.jobs.start(CHORES, "draft_step", once, told)


def sent(desk: Desk, person: str, view: Mapping[str, Any]) -> dict[str, str]:
    """See that what a window says is done; what is wrong with it, by block."""
    kept, values = windows.of(view["private_metadata"]), view["state"]["values"]
    facts = {"person": person, "channel": kept.channel, "thread": kept.thread}
    once = f"view.{view['id']}"
    words = fields.said(values, "words") or ""
    if kept.step == "redraft":
        asked = f"{kept.pressed.case} {kept.pressed.item}"
        requesting.start(desk, facts | {"asked": asked, "wish": words}, once)
        return {}
    if kept.step == "edit":
        return _sent_edit(desk, kept, values, facts, once)
    if not words.strip():
        return {"words": windows.NO_WORDS}
    code = fields.said(values, "code") or ""
    if kept.step == "changes" and not code:
        return {"code": "Choose what has to change."}
    begin(desk, kept.step, kept.pressed, facts | {"words": words, "code": code}, once)
    return {}


def _sent_edit(
    desk: Desk, kept: Kept, values: Mapping[str, Any], facts: Facts, once: str
) -> dict[str, str]:
    draft = desk.drafts.find(kept.pressed.case, kept.pressed.item)
    if draft is None:
        return {"own": NO_DRAFT}
    before = _revision(draft, kept.pressed.revision)
    untouched = desk.settings.slack_blocks != "rich"
    text = windows.edited(values, before, null_is_untouched=untouched)
    if _lines(text) == _lines(windows.edited({}, before, null_is_untouched=True)):
        return {"own": SAME}
    begin(desk, "edit", kept.pressed, facts | {"text": text}, once)
    return {}


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _step(desk: Desk, facts: Facts) -> None:
    facts = facts | {"pressed": Pressed(**facts["pressed"])}
    done = desk.jobs.step("take", partial(_taken, desk, facts))
    if done["refused"]:
        acting.tell(desk, facts, done["refused"])
        return
    case, item = facts["pressed"].case, facts["pressed"].item
    once = f"{case}.{item}.{done['event']}"
    desk.jobs.step("card", partial(card.show, desk, case, item))
    if facts["step"] == "edit":
        desk.jobs.step("difference", partial(differing.show, desk, case, item, once))
    desk.jobs.step("say", partial(card.say, desk, case, f"Item {item}: {done['words']}", once))


def _taken(desk: Desk, facts: Facts) -> Facts:
    """What came of the press; why it was refused, "" when it was taken."""
    pressed: Pressed = facts["pressed"]
    case = admitting.readable(desk, pressed.case, facts["person"])
    if isinstance(case, str):
        return {"refused": case}
    press = Press(
        f"step/{facts['press']}", facts["person"], desk.now(), pressed.revision, pressed.event
    )
    outcome = _STEPS[facts["step"]](office.reviewing(desk), desk, facts, press)
    return {
        "refused": "" if outcome.taken else f"{outcome.words} {_differs(outcome)}".strip(),
        "words": outcome.words,
        "event": outcome.event.number,
    }


def _differs(outcome: Outcome) -> str:
    """What stands against an approval, where that is why it was refused."""
    if outcome.event.refused != Why.CHANGED or outcome.standing is None:
        return ""
    return " ".join(one.words for one in outcome.standing.reasons)


def _approve(review: Reviewing, _: Desk, facts: Facts, press: Press) -> Outcome:
    return review.approve(facts["pressed"].case, facts["pressed"].item, press)


def _take_over(review: Reviewing, _: Desk, facts: Facts, press: Press) -> Outcome:
    return review.take_over(facts["pressed"].case, facts["pressed"].item, press)


def _changes(review: Reviewing, _: Desk, facts: Facts, press: Press) -> Outcome:
    of: Pressed = facts["pressed"]
    return review.ask_changes(of.case, of.item, facts["code"], facts["words"], press)


def _withdraw(review: Reviewing, _: Desk, facts: Facts, press: Press) -> Outcome:
    of: Pressed = facts["pressed"]
    return review.withdraw(of.case, of.item, facts["words"], press)


def _evidence(review: Reviewing, _: Desk, facts: Facts, press: Press) -> Outcome:
    of: Pressed = facts["pressed"]
    return review.opened_evidence(of.case, of.item, of.sentence, press)


def _edit(review: Reviewing, desk: Desk, facts: Facts, press: Press) -> Outcome:
    of: Pressed = facts["pressed"]
    draft = desk.drafts.get(of.case, of.item)
    before = _revision(draft, of.revision)
    return review.edit(of.case, of.item, merged(before, draft, facts["text"]), press)


_STEPS: Mapping[str, Callable[[Reviewing, Desk, Facts, Press], Outcome]] = {
    "approve": _approve,
    "take_over": _take_over,
    "changes": _changes,
    "withdraw": _withdraw,
    "evidence": _evidence,
    "edit": _edit,
}


def merged(before: Wording, draft: Draft, text: str) -> Wording:
    """The draft with the commissioner's words as edited; the other voices stay as they are."""
    said = rebind(text, pack(dict(draft.latest.pack)))
    others = [one for one in before.sentences if one.voice is not Voice.COMMISSIONER]
    open_ = [one for one in before.sentences if one.gap and one.text.startswith("Decision")]
    undecided = open_ if said.choice is None else []
    return replace(said, sentences=(*others, *said.sentences, *undecided))


def _revision(draft: Draft, number: int) -> Wording:
    """What the revision said that somebody was shown; the latest where there is no such one."""
    found = (one.wording for one in draft.revisions if one.number == number)
    return next(found, draft.latest.wording)
