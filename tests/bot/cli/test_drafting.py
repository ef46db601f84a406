"""``rejoinder draft`` prints a draft, what it covers and what is wrong; comments are kept."""

import shutil
from pathlib import Path

import pytest

from tests.bot.cli.conftest import Rejoinder
from tests.bot.cli.test_reporting import one_line

CASE = "peel-2023-25-fernshire"
REPORT = "2023-12-08-peel-2023-25-fernshire.pdf"
COMMENTS = "2024-01-12-chief-constable-comments-peel-2023-25.docx"


@pytest.fixture(autouse=True)
def _case(
    rejoinder: Rejoinder, indexed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sample documents, indexed, with a case of the report that has no response yet."""
    home = tmp_path / "with-samples"
    shutil.copytree(indexed, home)
    monkeypatch.setenv("REJOINDER_HOME", str(home))
    monkeypatch.setenv("REJOINDER_FORCE", "Fernshire Police")
    assert rejoinder("report", "add", REPORT, "--published", "2023-12-08").code == 0
    assert rejoinder("report", "confirm", f"{CASE}.yaml").code == 0


def test_a_draft_is_printed_with_its_coverage_and_checks(rejoinder: Rejoinder) -> None:
    ran = rejoinder("draft", CASE, "6")
    assert ran.code == 1
    assert "111 of 140.” (page 9)" in ran.out
    assert "[awaiting the Chief Constable]" in ran.out
    assert "90 per cent by 30 June 2017" in ran.out
    assert "On (b): [say what will be done, by whom, by when]" in ran.out
    assert "Limbs answered: 0 of 3" in ran.out
    assert "Blocks: no decision is chosen." in ran.out


def test_a_draft_is_one_json_document(rejoinder: Rejoinder) -> None:
    (draft,) = rejoinder("draft", CASE, "6", "--json").data["drafts"]
    assert [row["answered"] for row in draft["coverage"]] == [False] * 3
    assert draft["wording"]["writer"] == "scaffold"
    assert {"limb_answered", "decision_chosen"} <= {one["rule"] for one in draft["checks"]}
    assert draft["evidence"]["item"] == 6
    assert (draft["ready"], draft["withheld"]) == (False, [])


def test_all_of_ours_are_drafted_without_an_item(rejoinder: Rejoinder) -> None:
    drafts = rejoinder("draft", CASE, "--json").data["drafts"]
    assert len(drafts) == 14


def test_comments_are_proposed_then_kept_and_quoted(rejoinder: Rejoinder) -> None:
    told = rejoinder("comments", CASE, COMMENTS)
    assert "6. item 6b\n" in told.out
    assert "1. the whole report (none: look)" in told.out
    assert "[awaiting the Chief Constable]" in rejoinder("draft", CASE, "6").out
    kept = rejoinder("comments", CASE, COMMENTS, "--confirm", "all,1=-,2=-,3=-,21=-")
    assert kept.out.startswith("Kept 17 comments on 12 items")
    drafted = rejoinder("draft", CASE, "6").out
    assert "Chief Constable’s comments\n“Since 8 January 2024" in drafted
    assert "the chief officer in" in drafted
    assert rejoinder("audit", "verify").code == 0


def test_comments_are_one_json_document(rejoinder: Rejoinder) -> None:
    told = rejoinder("comments", CASE, COMMENTS, "--json").data
    assert told["confirmed"] is False
    assert told["comments"][4]["certainty"] == "sure"
    kept = rejoinder("comments", CASE, COMMENTS, "--confirm", "5", "--json").data
    assert [one["item"] for one in kept["comments"]] == [6]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("draft", "nowhere"), "there is no case 'nowhere'"),
        (("draft", CASE, "99"), "has no item 99"),
        (("comments", "nowhere", COMMENTS), "there is no case 'nowhere'"),
        (("comments", CASE, "nothing.docx"), "neither a file nor an indexed document"),
        (("comments", CASE, COMMENTS, "--confirm", "77"), "no comment '77'"),
    ],
)
def test_wrong_use_is_one_line(rejoinder: Rejoinder, given: tuple[str, ...], said: str) -> None:
    ran = rejoinder(*given)
    assert ran.code == 2
    assert said in one_line(ran)
