"""Suggested questions come from the documents that are there and from nothing else."""

from datetime import date

import pytest

from bot.slack.suggesting import MOST, suggested
from retrieval.documents import Kind
from retrieval.library import Filed
from tests.builders import filed, reading

REPORT, RESPONSE = Kind.INSPECTION_REPORT, Kind.RESPONSE
LETTER, FOLLOW_UP = Kind.JOINT_INSPECTION_LETTER, Kind.FOLLOW_UP_LETTER


def document(title: str, kind: Kind, year: int | None, place: str = "Fernshire") -> Filed:
    published = date(year, 3, 4) if year else None
    listed = {"title": title, "kind": kind, "published": published, "place": place}
    return filed(reading(f"# {title}"), **listed)


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        ([], []),
        ([document("A plan", Kind.POLICE_AND_CRIME_PLAN, 2021)], []),
        (
            [document("PEEL 2021", REPORT, 2021)],
            ["What does “PEEL 2021” ask for?",
             "What have inspectors found about domestic abuse in Fernshire?"],
        ),
        (
            [document("Older", REPORT, 2019), document("Newer", FOLLOW_UP, 2024)],
            ["What does “Newer” ask for?",
             "What have inspectors found about domestic abuse in Fernshire?"],
        ),
        (
            [document("Reply of 2019", RESPONSE, 2019), document("Reply of 2023", RESPONSE, 2023)],
            ["What did we promise in “Reply of 2023”?"],
        ),
        (
            [document("A letter", LETTER, 2022, place="")],
            ["What does “A letter” ask for?",
             "What needs to improve in Fernshire Police?"],
        ),
        ([document("Undated", RESPONSE, None)], ["What did we promise in “Undated”?"]),
        ([document("No place", REPORT, 2021, place="")],
         ["What does “No place” ask for?"]),
    ],
)  # fmt: skip
def test_questions_are_about_the_newest_of_each_kind(
    documents: list[Filed], expected: list[str]
) -> None:
    assert suggested(documents) == expected


def test_there_are_at_most_four_and_no_two_the_same() -> None:
    kinds = (REPORT, RESPONSE, LETTER, FOLLOW_UP)
    documents = [
        document(f"Title {number}", kinds[number % 4], 2000 + number, f"Place {number % 3}")
        for number in range(24)
    ]
    questions = suggested(documents)
    assert len(questions) == len(set(questions)) == MOST


def test_a_document_that_is_taken_away_is_not_asked_about() -> None:
    first, second = document("Gone", RESPONSE, 2024), document("Stays", RESPONSE, 2020)
    assert suggested([first, second]) == ["What did we promise in “Gone”?"]
    assert suggested([second]) == ["What did we promise in “Stays”?"]
