from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings

from bot.slack.blocks import cataloguing, fields
from retrieval.catalogue import UNCHECKED
from retrieval.documents import CatalogueEntry, Kind
from tests.bot.slack.blocks import checking
from tests.bot.slack.blocks.making import hostile

CHOICES = ["public", "office", UNCHECKED]
ENTRY = CatalogueEntry(
    path="letter.md",
    title="The letter",
    kind=Kind.FOLLOW_UP_LETTER,
    body="Fernshire Police",
    place="Fernshire",
    published=date(2031, 3, 4),
    collection="office",
)
DATED = "proposed, not confirmed: date read from “4 March 2031”"
HELD = f"{DATED}; held back because it says “embargo”"
NOTHING = CatalogueEntry(path="letter.md", title="", collection="")


def view(entry: CatalogueEntry = ENTRY, note: str = DATED, **how: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {"picks_dates": True, "private_metadata": "facts"}
    found = cataloguing.view(entry, note, CHOICES, **(usual | how))
    checking.check_view(found)
    return found


def element(found: dict[str, Any], name: str) -> dict[str, Any]:
    (block,) = [one for one in found["blocks"] if one.get("block_id") == name]
    return dict(block["element"])


def values(**said: str | None) -> dict[str, Any]:
    return {name: {name: {"value": value}} for name, value in said.items()}


def test_everything_is_proposed() -> None:
    found = view()
    names = ("title", "body", "place")
    assert [element(found, name)["initial_value"] for name in names] == [
        "The letter",
        "Fernshire Police",
        "Fernshire",
    ]
    assert element(found, "kind")["initial_option"]["text"]["text"] == "Follow-up letter"
    assert element(found, "collection")["initial_option"]["value"] == "office"
    assert element(found, "published") == {
        "type": "datepicker",
        "action_id": "published",
        "initial_date": "2031-03-04",
    }
    assert found["private_metadata"] == "facts"


def test_the_words_that_the_date_was_read_from_stand_by_it() -> None:
    (block,) = [one for one in view()["blocks"] if one.get("block_id") == "published"]
    assert block["hint"]["text"] == "4 March 2031, read from “4 March 2031”."


def test_why_a_document_is_held_back_is_said() -> None:
    said = [one["text"] for one in checking.texts(view(note=HELD)["blocks"])]
    assert "Held back, for nobody to read until it is checked, because it says “embargo”." in said
    assert not any("Held back, for" in one["text"] for one in checking.texts(view()["blocks"]))


def test_where_dates_are_typed_all_blocks_are_of_the_plain_kinds() -> None:
    found = view(picks_dates=False)
    assert {one["type"] for one in found["blocks"]} <= checking.PLAIN_TYPES
    assert element(found, "published")["initial_value"] == "2031-03-04"
    assert "(year-month-day)" in str(found)


def test_a_collection_that_may_not_be_chosen_gives_way_to_the_narrowest() -> None:
    found = view(replace(ENTRY, collection="restricted:other"))
    assert element(found, "collection")["initial_option"]["value"] == UNCHECKED


def test_an_embargo_is_shown_by_the_clocks_of_london() -> None:
    summer = replace(ENTRY, embargo_until=datetime(2031, 6, 30, 23, 1, tzinfo=UTC))
    assert element(view(summer), "embargo")["initial_value"] == "2031-07-01 00:01"


def test_what_nobody_touched_is_as_it_was_proposed() -> None:
    assert cataloguing.read({}, ENTRY) == replace(ENTRY, confirmed=True)


def test_what_was_put_in_is_read() -> None:
    said = values(
        title=" A  title\n", body="Oxmere Police", place="", source="https://example.org/a",
        published="2031-05-06", embargo="2031-07-01 00:01",
    )  # fmt: skip
    said["kind"] = {"kind": {"selected_option": {"value": "response"}}}
    said["collection"] = {"collection": {"selected_option": {"value": "public"}}}
    assert cataloguing.read(said, NOTHING) == CatalogueEntry(
        path="letter.md",
        title="A title",
        kind=Kind.RESPONSE,
        body="Oxmere Police",
        published=date(2031, 5, 6),
        source="https://example.org/a",
        collection="public",
        embargo_until=datetime(2031, 6, 30, 23, 1, tzinfo=UTC),
        confirmed=True,
    )


@pytest.mark.parametrize(
    ("name", "said", "why"),
    [
        ("title", "", cataloguing.NO_TITLE),
        ("title", " \u200b ", cataloguing.NO_TITLE),
        ("published", "8 December", fields.BAD_DATE),
        ("published", "2031-02-30", fields.BAD_DATE),
        ("published", "20310228", fields.BAD_DATE),
        ("published", "2031-W01-1", fields.BAD_DATE),
        ("embargo", "2031-07-01", cataloguing.BAD_MOMENT),
        ("embargo", "2031-07-01 24:01", cataloguing.BAD_MOMENT),
        ("source", "example.org", cataloguing.BAD_ADDRESS),
        ("source", "javascript:alert(1)", cataloguing.BAD_ADDRESS),
        ("source", "https://example.org/<!channel>", cataloguing.BAD_ADDRESS),
    ],
)
def test_what_is_wrong_is_named_by_its_field(name: str, said: str, why: str) -> None:
    assert cataloguing.read(values(**{name: said}), ENTRY) == {name: why}


def test_all_that_is_wrong_is_named_at_once() -> None:
    wrong = cataloguing.read(values(title="", published="x", embargo="x", source="x"), ENTRY)
    assert isinstance(wrong, dict)
    assert wrong.keys() == {"title", "published", "embargo", "source"}


def test_a_kind_that_there_is_not_is_as_it_was_proposed() -> None:
    forged = {"kind": {"kind": {"selected_option": {"value": "forged"}}}}
    assert cataloguing.read(forged, ENTRY) == replace(ENTRY, confirmed=True)


@settings(max_examples=60, deadline=None)
@given(hostile())
def test_any_words_make_a_window_that_slack_takes(said: str) -> None:
    entry = cataloguing.fitted(
        replace(ENTRY, path=said, title=said, body=said, place=said, source=said)
    )
    for picks_dates in (True, False):
        view(entry, f"{HELD} {said}", picks_dates=picks_dates)
