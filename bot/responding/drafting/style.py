"""The office's house style, as far as drafts need it."""

from dataclasses import dataclass

from bot.responding.paragraph import CHIEF, GAP

CHOOSE = "[choose: action taken, action proposed, or no action and why]"
PROPOSAL = "[proposal: a person has to own it]"
OWNER, MEASURE, DATE = "[name the owner]", "[say what will be counted]", "[give the date]"


@dataclass(frozen=True)
class Style:
    """Labels over the three voices, who speaks, and how long.

    ``speaker`` is "I", or what the office calls the commissioner in the third person; ``most`` is
    how many words of the commissioner's an item may take, ``found`` how many sentences of a finding
    are quoted. ``salutation`` opens the whole response, "" for none.
    """

    found_label: str = "What was found"
    asked_label: str = "What is asked"
    chief_label: str = "Chief Constable’s comments"
    own_label: str = "Commissioner’s response"
    decision_label: str = "Decision"
    speaker: str = "I"
    most: int = 250
    found: int = 5
    salutation: str = ""
    awaiting: str = CHIEF
    gap: str = GAP


USUAL = Style()
"""The style of an office that has set none."""
