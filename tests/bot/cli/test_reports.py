"""Every case at a glance, in words, as JSON and as a calendar file."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.responding import plan
from tests.bot.cli.conftest import Rejoinder
from tests.bot.cli.test_reporting import CASE, one_line
from tests.bot.responding.cases import REPORT, written

ROOT = Path(__file__).parents[3]


@pytest.fixture
def running(rejoinder: Rejoinder, tmp_path: Path) -> None:
    rejoinder("report", "add", written(tmp_path), "--published", "2031-03-04")
    assert rejoinder("report", "confirm", f"{CASE}.yaml").code == 0


def test_with_no_cases_the_command_says_how_to_begin(rejoinder: Rejoinder) -> None:
    ran = rejoinder("reports")
    assert (ran.code, ran.out) == (1, "There are no cases yet: `rejoinder report add FILE`.\n")
    assert rejoinder("reports", "--json").data["cases"] == []


@pytest.mark.usefixtures("running")
def test_each_case_is_told_with_its_day_last_day_coverage_and_next_step(
    rejoinder: Rejoinder,
) -> None:
    out = rejoinder("reports", "--on", "2031-03-06").out
    assert out.splitlines() == [
        f"{CASE}: PEEL 2031: An inspection of Fernshire Police",
        "  Day 3 of 56",
        "  Last day Monday 28 April 2031",
        "  Last working day Monday 28 April 2031",
        "  Decided: 0 of 3 items; 2 limbs, none drafted yet",
        "  Next: Invite the chief officer to comment, by Saturday 8 March 2031 (day 5), "
        "with nobody yet",
    ]


@pytest.mark.usefixtures("running")
def test_lateness_is_said_as_the_rule_says_it(rejoinder: Rejoinder) -> None:
    out = rejoinder("reports", "--on", "2031-04-30").out
    assert "Day 58 of 56, 2 after the last day: late in law" in out
    assert "was due Saturday 8 March 2031" in out


@pytest.mark.usefixtures("running")
def test_json_says_only_what_is_known(rejoinder: Rejoinder) -> None:
    (told,) = rejoinder("reports", "--json", "--on", "2031-03-06").data["cases"]
    assert (told["day"], told["length"], told["standing"]) == (3, 56, "running")
    assert told["coverage"] == {"items": 3, "decided": 0, "limbs": 2, "limbs_answered": 0}
    assert (told["next"]["name"], told["next"]["on"], told["next"]["working_day"]) == (
        "invited", "2031-03-08", "2031-03-07",
    )  # fmt: skip
    assert [one["name"] for one in told["plan"]] == list(plan.DAYS)
    assert told["owner"] is None


@pytest.mark.usefixtures("running")
def test_the_plan_follows_the_settings(
    rejoinder: Rejoinder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REJOINDER_PLAN", '{"invited": 7}')
    assert "by Monday 10 March 2031 (day 7)" in rejoinder("reports", "--on", "2031-03-06").out


@pytest.mark.parametrize("words", ['{"lunch": 7}', '{"invited": 57}', "[1]", '{"invited": "soon"}'])
def test_a_plan_that_is_none_is_refused(
    rejoinder: Rejoinder, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.setenv("REJOINDER_PLAN", words)
    ran = rejoinder("reports")
    assert ran.code == 3
    assert "REJOINDER_PLAN: " in one_line(ran)


@pytest.mark.usefixtures("running")
def test_the_deadlines_go_into_a_calendar_file(rejoinder: Rejoinder, tmp_path: Path) -> None:
    ran = rejoinder("reports", "--ics", "deadlines.ics")
    assert "The deadlines are in deadlines.ics." in ran.out
    assert f"UID:{CASE}.last_day@rejoinder" in (tmp_path / "deadlines.ics").read_text()
    wrong = rejoinder("reports", "--ics", "nowhere/deadlines.ics")
    assert (wrong.code, "cannot be written" in one_line(wrong)) == (2, True)


@pytest.mark.usefixtures("running")
def test_the_most_urgent_case_comes_first(rejoinder: Rejoinder, tmp_path: Path) -> None:
    for year, given in ((2030, ("--published", "2030-03-04")), (2032, ())):
        file = written(tmp_path, REPORT.replace("PEEL 2031", f"PEEL {year}"), f"{year}.md")
        rejoinder("report", "add", file, *given)
    told = rejoinder("reports", "--json").data["cases"]
    assert [one["case"][5:9] for one in told] == ["2032", "2030", "2031"]


@pytest.mark.usefixtures("running")
def test_a_case_is_shown_whole(rejoinder: Rejoinder) -> None:
    out = rejoinder("report", "show", CASE, "--on", "2031-03-06").out
    for words in (
        "State: confirmed, revision 2; owner: nobody yet",
        "Thursday 6 March 2031 is day 3 of 56: 53 days are left after it.",
        "day 28  2031-03-31  The chief officer's comments due: with the chief officer",
        "2. Recommendation 1 (page 1)",
        "   - every child who goes missing is offered an interview",
        "Chief officer: not invited yet",
        "Said by operator on ",
    ):
        assert words in out


def test_the_commands_need_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from bot.cli import main\n"
        "main(['reports', '--ics', 'x.ics'])\n"
        "heavy = {'torch', 'sentence_transformers', 'chromadb', 'langchain'}\n"
        "sys.exit(', '.join(heavy & sys.modules.keys()) or 0)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(ROOT), "REJOINDER_HOME": str(tmp_path / "home")},
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, "")
