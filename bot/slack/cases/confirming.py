"""A case whose sheet was sent off with "Confirm": held against the report once more, and kept."""

from functools import partial
from pathlib import Path
from typing import Any

from bot.jobs import Facts
from bot.responding import confirming, corrections
from bot.responding.duty.wording import full
from bot.responding.sheet import NO_LINES, Sheet, SheetWrong
from bot.slack import acting
from bot.slack.blocks.intake import Window
from bot.slack.cases import admitting, card
from bot.slack.desk import CHORES, Desk
from bot.store.casebook import Stale
from bot.store.cases import Case, Revision

MOVED_ON = "Not confirmed: somebody has changed the case meanwhile. Look at it again."


def register(desk: Desk) -> None:
    """Say what the job does."""
    desk.jobs.add("case_confirm", partial(_confirm, desk))


def begin(desk: Desk, window: Window, person: str, view: str) -> None:
    """See that what the window showed is confirmed, once for each window."""
    facts = {
        "case": window.case,
        "revision": window.revision,
        "person": person,
        "channel": window.channel,
        "thread": window.thread,
        "press": f"case.{view}",
    }
    desk.jobs.start(CHORES, "case_confirm", view, facts)


def _confirm(desk: Desk, facts: Facts) -> None:
    refused = desk.jobs.step("confirm", partial(_kept, desk, facts))
    if refused:
        acting.tell(desk, facts, refused)
        return
    case = desk.casebook.get(facts["case"])
    once = f"{facts['revision']}.confirmed"
    desk.jobs.step("card", partial(card.show, desk, case, facts["person"], facts["channel"]))
    desk.jobs.step("say", partial(card.say, desk, case, _words(desk, case), once))


def _kept(desk: Desk, facts: Facts) -> str:
    """Why it is not confirmed, "" when it is; confirmed before by this job it stays so."""
    refused = admitting.turned_away(desk, facts["person"])
    if refused:
        return refused
    case = desk.casebook.get(facts["case"])
    if _is_done(case, facts):
        return ""
    try:
        _confirm_revision(desk, case, facts)
    except Stale:
        return MOVED_ON
    except SheetWrong as wrong:
        return f"Not confirmed: {wrong.path or 'the sheet'}: {wrong.words}."
    return ""


def _confirm_revision(desk: Desk, case: Case, facts: Facts) -> None:
    said = case.latest.content
    sheet = Sheet(Path(case.id), case.id, case.latest.number, said, NO_LINES)
    cases = {one.id: one for one in desk.casebook.all()}
    content = confirming.checked(sheet, case, cases, desk.casebook.pages)
    changed = corrections.made(case.proposal.content, content)
    kept: dict[str, Any] = {"after": facts["revision"], "person": facts["person"]}
    desk.casebook.confirm(case.id, content, changed, **kept, now=desk.now())


def _is_done(case: Case, facts: Facts) -> bool:
    """Whether this was confirmed before: a crash came before that could be remembered."""
    found = (one for one in case.revisions if one.number == facts["revision"] + 1)
    return any(one.confirmed and one.person == facts["person"] for one in found)


def _words(desk: Desk, case: Case) -> str:
    revision = case.standing
    who = admitting.name(desk, revision.person)
    return f"{who} has confirmed the report. {_corrected(revision)} {_clock(case)}"


def _corrected(revision: Revision) -> str:
    count = len(revision.corrections)
    if not count:
        return "Nothing that was read had to be corrected."
    return f"{count} {'correction' if count == 1 else 'corrections'}."


def _clock(case: Case) -> str:
    running = confirming.clock(case.content)
    if running is None:
        return "No clock runs: the day of publication is not checked yet."
    told = f"Published on {full(running.published)}; the last day is {full(running.last_day)}."
    ahead = case.standing.at.date() < running.published
    return f"{told} That day of publication has not come yet: is it right?" if ahead else told
