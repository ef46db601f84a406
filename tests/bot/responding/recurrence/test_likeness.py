"""What is compared is what is asked, not the frame around it; words count by how rare they are."""

import pytest

from bot.responding.recurrence.likeness import Likeness, Wording, wording
from tests.fakes.embedder import HashedEmbedder

PLACES = frozenset({"fernshire"})


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("By 31 March 2024, Fernshire Police should make sure that calls are answered.", "calls are answered."),  # noqa: E501
        ("With immediate effect, Fernshire Police should review all 29 incidents.", "review all 29 incidents."),  # noqa: E501
        ("Within six months, the force should clear the backlog.", "clear the backlog."),
        ("To address this cause of concern, HMIC recommends that the force should immediately take steps to ensure that: calls are heard", ": calls are heard"),  # noqa: E501
        ("The force needs to tell victims sooner.", "tell victims sooner."),
        ("Police and crime commissioners should pay for it.", "pay for it."),
        ("Fernshire's homes", "homes"),
    ],
)  # fmt: skip
def test_the_frame_of_a_recommendation_is_left_out(text: str, bare: str) -> None:
    assert wording(text, "", PLACES).asked == bare.strip(" :")


def test_rare_words_in_common_weigh_more_than_common_ones() -> None:
    among = [Wording(f"review records of team {n}") for n in range(8)]
    mine = Wording("stalking orders review")
    rare, common = Wording("stalking files kept"), Wording("review files kept")
    likeness = Likeness(HashedEmbedder())
    one, other = likeness.scores(mine, [rare, common], [mine, rare, common, *among])
    assert one > other > 0


def test_the_finding_can_bring_items_nearer() -> None:
    mine = Wording("manage cases better", "stalking orders were refused in error")
    other = Wording("use the law more", "stalking orders were refused in error")
    bare = Wording("use the law more")
    likeness = Likeness(HashedEmbedder())
    with_finding, without = likeness.scores(mine, [other, bare], [mine, other])
    assert with_finding > without


def test_nothing_is_like_nothing() -> None:
    assert Likeness(HashedEmbedder()).scores(Wording("a thing"), [], []) == []
