from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.responding.naming import FORM, case_id

DAY = date(2022, 7, 18)


@pytest.mark.parametrize(
    ("title", "place", "name"),
    [
        ("PEEL 2023–25, Fernshire Police", "Fernshire", "peel-2023-25-fernshire"),
        ("PEEL 2021/22: Police effectiveness", "Fernshire", "peel-2021-22-fernshire"),
        ("PEEL: Police effectiveness 2016: An inspection", "Fernshire", "peel-2016-fernshire"),
        ("Joint targeted area inspection of Barnsley", "Barnsley", "jtai-2022-barnsley"),
        ("Fit to serve: A national inspection of vetting", "", "fit-serve-national-2022"),
        ("", "", "2022"),
        ("…", "…", "2022"),
    ],
)
def test_a_case_is_named_after_its_report(title: str, place: str, name: str) -> None:
    assert case_id(title, place, DAY, ()) == name


def test_a_taken_name_gets_a_number() -> None:
    taken = {"jtai-2022-barnsley", "jtai-2022-barnsley-2"}
    title = "Joint targeted area inspection of Barnsley"
    assert case_id(title, "Barnsley", DAY, taken) == "jtai-2022-barnsley-3"


@given(st.text(), st.text(), st.none() | st.dates())
def test_every_report_gets_a_name_that_a_command_takes(
    title: str, place: str, day: date | None
) -> None:
    assert FORM.fullmatch(case_id(title, place, day, ()))
