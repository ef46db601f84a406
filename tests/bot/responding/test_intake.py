"""A report is proposed as a case: everything with where it was read, nothing confirmed."""

from datetime import date

import pytest

from bot.responding import intake
from bot.responding.duty.rules import Regime
from bot.responding.intake import Told
from retrieval.documents import ItemKind, Kind
from tests.bot.responding.cases import PUBLISHED, case, proposal, report
from tests.builders import entry, reading

LETTER = """
To: Ann Example, Chief Constable, Fernshire Police
5 May 2031
Dear colleagues
# Joint targeted area inspection of Fernshire
What we found.
## What needs to improve?
- The timeliness of referrals.
## Next steps
The council should send the written statement of action by Tuesday 12 August 2031.
"""


def test_a_report_is_proposed_with_what_it_says_of_itself() -> None:
    made = proposal()
    said = made.content
    assert made.case == "peel-2031-fernshire"
    assert said.title == "PEEL 2031: An inspection of Fernshire Police"
    assert (said.kind, said.rule) == (Kind.INSPECTION_REPORT, "s55")
    assert [(one.area, one.grade) for one in said.grades] == [
        ("Protecting vulnerable people", "Inadequate"), ("Preventing crime", "Good"),
    ]  # fmt: skip
    assert {one.of: (one.page, one.quote) for one in said.origins} == {
        "title": (1, said.title), "published": (1, "Published 4 March 2031"),
    }  # fmt: skip


def test_no_date_counts_before_a_person_says_so() -> None:
    said = proposal().content
    assert said.published == PUBLISHED
    assert said.counted_from is None


def test_a_date_that_a_person_gives_counts_in_place_of_the_one_read() -> None:
    said = proposal(told=Told(published=date(2031, 3, 3))).content
    assert said.counted_from == date(2031, 3, 3)
    assert [one.quote for one in said.origins if one.of == "published"] == [
        "Published 4 March 2031"
    ]


def test_items_come_with_their_limbs_addressee_deadline_grade_and_place() -> None:
    concern, first, second, improvement = proposal().content.items
    assert concern.kind is ItemKind.CAUSE_OF_CONCERN
    assert (first.number, first.deadline, first.grade) == ("1", "By 30 June 2031", "Inadequate")
    assert [limb.text for limb in first.limbs] == [
        "every child who goes missing is offered an interview",
        "supervisors review each assessment before the end of a shift.",
    ]
    assert all(limb.spans for limb in first.limbs)
    assert (second.page, second.ours) == (2, False)
    assert second.reason == "Addressed to College of Policing."
    assert (improvement.grade, improvement.ours) == ("Good", True)
    assert all(item.spans and not item.retyped for item in proposal().content.items)


def test_a_letter_that_states_a_date_is_proposed_under_that_rule() -> None:
    said = proposal(LETTER).content
    assert (said.rule, said.reply_by) == ("stated_date", date(2031, 8, 12))
    assert said.addressees == ("Chief Constable, Fernshire Police",)
    chosen = proposal(LETTER, told=Told(rule=Regime.S55)).content
    assert (chosen.rule, chosen.reply_by) == ("s55", None)


def test_a_wrong_weekday_is_something_to_look_at_first() -> None:
    assert proposal(LETTER.replace("Tuesday", "Monday")).notes == (
        "The weekday of “Monday 12 August 2031” is not that day's.",
    )


def test_a_report_without_items_says_so() -> None:
    (note,) = proposal("# PEEL 2031\nAll is well.").notes
    assert note.startswith("No items were found")


def test_what_a_person_confirmed_in_the_catalogue_goes_before_what_was_read() -> None:
    listed = entry(title="PEEL 2031, Fernshire", published=date(2031, 3, 5))
    said = proposal(listed=listed).content
    assert (said.title, said.published) == ("PEEL 2031, Fernshire", date(2031, 3, 5))
    assert said.counted_from is None
    unsure = proposal(listed=entry(title="Guess", confirmed=False)).content
    assert unsure.title == "PEEL 2031: An inspection of Fernshire Police"


def test_a_second_report_adds_its_items_after_those_of_the_first() -> None:
    first = case(proposal().content)
    national = reading(
        "# Vetting: a national report\nPublished 1 March 2031\n## Recommendation 9\n"
        "Forces should keep vetting files in one place."
    )
    made = intake.joined(first, national, "national.md", force="Fernshire Police")
    assert [(item.id, item.document) for item in made.content.items] == [
        (1, 1), (2, 1), (3, 1), (4, 1), (5, 2),
    ]  # fmt: skip
    assert made.content.published == PUBLISHED
    assert "1 March 2031" in made.notes[0]


@pytest.mark.parametrize("markup", ["# T\n", "= x", "Word"])
def test_odd_documents_are_proposed_without_items(markup: str) -> None:
    assert intake.propose(report(markup), "x.md").content.items == ()
