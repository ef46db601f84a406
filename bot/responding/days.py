"""Dates as people write them: one full day, or a refusal that says what is wrong."""

from datetime import date

from bot.responding.duty import DateWrong
from bot.responding.duty.wording import full
from retrieval.dates import find_dates


def read(words: str) -> date:
    """2023-06-09, 9 June 2023 or 09/06/2023, the day first. DateWrong for anything else."""
    text = words.strip()
    found = find_dates(text)
    if len(found) != 1 or found[0].words != text or found[0].date is None:
        raise DateWrong(f"write one date, as 2023-06-09 or 9 June 2023, not {words!r}")
    if found[0].weekday_wrong:
        raise DateWrong(f"{text} was not that weekday, but {full(found[0].date)}")
    return found[0].date
