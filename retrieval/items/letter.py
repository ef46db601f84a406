"""What a letter or report says of itself: title, date, whom it is for, by when to reply."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from retrieval.dates import FoundDate, find_dates
from retrieval.items.heads import ASKED, announced
from retrieval.items.parts import Part
from retrieval.items.wording import sentences

_DEAR = re.compile(r"dear\b", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"(?:published|publication date|date of publication|publication|date|dated)\b\W*(?:on\b\W*)?",
    re.IGNORECASE,
)
_REPLY = re.compile(
    r"\b(?:written statement|statement of (?:proposed )?action|action plans?|respon(?:d|se|ses)|"
    r"repl(?:y|ies)|comments?|send (?:it|this|them)|submit|return)\b",
    re.IGNORECASE,
)
_ASKED_FOR = re.compile(
    r"\b(?:should|must|please|asks?|asked|invite[sd]?|required?|requests?|requested|need to|send|"
    r"by)\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:by|before|until|no later than|not later than)\W+(?:\w+\W+){0,3}$", re.I)
_ROLE = re.compile(
    r"\b(?:director|chief|officer|commissioner|mayor|constable|manager|head|chair|scrutineer|lead|"
    r"executive|nurse|doctor|CEO|leader|president|inspector|secretary|minister|deputy|interim|service|"
    r"strategic|accountable|council|police|probation|board|partnership|CCG|ICB)\b",
    re.IGNORECASE,
)
_HONOURS = r"(?:\s+(?:QPM|CBE|OBE|MBE|DL|KBE|CB|QC|KC|PhD|BSc|MSc))*"
_HONOURED = re.compile(rf"^{_HONOURS},")
_NAME = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Baroness|Professor|Prof|Cllr|Councillor)\.?\s+)?"
    rf"[A-Z][\w’'-]+(?:\s+[A-Z][\w’'.-]*){{1,3}}{_HONOURS}"
)
_RANKED = re.compile(
    r"(?P<rank>(?:Acting |Temporary |Deputy |Assistant )*(?:Chief Constable|Commissioner))"
    rf"\s+(?:Sir |Dame )?[A-Z][\w’'-]+(?:\s+[A-Z][\w’'.-]*){{1,2}}{_HONOURS}(?=,|$)"
)
_TEMPLATE = re.compile(r"\b(?:ENTER|INSERT|XX+|template|document\d*|untitled)\b|^Microsoft", re.I)
_TO = re.compile(r"^(?:to|for)\s*:\s*", re.IGNORECASE)
_NOT_TO = re.compile(
    r"(?:from|copy|cc|copied to|our ref|your ref|reference|sent by|e-?mail|tel)\b", re.IGNORECASE
)
_GENERIC = re.compile(r"(?:contents|foreword|introduction|summary|overview)$", re.IGNORECASE)
_FIRST_PAGES = 3
_SOON = 40


@dataclass(frozen=True)
class Dated:
    """A date and the words that give it."""

    day: date | None
    quote: str


def title(run: list[Part], properties: dict[str, str]) -> str:
    """The first heading, in a letter the one after its greeting; else what the file says."""
    dear = _greeting(run)
    if dear is not None and (subject := next(iter(run[dear + 1 :]), None)) and _is_subject(subject):
        return subject.text
    after = run[dear:] if dear is not None else run
    told = takewhile(lambda part: part.page <= _FIRST_PAGES and not _asks(part), after)
    named = [part for part in told if part.is_heading and not _GENERIC.match(part.text)]
    said = properties.get("title", "")
    if said and _stands_in(said, run):
        return said
    first = [part for part in named if part.page == named[0].page]
    return min(first, key=lambda part: part.level).text if first else _untemplated(said)


def _asks(part: Part) -> bool:
    head = announced(part)
    return head is not None and head.sort in ASKED


def _stands_in(said: str, run: list[Part]) -> bool:
    """Whether the first page prints the words of the title that the file gives itself."""
    printed = set(_words(" ".join(part.text for part in run if part.page == run[0].page)))
    words = _words(said)
    return len(words) > 2 and set(words) <= printed


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _untemplated(said: str) -> str:
    return "" if _TEMPLATE.search(said) else said


def _is_subject(part: Part) -> bool:
    """Whether the line under a greeting names the letter's subject rather than begins its text."""
    return part.is_heading or (len(part.text.split()) <= 40 and not part.text.endswith((".", ":")))


def published(run: list[Part]) -> Dated:
    """The date on a line of its own before the greeting, or named as that of publication."""
    dear = _greeting(run)
    for part in run[: dear if dear is not None else 40]:
        if part.page > _FIRST_PAGES:
            break
        line = sentences(part.text)[0]
        found = [one for one in find_dates(line) if one.date]
        if found and _is_dateline(line, found[0]):
            return Dated(found[0].date, line)
    return Dated(None, "")


def addressees(run: list[Part]) -> tuple[str, ...]:
    """The offices a letter is addressed to, without the names of the people in them."""
    dear = _greeting(run)
    above = run[:dear] if dear is not None else []
    lines = [line for part in above for line in part.text.split("\t") if not find_dates(line)]
    named = [_TO.sub("", line) for line in lines if not _NOT_TO.match(line)]
    return tuple(_office(line) for line in named if _ROLE.search(line))


def reply_by(run: list[Part]) -> Dated:
    """The last full date by which something is to be sent back, with its sentence."""
    for part in reversed(run):
        for sentence in reversed(sentences(part.text)):
            day = _date_to_reply(sentence)
            if day:
                return Dated(day, sentence)
    return Dated(None, "")


def _greeting(run: list[Part]) -> int | None:
    return next(
        (
            place
            for place, part in enumerate(run)
            if part.page <= _FIRST_PAGES and _DEAR.match(part.text) and len(part.text) < 120
        ),
        None,
    )


def _is_dateline(text: str, found: FoundDate) -> bool:
    alone = len(text[: found.start].strip()) + len(text[found.end :].strip(" .")) <= 3
    return alone or bool(_PUBLISHED.match(text) and found.start <= _SOON)


def _office(line: str) -> str:
    """ "Ann Example, Chief Officer, Board" without the name; as it is when it begins otherwise."""
    ranked = _RANKED.match(line)
    if ranked:
        return ranked["rank"] + line[ranked.end() :]
    name, comma, office = (line.replace(" – ", ", ", 1)).partition(",")
    is_name = _NAME.fullmatch(name.strip()) and not _ROLE.search(name)
    return _HONOURED.sub("", office).strip() if comma and is_name else line.strip()


def _date_to_reply(sentence: str) -> date | None:
    if not (_REPLY.search(sentence) and _ASKED_FOR.search(sentence)):
        return None
    for found in find_dates(sentence):
        if found.date and _UNTIL.search(sentence[: found.start]):
            return found.date
    return None
