"""The sample questions and items point at words that stand where they say."""

import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from retrieval.documents import ItemKind
from tests.corpus.samples import EVALS, NAMES, RESTRICTED, items_of, pages, questions

QUESTIONS = questions()
ITEMS = sorted((EVALS / "sample-items").glob("*.json"))
LEAST = {
    "lookup": 15,
    "paraphrase": 10,
    "evidence": 5,
    "comparison": 8,
    "deadline_status": 8,
    "promise": 6,
    "definition": 5,
    "unanswerable": 14,
    "false_premise": 6,
}
SCANNED_PAGE = ("2014-11-18-hmic-fernshire-vulnerability-and-crime-recording.pdf", 5)
ENOUGH_TO_KNOW_IT = 60  # characters of an item that crosses pages


def _skip_what_only_recognition_reads(support: dict[str, Any]) -> None:
    scanned = (support["file"], support["page"]) == SCANNED_PAGE
    if scanned and shutil.which("tesseract") is None:
        pytest.skip("the page is a scan, and Tesseract is not installed")


def _supports(question: dict[str, Any]) -> list[dict[str, Any]]:
    return [*question["support"], *question.get("alt_support", [])]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: str(question["id"]))
class TestEachQuestion:
    def test_its_quotes_stand_on_their_pages(self, question: dict[str, Any]) -> None:
        for support in _supports(question):
            _skip_what_only_recognition_reads(support)
            assert support["quote"] in pages(support["file"])[support["page"] - 1]

    def test_it_has_support_exactly_when_it_can_be_answered(self, question: dict[str, Any]) -> None:
        assert bool(question["support"]) == question["answerable"]
        assert question["answerable"] == (question["type"] != "unanswerable")

    def test_it_rests_on_nothing_restricted(self, question: dict[str, Any]) -> None:
        assert RESTRICTED not in {support["file"] for support in _supports(question)}


def test_there_are_enough_questions_of_each_type() -> None:
    count = Counter(question["type"] for question in QUESTIONS)
    assert set(count) == set(LEAST)
    assert {kind: count[kind] for kind in LEAST if count[kind] < LEAST[kind]} == {}


def test_no_question_is_asked_twice() -> None:
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS)
    assert len({question["question"] for question in QUESTIONS}) == len(QUESTIONS)


@pytest.mark.parametrize("path", ITEMS, ids=lambda path: str(path.stem))
class TestEachReport:
    def test_its_file_is_there(self, path: Path) -> None:
        assert items_of(path)["file"] in NAMES

    def test_its_items_start_on_their_pages(self, path: Path) -> None:
        gold = items_of(path)
        for item in gold["items"]:
            assert item["text"][:ENOUGH_TO_KNOW_IT] in pages(gold["file"])[item["page"] - 1]

    def test_its_limbs_stand_in_the_document(self, path: Path) -> None:
        gold = items_of(path)
        text = " ".join(pages(gold["file"]))
        for limb in (limb for item in gold["items"] for limb in item["limbs"]):
            assert limb[:ENOUGH_TO_KNOW_IT] in text

    def test_its_kinds_and_deadlines_are_the_documents_own(self, path: Path) -> None:
        gold = items_of(path)
        text = " ".join(pages(gold["file"]))
        assert {item["kind"] for item in gold["items"]} <= set(ItemKind)
        assert all(item["deadline"] in text for item in gold["items"])
        assert gold["reply_by_quote"] in text
