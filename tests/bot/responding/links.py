"""What earlier reports raised, and what people said of it, with good defaults."""

from datetime import date
from typing import Any

from bot.store.recurrences import Answered, Earlier, Recurrence
from retrieval.documents import Span
from tests.bot.responding.cases import NOW


def earlier(year: int = 2016, quote: str = "The force should act.", **changes: Any) -> Earlier:
    """A line of that year's report."""
    usual: dict[str, Any] = {
        "older": "",
        "document": f"{year}" * 16,
        "title": f"PEEL {year}: Fernshire Police",
        "published": date(year, 3, 4),
        "page": 4,
        "quote": quote,
        "spans": (Span(4, 10, 10 + len(quote)),),
    }
    return Earlier(**(usual | changes))


def answer(quote: str = "I will see to it.", **changes: Any) -> Answered:
    """A sentence of a response."""
    usual: dict[str, Any] = {
        "document": "a" * 64,
        "title": "Commissioner's response",
        "page": 2,
        "quote": quote,
        "spans": (Span(2, 0, len(quote)),),
        "published": date(2017, 1, 12),
    }
    return Answered(**(usual | changes))


def said(one: Earlier | None = None, *, item: int = 1, same: bool = True) -> Recurrence:
    """A person's word."""
    return Recurrence(item, same, one or earlier(), "U1", NOW)
