from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.dates import find_dates


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12 November 2018", date(2018, 11, 12)),
        ("by 12 November 18.", date(2018, 11, 12)),
        ("by 12 November 18", date(2018, 11, 12)),
        ("by Tuesday 25 October 2022", date(2022, 10, 25)),
        ("by 30 March 2020.This will help", date(2020, 3, 30)),
        ("27.04.17", date(2017, 4, 27)),
        ("02/03/2017", date(2017, 3, 2)),
        ("2017-03-02", date(2017, 3, 2)),
        ("1st of May, 2024", date(2024, 5, 1)),
        ("March 2, 2017", date(2017, 3, 2)),
        ("3 Sept 2021", date(2021, 9, 3)),
        ("12 MAY 1999", date(1999, 5, 12)),
        ("12.5.99", date(1999, 5, 12)),
    ],
)
def test_a_full_date_is_read_in_every_form(text: str, day: date) -> None:
    (found,) = find_dates(text)
    assert found.date == day
    assert found.precision == "day"
    assert text[found.start : found.end] == found.words


@pytest.mark.parametrize(
    ("text", "year", "month", "day", "precision"),
    [
        ("by March 2023, forces", 2023, 3, None, "month"),
        ("in the 2016 report", 2016, None, None, "year"),
        ("on 30 September, chiefs", None, 9, 30, "day of some year"),
    ],
)
def test_what_is_not_said_is_none(
    text: str, year: int | None, month: int | None, day: int | None, precision: str
) -> None:
    (found,) = find_dates(text)
    assert (found.year, found.month, found.day) == (year, month, day)
    assert found.precision == precision
    assert found.date is None


@pytest.mark.parametrize(
    "text",
    [
        "31 February 2020 was no day"[:16],
        "section 55(5)",
        "version 10.2.3.4",
        "cases 2100 and 1850",
        "it may help",
        "£2,016 a year",
        "12 November 18 children were seen"[12:],
        "99/99/2017"[:8],
    ],
)
def test_other_numbers_are_no_dates(text: str) -> None:
    assert [found for found in find_dates(text) if found.date] == []


def test_two_figures_before_more_words_are_no_year() -> None:
    (found,) = find_dates("On 12 November 18 children were seen.")
    assert (found.year, found.month, found.day) == (None, 11, 12)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Tuesday 25 October 2022", False),
        ("Monday 25 October 2022", True),
        ("Sat 30 September 2023", False),
        ("Friday 30 September 2023", True),
        ("25 October 2022", False),
        ("Friday 30 September", False),
    ],
)
def test_a_wrong_weekday_is_said_and_not_corrected(text: str, wrong: bool) -> None:
    (found,) = find_dates(text)
    assert found.weekday_wrong is wrong


def test_dates_come_in_the_order_in_which_they_stand() -> None:
    found = find_dates("2016, then 3 May 2017, then June 2018 and 4.5.19")
    assert [one.words for one in found] == ["2016", "3 May 2017", "June 2018", "4.5.19"]


@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)), st.sampled_from(["%d %B %Y", "%d/%m/%y"]))
def test_a_printed_date_is_read_back(day: date, form: str) -> None:
    (found,) = find_dates(f"by {day.strftime(form)}.")
    assert found.date == day
    assert not found.weekday_wrong


@given(st.text())
def test_every_found_date_stands_where_it_says(text: str) -> None:
    for found in find_dates(text):
        assert text[found.start : found.end] == found.words
