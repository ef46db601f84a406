"""Cases as people of the office see them in the local Slack, with the bot as it is started."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.bootstrap import Parts
from bot.playground.workspace import OFFICE, TOM
from bot.responding import intake
from bot.settings import Settings
from bot.store.casebook import Casebook
from tests.corpus import samples
from tests.end_to_end.serving import SECONDS, Office, serving

PEEL = "2023-12-08-peel-2023-25-fernshire.pdf"
NOW = datetime(2023, 12, 10, tzinfo=UTC)
LAST_DAY = "the last day was Thursday 1 February 2024"


@pytest.fixture(scope="module")
def office(
    local_slack_program: Path, indexed: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    """An office with one confirmed case, Tom's."""
    home = tmp_path_factory.mktemp("seen") / "home"
    shutil.copytree(indexed, home, ignore=shutil.ignore_patterns("*.lock"))
    _add(home)
    with serving(local_slack_program, tmp_path_factory.mktemp("office"), home) as made:
        yield made


def _add(home: Path) -> None:
    parts = Parts(Settings(home=home))
    mine = intake.propose(samples.read(PEEL), str(samples.DOCUMENTS / PEEL))
    said = replace(
        mine.content, published=date(2023, 12, 8), published_confirmed=True, owner=TOM.id
    )
    book = Casebook(parts.engine)
    book.add("peel", said, mine.read, person=TOM.id, now=NOW)
    book.confirm("peel", said, (), after=1, person=TOM.id, now=NOW)
    parts.engine.dispose()


def test_the_command_lists_the_cases_for_who_asks(office: Office) -> None:
    office.slack.command(TOM.id, OFFICE.id, "/reports")
    assert LAST_DAY in office.whispered(TOM, OFFICE.id, "(peel)").text


def test_the_command_shows_one_case_with_its_clock(office: Office) -> None:
    office.slack.command(TOM.id, OFFICE.id, "/reports", "peel")
    shown = office.whispered(TOM, OFFICE.id, "The plan")
    assert "●●◆━━━━━━━━━━◆━━━◆━━◆━━━◆━◆◆┃" in str(shown.blocks)


def test_the_home_of_who_has_it_shows_the_clock_and_what_waits(office: Office) -> None:
    office.slack.open_home(TOM.id)
    home = office.slack.until(lambda: office.slack.home(TOM.id), SECONDS)
    assert home is not None
    assert "What waits for you" in str(home.blocks)
    assert LAST_DAY in str(home.blocks)


def test_what_is_open_is_answered_from_the_record(office: Office) -> None:
    said = office.ask(TOM, OFFICE, "What is still open from 2023?")
    first = office.answered(OFFICE.id, said.ts)[0]
    assert "are open on the record from 2023." in first.text
