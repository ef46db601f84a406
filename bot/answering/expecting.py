"""What kind of thing a question asks for, and whether a sentence holds one.

A question for a number is not answered by a sentence without one, however near its words are.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from retrieval.dates import find_dates
from retrieval.words import folded, stem, terms


class Expected(StrEnum):
    """What an answer has to hold."""

    MONEY = "money"
    SHARE = "share"
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    REASON = "reason"
    PROMISE = "promise"
    ASKED_FOR = "what was asked for"
    STATUS = "open or closed"
    DEFINITION = "definition"
    DATED = "date of the document"
    YES_OR_NO = "yes or no"
    ANYTHING = "anything"


@dataclass(frozen=True)
class Expectation:
    """What is asked for, and for a number what it counts (stems of the words after "how many")."""

    kind: Expected
    unit: tuple[str, ...] = ()


# "What is a cause of concern?", "What does DASH mean?": the object is what is defined.
_DEFINED = (
    r"^what (?:is|are) an? (?P<is>(?:[\w'-]+ ?){1,4}?)(?: in [\w' ]+ terms)?\??$|"
    r"^what (?:does|do) (?:an? |the )?(?P<means>(?:[\w'-]+ ?){1,5}?) (?:mean|stand for)\b|"
    r"^define (?P<define>(?:[\w'-]+ ?){1,4}?)\??$"
)
_ASKS: tuple[tuple[Expected, str], ...] = (
    (
        Expected.PROMISE,
        r"\bwhat (?:did|do|does|has|have) (?:we|you|the (?:pcc|commissioner|office)|our office) "
        r"(?:say|said|answer|repl|respon|tell|told)|\bpromis\w+|\bpledg\w+|"
        r"\bcommit(?:ted|ment)?s?\b|\bsay (?:we|you|they) would\b",
    ),
    (
        Expected.STATUS,
        r"\b(?:still|yet|now|remains?) (?:open|closed|outstanding)\b|"
        r"\b(?:has|have|was|were|is|are|been)\b.{0,80}\b(?:closed|discharged|signed off)\b|"
        r"\bstatus of\b",
    ),
    (Expected.DEFINITION, _DEFINED),
    (
        Expected.DATED,
        r"\bdate (?:is|was) (?:on|of)\b|"
        r"\bwhen (?:is|was) (?:the|our|this) (?:[\w/-]+ )?(?:response|letter|report) "
        r"(?:dated|published|issued|sent|written)\b",
    ),
    (
        Expected.MONEY,
        r"\bhow much (?:money|funding)\b|\bwhat (?:sum|amount|budget)\b|"
        r"\bhow much\b.*\b(?:cost|spen[dt]|pa(?:y|id)|budget\w*|fund\w*|secur\w*|invest\w*)\b",
    ),
    (
        Expected.SHARE,
        r"\bwhat (?:percentage|proportion|share|rate)\b|\bpercentage of\b|\bby how much\b|"
        r"\b(?:vacancy|turnover|completion|detection) rate\b",
    ),
    (
        Expected.NUMBER,
        r"\bhow (?:many|often|long|large|big|old|high|much)\b|"
        r"\bwhat (?:is|was) the (?:\w+ )?(?:number|average|total|size)\b",
    ),
    (
        Expected.ASKED_FOR,
        r"\bwhat\b.*\brecommend\w*\b.*|\bwhat\b.*\b(?:want|ask|tell|told|requir)\w*\b.*\bto\b|"
        r"\bwhat (?:should|must)\b|\bwhich recommendations?\b",
    ),
    (
        Expected.DATE,
        r"^(?:and )?when\b|\bwhen (?:is|was|did|does|do|were|are|will|has|have|must)\b|"
        r"\b(?:by|since|from|until|on|in) (?:what|which) (?:date|day|year|month|time)\b|"
        r"\b(?:by|since) when\b|\bwhat (?:date|deadline|year)\b|"
        r"\bwhat (?:is|was) the deadline\b",
    ),
    (
        Expected.NAME,
        r"\bwhom?\b(?! (?:they|it|he|she))|\bwhat (?:company|organisation)\b|"
        r"\bwhich (?:\w+ ){0,2}(?:body|bodies|company|team|provider|agency|agencies|panel|force|"
        r"organisation|officer|person|service|programmes?|unit)\b",
    ),
    (
        Expected.REASON,
        r"^(?:and )?why\b|\bwhat caused\b|\bwhy (?:is|was|are|were|did|does|do|might)\b",
    ),
    (
        Expected.YES_OR_NO,
        r"^(?:and |so )?(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b|"
        r", (?:is|are|was|were|do|does|did|has|have|had) ",
    ),
)
_COUNTED = re.compile(
    r"\bhow (?:many|often)\b(?: more| extra| other)? ((?:[\w'-]+ ?){1,3})|"
    r"\b(?:percentage|proportion|share|number) of ((?:[\w'-]+ ?){1,3})",
    re.IGNORECASE,
)
_NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred thousand million single once twice half third quarter none every each no both"
)
_NUMBER = re.compile(rf"\d|\b(?:{'|'.join(_NUMBER_WORDS.split())})s?\b", re.IGNORECASE)
_MONEY = re.compile(r"£\s?\d|\bpounds\b|\b\d[\d,.]*\s?(?:million|m|k)\b", re.IGNORECASE)
_SHARE = re.compile(
    r"\d\s?%|\bper ?cent\b|\b(?:half|third|quarter|majority|"
    r"one in \w+|times the)\b|\b\d+ (?:out )?of (?:the )?\d+\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:immediately|daily|weekly|monthly|annually|yearly|quarterly|\d+ ?(?:am|pm)|"
    r"(?:\w+ )?(?:days?|weeks?|months?|years?|hours?)|mon|tues|wednes|thurs|fri|satur|sun)"
    r"(?:day)?s?\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?<!^)(?<![.?!] )\b[A-Z][\w’'-]+|\b[A-Z]{2,}\b")
_PROMISE = re.compile(
    r"\b(?:I|we|commissioner|PCC|office) (?:\w+ )?(?:will|shall|would|(?:am|are|is) "
    r"(?:also )?(?:committed|going)|(?:have|has) (?:asked|agreed|committed))\b|\b(?:I|we)'ll\b",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"\b(?:recommend\w*|should|must|needs? to|ought to|required to|immediately|"
    r"within \w+ months)\b",
    re.IGNORECASE,
)
_STATUS = re.compile(
    r"\b(?:closed|closes|closure|remains? open|still open|discharged|signed off|superseded|"
    r"withdrawn|no longer a cause|completed)\b",
    re.IGNORECASE,
)
_CAUSE = re.compile(
    r"\b(?:because|due to|as a result|result(?:s|ed|ing)? (?:in|from)|since|means? that|meaning|"
    r"owing|caused?|lack of|led to|leads? to|so that|therefore|consequently|reason)\b",
    re.IGNORECASE,
)


def expected(question: str) -> Expectation:
    """What the question asks for: the first form that fits, most particular first."""
    text = folded(question)
    for kind, form in _ASKS:
        if re.search(form, text, re.IGNORECASE):
            return Expectation(kind, _unit(text))
    return Expectation(Expected.ANYTHING)


def _unit(question: str) -> tuple[str, ...]:
    """What a number counts, or what a definition defines."""
    defined = re.search(_DEFINED, question, re.IGNORECASE)
    if defined:
        return tuple(terms(defined["is"] or defined["means"] or defined["define"]))
    match = _COUNTED.search(question)
    return tuple(terms(match[1] or match[2])[:2]) if match else ()


def meets(expectation: Expectation, sentence: str) -> float:
    """How well a sentence could hold what is asked for: 1 it does, 0 it cannot, between unsure."""
    text = folded(sentence)
    if expectation.kind is Expected.NUMBER:
        return _counts(expectation.unit, text)
    if expectation.kind is Expected.DEFINITION:
        return _defines(expectation.unit, text)
    measure = _MEETS.get(expectation.kind)
    return measure(text) if measure else 0.7


def _share(text: str) -> float:
    return 1.0 if "%" in text else 0.7 * bool(_SHARE.search(text))


def _date(text: str) -> float:
    found = find_dates(text)
    if any(one.month for one in found) or re.search(r"\bimmediately\b", text, re.IGNORECASE):
        return 1.0
    return 0.6 if found else 0.5 * bool(_TIME.search(text))


def _dated(text: str) -> float:
    """A full date that stands almost alone, or after "published", is the document's own."""
    full = [one for one in find_dates(text) if one.date]
    alone = bool(full) and len(text.split()) <= len(full[0].words.split()) + 3
    said = any(re.search(r"\bpublished (?:on )?$", text[: one.start]) for one in full)
    return 1.0 if alone or said else 0.2 * bool(full)


_MEETS: dict[Expected, Callable[[str], float]] = {
    Expected.PROMISE: lambda text: 1.0 if _PROMISE.search(text) else 0.2,
    Expected.ASKED_FOR: lambda text: 1.0 if _ASKING.search(text) else 0.4,
    Expected.STATUS: lambda text: float(bool(_STATUS.search(text))),
    Expected.MONEY: lambda text: float(bool(_MONEY.search(text))),
    Expected.SHARE: _share,
    Expected.DATE: _date,
    Expected.DATED: _dated,
    Expected.NAME: lambda text: 1.0 if _NAMED.search(text) else 0.4,
    Expected.REASON: lambda text: 1.0 if _CAUSE.search(text) else 0.6,
}


def _defines(unit: tuple[str, ...], text: str) -> float:
    """1 where the thing comes first and is said to be something, 0 where it is only named."""
    said = re.search(r"\b(?:is|are|means?|refers to|stands for|defined as)\b", text)
    if not said:
        return 0.0
    before, after = terms(text[: said.start()]), terms(text[said.end() :])
    return float(set(unit) <= set(before[: len(unit) + 2]) and len(after) > 2)


def _counts(unit: tuple[str, ...], text: str) -> float:
    """1 for a number next to what is counted, less for one farther off."""
    if not _NUMBER.search(text):
        return 0.0
    words = [word.strip(".,;:()'\"") for word in text.split()]
    numbers = [n for n, word in enumerate(words) if _NUMBER.search(word)]
    units = [n for n, word in enumerate(words) if stem(word.lower()) in unit]
    if not unit:
        return 0.8
    near = min((abs(a - b) for a in numbers for b in units), default=99)
    return 1.0 if near <= 4 else 0.6 if near < 99 else 0.3
