"""What a new report repeats or closes of older ones is proposed, and only proposed."""

import pytest

from bot.store.cases import Case, Status
from tests.bot.responding.cases import case, proposal

AGAIN = """
# PEEL 2033: An inspection of Fernshire Police
Published 4 March 2033
## Recommendation 7
By 30 June 2033, Fernshire Police should make sure that:
- every child who goes missing is offered an interview; and
- supervisors review each assessment before the end of a shift.
## Recommendation 8
Fernshire Police should fill the vacancies in its control room.
"""
LETTER = """
6 February 2032
Dear Chief Constable
# Fernshire Police: revisit letter
## Cause of concern 1: missing children ({state})
Recommendation 1: Fernshire Police should make sure that every child is offered an interview.
Progress: This was done in 55 of 60 cases.
{said}
## Next steps
We will inspect again.
"""


@pytest.fixture
def old() -> Case:
    return case(proposal().content)


def test_an_item_in_almost_the_same_words_is_linked_to_the_older_one(old: Case) -> None:
    first, second = proposal(AGAIN, old).content.items
    assert first.repeats == "peel-2031-fernshire/2"
    assert second.repeats == ""


def test_with_no_older_case_nothing_is_linked() -> None:
    assert {item.repeats for item in proposal(AGAIN).content.items} == {""}


def test_a_letter_that_closes_a_concern_proposes_it_for_all_it_restates(old: Case) -> None:
    letter = LETTER.format(state="closed", said="This cause of concern is now closed.")
    closes = proposal(letter, old).content.closes
    assert [(one.case, one.item) for one in closes] == [(old.id, 1), (old.id, 2)]
    assert {(one.status, one.quote, one.confirmed) for one in closes} == {
        (Status.CLOSED, "This cause of concern is now closed.", False)
    }
    assert all(one.spans for one in closes)


def test_one_recommendation_can_be_closed_by_itself(old: Case) -> None:
    letter = LETTER.format(state="remains open", said="").replace(
        "55 of 60 cases.", "60 of 60 cases. This recommendation is complete."
    )
    (closing,) = proposal(letter, old).content.closes
    assert (closing.item, closing.quote) == (2, "This recommendation is complete.")


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("remains open", "This cause of concern remains open."),
        ("remains open", "We cannot close this cause of concern."),
        ("remains open", "The cause of concern will be closed when the work is done."),
        ("remains open", "The force has done all that we asked."),
        ("progress", "The force told us that the work is finished."),
    ],
)
def test_nothing_is_closed_unless_the_letter_says_so(old: Case, state: str, said: str) -> None:
    assert proposal(LETTER.format(state=state, said=said), old).content.closes == ()
