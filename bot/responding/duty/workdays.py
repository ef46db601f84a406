"""Working days of England and Wales. The only home of ``holidays``, which asks no network.

Extra bank holidays are proclaimed some months before: a newer release of the library knows them.
They can move the last working day, never a last day in law.
"""

from datetime import date, timedelta
from functools import cache

YEARS = range(2000, 2100)
"""The years that can be reckoned with; a date outside is more likely a slip."""


def is_working(day: date) -> bool:
    """Whether the day is neither at a weekend nor a bank holiday."""
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


def not_after(day: date) -> date:
    """The day itself when it is a working day, or else the last one before it."""
    while not is_working(day):
        day -= timedelta(days=1)
    return day


def not_before(day: date) -> date:
    """The day itself when it is a working day, or else the first one after it."""
    while not is_working(day):
        day += timedelta(days=1)
    return day


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    """Of a whole year at once: the library's own table grows as it is asked, unsafe in threads."""
    from holidays import country_holidays

    return frozenset(country_holidays("GB", subdiv="ENG", years=year))  # Wales has the same
