"""The answer itself: limbs, decision, time asked for, and what is promised by whom, by when."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from bot.responding import promising
from bot.responding.checking.draft import Draft, Said
from bot.responding.checking.limbs import coverage
from bot.responding.checking.rules import Rule, Seen
from bot.store.cases import Choice
from retrieval.dates import find_dates
from retrieval.words import folded

_OPEN = re.compile(r"\[[^\]]{3,}\]")
_QUOTED = re.compile(r'"[^"]+"')
_NOW = re.compile(
    r"\b(?:immediately|at once|with immediate effect|already|has (?:now )?been|have (?:now )?been|"
    r"since|was \w+ed on|is now|are now)\b",
    re.IGNORECASE,
)
_AT_ONCE = re.compile(r"\b(?:immediate(?:ly)?|urgency)\b", re.IGNORECASE)
_WITHIN = re.compile(r"\bwithin (?:the next )?(\w+) (days?|weeks?|months?|years?)", re.IGNORECASE)
_WORDS = "one two three four five six seven eight nine ten eleven twelve"
_NUMBERS = {word: number for number, word in enumerate(_WORDS.split(), 1)}
_LENGTH = {"day": 1, "week": 7, "month": 31, "year": 366}
_REFUSES = re.compile(r"\bno (?:further )?action\b|\b(?:do|does|will) not\b", re.IGNORECASE)


def seen(draft: Draft) -> Iterator[Seen]:
    """Limbs that nobody answers, choices and times that are missing, promises half made."""
    yield from _limbs(draft)
    yield from _decision(draft)
    yield from _time(draft)
    for one in draft.own:
        if (promising.is_promise(one.text) or one.is_pledge) and not _quotes(one):
            yield from _promise(draft, one)
    yield from _left_open(draft)
    yield from _length(draft)


def _limbs(draft: Draft) -> Iterator[Seen]:
    for row in coverage(draft.wording, draft.item).open:
        spoken = "; only the chief officer speaks to it" if row.chief else ""
        yield Seen(Rule.LIMB, f"not answered by name: “{row.text}”{spoken}", limb=row.limb)


def _decision(draft: Draft) -> Iterator[Seen]:
    if draft.wording.choice is None:
        yield Seen(Rule.DECISION, "no decision is chosen")
    elif draft.wording.choice is Choice.NONE and not draft.wording.reason.strip():
        yield Seen(Rule.REASON, "no action is taken and no reason given")


def _time(draft: Draft) -> Iterator[Seen]:
    """When the report asks for it by a time, some sentence has to say when."""
    asked = draft.item.deadline
    if not asked or draft.wording.choice is Choice.NONE:
        return
    acting = [one for one in draft.own if not _quotes(one)]
    if _AT_ONCE.search(asked):
        if not any(_NOW.search(one.text) or _soon(draft, one) for one in acting):
            yield Seen(Rule.TIME, f"asked for “{asked}”, and no sentence says since when")
        return
    if not any(promising.when(one.text, draft.day) or _NOW.search(one.text) for one in acting):
        yield Seen(Rule.TIME, f"asked for “{asked}”, and no sentence says by when")
    last = _last(draft)
    for one in acting:
        day = promising.due(one.text) if promising.is_promise(one.text) else None
        if last and day and day > last and not re.search(r"\bbecause\b|\blater\b", one.text):
            yield Seen(Rule.LATER, f"asked for “{asked}”", one.place)


def _soon(draft: Draft, one: Said) -> bool:
    """Whether a sentence names a day within two months of the draft."""
    day = promising.due(one.text)
    return day is not None and day <= draft.day + timedelta(days=62)


def _last(draft: Draft) -> date | None:
    """The last day that the item names; a period counts from publication."""
    days = [one for one in find_dates(draft.item.deadline) if one.year and one.month]
    if days and days[0].year and days[0].month:
        return date(days[0].year, days[0].month, days[0].day or 28)
    within = _WITHIN.search(draft.item.deadline)
    published = next(
        (one.cited.published for one in draft.pack.pieces if one.cited.published), None
    )
    number = _NUMBERS.get(within[1].lower(), 0) if within else 0
    if within and number and published:
        return published + timedelta(days=number * _LENGTH[within[2].lower().rstrip("s")])
    return None


def _promise(draft: Draft, one: Said) -> Iterator[Seen]:
    if _REFUSES.search(one.text):
        return
    if not (promising.when(one.text, draft.day) or _dated_after(draft, one)):
        yield Seen(Rule.PROMISE_DATE, "it promises without a date", one.place)
    if not promising.has_owner(one.text):
        yield Seen(Rule.PROMISE_OWNER, "it does not say who will do it", one.place)
    if not promising.has_measure(one.text):
        yield Seen(Rule.PROMISE_MEASURE, "it says nothing that could be counted", one.place)


def _dated_after(draft: Draft, one: Said) -> bool:
    """Whether the next sentence points back to it and gives a day."""
    after = next((other for other in draft.own if other.place == one.place + 1), None)
    points = after and re.search(r"\b(?:this|it|that|these|them|they)\b", after.text)
    return bool(after and points and promising.when(after.text, draft.day))


def _quotes(one: Said) -> bool:
    """Whether what a sentence promises is quoted, such as a promise of an earlier year."""
    rest = _QUOTED.sub("", one.text)
    return rest != one.text and not promising.is_promise(rest)


def _left_open(draft: Draft) -> Iterator[Seen]:
    for place, one in enumerate(draft.wording.sentences, 1):
        for match in _OPEN.finditer(folded(one.text)):
            yield Seen(Rule.PLACEHOLDER, f"{match.group()} is left to write", place)


def _length(draft: Draft) -> Iterator[Seen]:
    """Only what is said now counts: neither gaps nor what was said on an earlier day."""
    mine = [one for one in draft.own if not _quotes(one)]
    words = sum(len(one.text.split()) for one in mine)
    if words > draft.style.most:
        yield Seen(Rule.LENGTH, f"{words} words, where the style has {draft.style.most}")
