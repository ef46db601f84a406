"""Find the dates in a text: full dates, a month with its year, a day without year, a bare year.

Forms read: "12 November 2018", "12th November 18", "Tuesday 25 October 2022", "November 12, 2018",
"Nov 2018", "16 May", "27.04.17", "02/03/2017" (the day first), "2017-03-02", "2017". A date that no
calendar has ("31 February 2020") is none. Nothing is corrected: a wrong weekday is only said.
"""

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?P<weekday>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
# Two figures are a year only where the sentence could end or turn: "12 November 18."
_SHORT_YEAR = r"['’]?(?P<short>\d\d)(?=\s*(?:[.,;:)\]]|$))"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_WEEKDAY}{_DAY}\s+(?:of\s+)?{_MONTH},?\s*(?:{_YEAR}|{_SHORT_YEAR})",
        rf"\b{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"\b{_MONTH},?\s+{_YEAR}",
        rf"\b{_WEEKDAY}{_DAY}\s+(?:of\s+)?{_MONTH}\b",
        r"(?<![\d./-])(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)(?![\d-])",
        r"(?<![\d./-])(?P<day>\d{1,2})(?P<mark>[./-])(?P<number>\d{1,2})(?P=mark)"
        r"(?:(?P<year>(?:19|20)\d\d)|(?P<short>\d\d))(?![\d/-])",
        r"(?<![\d.,/£$€-])(?P<year>(?:19|20)\d\d)(?![\d/]|[.,]\d)",
    )
)


@dataclass(frozen=True)
class FoundDate:
    """A date as printed: ``text[start:end]`` is ``words``; what it does not say is None.

    ``weekday_wrong`` says that the printed weekday is not the day's.
    """

    year: int | None
    month: int | None
    day: int | None
    start: int
    end: int
    words: str
    weekday_wrong: bool = False

    @property
    def date(self) -> date | None:
        """The day, when day, month and year are all there."""
        if self.year and self.month and self.day:
            return date(self.year, self.month, self.day)
        return None

    @property
    def precision(self) -> str:
        """ "day", "month", "year", or "day of some year"."""
        if self.year is None:
            return "day of some year"
        return "day" if self.day else "month" if self.month else "year"


def find_dates(text: str) -> list[FoundDate]:
    """All dates in the order in which they stand; the longest form wins where forms overlap."""
    found: list[FoundDate] = []
    for form in _FORMS:
        for match in form.finditer(text):
            taken = any(one.start < match.end() and match.start() < one.end for one in found)
            made = None if taken else _made(match)
            if made:
                found.append(made)
    return sorted(found, key=lambda one: one.start)


def _made(match: re.Match[str]) -> FoundDate | None:
    part = match.groupdict()
    year, month = _year(part), _month(part)
    day = int(part["day"]) if part.get("day") else None
    if month is not None and not _exists(year, month, day):
        return None
    return FoundDate(
        year=year,
        month=month,
        day=day,
        start=match.start(),
        end=match.end(),
        words=match.group(),
        weekday_wrong=_weekday_wrong(part.get("weekday"), year, month, day),
    )


def _year(part: dict[str, str | None]) -> int | None:
    year, short = part.get("year"), part.get("short")
    if year:
        return int(year)
    if short:
        return int(short) + (1900 if int(short) >= 70 else 2000)
    return None


def _month(part: dict[str, str | None]) -> int | None:
    number, name = part.get("number"), part.get("month")
    if number:
        return int(number)
    if name:
        return 1 + _MONTHS.index(name[:3].lower())
    return None


def _exists(year: int | None, month: int, day: int | None) -> bool:
    try:
        date(year or 2000, month, day or 1)
    except ValueError:
        return False
    return True


def _weekday_wrong(
    weekday: str | None, year: int | None, month: int | None, day: int | None
) -> bool:
    if not (weekday and year and month and day):
        return False
    printed = _DAYS.index(weekday[:3].lower())
    return date(year, month, day).weekday() != printed
