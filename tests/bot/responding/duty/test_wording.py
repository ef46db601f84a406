"""The working, sentence by sentence."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.responding import duty
from bot.responding.duty import Clock
from bot.responding.duty.rules import S55, Regime
from bot.responding.duty.wording import full, working

ENDS = replace(S55, valid_to=date(2028, 5, 3))
JUNE = duty.reckon(date(2023, 6, 9))
FUNERAL = duty.reckon(date(2022, 7, 26))
MONDAY = duty.reckon(date(2022, 7, 18))
EARLY = duty.reckon(date(2017, 3, 2))
ACROSS = duty.reckon(date(2017, 3, 20))
LETTER = duty.reckon(date(2022, 7, 18), Regime.STATED_DATE, date(2022, 10, 25))


@pytest.mark.parametrize(
    ("clock", "on", "sentence"),
    [
        (JUNE, date(2023, 7, 1), "The report was published on Friday 9 June 2023, which is day 1."),
        (JUNE, date(2023, 6, 9), "The report was published on Friday 9 June 2023"),
        (JUNE, date(2023, 6, 1), "The report is to be published on Friday 9 June 2023"),
        (JUNE, date(2023, 6, 1), "On Thursday 1 June 2023 the clock has not started"),
        (
            JUNE,
            date(2023, 7, 1),
            "The law, section 55(5A) of the Police Act 1996, gives 56 days beginning with that "
            "day, so the last day is Thursday 3 August 2023. That is a working day.",
        ),
        (JUNE, date(2023, 6, 9), "Friday 9 June 2023 is day 1 of 56: 55 days are left after it."),
        (JUNE, date(2023, 8, 2), "Wednesday 2 August 2023 is day 55 of 56: 1 day is left after"),
        (JUNE, date(2023, 8, 3), "Thursday 3 August 2023 is day 56 of 56, the last day."),
        (
            JUNE,
            date(2023, 8, 4),
            "Friday 4 August 2023 is day 57, 1 day after the last day: "
            "a response published on it is late in law.",
        ),
        (
            JUNE,
            date(2023, 9, 13),
            "Wednesday 13 September 2023 is day 97, 41 days after the last day: "
            "a response published on it is late in law.",
        ),
        (
            MONDAY,
            date(2022, 8, 1),
            "the last day is Sunday 11 September 2022. That is a Sunday, and the last day does "
            "not move for it: the last working day before it is Friday 9 September 2022.",
        ),
        (
            FUNERAL,
            date(2022, 8, 1),
            "That is a bank holiday, and the last day does not move for it: "
            "the last working day before it is Friday 16 September 2022.",
        ),
        (
            EARLY,
            date(2017, 4, 27),
            "Counted by section 55(5A) of the Police Act 1996, 56 days beginning with that day, "
            "the last day would be Wednesday 26 April 2017.",
        ),
        (
            EARLY,
            date(2017, 4, 27),
            "That rule came into force on 2 May 2017: it was not in force when the report was "
            "published, nor on that last day. Before that, HMIC asked for comments within 30 "
            "days, by request and not by law. Thursday 27 April 2017 is day 57, but as the rule "
            "was not in force, a response published on it is neither late in law nor on time.",
        ),
        (
            ACROSS,
            date(2017, 5, 15),
            "That rule came into force on 2 May 2017, after the report was published and before "
            "the time so counted had ended.",
        ),
        (
            ACROSS,
            date(2017, 5, 15),
            "Whether the rule reaches this report is a question for legal advice. Monday 15 May "
            "2017 is day 57, but as it is open whether the rule reaches this report, a response "
            "published on it can be called neither late in law nor on time.",
        ),
        (
            duty.reckon_by(ENDS, date(2028, 4, 3)),
            date(2028, 4, 4),
            "That rule was in force until 3 May 2028, which is before the time so counted ends. "
            "Whether the rule reaches this report is a question for legal advice.",
        ),
        (
            duty.reckon_by(ENDS, date(2028, 5, 4)),
            date(2028, 5, 4),
            "That rule was in force until 3 May 2028: "
            "it was no longer in force when the report was published.",
        ),
        (
            LETTER,
            date(2022, 10, 1),
            "It states Tuesday 25 October 2022 as the last day, which is day 100.",
        ),
        (
            LETTER,
            date(2022, 10, 26),
            "Wednesday 26 October 2022 is day 101, 1 day after the last day: "
            "a response published on it is later than the report asks.",
        ),
        (
            duty.reckon_by(replace(S55, inclusive=False, rolls_over=True), date(2023, 6, 9)),
            date(2023, 7, 1),
            "gives 56 days after that day, moved on to a working day, "
            "so the last day is Friday 4 August 2023.",
        ),
    ],
)
def test_the_working_says(clock: Clock, on: date, sentence: str) -> None:
    assert sentence in working(clock, on)


@pytest.mark.parametrize("clock", [EARLY, ACROSS])
@pytest.mark.parametrize("days", [0, 30, 55, 56, 400])
def test_where_the_rule_was_not_in_force_nothing_is_called_late_or_on_time(
    clock: Clock, days: int
) -> None:
    said = working(clock, clock.published + timedelta(days=days))
    assert said.count("late") == said.count("neither late in law nor on time") == 1
    assert said.count("on time") == 1
    assert "30 days" in said


def test_where_the_law_is_in_force_the_old_30_days_are_not_named() -> None:
    assert "30 days" not in working(JUNE, date(2023, 9, 13))


@given(st.dates(date(2017, 1, 1), date(2060, 12, 31)), st.integers(-60, 400))
def test_every_working_is_whole_sentences_with_the_dates_of_the_clock(
    published: date, days: int
) -> None:
    clock, on = duty.reckon(published), published + timedelta(days=days)
    said = working(clock, on)
    assert re.fullmatch(r"(?:[A-Z][^.!]*\. ?){4,8}", said)
    assert all(full(day) in said for day in (published, clock.last_day, on))
    assert full(clock.last_working_day) in said
