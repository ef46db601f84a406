"""How the checks do on drafts written by hand. What they did unseen is in decision 14."""

import pytest

from tests.evals.drafts.measuring import CAUGHT_BY, PARTS, checked, figures, misses


def test_the_set_is_as_large_and_as_varied_as_it_has_to_be() -> None:
    drafts = [one.draft for part in PARTS for one in checked(part)]
    assert len(drafts) >= 60
    assert {one.get("planted") for one in drafts} == {None, *CAUGHT_BY}
    assert len({one["id"] for one in drafts}) == len(drafts)
    assert all(one.get("words", "") in one["text"] for one in drafts)


def test_no_item_is_in_both_parts() -> None:
    tuned, held = ({one.draft["item"] for one in checked(part)} for part in PARTS)
    assert not tuned & held


@pytest.mark.parametrize("part", PARTS)
def test_limbs_errors_and_alarms(part: str) -> None:
    found = checked(part)
    told = figures(found)
    lines = "\n".join(misses(found))
    assert told.f1 >= 0.9, lines
    assert told.caught / told.planted >= 0.95, lines
    assert told.alarmed / told.clean <= 0.1, lines
