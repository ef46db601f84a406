"""The rules of law and of letters that set a last day, as records with the dates they are valid.

Read in the Policing and Crime Act 2017, section 37, and in S.I. 2017/399, regulation 4(a). A change
of the law is a new record beside the old one, whose ``valid_to`` is then filled in.

Known and not enabled: a coroner's report to prevent future deaths (56 days from the day it is sent)
and a report of a select committee (two months).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Regime(StrEnum):
    """What asks for the response."""

    S55 = "s55"
    STATED_DATE = "stated_date"


class Unit(StrEnum):
    """How a length is counted; STATED means that the report names the last day itself."""

    DAYS = "days"
    MONTHS = "months"
    STATED = "stated"


@dataclass(frozen=True)
class Part:
    """Something that must be there by the last day, and where the rule says so."""

    provision: str
    words: str


@dataclass(frozen=True)
class Rule:
    """One version of one rule. ``inclusive``: the day of the trigger is day 1.

    ``valid_from`` and ``valid_to`` are the first and last day in force, None for no end. ``late``
    says what a response after the last day is. ``sentence`` is the text for a response, with the
    gaps ``published`` and ``last_day``. ``before`` tells what was asked before the rule.
    """

    regime: Regime
    name: str
    trigger: str
    length: int
    unit: Unit
    inclusive: bool
    rolls_over: bool
    parts: tuple[Part, ...]
    recipients: tuple[str, ...]
    late: str
    sentence: str
    valid_from: date | None = None
    valid_to: date | None = None
    before: str = ""

    def in_force(self, on: date) -> bool:
        """Whether the rule was valid on that day."""
        return (self.valid_from or date.min) <= on <= (self.valid_to or date.max)


S55 = Rule(
    regime=Regime.S55,
    name="section 55(5A) of the Police Act 1996",
    trigger="the day on which the report is published",
    length=56,
    unit=Unit.DAYS,
    inclusive=True,
    rolls_over=False,
    parts=(
        Part("section 55(4)", "an invitation to the chief officer to comment by a set date"),
        Part("section 55(5)(a)", "the comments of the local policing body"),
        Part("section 55(5)(b)", "any comments of the chief officer"),
        Part("section 55(5)(c)", "any response to the chief officer's comments"),
        Part("section 55(5B)", "for each recommendation the action taken or proposed, or why none"),
    ),
    recipients=("the inspectors of constabulary", "the Secretary of State"),
    late="late in law",
    sentence=(
        "These comments are published under section 55(5) of the Police Act 1996. Section 55(5A) "
        "requires them to be published before the end of the period of 56 days beginning with the "
        "day on which the report was published. The report was published on {published}, which "
        "makes {last_day} the last day."
    ),
    valid_from=date(2017, 5, 2),
    before="Before that, HMIC asked for comments within 30 days, by request and not by law.",
)

STATED_DATE = Rule(
    regime=Regime.STATED_DATE,
    name="the date that the report states",
    trigger="the day on which the report is published",
    length=0,
    unit=Unit.STATED,
    inclusive=True,
    rolls_over=False,
    parts=(Part("the report", "the written statement that the report asks for"),),
    recipients=("whoever the report names",),
    late="later than the report asks",
    sentence="The report, published on {published}, asks for this statement by {last_day}.",
)

RULES = (S55, STATED_DATE)


def rule(regime: Regime, published: date, rules: tuple[Rule, ...] = RULES) -> Rule:
    """The version in force on the day of publication, or else the nearest later one, or the last.

    The caller must ask whether it is in force: a version that is not is there to be told about.
    """
    versions = sorted(
        (one for one in rules if one.regime is regime),
        key=lambda one: one.valid_from or date.min,
    )
    open_ended = (one for one in versions if published <= (one.valid_to or date.max))
    return next(open_ended, versions[-1])
