"""What commands are given: who says it, and days as people write them."""

import argparse
from datetime import UTC, date, datetime

from bot.cli.running import WrongUse
from bot.responding import days, duty
from bot.responding.duty import DateWrong

OPERATOR = "operator"
"""Who says something when nobody is named."""


def who(given: argparse.Namespace) -> str:
    """The person who says this."""
    return given.person or OPERATOR


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


def today() -> date:
    """The date in London."""
    return duty.london_date(now())


def day(option: str, words: str | None) -> date | None:
    """The date that an option gives, None when it is not given. WrongUse for no date."""
    try:
        return days.read(words) if words is not None else None
    except DateWrong as wrong:
        raise WrongUse(f"{option}: {wrong}") from wrong


def past(option: str, words: str) -> date:
    """The date of something that has happened. WrongUse for a day to come."""
    found = day(option, words)
    if found is None:
        raise WrongUse(f"{option} takes a date")
    if found > today():
        raise WrongUse(f"{option}: {duty.plain(found)} has not come yet")
    return found
