"""The clock from the command line: dates as people write them, one answer, nothing stored."""

import argparse
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.cli import running, timing
from bot.responding import duty
from tests.bot.cli.conftest import Ran

ROOT = Path(__file__).parents[3]
Timed = Callable[..., Ran]


@pytest.fixture
def timed(capsys: pytest.CaptureFixture[str]) -> Timed:
    """Runs the command with these options; those left out are not given."""

    def run(published: str | None = None, **options: object) -> Ran:
        usual = {"rule": None, "by": None, "on": None, "json": False}
        given = argparse.Namespace(command="duty", published=published, **(usual | options))
        capsys.readouterr()
        code = running.run(timing.run, given)
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return run


def test_the_answer_is_one_json_document_with_dates_as_iso(timed: Timed) -> None:
    ran = timed("2023-06-09", on="2023-09-13", json=True)
    assert (ran.code, ran.err) == (0, "")
    told = ran.data
    assert told["rule"] == "s55"
    assert told["in_force"] is True
    assert told["last_day"] == told["last_working_day"] == "2023-08-03"
    assert (told["day"], told["days_left"], told["standing"]) == (97, -41, "over")
    assert "41 days after the last day" in told["working"]
    assert told["in_force_on"] == {"published": True, "last_day": True, "on": True}
    assert told["recipients"] == ["the inspectors of constabulary", "the Secretary of State"]
    assert told["parts"][-1]["provision"] == "section 55(5B)"
    assert told["legal_sentence"].startswith("These comments are published under section 55(5)")


def test_before_commencement_the_answer_is_neither_late_nor_on_time(timed: Timed) -> None:
    told = timed("2017-03-02", rule="s55", on="2017-04-27", json=True).data
    assert (told["last_day"], told["day"], told["in_force"]) == ("2017-04-26", 57, False)
    assert told["standing"] == "no_rule"
    assert told["in_force_on"] == {"published": False, "last_day": False, "on": False}
    assert told["legal_sentence"] is None
    assert "neither late in law nor on time" in told["working"]
    later = timed("2017-03-02", on="2017-05-02", json=True).data
    assert later["in_force"] is False
    assert later["in_force_on"]["on"] is True


def test_the_answer_is_told_in_words(timed: Timed) -> None:
    ran = timed("2022-07-18", on="2022-08-01")
    assert ran.code == 0
    assert ran.out.splitlines()[:5] == [
        "Rule: Section 55(5A) of the Police Act 1996 (s55)",
        "Last day: Sunday 11 September 2022",
        "Last working day: Friday 9 September 2022",
        "Day: 15",
        "",
    ]
    assert "day 15 of 56" in ran.out
    assert "For the response: These comments are published" in ran.out


def test_a_rule_that_was_not_in_force_is_marked_and_gives_no_sentence(timed: Timed) -> None:
    out = timed("2017-03-02", on="2017-04-27").out
    assert "(s55), not in force" in out
    assert "For the response" not in out


def test_a_stated_date_is_the_last_day(timed: Timed) -> None:
    options = {"rule": "stated_date", "by": "25 October 2022", "on": "26 October 2022"}
    told = timed("18 July 2022", **options, json=True).data
    assert (told["rule"], told["last_day"], told["day"]) == ("stated_date", "2022-10-25", 101)
    assert "later than the report asks" in told["working"]
    assert "late in law" not in told["working"]


@pytest.mark.parametrize("on", ["2023-06-08", "2020-01-01"])
def test_a_day_before_publication_has_no_number(timed: Timed, on: str) -> None:
    told = timed("2023-06-09", on=on, json=True).data
    assert (told["day"], told["standing"], told["legal_sentence"]) == (None, "not_published", None)
    assert "Day: none yet" in timed("2023-06-09", on=on).out


def test_a_publication_in_the_future_has_a_last_day_and_no_number_yet(timed: Timed) -> None:
    today = duty.london_date(datetime.now(UTC))
    coming = today + timedelta(days=10)
    told = timed(coming.isoformat(), json=True).data
    assert told["day"] is None
    assert told["last_day"] == (today + timedelta(days=65)).isoformat()
    assert "is to be published" in told["working"]


def test_without_a_day_the_day_is_today_in_london(timed: Timed) -> None:
    before = duty.london_date(datetime.now(UTC))
    told = timed("2023-06-09", json=True).data
    after = duty.london_date(datetime.now(UTC))
    assert before.isoformat() <= told["on"] <= after.isoformat()


@pytest.mark.parametrize(
    "words",
    [
        "2023-06-09",
        "9 June 2023",
        "Friday 9 June 2023",
        "09/06/2023",
        "9.6.2023",
        " 9th June 2023 ",
    ],
)
def test_a_date_may_be_given_as_people_write_it(timed: Timed, words: str) -> None:
    assert timed(words, on=words, json=True).data["published"] == "2023-06-09"


@pytest.mark.parametrize(
    ("published", "options", "words"),
    [
        (None, {}, "give the day on which the report was published"),
        ("", {}, "--published: write one date"),
        ("soon", {}, "--published: write one date"),
        ("June 2023", {}, "--published: write one date"),
        ("9 June", {}, "--published: write one date"),
        ("2023-02-29", {}, "--published: write one date"),
        ("2023-06-09T10:00", {}, "--published: write one date"),
        ("2023-06-09 or 2023-06-10", {}, "--published: write one date"),
        ("Monday 9 June 2023", {}, "but Friday 9 June 2023"),
        ("1999-12-31", {}, "outside the years 2000 to 2099"),
        ("2023-06-09", {"on": "yesterday"}, "--on: write one date"),
        ("2023-06-09", {"rule": "s54"}, "there is no rule 's54': use s55 or stated_date"),
        ("2023-06-09", {"rule": "stated_date"}, "--by 2023-10-23"),
        ("2023-06-09", {"rule": "stated_date", "by": "later"}, "--by: write one date"),
        ("2023-06-09", {"rule": "stated_date", "by": "2023-06-08"}, "before the report was"),
        ("2023-06-09", {"by": "2023-10-23"}, "--by goes with --rule stated_date only"),
    ],
)
def test_what_it_cannot_take_is_said_in_one_line(
    timed: Timed, published: str | None, options: dict[str, str], words: str
) -> None:
    ran = timed(published, **options, json=True)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("rejoinder duty: ")
    assert ran.err.count("\n") == 1
    assert words in ran.err


def test_nothing_is_stored(timed: Timed, home: Path) -> None:
    timed("2023-06-09")
    assert not home.exists()


def test_neither_a_model_nor_the_vector_store_is_loaded_for_it() -> None:
    code = (
        "import argparse, sys\n"
        "from bot.cli import running, timing\n"
        "given = argparse.Namespace(command='duty', published='2023-06-09', rule=None, by=None,\n"
        "    on=None, json=True)\n"
        "assert running.run(timing.run, given) == 0\n"
        "heavy = {'torch', 'sentence_transformers', 'chromadb', 'langchain'}\n"
        "sys.exit(', '.join(heavy & sys.modules.keys()) or 0)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.stderr == ""
    assert ran.returncode == 0
