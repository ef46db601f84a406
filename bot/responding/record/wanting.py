"""Whether a question is one to the record of cases, by its form alone.

Only questions about now are: what was open in 2016 "according to the report" is for the documents,
and so is everything that is not wholly of one of these forms.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from retrieval.documents import ItemKind


class About(StrEnum):
    """What is asked for: all that is open, or one item."""

    OPEN = "open"
    ITEM = "item"


@dataclass(frozen=True)
class Wanted:
    """What a question asks of the record. ``kind`` None is any, ``year`` None any too.

    ``since``: that year and later. ``number`` is an item's, "" for all; ``report`` are the words
    that name the report, "" for none.
    """

    about: About
    kind: ItemKind | None = None
    year: int | None = None
    since: bool = False
    number: str = ""
    report: str = ""


_KINDS = (
    (re.compile("rec"), ItemKind.RECOMMENDATION),
    (re.compile("cause"), ItemKind.CAUSE_OF_CONCERN),
    (re.compile("areas? for imp|afi"), ItemKind.AREA_FOR_IMPROVEMENT),
    (re.compile("priority|areas? for pri"), ItemKind.PRIORITY_ACTION),
)
_ONE = (
    r"(?:recommendation|rec|cause of concern|area for improvement|afi|area for priority action|"
    r"priority action|item)"
)
_MANY = (
    r"(?:recommendations?|recs|causes? of concern|areas? for improvement|afis?|"
    r"areas? for priority action|priority actions?|items?)"
)
_KIND = rf"(?P<kind>{_MANY})"
_OPEN = r"(?:open|unresolved|unclosed|not (?:yet )?closed)"
_LEFT = rf"(?:{_OPEN}|outstanding)"  # alone it is a grade: "what is outstanding?"
_NOW = r"(?:still |currently |now |yet )"
_ID = r"(?:the )?(?:case [a-z0-9-]+|[a-z0-9]+(?:-[a-z0-9]+)+)"
_NAMED = r"(?:the |our )?(?:[\w'’&-]+ ){0,6}?(?:report|letter|inspection|review)"
_PEEL = r"(?:the )?peel(?: inspection)?(?: report)? \d{4}(?:[/-]\d{2,4})?"
_REPORT = rf"(?P<report>{_ID}|{_PEEL}|{_NAMED})"
_YEAR = r"(?P<since>since )?(?:(?:from|of|in|for|published in) )?(?:the year )?(?P<year>20\d\d)"
_HERE = (
    r"(?:on (?:the|our) (?:record|books)|with us|for us|to us|now|today|at the moment|at present|"
    r"currently|in all)"
)
_TAIL = rf"(?: (?:{_YEAR}(?: reports?| letters?)?|(?:from|of|in|for|on) {_REPORT}))?(?: {_HERE})?"
_ASKS = r"(?:show me |tell me |list |give me |show |list for me )"
_ALL = r"(?:all |every |any |everything |anything |the |our |of |which |that )"
_NUMBER = r"(?:no\.? ?|number |#)?(?P<number>\d{1,3}(?:\.\d{1,2})?[a-z]?)"
_ITEM = rf"(?:the )?(?P<kind>{_ONE}) {_NUMBER}(?: (?:of|in|from|on) {_REPORT})?"
_ENDED = r"(?:open|closed|resolved|superseded|withdrawn|implemented|discharged|signed off|done)"
_BETWEEN = r"(?:been |now |still |already |yet |all )*"

_FORMS = tuple(
    (about, re.compile(form))
    for about, forms in (
        (
            About.OPEN,
            (
                rf"(?:what|which) (?:is|are|remains?) (?:{_NOW}{_LEFT}|{_OPEN}){_TAIL}",
                rf"{_ASKS}?(?:which|what|how many) (?:of )?(?:our |the )?{_KIND} "
                rf"(?:are|is|remains?|do we have that are) {_NOW}?{_LEFT}{_TAIL}",
                rf"{_ASKS}?{_ALL}*{_NOW}?{_LEFT} {_KIND}{_TAIL}",
                rf"{_ASKS}(?:what|{_ALL}+|{_ALL}*{_KIND}(?: that| which)?) ?"
                rf"(?:is|are|remains?) {_NOW}?{_LEFT}{_TAIL}",
                rf"(?:is|are) (?:there )?(?:anything|any {_KIND}) {_NOW}?{_LEFT}{_TAIL}",
                rf"do we {_NOW}?have (?:any )?{_LEFT} {_KIND}{_TAIL}",
                rf"do we {_NOW}?have (?:anything|any {_KIND}) {_NOW}?{_LEFT}{_TAIL}",
                rf"(?:what|which {_KIND}) have we {_NOW}?not (?:yet )?closed{_TAIL}",
            ),
        ),
        (
            About.ITEM,
            (
                rf"(?:what is |{_ASKS})?(?:the )?(?:current )?status (?:of|on|for) {_ITEM}",
                rf"(?:is|has) {_ITEM} {_BETWEEN}{_ENDED}(?: yet| now| already)?",
                rf"what (?:has become|has happened|happened|became) (?:of|to|with) {_ITEM}",
                rf"(?:where|how) (?:do we stand|are we) (?:on|with) {_ITEM}",
                rf"(?:did we|have we) (?:close|closed|answer|answered) {_ITEM}(?: yet)?",
                rf"what (?:was|has been|did we|have we) (?:decided?) (?:on|about|for) {_ITEM}",
            ),
        ),
    )
    for form in forms
)
_POLITE = re.compile(
    r"^(?:(?:please|hi|hello|ok|okay|so|and|now)[, ]+|(?:can|could|would|will) you (?:please )?)+"
)
_SHORT = (("what's", "what is"), ("which's", "which is"), ("where's", "where is"))


def read(question: str) -> Wanted | None:
    """What a question asks of the record, None for one to the documents.

    >>> read("What is still open from 2022?")
    Wanted(about=<About.OPEN: 'open'>, kind=None, year=2022, since=False, number='', report='')
    """
    asked = _plain(question)
    for about, form in _FORMS:
        if found := form.fullmatch(asked):
            return _wanted(about, found.groupdict())
    return None


def _plain(question: str) -> str:
    """The question in small letters, without politeness and marks at its end."""
    words = " ".join(question.casefold().replace("’", "'").split())
    for short, whole in _SHORT:
        words = words.replace(short, whole)
    bare = words.rstrip(" ?!.").removesuffix(" please").rstrip(" ,")
    return _POLITE.sub("", bare)


def _wanted(about: About, said: dict[str, str | None]) -> Wanted:
    year = said.get("year")
    return Wanted(
        about,
        _kind(said.get("kind") or ""),
        int(year) if year else None,
        bool(said.get("since")),
        said.get("number") or "",
        said.get("report") or "",
    )


def _kind(word: str) -> ItemKind | None:
    return next((kind for form, kind in _KINDS if form.match(word)), None)
