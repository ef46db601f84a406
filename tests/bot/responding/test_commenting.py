"""The chief officer's comments are matched by number, else proposed by words; never changed."""

import pytest

from bot.responding import commenting
from bot.responding.commenting import Certainty, MatchWrong, Proposed
from bot.store.cases import Item
from retrieval.documents import ItemKind, Reading
from tests.bot.responding.packs import item
from tests.builders import reading
from tests.corpus import samples

ITEMS = (
    item(),
    Item(3, ItemKind.AREA_FOR_IMPROVEMENT, 2, "The force should evaluate its neighbourhood teams.",
         number="1"),
)  # fmt: skip
COMMENTS = """
# Comments on PEEL 2031
Thank you for inviting me.
## Recommendation 1
Every missing child has been offered an interview since May. Supervisors review assessments.
## Other matters
Our neighbourhood teams will be evaluated this year.
"""
SAMPLE = "2024-01-12-chief-constable-comments-peel-2023-25.docx"


def proposed(read: Reading | None = None) -> tuple[Proposed, ...]:
    return commenting.proposed(read or reading(COMMENTS), "Comments", ITEMS)


def test_a_printed_number_is_sure_and_words_are_a_proposal() -> None:
    told = [(one.comment.item, one.comment.limb, one.certainty) for one in proposed()]
    assert told == [
        (0, 0, Certainty.NONE),
        (2, 1, Certainty.SURE),
        (2, 2, Certainty.SURE),
        (3, 0, Certainty.LIKELY),
    ]


def test_the_words_are_the_documents_own() -> None:
    assert "\n".join(one.comment.text for one in proposed()) == (
        "Thank you for inviting me.\n"
        "Every missing child has been offered an interview since May.\n"
        "Supervisors review assessments.\n"
        "Our neighbourhood teams will be evaluated this year."
    )
    assert all(one.comment.spans for one in proposed())


@pytest.mark.parametrize(
    ("given", "places"),
    [
        ("all", [(0, 0), (2, 1), (2, 2), (3, 0)]),
        ("all,1=-", [(2, 1), (2, 2), (3, 0)]),
        ("2,4=2b", [(2, 1), (2, 2)]),
        ("all, 1=-, 2=2", [(2, 0), (2, 2), (3, 0)]),
        ("4=0", [(0, 0)]),
    ],
)
def test_a_person_confirms_and_corrects(given: str, places: list[tuple[int, int]]) -> None:
    kept = commenting.confirmed(proposed(), given, ITEMS)
    assert [(one.item, one.limb) for one in kept] == places


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("9", "no comment '9'"),
        ("some", "no comment 'some'"),
        ("1=99", "no item 99"),
        ("1=3a", "item 3 has no limb a"),
        ("1=2z", "item 2 has no limb z"),
        ("1=x", "'x' is no place"),
    ],
)
def test_what_is_not_there_cannot_be_confirmed(given: str, said: str) -> None:
    with pytest.raises(MatchWrong, match=said):
        commenting.confirmed(proposed(), given, ITEMS)


def test_the_sample_comments_are_matched_in_text_and_table() -> None:
    from tests.evals.drafts.measuring import of_case

    items = of_case("2023-12-08-peel-2023-25-fernshire.pdf").content.items
    told = commenting.proposed(samples.read(SAMPLE), "Comments", items)
    sure = [(one.comment.item, one.comment.limb) for one in told
            if one.certainty is Certainty.SURE]  # fmt: skip
    assert sure == [
        (6, 1), (6, 2), (6, 3), (7, 0), (8, 4), (8, 1), (9, 0), (11, 0), (12, 1), (12, 2),
        (1, 0), (2, 0), (3, 0), (4, 0), (13, 0), (14, 0),
    ]  # fmt: skip
