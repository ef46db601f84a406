"""``rejoinder report earlier``: suggestions are read, a person says what is the same, it counts."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from bot.bootstrap import Parts
from bot.settings import Settings
from bot.store.audit import Audit
from bot.store.library import SqlLibrary
from bot.store.recurrences import Recurrences
from tests.bot.cli.conftest import Ran, Rejoinder

CASE = "peel-2023-25-fernshire"
FILE = "2023-12-08-peel-2023-25-fernshire.pdf"
CALLS = 10  # the item on answering calls


@pytest.fixture
def added(
    rejoinder: Rejoinder, indexed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """The home of an office with the sample documents and one confirmed case."""
    copy = tmp_path / "copy"
    shutil.copytree(indexed, copy)
    monkeypatch.setenv("REJOINDER_HOME", str(copy))
    monkeypatch.setenv("REJOINDER_FORCE", "Fernshire Police")
    assert rejoinder("report", "add", FILE, "--published", "2023-12-08").code == 0
    assert rejoinder("report", "confirm", f"{CASE}.yaml").code == 0
    return copy


def names(ran: Ran) -> dict[int, str]:
    """The names of suggestions, by year."""
    (item,) = ran.data["items"]
    return {one["year"]: one["name"] for one in item["suggestions"]}


def record(home: Path) -> Recurrences:
    return Recurrences(Parts(Settings(home=home)).engine)


def test_what_is_suggested_is_shown_with_its_evidence(rejoinder: Rejoinder, added: Path) -> None:
    ran = rejoinder("report", "earlier", CASE, CALLS)
    assert ran.code == 0
    assert "“The force doesn’t answer 101 calls quickly enough.”" in ran.out
    assert "14 April 2022, PEEL 2021/22, Fernshire Police, page 1" in ran.out
    assert "Graded then: Requires improvement" in ran.out
    assert "Answered then: “I will monitor this closely.”" in ran.out
    assert "No earlier report is confirmed to raise this." in ran.out
    assert record(added).all() == {}


def test_all_items_are_asked_about_at_once(rejoinder: Rejoinder, added: Path) -> None:
    told = rejoinder("report", "earlier", CASE, "--json").data
    assert [one["item"] for one in told["items"]] == list(range(1, 15))
    assert {one["sentence"] for one in told["items"]} == {None}


def test_an_item_that_nothing_is_like_ends_with_1(rejoinder: Rejoinder, added: Path) -> None:
    ran = rejoinder("report", "earlier", CASE, 3)
    assert (ran.code, "Nothing is suggested." in ran.out) == (1, True)


def test_what_a_person_confirms_counts_and_can_be_taken_back(
    rejoinder: Rejoinder, added: Path
) -> None:
    name = names(rejoinder("report", "earlier", CASE, CALLS, "--json"))
    ran = rejoinder("report", "earlier", CASE, CALLS, "--same", name[2022], "--as", "U1")
    assert ran.code == 0
    assert "Second report to raise this: 2022, 2023." in ran.out
    told = rejoinder("report", "earlier", CASE, CALLS, "--same", name[2019], "--json").data
    assert told["sentence"] == "Third report to raise this: 2019, 2022, 2023."
    shown = rejoinder("report", "show", CASE)
    assert "   Third report to raise this: 2019, 2022, 2023." in shown.out
    assert "The same as 14 April 2022, PEEL 2021/22, Fernshire Police, page 1" in shown.out
    ran = rejoinder("report", "earlier", CASE, CALLS, "--not-same", name[2022], "--as", "U2")
    assert "Second report to raise this: 2019, 2023." in ran.out
    said = record(added).of(CASE)
    assert [(one.same, one.person) for one in said] == [
        (True, "U1"), (True, "operator"), (False, "U2"),
    ]  # fmt: skip
    audit = Audit(Parts(Settings(home=added)).engine)
    assert [one.event for one in audit.entries()][-3:] == ["case.recurrence"] * 3
    assert audit.verify().ok


def test_show_tells_the_links_as_data(rejoinder: Rejoinder, added: Path) -> None:
    assert rejoinder("report", "show", CASE, "--json").data["earlier"] == []
    name = names(rejoinder("report", "earlier", CASE, CALLS, "--json"))
    rejoinder("report", "earlier", CASE, CALLS, "--same", name[2022])
    (told,) = rejoinder("report", "show", CASE, "--json").data["earlier"]
    assert (told["item"], told["sentence"]) == (CALLS, "Second report to raise this: 2022, 2023.")
    assert [one["name"] for one in told["said"]] == [name[2022]]


def test_a_withdrawn_report_is_gone_from_the_suggestions_and_its_link_stays(
    rejoinder: Rejoinder, added: Path
) -> None:
    name = names(rejoinder("report", "earlier", CASE, CALLS, "--json"))[2022]
    rejoinder("report", "earlier", CASE, CALLS, "--same", name)
    library = SqlLibrary(Parts(Settings(home=added)).engine)
    (link,) = record(added).of(CASE)
    library.withdraw(link.earlier.document)
    ran = rejoinder("report", "earlier", CASE, CALLS, "--json")
    assert 2022 not in names(ran)
    (item,) = ran.data["items"]
    assert item["sentence"] == "Second report to raise this: 2022, 2023."
    assert [one["quote"] for one in item["said"]] == [link.earlier.quote]
    shown = rejoinder("report", "earlier", CASE, CALLS).out
    assert f"[{name}] On record: 14 April 2022" in shown
    assert rejoinder("report", "earlier", CASE, CALLS, "--not-same", name).code == 0


def test_who_may_not_read_a_report_is_told_nothing_of_it(
    rejoinder: Rejoinder, added: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = names(rejoinder("report", "earlier", CASE, CALLS, "--json"))[2022]
    rejoinder("report", "earlier", CASE, CALLS, "--same", name)
    monkeypatch.setenv("REJOINDER_READERS", '{"U9": ["office"]}')
    ran = rejoinder("report", "earlier", CASE, CALLS, "--as", "U9", "--json")
    (item,) = ran.data["items"]
    assert (ran.code, item["suggestions"], item["said"], item["sentence"]) == (1, [], [], None)
    refused = rejoinder("report", "earlier", CASE, CALLS, "--not-same", name, "--as", "U9")
    assert refused.code == 2
    assert len(record(added).of(CASE)) == 1


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        ((CASE, 99), 2, "has no item 99: its items are 1, 2"),
        ((CASE, CALLS, "--same", "00000000"), 2, "there is no suggestion '00000000'"),
        ((CASE, "--same", "00000000"), 2, "name the item"),
        (("nowhere", 1), 2, "there is no case 'nowhere'"),
        ((CASE, CALLS, "--same", "x", "--not-same", "y"), 2, "not allowed with"),
    ],
)
def test_bad_input_is_refused_and_nothing_is_kept(
    rejoinder: Rejoinder, added: Path, given: tuple[Any, ...], code: int, said: str
) -> None:
    ran = rejoinder("report", "earlier", *given)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert record(added).all() == {}
