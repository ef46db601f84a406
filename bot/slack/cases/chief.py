"""What happened with the chief officer's comments, as somebody says in a window."""

import json
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from bot.jobs import Facts
from bot.responding import inviting
from bot.responding.duty import london_date, plain
from bot.responding.inviting import StepWrong
from bot.slack.blocks import chief as blocks
from bot.slack.cases import admitting, card, standing
from bot.slack.desk import CHORES, Desk
from bot.store.cases import ChiefStep, Step

_WORDS = {
    Step.INVITED: "invited the chief officer to comment, on {on}",
    Step.RECEIVED: "noted that the chief officer's comments came on {on}",
    Step.NONE: "noted on {on} that no comments came from the chief officer",
}


def register(desk: Desk) -> None:
    """Say what the job does."""
    desk.jobs.add("case_chief", partial(_show, desk))


def opened(desk: Desk, person: str, name: str, channel: str) -> dict[str, Any] | str:
    """The window for a person, or why there is none."""
    case = admitting.workable(desk, name, person)
    if isinstance(case, str):
        return case
    today = london_date(desk.now())
    planned = standing.of(desk, case).planned
    due = next((one.on for one in planned if one.name == "comments"), None)
    until = due if due and due > today else today + timedelta(days=14)
    kept = json.dumps({"case": name, "channel": channel})
    picks = desk.settings.slack_blocks == "rich"
    letter = "" if case.chief else inviting.letter(case, until)
    return blocks.view(case, today, until, letter, picks_dates=picks, private_metadata=kept)


def submit(desk: Desk, person: str, view: Mapping[str, Any]) -> dict[str, str]:
    """Keep what was said; what is wrong with it, by block."""
    kept = json.loads(view["private_metadata"])
    case = admitting.workable(desk, kept["case"], person)
    if isinstance(case, str):
        return {"step": case}
    read = blocks.read(view["state"]["values"], london_date(desk.now()))
    if isinstance(read, dict):
        return read
    step = ChiefStep(read.step, read.on, read.until, person, desk.now())
    try:
        inviting.check(case, step, london_date(desk.now()))
    except StepWrong as wrong:
        return {wrong.of: blocks.told(wrong)}
    # The job notes it, so that a window sent off twice notes it once.
    facts = {
        "case": case.id, "person": person, "step": step.step.value, "on": step.on.isoformat(),
        "until": step.until.isoformat() if step.until else "", "view": str(view["id"]),
    }  # fmt: skip
    desk.jobs.start(CHORES, "case_chief", str(view["id"]), facts)
    return {}


def _show(desk: Desk, facts: Facts) -> None:
    at = desk.jobs.step("when", lambda: desk.now().isoformat())
    step = blocks.step_of(facts, at)
    desk.jobs.step("note", partial(_note, desk, facts["case"], step))
    case = desk.casebook.get(facts["case"])
    who = admitting.name(desk, facts["person"])
    words = f"{who} {_WORDS[step.step].format(on=plain(step.on))}."
    desk.jobs.step("say", partial(card.say, desk, case, words, f"chief.{facts['view']}"))
    card.refresh(desk, case)


def _note(desk: Desk, name: str, step: ChiefStep) -> None:
    """Once, though a crash may come before it is remembered: its moment is the press's own."""
    if step not in desk.casebook.get(name).chief:
        desk.casebook.note_chief(name, step)
