import pytest

from bot.responding import grading
from tests.builders import reading


@pytest.mark.parametrize(
    ("markup", "grades"),
    [
        (
            "Area of policing || Grade\nPreventing crime || Good\nVictims || Requires improvement",
            [("Preventing crime", "Good"), ("Victims", "Requires improvement")],
        ),
        (
            "Overall rating for Fernshire Police || Good (unchanged from 2015)",
            [("Overall rating for Fernshire Police", "Good")],
        ),
        ("- Good: people; data", [("people", "Good"), ("data", "Good")]),
        ("How well does it respond? Inadequate", [("How well does it respond?", "Inadequate")]),
        ("Core question || 2015 grade\nPreventing crime || Good", []),
        ("The grades are as follows:\nThe next chapter begins here.", []),
        ("Specialist capabilities || Not graded", []),
        ("Neighbourhood policing in Fernshire is good.", []),
    ],
)  # fmt: skip
def test_grades_are_read_where_they_are_printed(markup: str, grades: list[tuple[str, str]]) -> None:
    found = grading.printed(reading(f"# Report\n{markup}").pages)
    assert [(one.area, one.grade) for one in found] == grades
    assert all(one.page == 1 and one.spans for one in found)


def test_a_table_with_a_column_for_each_grade_is_read_by_its_columns() -> None:
    read = reading("# R\nOutstanding || Good || Adequate\nA || B || C")
    page = read.pages[0]
    found = grading.printed((page,))
    assert [(one.area, one.grade) for one in found] == [
        ("A", "Outstanding"), ("B", "Good"), ("C", "Adequate"),
    ]  # fmt: skip


def test_the_grade_of_an_area_is_that_of_its_heading() -> None:
    grades = grading.printed(reading("# R\nPreventing crime || Good").pages)
    assert grading.of(grades, "", "PREVENTING crime ") == "Good"
    assert grading.of(grades, "Preventing", "") == ""
