"""Bank holidays of England and Wales, the moved and the extra ones among them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from bot.responding.duty.workdays import is_working, not_after, not_before


@pytest.mark.parametrize(
    "day",
    [
        date(2017, 4, 14),  # Good Friday
        date(2017, 4, 17),  # Easter Monday
        date(2020, 5, 8),  # early May, moved to a Friday for VE Day
        date(2021, 12, 27),  # for Christmas Day on a Saturday
        date(2021, 12, 28),  # for Boxing Day on a Sunday
        date(2022, 1, 3),  # for New Year's Day on a Saturday
        date(2022, 6, 2),  # spring, moved for the Platinum Jubilee
        date(2022, 6, 3),  # Platinum Jubilee
        date(2022, 9, 19),  # State Funeral
        date(2023, 5, 1),  # early May
        date(2023, 5, 8),  # Coronation
        date(2023, 8, 28),  # summer
        date(2024, 2, 17),  # a Saturday
        date(2024, 2, 18),  # a Sunday
    ],
)
def test_nobody_works_on_it(day: date) -> None:
    assert not is_working(day)


@pytest.mark.parametrize(
    "day",
    [
        date(2020, 5, 4),  # the Monday that early May moved from
        date(2022, 5, 30),  # the Monday that spring moved from
        date(2022, 9, 20),
        date(2023, 1, 3),  # a bank holiday in Scotland only
        date(2023, 3, 17),  # a bank holiday in Northern Ireland only
        date(2024, 2, 29),
    ],
)
def test_it_is_an_ordinary_working_day(day: date) -> None:
    assert is_working(day)


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        (date(2024, 2, 15), date(2024, 2, 15), date(2024, 2, 15)),
        (date(2024, 2, 18), date(2024, 2, 16), date(2024, 2, 19)),
        (date(2017, 4, 16), date(2017, 4, 13), date(2017, 4, 18)),  # Easter Sunday
        (date(2022, 1, 1), date(2021, 12, 31), date(2022, 1, 4)),
        (date(2021, 12, 28), date(2021, 12, 24), date(2021, 12, 29)),
    ],
)
def test_the_nearest_working_days_on_both_sides(day: date, before: date, after: date) -> None:
    assert not_after(day) == before
    assert not_before(day) == after


def test_many_who_ask_at_once_are_told_the_same() -> None:
    days = [date(2070, 1, 1) + timedelta(days=number) for number in range(3650)]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(is_working, days))
    assert together == list(map(is_working, days))
    assert not all(together)
