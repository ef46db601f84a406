"""Promises of the commissioner: what counts as one, and whether it names time, owner and measure.

"I will …", "I have asked … to …", "Superintendent X is to report to me" are promises; what the
force will do is none. Read by form: a promise put in another way is not seen.
"""

import re
from datetime import date

from bot.grounding.figures import dates_blanked
from retrieval.dates import FoundDate, find_dates
from retrieval.words import folded

SELF = (
    r"(?:I|we|(?:my|our) office|my team|the (?:police(?:,? fire)? and crime )?commissioner|"
    r"the PF?CC|the mayor)"
)
"""Who speaks in the commissioner's voice, in the first or the third person."""

_WILL = re.compile(
    rf"\b{SELF}(?:'ll\b|,? (?:[\w-]+,? ){{0,3}}?(?:will|shall|intends?|proposes? to|undertakes?|"
    r"plans? to|(?:am|are|is) going to)\b)",
    re.IGNORECASE,
)
_ASKED = re.compile(
    rf"\b{SELF} (?:\w+ )?(?:(?:have|has) (?:\w+ )?(?:asked|required|told|instructed|"
    r"agreed with)|asks?|expects?|requires?)\b.{3,}?\bto\b",
    re.IGNORECASE,
)
_OWED = re.compile(
    r"\b(?:is|are) to (?:report|bring|publish|show|write|give|send|tell|come)\b|"
    r"\bwill (?:report|bring|show|write|send|answer)\b[^.]{0,90}\b(?:to me|my|"
    r"to the commissioner)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\b(?:immediately|at once|with immediate effect|from today|today|"
    r"within (?:the next )?(?:\w+[ -]){1,2}(?:hours?|days?|weeks?|months?|years?)|"
    r"(?:each|every) (?:day|week|fortnight|month|quarter|year)|(?:once|twice) a (?:month|year)|"
    r"(?:the same|that) (?:day|week|month)|daily|weekly|monthly|quarterly|annually|"
    r"(?:before|by|at) the end of (?:the|this|next) (?:\w+ )?(?:day|week|month|quarter|year))\b",
    re.IGNORECASE,
)
_FINANCIAL = re.compile(r"\b(?:19|20)\d\d[/-]\d\d\b")
_ROLE = re.compile(
    r"\b(?:chief constable|chief officer|chief executive|superintendent|inspector|sergeant|"
    r"supt|DCC|ACC|force|constabulary|police|commander|director|council|registrar|officers?|"
    r"supervisors?|leads?|team|head of|panel|board)\b",
    re.IGNORECASE,
)
_WEAK = re.compile(
    r"\b(?:monitor|keep|look|continue|work|support|consider|discuss|explore|raise|seek|strive|"
    r"oversee|scrutini[sz]e|encourage|focus|ensure|note|be (?:watching|looking))\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\d|£|%|\b(?:per ?cent|share|number|figures?|rate|proportion|percentage|count|sample|audit|"
    r"publish\w*|report to me|in writing|written|cost|fund|pay|all|every|each|two|three|four|five|"
    r"six|seven|eight|nine|ten|twelve)\b",
    re.IGNORECASE,
)


def is_promise(text: str) -> bool:
    """Whether the commissioner says in it what will be done, or what others are asked to do."""
    plain = folded(text)
    return bool(_WILL.search(plain) or _ASKED.search(plain) or _OWED.search(plain))


def when(text: str, on: date | None = None) -> str:
    """By when, as printed; "" for no time. Days before ``on`` give none."""
    plain = folded(text)
    for one in find_dates(plain):
        if _could_come(one, on):
            return one.words
    said = _WHEN.search(plain) or _FINANCIAL.search(plain)
    return said.group() if said else ""


def has_owner(text: str) -> bool:
    """Whether it says who: the commissioner, or a person, a role or a body."""
    plain = folded(text)
    passive = re.search(r"\b(?:will|shall) be \w+", plain)
    named = re.search(rf"\b{SELF}\b", plain, re.IGNORECASE) or _ROLE.search(plain)
    return bool(named) if not passive else bool(named or re.search(r"\bby (?:the )?[A-Z]", plain))


def has_measure(text: str) -> bool:
    """Whether it says something that can be counted or seen; "I will monitor" does not."""
    plain = folded(text)
    return not _WEAK.search(plain) or bool(_COUNTED.search(dates_blanked(plain)))


def due(text: str) -> date | None:
    """The last day that a promise names, None for none; a month means its first day."""
    days = [_first(one) for one in find_dates(folded(text)) if one.year and one.month]
    return max((day for day in days if day), default=None)


def _could_come(one: FoundDate, on: date | None) -> bool:
    """Whether a date names a time that has not passed; a bare year before ``on`` has."""
    if one.month is None and one.year is None:
        return False
    if on is None or one.year is None:
        return True
    return (one.year, one.month or 12, one.day or 31) >= (on.year, on.month, on.day)


def _first(one: FoundDate) -> date | None:
    return date(one.year, one.month, one.day or 1) if one.year and one.month else None
