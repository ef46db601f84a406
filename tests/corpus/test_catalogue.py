"""The sample catalogue says what each document is, but for one."""

from datetime import date, datetime
from typing import Any

import pytest

from retrieval.documents import Kind
from tests.corpus.samples import CORPUS, NAMES, RESTRICTED, catalogue

LEFT_OUT = "2023-11-16-jtai-oxmere.pdf"
KEYS = {
    "path",
    "title",
    "kind",
    "body",
    "place",
    "published",
    "source",
    "collection",
    "confirmed",
}
ENTRIES = catalogue()


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry["path"]))
class TestEachEntry:
    def test_it_has_every_key_and_no_unknown_one(self, entry: dict[str, Any]) -> None:
        assert set(entry) - {"embargo_until", "withdrawn"} == KEYS

    def test_its_file_is_there(self, entry: dict[str, Any]) -> None:
        assert (CORPUS / entry["path"]).is_file()

    def test_its_kind_is_one_we_know(self, entry: dict[str, Any]) -> None:
        assert entry["kind"] in set(Kind)

    def test_its_source_is_an_example_address(self, entry: dict[str, Any]) -> None:
        assert entry["source"].startswith("https://www.example.org/")

    def test_its_date_is_a_day(self, entry: dict[str, Any]) -> None:
        assert type(entry["published"]) is date


def test_every_document_but_one_is_in_the_catalogue_once() -> None:
    told = sorted(entry["path"].removeprefix("documents/") for entry in ENTRIES)
    assert told == [name for name in NAMES if name != LEFT_OUT]


def test_every_kind_of_document_is_there() -> None:
    assert {entry["kind"] for entry in ENTRIES} == set(Kind)


def test_two_documents_are_for_the_office_alone() -> None:
    office = [entry["path"] for entry in ENTRIES if entry["collection"] == "office"]
    assert office == [
        "documents/2024-01-09-briefing-note-peel-2023-25.md",
        "documents/2024-01-12-chief-constable-comments-peel-2023-25.docx",
    ]


def test_one_document_is_restricted_and_under_embargo() -> None:
    (entry,) = (entry for entry in ENTRIES if entry["collection"].startswith("restricted:"))
    assert entry["path"] == f"documents/{RESTRICTED}"
    assert entry["collection"] == "restricted:embargo"
    assert entry["embargo_until"] == datetime.fromisoformat("2030-01-01T00:01:00+00:00")
