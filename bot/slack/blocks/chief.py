"""The window in which it is said what happened with the chief officer's comments."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.jobs import Facts
from bot.responding.inviting import StepWrong
from bot.slack.blocks import fields, kit, limits, text
from bot.slack.blocks.kit import Block
from bot.store.cases import Case, ChiefStep, Step

CALLBACK = "case_chief"
_STEPS = {
    Step.INVITED: "They were invited to comment",
    Step.RECEIVED: "Their comments came",
    Step.NONE: "No comments came",
}
_COPY = "An invitation to copy, complete and send:"


@dataclass(frozen=True)
class Said:
    """What was put in."""

    step: Step
    on: date
    until: date | None


def view(
    case: Case, today: date, until: date, letter: str, *, picks_dates: bool, private_metadata: str
) -> Block:
    """The window; ``letter`` is an invitation to copy, "" where one was sent before."""
    first = Step.RECEIVED if case.chief else Step.INVITED
    steps = {step.value: words for step, words in _STEPS.items()}
    hint = "The law has you set a day before which the comments come. Only with an invitation."
    proposed = None if case.chief else until
    blocks = [
        fields.choice("step", "What happened", steps, first),
        fields.day("on", "On", today, picks=picks_dates, optional=False),
        fields.day("until", "Comments before", proposed, picks=picks_dates, hint=hint),
        *_letter(letter),
    ]
    return fields.window(CALLBACK, "Chief officer", "Keep", blocks, private_metadata)


def read(values: Mapping[str, Any], today: date) -> Said | dict[str, str]:
    """What was said, or what is wrong with it, by block. Untouched, it happened today."""
    wrong: dict[str, str] = {}
    days: dict[str, date | None] = {}
    for name in ("on", "until"):
        try:
            days[name] = fields.read_day(fields.said(values, name) or "")
        except ValueError:
            wrong[name] = fields.BAD_DATE
    step = Step(fields.said(values, "step") or Step.INVITED)
    return wrong or Said(step, days["on"] or today, days["until"])


def told(wrong: StepWrong) -> str:
    """What cannot be recorded, as a sentence under its field."""
    words = f"This day {wrong}" if wrong.of == "until" else str(wrong)
    return f"{words[:1].upper()}{words[1:]}."


def step_of(facts: Facts, at: str) -> ChiefStep:
    """The step that a job's facts tell of."""
    until = date.fromisoformat(facts["until"]) if facts["until"] else None
    on, moment = date.fromisoformat(facts["on"]), datetime.fromisoformat(at)
    return ChiefStep(Step(facts["step"]), on, until, facts["person"], moment)


def _letter(said: str) -> list[Block]:
    if not said:
        return []
    return [kit.grey(_COPY), *(kit.words(part) for part in text.parts(said, limits.SECTION))]
