"""`rejoinder ask` answers what is open from the record, by what the asker may read."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.bootstrap import Parts
from bot.responding import intake
from bot.settings import Settings
from bot.store.casebook import Casebook
from tests.bot.cli.conftest import Rejoinder
from tests.corpus import samples

PEEL = "2023-12-08-peel-2023-25-fernshire.pdf"
PUBLISHED = date(2023, 12, 8)
NOW = datetime(2024, 1, 1, tzinfo=UTC)
OPEN = "What is still open from 2023?"


@pytest.fixture
def recorded(indexed: Path, home: Path) -> Callable[[str], None]:
    """Adds a sample document as a confirmed case, in a home where all of them are indexed."""
    shutil.copytree(indexed, home, ignore=shutil.ignore_patterns("*.lock"))

    def add(file: str) -> None:
        parts = Parts(Settings(home=home))
        mine = intake.propose(samples.read(file), str(samples.DOCUMENTS / file))
        said = replace(mine.content, published=PUBLISHED, published_confirmed=True)
        book = Casebook(parts.engine)
        book.add("peel", said, mine.read, person="U0TOM", now=NOW)
        book.confirm("peel", said, (), after=1, person="U0TOM", now=NOW)
        parts.engine.dispose()

    return add


def test_what_is_open_is_answered_from_the_record(
    rejoinder: Rejoinder, recorded: Callable[[str], None]
) -> None:
    recorded(PEEL)
    data = rejoinder("ask", OPEN, "--json").data
    assert (data["status"], data["by"]) == ("answered", "record")
    first = data["sentences"][0]
    assert first["verbatim"]
    (cited,) = first["citations"]
    page = samples.read(PEEL).pages[cited["page"] - 1].text
    assert " ".join(page[cited["start"] : cited["end"]].split()) == first["text"] == cited["quote"]
    ran = rejoinder("ask", OPEN)
    assert ran.code == 0
    assert ran.out.startswith(data["opening"])
    assert "Decision: none on record. Status: none on record." in ran.out


def test_what_the_record_has_not_ends_with_1(
    rejoinder: Rejoinder, recorded: Callable[[str], None]
) -> None:
    recorded(PEEL)
    ran = rejoinder("ask", "What is open from 2020?")
    assert ran.code == 1
    assert ran.out.startswith("No confirmed report from 2020 is on the record.")


def test_a_conversation_is_answered_from_it_too(
    rejoinder: Rejoinder, recorded: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded(PEEL)
    lines = iter([f"{OPEN}\n", "\n"])
    monkeypatch.setattr("sys.stdin.readline", lambda: next(lines), raising=False)
    assert "on the record from 2023." in rejoinder("ask").out


@pytest.mark.parametrize("options", [("--filter", "place=Sallowshire"), ("--filter", "year=2016")])
def test_filters_bound_the_record_too(
    rejoinder: Rejoinder, recorded: Callable[[str], None], options: tuple[str, ...]
) -> None:
    recorded(PEEL)
    assert rejoinder("ask", OPEN, *options, "--json").data["by"] != "record"


def test_a_report_under_embargo_is_not_on_anybodys_record(
    rejoinder: Rejoinder, recorded: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded(samples.RESTRICTED)
    monkeypatch.setenv("REJOINDER_OPERATOR_COLLECTIONS", "public,office,restricted:embargo")
    assert rejoinder("ask", OPEN, "--json").data["by"] != "record"


def test_without_cases_the_documents_are_asked(rejoinder: Rejoinder, samples: Path) -> None:
    assert rejoinder("ask", OPEN, "--json").data["by"] == "extractive"
