from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.answering import caveats
from bot.answering.answers import Citation, Sentence
from bot.grounding import Support
from retrieval.documents import Span
from retrieval.library import Filed
from tests.builders import filed, reading

NOW = datetime(2031, 5, 1, tzinfo=UTC)


def document(name: str, **changes: object) -> Filed:
    return filed(reading(f"# {name}"), path=f"{name}.md", **changes)


def sentence(text: str, *cited: Filed) -> Sentence:
    citations = tuple(
        Citation(one.digest, one.name, one.entry.title, one.entry.published, Span(1, 0, 1), "x")
        for one in cited
    )
    return Sentence(text, citations, Support.CLEAR, verbatim=True)


def said(text: str, *cited: Filed, quoting: bool = False) -> str:
    known = {one.digest: one for one in cited}
    return " ".join(caveats.about([sentence(text, *cited)], known, NOW, quoting=quoting))


def test_recent_confirmed_documents_need_no_caveat() -> None:
    assert said("Files wait.", document("new")) == ""


@pytest.mark.parametrize(
    ("years", "text", "warned"),
    [
        ((2019, 2023), "It was graded good.", True),
        ((2019, 2023), "It is rated as requires improvement.", True),
        ((2019, 2023), "Files wait.", False),
        ((2019, 2020), "It was graded good.", False),
        ((2022, 2023), "It was graded good.", False),
    ],
)
def test_grades_on_two_scales_are_not_compared(
    years: tuple[int, int], text: str, warned: bool
) -> None:
    cited = [document(str(year), published=date(year, 3, 4)) for year in years]
    assert ("four-step scale" in said(text, *cited)) is warned


@pytest.mark.parametrize(
    ("published", "old"),
    [(date(2028, 3, 4), True), (date(2029, 3, 4), False), (None, False)],
)
def test_an_old_newest_source_is_told(published: date | None, old: bool) -> None:
    assert ("newest source" in said("Files wait.", document("one", published=published))) is old


def test_the_newest_source_decides_its_age() -> None:
    both = document("old", published=date(2019, 3, 4)), document("new")
    assert said("Files wait.", *both) == ""


def test_an_unconfirmed_document_is_named() -> None:
    assert "not yet confirmed by a person: one.md." in said(
        "Files wait.", document("one", confirmed=False)
    )


def test_a_document_read_by_character_recognition_is_named() -> None:
    scanned = replace(document("scan"), reader="pdf-ocr")
    assert said("Files wait.", scanned) == "Read in part by character recognition: scan.md."


def test_quoting_is_said_last() -> None:
    found = said("Files wait.", document("one", confirmed=False), quoting=True)
    assert found.endswith("No language model is set up: the sentences are the documents' own.")


def test_only_cited_documents_count() -> None:
    unused = document("old", published=date(2019, 3, 4), confirmed=False)
    known = {unused.digest: unused}
    assert caveats.about([sentence("Files wait.")], known, NOW, quoting=False) == ()
