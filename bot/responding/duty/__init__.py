"""The statutory clock: from the day a report was published to the last day for the response.

Days are dates in London and never hours. The last day comes from a rule record and a publication
date that a person has confirmed, never from words that were found in a document.
"""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.responding.duty import workdays
from bot.responding.duty.rules import Regime, Rule, Unit, rule


class DateWrong(ValueError):
    """Dates that no clock can be made of; the message says why."""


class Force(StrEnum):
    """Whether the rule was in force from the day of publication to the last day."""

    WHOLE = "whole"
    PARTLY = "partly"
    NOT = "not"


class Standing(StrEnum):
    """How a day stands to the clock. NO_RULE: neither late in law nor on time can be said."""

    NOT_PUBLISHED = "not_published"
    NO_RULE = "no_rule"
    RUNNING = "running"
    LAST_DAY = "last_day"
    OVER = "over"


@dataclass(frozen=True)
class Clock:
    """One report's time. ``last_day`` is reckoned by ``rule`` even where that was not in force.

    ``last_working_day`` is the last working day on which the response can still be in time.
    """

    rule: Rule
    published: date
    last_day: date
    last_working_day: date

    @property
    def length(self) -> int:
        """How many days there are, the day of publication and the last day among them."""
        return (self.last_day - self.published).days + 1

    @property
    def force(self) -> Force:
        """PARTLY when the rule began or ended between publication and last day."""
        begins, ends = self.rule.valid_from or date.min, self.rule.valid_to or date.max
        if begins <= self.published and self.last_day <= ends:
            return Force.WHOLE
        apart = self.last_day < begins or ends < self.published
        return Force.NOT if apart else Force.PARTLY

    @property
    def in_force(self) -> bool:
        """Whether the rule was in force all the time; if not, nothing is late or on time by it."""
        return self.force is Force.WHOLE

    def day(self, on: date) -> int | None:
        """The number of a day; 1 is the day of publication, None before it."""
        return (on - self.published).days + 1 if on >= self.published else None

    def date_of(self, day: int) -> date:
        """The date of a numbered day; 1 is the day of publication."""
        return self.published + timedelta(days=day - 1)

    def days_left(self, on: date) -> int:
        """Days after this one up to the last day; below 0 when that is past."""
        return (self.last_day - on).days

    def standing(self, on: date) -> Standing:
        """How the day stands: what a response published on it would be."""
        if on < self.published:
            return Standing.NOT_PUBLISHED
        if not self.in_force:
            return Standing.NO_RULE
        if on == self.last_day:
            return Standing.LAST_DAY
        return Standing.RUNNING if on < self.last_day else Standing.OVER


def reckon(published: date, regime: Regime = Regime.S55, by: date | None = None) -> Clock:
    """The clock of a report. ``by`` is the day that the report states, for ``stated_date`` only.

    Raises DateWrong for a day missing or not wanted, before publication, or in an unlikely year.
    """
    return reckon_by(rule(regime, published), published, by)


def reckon_by(record: Rule, published: date, by: date | None = None) -> Clock:
    """The clock by one version of a rule; ``reckon`` chooses the version."""
    _check_stated(record, by)
    _check_year(published)
    last = by or _counted(record, published)
    last = workdays.not_before(last) if record.rolls_over else last
    _check_year(last)
    if last < published:
        raise DateWrong(f"{plain(last)} is before the report was published, {plain(published)}")
    return Clock(record, published, last, workdays.not_after(last))


def legal_sentence(clock: Clock, on: date) -> str | None:
    """The text for a response published ``on`` that day; None when the rule does not bear it."""
    if on < clock.published or not (clock.in_force and clock.rule.in_force(on)):
        return None
    days = {"published": clock.published, "last_day": clock.last_day}
    return clock.rule.sentence.format(**{name: plain(day) for name, day in days.items()})


def london_date(moment: datetime) -> date:
    """The date in London at a moment; ValueError for a moment without a time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(ZoneInfo("Europe/London")).date()


def plain(day: date) -> str:
    """A date as the office writes it: 2 March 2017."""
    return f"{day.day} {day:%B %Y}"


def _check_stated(record: Rule, by: date | None) -> None:
    if record.unit is Unit.STATED and by is None:
        raise DateWrong(f"{record.regime} needs the day that the report states")
    if record.unit is not Unit.STATED and by is not None:
        raise DateWrong(f"{record.regime} works out the last day itself")


def _check_year(day: date) -> None:
    if day.year not in workdays.YEARS:
        raise DateWrong(
            f"{plain(day)} is outside the years {workdays.YEARS[0]} to {workdays.YEARS[-1]}"
        )


def _counted(record: Rule, published: date) -> date:
    after = _later(published, record.length, record.unit)
    return after - timedelta(days=1) if record.inclusive else after


def _later(day: date, length: int, unit: Unit) -> date:
    """So many days or months later; in a shorter month its last day."""
    if unit is Unit.DAYS:
        return day + timedelta(days=length)
    years, month = divmod(day.month - 1 + length, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
