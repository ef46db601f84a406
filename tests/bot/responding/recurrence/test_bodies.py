"""Reports about the same force, and no others."""

import pytest

from bot.responding.recurrence import bodies
from retrieval.documents import CatalogueEntry
from tests.bot.responding.cases import case, content
from tests.builders import entry

FERNSHIRE = entry()
SALLOWSHIRE = entry(body="Sallowshire Constabulary", place="Sallowshire", title="PEEL: Sallowshire")
JOINT = entry(body="Fernshire Safeguarding Children Partnership")
REGION = entry(body="Three forces", place="Fernshire, Sallowshire and Tarrowmoor")
NATIONAL = entry(body="Eleven police forces", place="England and Wales")
FORCE = "Fernshire Police"


@pytest.mark.parametrize(
    ("own", "force", "places"),
    [
        ((FERNSHIRE,), FORCE, {"fernshire"}),
        ((FERNSHIRE,), "", {"fernshire"}),
        ((JOINT,), FORCE, {"fernshire"}),
        ((REGION,), FORCE, {"fernshire"}),
        ((NATIONAL,), FORCE, {"fernshire"}),
        ((NATIONAL,), "", set()),
        ((FERNSHIRE, NATIONAL), "", {"fernshire"}),
        ((SALLOWSHIRE,), FORCE, {"sallowshire"}),
        ((SALLOWSHIRE, FERNSHIRE), "The Fernshire Police", {"fernshire"}),
        ((entry(place="Devon and Cornwall"),), "", {"devon and cornwall"}),
    ],
)
def test_a_case_is_about_our_force_unless_its_reports_are_about_another(
    own: tuple[CatalogueEntry, ...], force: str, places: set[str]
) -> None:
    listed = [FERNSHIRE, SALLOWSHIRE]
    assert bodies.about(case(), own, listed, force) == places


@pytest.mark.parametrize(
    ("title", "force", "places"),
    [
        ("PEEL 2031: Sallowshire Constabulary", FORCE, {"sallowshire"}),
        ("PEEL 2031: Fernshire Police", "", {"fernshire"}),
        ("A report on vetting", FORCE, {"fernshire"}),
        ("A report on vetting", "", set()),
    ],
)
def test_a_report_without_a_catalogue_entry_is_placed_by_its_title(
    title: str, force: str, places: set[str]
) -> None:
    said = case(content(title=title))
    assert bodies.about(said, [], [FERNSHIRE, SALLOWSHIRE], force) == places


@pytest.mark.parametrize(
    ("there", "same"),
    [
        (FERNSHIRE, True),
        (JOINT, True),
        (REGION, True),
        (entry(place="", body="The Fernshire Police"), True),
        (SALLOWSHIRE, False),
        (NATIONAL, False),
        (entry(place="North Fernshire", body="North Fernshire Police"), False),
        (entry(place="", body=""), False),
    ],
)
def test_a_report_counts_where_its_place_is_exactly_ours(there: CatalogueEntry, same: bool) -> None:
    assert bodies.is_on(there, frozenset({"fernshire"})) is same


def test_a_force_of_two_counties_is_one_place() -> None:
    places = frozenset({"devon and cornwall"})
    assert bodies.is_on(entry(place="Devon and Cornwall", body=""), places)
    assert not bodies.is_on(entry(place="Cornwall", body="Cornwall Council"), places)
