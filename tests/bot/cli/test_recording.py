"""What happened is recorded with its day, its source and who says so."""

from pathlib import Path

import pytest

from tests.bot.cli.conftest import Rejoinder
from tests.bot.cli.test_reporting import CASE, one_line
from tests.bot.responding.cases import REPORT, written

PAST = REPORT.replace("2031", "2021")
NAME = "peel-2021-fernshire"
LETTER = "# Letter\nDated 6 February 2022\nThis recommendation is “closed”.\n"


@pytest.fixture(autouse=True)
def _running(rejoinder: Rejoinder, tmp_path: Path) -> None:
    """A case of some years ago whose clock ran."""
    rejoinder("report", "add", written(tmp_path, PAST), "--published", "2021-03-04")
    assert rejoinder("report", "confirm", f"{NAME}.yaml").code == 0
    written(tmp_path, LETTER, "letter.md")


def chief(rejoinder: Rejoinder, *given: str) -> str:
    ran = rejoinder("report", "chief", NAME, *given, "--as", "U1")
    return ran.out.strip() if ran.code == 0 else one_line(ran)


def test_the_chief_officer_is_invited_and_comments_come(rejoinder: Rejoinder) -> None:
    said = chief(rejoinder, "invited", "--on", "8 March 2021", "--until", "1 April 2021")
    assert said == "Chief officer: invited to comment on 8 March 2021, until 1 April 2021 (U1)"
    said = chief(rejoinder, "received", "--on", "2021-03-30")
    assert said == "Chief officer: comments received on 30 March 2021 (U1)"
    told = rejoinder("report", "show", NAME, "--json").data
    assert [one["step"] for one in told["chief"]] == ["invited", "received"]
    assert told["next"]["name"] == "drafts"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("received", "--on", "2021-03-30"), "record first when the chief officer was invited"),
        (("none", "--on", "2021-03-30"), "record first when the chief officer was invited"),
        (("invited", "--on", "2098-03-30"), "30 March 2098 has not come yet"),
        (("invited", "--on", "soon"), "--on: write one date"),
        (("invited", "--on", "2021-03-08", "--until", "2021-03-08"), "--until is after the day"),
        (("received", "--on", "2021-03-08", "--until", "2021-04-01"), "--until goes with invited"),
    ],
)
def test_a_step_that_cannot_be_is_refused(
    rejoinder: Rejoinder, given: tuple[str, ...], said: str
) -> None:
    assert said in chief(rejoinder, *given)
    assert rejoinder("report", "show", NAME, "--json").data["chief"] == []


def test_comments_do_not_come_before_the_invitation(rejoinder: Rejoinder) -> None:
    chief(rejoinder, "invited", "--on", "2021-03-08")
    assert "was invited later" in chief(rejoinder, "none", "--on", "2021-03-07")


def status(rejoinder: Rejoinder, **changes: str) -> str:
    usual = {"item": "2", "status": "closed", "on": "2022-02-06", "source": "letter.md",
             "page": "1", "quote": "this recommendation is closed"}  # fmt: skip
    given = usual | changes
    options = [part for name in ("status", "on", "source", "page", "quote")
               for part in (f"--{name}", given[name])]  # fmt: skip
    ran = rejoinder("report", "status", NAME, given["item"], *options, "--as", "U1")
    return ran.out.strip() if ran.code == 0 else one_line(ran)


def test_a_status_is_kept_in_the_sources_own_words(rejoinder: Rejoinder) -> None:
    said = status(rejoinder)
    assert said.startswith("Item 2: closed on 6 February 2022; ")
    assert "page 1: “This recommendation is “closed”.” (U1)" in said
    told = rejoinder("report", "show", NAME, "--json").data
    assert (told["statuses"][0]["quote"], told["statuses"][0]["person"]) == (
        "This recommendation is “closed”.", "U1",
    )  # fmt: skip
    assert told["not_on_their_page"] == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"quote": "this recommendation is not closed"}, "do not stand on page 1: nor on another"),
        ({"page": "2"}, "do not stand on page 2: they stand on page 1"),
        ({"item": "9"}, f"{NAME} has no item 9: its items are 1, 2, 3, 4"),
        ({"status": "done"}, "--status is one of awaiting_review, in_progress"),
        ({"on": "2098-01-01"}, "has not come yet"),
        ({"source": "nowhere.md"}, "neither a file nor an indexed document"),
    ],
)
def test_a_status_without_proof_is_refused(
    rejoinder: Rejoinder, changes: dict[str, str], said: str
) -> None:
    assert said in status(rejoinder, **changes)
    assert rejoinder("report", "show", NAME, "--json").data["statuses"] == []


def test_what_is_still_open_is_told_from_the_record(rejoinder: Rejoinder) -> None:
    status(rejoinder)
    status(rejoinder, item="4", status="in_progress")
    ran = rejoinder("report", "open", "--year", "2021")
    assert ran.code == 0
    assert f"{NAME}, item 1: PEEL 2021" in ran.out
    assert f"{NAME}, item 2" not in ran.out
    assert f"{NAME}, item 3" not in ran.out
    assert "Status: in progress on 6 February 2022; " in ran.out
    told = rejoinder("report", "open", "--json").data
    assert [one["item"] for one in told["open"]] == [1, 4]
    assert told["open"][1]["status"]["page"] == 1


def test_an_item_raised_again_is_told_with_where(rejoinder: Rejoinder, tmp_path: Path) -> None:
    later = REPORT.replace("By 30 June 2031", "By 30 June 2021")
    rejoinder("report", "add", written(tmp_path, later, "later.md"), "--published", "2031-03-04")
    waiting = rejoinder("report", "open", "--json").data
    assert waiting["not_confirmed"] == [CASE]
    assert {one["case"] for one in waiting["open"]} == {NAME}
    assert rejoinder("report", "confirm", f"{CASE}.yaml").code == 0
    assert f"Raised again: {CASE}/2" in rejoinder("report", "open", "--year", "2021").out


def test_another_year_has_nothing_open(rejoinder: Rejoinder) -> None:
    ran = rejoinder("report", "open", "--year", "2019")
    assert (ran.code, ran.out) == (1, "Nothing is open on the record from 2019.\n")
