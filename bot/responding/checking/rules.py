"""What is checked in a draft, and how much each failed check weighs: one table."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from retrieval.documents import ItemKind


class Weight(StrEnum):
    """What a failed check does to publishing."""

    BLOCKS = "blocks"
    WARNS = "warns"


class Rule(StrEnum):
    """What is checked."""

    LIMB = "limb_answered"
    DECISION = "decision_chosen"
    REASON = "reason_given"
    TIME = "time_asked_for"
    LATER = "later_than_asked"
    PROMISE_DATE = "promise_has_date"
    PROMISE_OWNER = "promise_has_owner"
    PROMISE_MEASURE = "promise_has_measure"
    QUOTATION = "quotation_exact"
    FIGURE = "figure_sourced"
    DATE = "date_sourced"
    NAME = "name_sourced"
    GRADE = "grade_true"
    TURNED = "sense_kept"
    VOICE = "voices_apart"
    FORCE_CLAIM = "force_claim_examined"
    CHIEF_WORDS = "chief_officer_verbatim"
    LEGAL = "legal_sentence_current"
    RESTRICTED = "nothing_restricted"
    REUSED = "own_wording"
    POSITION = "position_kept"
    PLACEHOLDER = "nothing_left_open"
    LENGTH = "length"


@dataclass(frozen=True)
class Line:
    """What a failed check weighs for a recommendation and for an area, and how to mend it.

    A cause of concern is answered by its recommendations: of itself it weighs as an area does.
    """

    recommendation: Weight
    area: Weight
    how: str


_B, _W = Weight.BLOCKS, Weight.WARNS

TABLE: Mapping[Rule, Line] = {
    Rule.LIMB: Line(_B, _W, "Say by name what is done about it, or record why it is not answered."),
    Rule.DECISION: Line(_B, _W, "Choose: action taken, action proposed, or no action and why."),
    Rule.REASON: Line(_B, _W, "Give the reason why no action is taken."),
    Rule.TIME: Line(_B, _W, "Say since when it is done, or by when it will be."),
    Rule.LATER: Line(_W, _W, "Give a day within the time asked for, or say why it takes longer."),
    Rule.PROMISE_DATE: Line(_B, _W, "Add the day by which it will be done."),
    Rule.PROMISE_OWNER: Line(_B, _W, "Name who will do it."),
    Rule.PROMISE_MEASURE: Line(_W, _W, "Say what will be counted or seen."),
    Rule.QUOTATION: Line(_B, _B, "Copy the words as they stand, or take the marks away."),
    Rule.FIGURE: Line(_B, _B, "Take the figure from its source, or take it out."),
    Rule.DATE: Line(_B, _B, "Take the date from its source, or take it out."),
    Rule.NAME: Line(_B, _B, "Write the name as its source has it, or take it out."),
    Rule.GRADE: Line(_B, _B, "Give the grade as the report prints it."),
    Rule.TURNED: Line(_B, _B, "Read the source again and say what it says."),
    Rule.VOICE: Line(_B, _B, "Put the words to whoever said them."),
    Rule.FORCE_CLAIM: Line(_B, _W, "Say that the force says so, or how the office has tested it."),
    Rule.CHIEF_WORDS: Line(_B, _B, "Put the chief officer's own words there, or the placeholder."),
    Rule.LEGAL: Line(_B, _B, "Use the legal sentence that the duty gives."),
    Rule.RESTRICTED: Line(_B, _B, "Take it out: its source may not be published."),
    Rule.REUSED: Line(_W, _W, "Say it anew for this item, or quote it with its date."),
    Rule.POSITION: Line(_B, _W, "Keep to it, or write “position changed because …”."),
    Rule.PLACEHOLDER: Line(_B, _B, "Write what the brackets ask for."),
    Rule.LENGTH: Line(_W, _W, "Shorten the commissioner's response."),
}


@dataclass(frozen=True)
class Seen:
    """Something wrong: ``sentence`` is its place (from 1), ``limb`` the limb's, 0 for neither."""

    rule: Rule
    what: str
    sentence: int = 0
    limb: int = 0


@dataclass(frozen=True)
class Finding:
    """A failed check: what is wrong, where, how to mend it, and what it weighs."""

    rule: Rule
    weight: Weight
    what: str
    how: str
    sentence: int = 0
    limb: int = 0

    @property
    def blocks(self) -> bool:
        """Whether it stands in the way of publishing."""
        return self.weight is Weight.BLOCKS


def weighed(seen: Seen, kind: ItemKind) -> Finding:
    """What was seen, with what it weighs for that kind of item."""
    line = TABLE[seen.rule]
    counts = kind in (ItemKind.RECOMMENDATION, ItemKind.PRIORITY_ACTION)
    weight = line.recommendation if counts else line.area
    return Finding(seen.rule, weight, seen.what, line.how, seen.sentence, seen.limb)
