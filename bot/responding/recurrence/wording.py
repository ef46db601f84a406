"""Suggestions and confirmed links in words, and as the plain data that a card is made of."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from bot.responding import counting
from bot.responding.duty import plain
from bot.responding.recurrence import Suggestion
from bot.store.recurrences import Answered, Earlier, Recurrence

NO_ANSWER = "No answer on record."


def source(earlier: Earlier) -> str:
    """ "18 November 2014, Domestic abuse …, page 3"."""
    case = f" ({earlier.older})" if earlier.older else ""
    return f"{plain(earlier.published)}, {earlier.title}, page {earlier.page}{case}"


def evidence(earlier: Earlier) -> Iterator[str]:
    """Its words, its grade then, and what was answered then, a line each."""
    yield f"“{earlier.quote}”"
    if earlier.grade:
        yield f"Graded then: {earlier.grade}"
    yield from map(answered, earlier.answered)
    if not earlier.answered:
        yield NO_ANSWER


def answered(one: Answered) -> str:
    """ "Answered then: “…” (Commissioner's response …, 12 January 2017, page 2)"."""
    day = f", {plain(one.published)}" if one.published else ""
    return f"Answered then: “{' '.join(one.quote.split())}” ({one.title}{day}, page {one.page})"


def what(one: Suggestion) -> str:
    """What it is in its report: "Cause of concern 1", or a sentence."""
    number = f" {one.number}" if one.number else ""
    return f"{counting.name(one.kind)}{number}" if one.kind else "In the report's text"


def judged(same: bool | None) -> str:
    """What a person has said of it."""
    if same is None:
        return "nobody has said whether it is the same"
    return "confirmed: the same" if same else "confirmed: not the same"


def link(one: Recurrence) -> str:
    """A confirmed link with its source and who said so, in a line."""
    earlier = one.earlier
    return (
        f"The same as {source(earlier)}: “{earlier.quote}” ({one.person}, {plain(one.at.date())})"
    )


def data(one: Suggestion) -> dict[str, Any]:
    """A suggestion as JSON and a card have it: plain values, dates as YYYY-MM-DD."""
    return earlier_data(one.earlier) | {
        "item": one.item,
        "kind": one.kind.value if one.kind else None,
        "number": one.number,
        "likeness": round(one.likeness, 2),
        "same": one.same,
    }


def link_data(one: Recurrence) -> dict[str, Any]:
    """What a person said of a link, as JSON and a card have it."""
    told = {"item": one.item, "same": one.same, "person": one.person, "at": one.at.isoformat()}
    return earlier_data(one.earlier) | told


def earlier_data(one: Earlier) -> dict[str, Any]:
    """What an earlier report raised, with the name that a person calls it by."""
    return asdict(one) | {
        "name": one.name,
        "published": one.published.isoformat(),
        "year": one.published.year,
        "spans": [asdict(span) for span in one.spans],
        "answered": [_answered_data(answer) for answer in one.answered],
    }


def _answered_data(one: Answered) -> dict[str, Any]:
    day = one.published.isoformat() if one.published else None
    return asdict(one) | {"published": day, "spans": [asdict(span) for span in one.spans]}
