"""The chief officer's comments: what may be recorded of them, and the letter that invites them.

Section 55(4) of the Police Act 1996 has the local policing body invite the chief officer to comment
before a date that the body sets.
"""

from datetime import date

from bot.responding.duty import plain
from bot.responding.duty.wording import full
from bot.store.cases import Case, ChiefStep, Step


class StepWrong(ValueError):
    """What cannot be recorded; ``of`` names what is wrong: "on", "until" or "step"."""

    def __init__(self, of: str, words: str) -> None:
        super().__init__(words)
        self.of = of


def check(case: Case, step: ChiefStep, today: date) -> None:
    """Raise StepWrong for a step that does not follow from what is recorded."""
    invited = [one.on for one in case.chief if one.step is Step.INVITED]
    if step.on > today:
        raise StepWrong("on", f"{plain(step.on)} has not come yet")
    if step.until and step.step is not Step.INVITED:
        raise StepWrong("until", "goes with invited: it is the day set for the comments")
    if step.until and step.until <= step.on:
        raise StepWrong("until", "is after the day of the invitation")
    if step.step is not Step.INVITED and not invited:
        words = "record first when the chief officer was invited: section 55(4) asks for it"
        raise StepWrong("step", words)
    if step.step is not Step.INVITED and step.on < invited[-1]:
        raise StepWrong("on", f"the chief officer was invited later, on {plain(invited[-1])}")


def letter(case: Case, until: date | None) -> str:
    """The invitation, for a person to copy, complete and send."""
    said = case.content
    day = full(until) if until else "[set a day]"
    published = f", published on {plain(said.counted_from)}" if said.counted_from else ""
    asked = "\n".join(_asked(case))
    return (
        f"Dear [Chief Constable],\n\n{said.title}{published}\n\n"
        "Under section 55(4) of the Police Act 1996 I invite you to comment on this report. Please "
        f"let me have your comments before {day}, so that they can be published with mine.\n\n"
        f"The report asks of you:\n{asked}\n\n[Name]"
    )


def _asked(case: Case) -> list[str]:
    items = [one for one in case.content.items if one.ours]
    return [f"{one.id}. (page {one.page}) {' '.join(one.text.split())}" for one in items]
