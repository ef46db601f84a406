"""What a letter or report says of itself."""

from datetime import date

import pytest

from retrieval.items import extract
from tests.fakes.readings import reading

LETTER = """
12 March 2024
Ann Example, Director of Children’s Services, Fenshire Council
Sir Bob Sample QPM, Chief Constable of Fenshire Police
Acting Chief Constable Cat Specimen, Marshland Police
Dee Model – Chair of Fenshire Safeguarding Board
Police and Crime Commissioner for Fenshire
Dear local partnership
# Joint inspection of Fenshire
We came from 8 to 12 January 2024.
# Next steps
The council should prepare a written statement of action.
The council should send it to statements@example.org by Tuesday 25 June 2024.This will inform us.
"""


def test_a_letter_gives_its_title_date_and_day_to_reply() -> None:
    found = extract(reading(LETTER, title="ENTER NAME"))
    assert found.title == "Joint inspection of Fenshire"
    assert (found.published, found.published_quote) == (date(2024, 3, 12), "12 March 2024")
    assert found.reply_by == date(2024, 6, 25)
    assert found.reply_by_quote == (
        "The council should send it to statements@example.org by Tuesday 25 June 2024."
    )


def test_a_letter_is_addressed_to_offices() -> None:
    assert extract(reading(LETTER)).addressees == (
        "Director of Children’s Services, Fenshire Council",
        "Chief Constable of Fenshire Police",
        "Acting Chief Constable, Marshland Police",
        "Chair of Fenshire Safeguarding Board",
        "Police and Crime Commissioner for Fenshire",
    )


def test_senders_and_copies_are_not_addressed() -> None:
    found = extract(
        reading(
            "From: An Inspector\nTo: Ann Example, Chief Constable\nCopy: A Mayor\nDear Ann\nSo."
        )
    )
    assert found.addressees == ("Chief Constable",)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published on 2 March 2017", date(2017, 3, 2)),
        ("Publication date: 02/03/2017", date(2017, 3, 2)),
        ("27.04.17", date(2017, 4, 27)),
        ("Published 8 December 2016. © HMIC 2016. www.example.org/hmic", date(2016, 12, 8)),
        ("We inspected the force on 8 December 2016 and again later.", None),
        ("December 2016", None),
    ],
)
def test_a_report_says_when_it_was_published(line: str, day: date | None) -> None:
    assert extract(reading(f"# A report\n{line}\n## Words\nMore words.")).published == day


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("PEEL 2024: An inspection of Fenshire", "PEEL 2024: An inspection of Fenshire"),
        ("Microsoft Word - final v3", "PEEL 2024"),
        ("", "PEEL 2024"),
    ],
)
def test_the_files_own_title_counts_when_the_first_page_prints_it(said: str, title: str) -> None:
    markup = "### HMIC\n# PEEL 2024\n## An inspection of Fenshire"
    assert extract(reading(markup, title=said)).title == title


def test_nothing_said_is_nothing_found() -> None:
    found = extract(reading("Some words."))
    assert (found.published, found.reply_by, found.addressees, found.items) == (None, None, (), ())
