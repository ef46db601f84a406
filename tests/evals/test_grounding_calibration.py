import json

import pytest

from bot.grounding import Support
from tests.evals.grounding_calibration import SETS, TWISTS, Pair, auroc, pairs

SAMPLE, LETTERS = SETS


@pytest.fixture(params=SETS, ids=["sample documents", "real letters"])
def found(request: pytest.FixtureRequest) -> list[Pair]:
    if not request.param.exists():
        pytest.skip(f"{request.param.name} of the real letters is not here (../shared/data)")
    return pairs(json.loads(request.param.read_text(encoding="utf-8")))


def share(found: list[Pair], kinds: set[str], *support: Support) -> float:
    verdicts = [pair.verdict() for pair in found if pair.kind in kinds]
    return sum(verdict.support in support for verdict in verdicts) / len(verdicts)


def test_what_people_answered_is_mostly_shown(found: list[Pair]) -> None:
    assert share(found, {"supported"}, Support.CLEAR, Support.TO_CHECK) >= 0.75


def test_what_rests_on_other_support_is_withheld(found: list[Pair]) -> None:
    assert share(found, {"other support"}, Support.WITHHELD) >= 0.98


def test_what_is_twisted_is_withheld(found: list[Pair]) -> None:
    assert share(found, set(TWISTS), Support.WITHHELD) >= 0.97


def test_a_twist_changes_the_sentence_and_not_its_source(found: list[Pair]) -> None:
    twisted = [pair for pair in found if pair.kind in TWISTS]
    assert twisted
    assert all(pair.sentence not in pair.cited for pair in twisted)


@pytest.mark.parametrize(
    ("good", "bad", "value"),
    [([2.0, 3.0], [1.0], 1.0), ([1.0], [2.0, 3.0], 0.0), ([1.0], [1.0], 0.5), ([], [1.0], 0.0)],
)
def test_auroc_is_how_often_a_good_one_is_above(
    good: list[float], bad: list[float], value: float
) -> None:
    assert auroc(good, bad) == value
