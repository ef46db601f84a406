from datetime import date

import pytest

from bot.responding import days
from bot.responding.duty import DateWrong


@pytest.mark.parametrize(
    "words", ["2023-06-09", "9 June 2023", " 09/06/2023 ", "Friday 9 June 2023"]
)
def test_one_full_date_is_read(words: str) -> None:
    assert days.read(words) == date(2023, 6, 9)


@pytest.mark.parametrize(
    "words", ["", "June 2023", "9 June", "2023", "9 June 2023 or so", "31 June 2023", "today"]
)
def test_anything_else_is_refused_in_words(words: str) -> None:
    with pytest.raises(DateWrong, match="write one date, as 2023-06-09"):
        days.read(words)


def test_a_wrong_weekday_is_said() -> None:
    with pytest.raises(DateWrong, match="was not that weekday, but Friday 9 June 2023"):
        days.read("Monday 9 June 2023")
