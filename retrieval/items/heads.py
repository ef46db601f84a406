"""Which lines of a report announce that something is asked, praised or only told."""

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum

from retrieval.documents import BlockKind
from retrieval.items.parts import Part
from retrieval.items.wording import asks


class Sort(StrEnum):
    """What a heading announces."""

    PRIORITY = "priority"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    RECOMMENDATION = "recommendation"
    PRAISE = "praise"
    STUDY = "study"
    TOLD = "told"


ASKED = frozenset({Sort.PRIORITY, Sort.IMPROVEMENT, Sort.CONCERN, Sort.RECOMMENDATION})

# "4", "No. 4", "4a", "1.2", "A", "iv"
_NUMBER = (
    r"(?:no\.?\s*)?(?P<number>\d{1,3}(?:\.\d{1,2})?[a-z]?|(?:[a-z]|[ivx]{1,5})(?=[\s:.)(]|$))?"
)
_NAMES = (
    (
        Sort.PRIORITY,
        r"areas?(?:\(s\))? (?:for|of) (?:urgent |immediate )?priority actions?(?:\(s\))?|"
        r"priority actions?",
    ),
    (Sort.IMPROVEMENT, r"areas?(?:\(s\))? (?:for|of|requiring) improvements?(?:\(s\))?|afis?"),
    (Sort.IMPROVEMENT, r"what needs to (?:improve|be improved|change|get better)\??"),
    (Sort.CONCERN, r"causes? (?:of|for) concern"),
    (Sort.RECOMMENDATION, r"recommendations?"),
)
_BEFORE = (
    r"(?:(?:our|key|new|national|local|force|further|accelerated|summary of(?: our)?|list of)\s+)*"
)
_AFTER = r"(?:\s*\((?P<aside>[^)]*)\)|\s+(?:for|to|in|on|from)\b(?P<scope>[^:.]{0,80}))?"
_HEADS = tuple(
    (sort, re.compile(rf"{_BEFORE}(?P<name>{name})\s*{_NUMBER}{_AFTER}\s*:?$", re.IGNORECASE))
    for sort, name in _NAMES
)
_RUN_IN = tuple(
    (
        sort,
        re.compile(
            rf"{_BEFORE}(?P<name>{name})\s*{_NUMBER}(?:\s*\([^)]*\))?"
            r"\s*[:.–—-]\s+(?P<rest>\S.{12,})$",
            re.IGNORECASE | re.DOTALL,
        ),
    )
    for sort, name in _NAMES
)
_PLURAL = re.compile(
    r"areas|area\(s\)|afis|causes|recommendations|priority actions|what", re.IGNORECASE
)
_STUDY = re.compile(
    r"(?:(?:case|practice) stud(?:y|ies)|places and spaces|case example|in focus)\b", re.IGNORECASE
)
_PRAISE = re.compile(
    r"\bstrengths?\b|\b(?:innovative|promising|good|effective|positive|notable|best) practices?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Section:
    """One heading that asks, and what stands under it.

    ``single`` says that the heading speaks of one thing ("Area for improvement 2"). ``before`` are
    the words of a cause of concern that a recommendation answers.
    """

    sort: Sort
    heading: str
    level: int = 0
    number: str = ""
    single: bool = False
    group: str = ""
    grouped: bool = False
    before: str = ""
    parts: tuple[Part, ...] = field(default=())


def announced(part: Part) -> Section | None:
    """The section that a heading, or a line that stands for one, opens."""
    if _STUDY.match(part.text):
        return Section(Sort.STUDY, part.text, part.level)
    for sort, form in _HEADS:
        match = form.match(part.text)
        if match and (part.is_heading or _may_head(part, match)):
            return _opened(sort, part, match)
    if part.is_heading and not run_in(part):
        sort = Sort.PRAISE if _PRAISE.search(part.text) else Sort.TOLD
        return Section(sort, part.text, part.level)
    return None


def _may_head(part: Part, match: re.Match[str]) -> bool:
    """A paragraph may be a heading whose look is lost; a line of a contents list is none."""
    listed = _PLURAL.match(match["name"]) and match["number"]
    return part.kind is BlockKind.PARAGRAPH and not listed and not match["scope"]


def _opened(sort: Sort, part: Part, match: re.Match[str]) -> Section:
    plural = bool(_PLURAL.match(match["name"]))
    number = match["number"] or part.label.strip("().")
    single = not plural or bool(number)
    return Section(sort, part.text, part.level, number=number, single=single)


def run_in(part: Part) -> tuple[Section, Part] | None:
    """ "Recommendation 4: Chief constables should …" as a heading and what stands under it."""
    for sort, form in _RUN_IN:
        match = form.match(part.text)
        if match and (match["number"] or asks(match["rest"])):
            head = Section(sort, match["name"], 6, number=match["number"] or "", single=True)
            return head, replace(part, kind=BlockKind.PARAGRAPH, text=match["rest"])
    return None
