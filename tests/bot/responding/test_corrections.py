"""What a person changed is counted, what a person merely touched is not."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.responding import corrections
from bot.store.cases import Choice, Decided, Grade, Limb
from retrieval.documents import ItemKind, Kind, Span
from tests.bot.responding.cases import content, item

BEFORE = content(item(1, limbs=(Limb("one"),)), item(2), grades=(Grade("Crime", "Good", 1),))


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({}, ()),
        ({"title": "Another"}, ("title",)),
        ({"title": "PEEL  2031: Fernshire\nPolice"}, ()),
        ({"kind": Kind.OTHER, "rule": "stated_date"}, ("kind", "rule")),
        ({"published": date(2031, 3, 5)}, ("published",)),
        ({"published_confirmed": False, "owner": "U2"}, ()),
        ({"addressees": ("The Chief Constable",)}, ("addressees",)),
        ({"grades": (Grade("Crime", "Adequate", 1),)}, ("grades.Crime",)),
        ({"items": ()}, ("items.1 removed", "items.2 removed")),
    ],
)
def test_each_change_to_a_report_is_named(changes: dict[str, Any], named: tuple[str, ...]) -> None:
    assert corrections.made(BEFORE, replace(BEFORE, **changes)) == named


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"text": "The force should act now."}, ("items.2.text",)),
        ({"kind": ItemKind.CAUSE_OF_CONCERN, "page": 2}, ("items.2.kind", "items.2.page")),
        ({"limbs": (Limb("a limb"),)}, ("items.2.limbs",)),
        ({"ours": False, "reason": "Not our force."}, ("items.2.ours",)),
        ({"decision": Decided(Choice.TAKEN)}, ("items.2.decision",)),
        ({"spans": (Span(1, 0, 3),), "section": "Elsewhere"}, ()),
        ({"id": 3}, ("items.2 removed", "items.3 added")),
    ],
)
def test_each_change_to_an_item_is_named(changes: dict[str, Any], named: tuple[str, ...]) -> None:
    first, second = BEFORE.items
    after = replace(BEFORE, items=(first, replace(second, **changes)))
    assert corrections.made(BEFORE, after) == named
