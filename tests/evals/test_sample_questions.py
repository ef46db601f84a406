"""The short form of the evaluation: some sample questions, through the whole of the product."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import evaluation
from bot.bootstrap import Parts
from bot.evaluation import Report
from bot.settings import Settings
from retrieval import indexing

REPOSITORY = Path(__file__).parents[2]
TYPES = ("lookup", "unanswerable", "false_premise", "deadline_status")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Report]:
    parts = Parts(Settings(home=tmp_path_factory.mktemp("home"), ocr=False))
    with parts.shelves() as shelves:
        list(
            indexing.bring_up_to_date(
                [REPOSITORY / "corpus" / "documents"],
                shelves=shelves,
                model=parts.settings.embedding_model,
                encoder=parts.embedder,
                limits=parts.limits,
            )
        )
    asked = evaluation.questions(REPOSITORY / "tests/evals/sample-questions.json")
    some = [one for one in asked if one.type in TYPES]
    with parts.searching() as search:
        yield evaluation.evaluate(some, parts.answering(search), parts.scope(), parts.library.pages)
    parts.engine.dispose()


def test_the_right_page_is_among_the_first_five(report: Report) -> None:
    assert report.overall["recall@5"] >= 0.85


def test_every_quotation_stands_on_its_page(report: Report) -> None:
    assert report.overall["quotes"] > 0
    assert report.overall["quotes_verbatim"] == 1.0


def test_most_answerable_questions_are_answered(report: Report) -> None:
    assert report.overall["answered_of_answerable"] >= 0.75


def test_most_unanswerable_questions_are_refused(report: Report) -> None:
    assert report.by_type["unanswerable"]["refused_of_unanswerable"] >= 0.55


def test_what_is_cited_first_is_mostly_right(report: Report) -> None:
    assert report.overall["first_three_right"] >= 0.75
