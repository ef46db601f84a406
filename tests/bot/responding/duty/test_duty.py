"""The clock: last days, numbers of days, and what was in force."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.responding import duty
from bot.responding.duty import Clock, DateWrong, Force, Standing
from bot.responding.duty.rules import S55, Regime, Unit
from bot.responding.duty.workdays import is_working
from retrieval.dates import find_dates

DATA = Path(__file__).parents[4].parent / "shared" / "data"
RESPONSE = DATA / "pcc-response-2017-04-27-peel-effectiveness-2016.md"
COMMENCED = date(2017, 5, 2)
ALL_DAYS = [
    date.fromordinal(number)
    for number in range(date(2017, 1, 1).toordinal(), date(2060, 12, 31).toordinal() + 1)
]
DAYS = st.dates(date(2000, 1, 1), date(2099, 6, 30))


@pytest.mark.parametrize(
    ("published", "last_day", "last_working_day"),
    [
        (date(2017, 3, 2), date(2017, 4, 26), date(2017, 4, 26)),
        (date(2022, 12, 1), date(2023, 1, 25), date(2023, 1, 25)),
        (date(2023, 6, 9), date(2023, 8, 3), date(2023, 8, 3)),
        (date(2023, 12, 22), date(2024, 2, 15), date(2024, 2, 15)),
        (date(2025, 5, 14), date(2025, 7, 8), date(2025, 7, 8)),
        (date(2024, 1, 5), date(2024, 2, 29), date(2024, 2, 29)),  # a leap day
        (date(2024, 2, 29), date(2024, 4, 24), date(2024, 4, 24)),
        (date(2023, 1, 5), date(2023, 3, 1), date(2023, 3, 1)),  # no leap day between
        (date(2024, 1, 6), date(2024, 3, 1), date(2024, 3, 1)),  # one between
        (date(2022, 7, 18), date(2022, 9, 11), date(2022, 9, 9)),  # a Monday's last is a Sunday
        (date(2022, 7, 26), date(2022, 9, 19), date(2022, 9, 16)),  # State Funeral
        (date(2022, 4, 9), date(2022, 6, 3), date(2022, 6, 1)),  # Platinum Jubilee
        (date(2023, 3, 14), date(2023, 5, 8), date(2023, 5, 5)),  # Coronation
        (date(2018, 2, 5), date(2018, 4, 1), date(2018, 3, 29)),  # Easter Sunday
        (date(2022, 11, 1), date(2022, 12, 26), date(2022, 12, 23)),  # Boxing Day
    ],
)
def test_the_last_day_and_the_last_working_day(
    published: date, last_day: date, last_working_day: date
) -> None:
    clock = duty.reckon(published)
    assert (clock.last_day, clock.last_working_day) == (last_day, last_working_day)


@pytest.mark.parametrize(
    ("published", "on", "day", "standing"),
    [
        (date(2017, 3, 2), date(2017, 4, 26), 56, Standing.NO_RULE),
        (date(2017, 3, 2), date(2017, 4, 27), 57, Standing.NO_RULE),
        (date(2017, 3, 2), date(2026, 1, 1), 3228, Standing.NO_RULE),
        (date(2017, 3, 2), date(2017, 3, 1), None, Standing.NOT_PUBLISHED),
        (date(2023, 6, 9), date(2023, 6, 8), None, Standing.NOT_PUBLISHED),
        (date(2023, 6, 9), date(2023, 6, 9), 1, Standing.RUNNING),
        (date(2023, 6, 9), date(2023, 8, 2), 55, Standing.RUNNING),
        (date(2023, 6, 9), date(2023, 8, 3), 56, Standing.LAST_DAY),
        (date(2023, 6, 9), date(2023, 8, 4), 57, Standing.OVER),
        (date(2023, 6, 9), date(2023, 9, 13), 97, Standing.OVER),
        (date(2023, 12, 22), date(2024, 1, 1), 11, Standing.RUNNING),
    ],
)
def test_each_day_has_a_number_and_a_standing(
    published: date, on: date, day: int | None, standing: Standing
) -> None:
    clock = duty.reckon(published)
    assert clock.day(on) == day
    assert clock.standing(on) is standing


@pytest.mark.parametrize(
    ("published", "force"),
    [
        (date(2017, 3, 2), Force.NOT),
        (date(2017, 3, 7), Force.NOT),  # last day 1 May 2017
        (date(2017, 3, 8), Force.PARTLY),  # last day 2 May 2017, the first in force
        (date(2017, 5, 1), Force.PARTLY),
        (date(2017, 5, 2), Force.WHOLE),
        (date(2031, 5, 2), Force.WHOLE),
    ],
)
def test_a_rule_counts_only_when_it_was_in_force_all_the_time(
    published: date, force: Force
) -> None:
    clock = duty.reckon(published)
    assert clock.force is force
    assert clock.in_force is (force is Force.WHOLE)


@pytest.mark.parametrize(
    ("published", "force"),
    [
        (date(2028, 3, 9), Force.WHOLE),  # last day 3 May 2028, the last in force
        (date(2028, 3, 10), Force.PARTLY),
        (date(2028, 5, 3), Force.PARTLY),
        (date(2028, 5, 4), Force.NOT),
    ],
)
def test_a_rule_that_ends_leaves_the_last_reports_open(published: date, force: Force) -> None:
    ends = replace(S55, valid_to=date(2028, 5, 3))
    assert duty.reckon_by(ends, published).force is force


def test_before_commencement_no_day_at_all_is_late_or_on_time() -> None:
    for published in (date(2017, 3, 2), date(2017, 3, 8), date(2017, 5, 1)):
        clock = duty.reckon(published)
        found = {clock.standing(clock.date_of(day)) for day in range(1, 400)}
        assert found == {Standing.NO_RULE}


def test_on_every_date_to_2060_the_last_day_is_55_days_on_and_one_weekday_back() -> None:
    for published in ALL_DAYS:
        clock = duty.reckon(published)
        assert clock.last_day - published == timedelta(days=55)
        assert clock.last_day.weekday() == (published.weekday() - 1) % 7
        assert clock.length == 56
        assert clock.day(clock.last_day) == 56
        assert clock.in_force is (published >= COMMENCED)


def test_on_every_date_to_2060_the_last_working_day_is_the_latest_that_is_in_time() -> None:
    for published in ALL_DAYS:
        clock = duty.reckon(published)
        assert is_working(clock.last_working_day)
        assert published < clock.last_working_day <= clock.last_day
        after = clock.day(clock.last_working_day)
        assert after
        assert not any(is_working(clock.date_of(day)) for day in range(after + 1, 57))


def test_a_report_published_later_never_has_an_earlier_last_day() -> None:
    clocks = [duty.reckon(published) for published in ALL_DAYS]
    last_days = [clock.last_day for clock in clocks]
    assert last_days == sorted(set(last_days))
    working = [clock.last_working_day for clock in clocks]
    assert working == sorted(working)


@given(DAYS, st.integers(1, 20_000))
def test_numbers_and_dates_of_days_are_the_same_thing_said_twice(published: date, day: int) -> None:
    clock = duty.reckon(published)
    on = clock.date_of(day)
    assert clock.day(on) == day
    assert clock.days_left(on) == 56 - day
    assert clock.day(on + timedelta(days=1)) == day + 1


@given(DAYS, DAYS)
def test_exactly_the_first_56_days_are_running_when_the_law_is_in_force(
    published: date, on: date
) -> None:
    clock = duty.reckon(published)
    day = clock.day(on)
    running = clock.standing(on) in {Standing.RUNNING, Standing.LAST_DAY}
    assert running is (published >= COMMENCED and day is not None and day <= 56)
    assert (clock.standing(on) is Standing.NOT_PUBLISHED) is (on < published)


@given(st.dates(date(2017, 5, 2), date(2060, 1, 1)), st.integers(0, 400))
def test_a_stated_day_is_the_last_day_as_it_stands(published: date, days: int) -> None:
    by = published + timedelta(days=days)
    clock = duty.reckon(published, Regime.STATED_DATE, by)
    assert clock.last_day == by
    assert clock.in_force
    assert clock.day(by) == clock.length == days + 1
    assert clock.last_working_day <= by
    assert is_working(clock.last_working_day)


@pytest.mark.parametrize(
    ("published", "regime", "by", "words"),
    [
        (date(2022, 7, 18), Regime.STATED_DATE, None, "needs the day that the report states"),
        (date(2022, 7, 18), Regime.S55, date(2022, 10, 25), "works out the last day itself"),
        (date(2022, 7, 18), Regime.STATED_DATE, date(2022, 7, 17), "before the report"),
        (date(2022, 7, 18), Regime.STATED_DATE, date(2222, 7, 17), "17 July 2222 is outside"),
        (date(1922, 7, 18), Regime.S55, None, "outside the years 2000 to 2099"),
        (date(2099, 12, 1), Regime.S55, None, "25 January 2100 is outside"),
        (date.max, Regime.S55, None, "outside the years"),
    ],
)
def test_dates_of_which_no_clock_can_be_made_are_refused(
    published: date, regime: Regime, by: date | None, words: str
) -> None:
    with pytest.raises(DateWrong, match=words):
        duty.reckon(published, regime, by)


@pytest.mark.parametrize(
    ("changes", "published", "last_day"),
    [
        ({"inclusive": False}, date(2023, 6, 9), date(2023, 8, 4)),
        ({"rolls_over": True}, date(2022, 7, 18), date(2022, 9, 12)),
        ({"rolls_over": True}, date(2022, 7, 26), date(2022, 9, 20)),
        ({"rolls_over": True}, date(2023, 6, 9), date(2023, 8, 3)),
        (
            {"unit": Unit.MONTHS, "length": 2, "inclusive": False},
            date(2024, 6, 9),
            date(2024, 8, 9),
        ),
        ({"unit": Unit.MONTHS, "length": 2}, date(2024, 6, 9), date(2024, 8, 8)),
        (
            {"unit": Unit.MONTHS, "length": 2, "inclusive": False},
            date(2023, 12, 31),
            date(2024, 2, 29),
        ),
        (
            {"unit": Unit.MONTHS, "length": 1, "inclusive": False},
            date(2023, 12, 31),
            date(2024, 1, 31),
        ),
    ],
)
def test_the_record_says_how_to_count(
    changes: dict[str, object], published: date, last_day: date
) -> None:
    other = replace(S55, **changes)  # type: ignore[arg-type]
    assert duty.reckon_by(other, published).last_day == last_day


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2024, 1, 15, 23, 59, tzinfo=UTC), date(2024, 1, 15)),
        (datetime(2024, 1, 16, 0, 0, tzinfo=UTC), date(2024, 1, 16)),
        (datetime(2024, 3, 31, 0, 30, tzinfo=UTC), date(2024, 3, 31)),  # the night it begins
        (datetime(2024, 3, 31, 23, 0, tzinfo=UTC), date(2024, 4, 1)),  # midnight in summer time
        (datetime(2024, 7, 15, 22, 59, tzinfo=UTC), date(2024, 7, 15)),
        (datetime(2024, 7, 15, 23, 0, tzinfo=UTC), date(2024, 7, 16)),
        (datetime(2024, 10, 26, 23, 30, tzinfo=UTC), date(2024, 10, 27)),  # the night it ends
        (datetime(2024, 10, 27, 23, 30, tzinfo=UTC), date(2024, 10, 27)),
        (datetime(2024, 1, 16, 3, 0, tzinfo=timezone(timedelta(hours=5))), date(2024, 1, 15)),
    ],
)
def test_a_moment_has_the_date_that_it_has_in_london(moment: datetime, day: date) -> None:
    assert duty.london_date(moment) == day


def test_a_moment_without_a_time_zone_has_no_date() -> None:
    with pytest.raises(ValueError, match="time zone"):
        duty.london_date(datetime(2024, 1, 15, 12, 0))


def test_summer_time_takes_no_day_and_gives_none() -> None:
    across = duty.reckon(date(2024, 3, 1))
    on = duty.london_date(datetime(2024, 4, 24, 23, 0, tzinfo=UTC))  # 25 April, 00:00 in London
    assert (across.day(on), across.standing(on)) == (56, Standing.LAST_DAY)
    back = duty.reckon(date(2024, 10, 1))
    on = duty.london_date(datetime(2024, 11, 25, 23, 59, tzinfo=UTC))
    assert (back.day(on), back.standing(on)) == (56, Standing.LAST_DAY)


@pytest.mark.parametrize(
    ("clock", "on", "stands"),
    [
        (duty.reckon(date(2017, 3, 2)), date(2017, 4, 27), False),
        (duty.reckon(date(2017, 5, 1)), date(2017, 6, 1), False),
        (duty.reckon(date(2017, 5, 2)), date(2017, 6, 1), True),
        (duty.reckon(date(2023, 6, 9)), date(2023, 6, 8), False),
        (duty.reckon(date(2023, 6, 9)), date(2023, 9, 13), True),
        (
            duty.reckon_by(replace(S55, valid_to=date(2028, 5, 3)), date(2028, 1, 3)),
            date(2028, 5, 4),
            False,
        ),
    ],
)
def test_the_legal_sentence_stands_only_while_its_rule_does(
    clock: Clock, on: date, stands: bool
) -> None:
    assert (duty.legal_sentence(clock, on) is not None) is stands


def test_the_legal_sentence_has_the_dates_of_the_report() -> None:
    assert duty.legal_sentence(duty.reckon(date(2022, 12, 1)), date(2023, 1, 20)) == (
        "These comments are published under section 55(5) of the Police Act 1996. Section 55(5A) "
        "requires them to be published before the end of the period of 56 days beginning with the "
        "day on which the report was published. The report was published on 1 December 2022, "
        "which makes 25 January 2023 the last day."
    )
    stated = duty.reckon(date(2022, 7, 18), Regime.STATED_DATE, date(2022, 10, 25))
    assert duty.legal_sentence(stated, date(2022, 10, 1)) == (
        "The report, published on 18 July 2022, asks for this statement by 25 October 2022."
    )


@pytest.mark.skipif(not RESPONSE.is_file(), reason="the real response (../shared/data) is not here")
def test_the_response_of_2017_came_on_day_57_of_a_rule_not_yet_in_force() -> None:
    found = [one.date for one in find_dates(RESPONSE.read_text(encoding="utf-8")) if one.date]
    answered, published = found[:2]
    clock = duty.reckon(published)
    assert (clock.day(answered), clock.in_force) == (57, False)
    assert clock.standing(answered) is Standing.NO_RULE
    assert duty.legal_sentence(clock, answered) is None
