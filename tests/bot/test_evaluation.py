import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot import evaluation
from bot.answering import signals
from bot.answering.answer import Answering
from bot.answering.extractive import ExtractiveWriter
from bot.evaluation import Asked, QuestionsWrong, Report, Row, auroc, figures
from tests.builders import Office, new_office, scope

REPORT = """
# Custody
In 2031 Fernshire Police kept 41 children in cells overnight.
# Stalking
The force opened a clinic for victims of stalking in May 2031.
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = new_office(tmp_path_factory.mktemp("office"))
    made.write("report.md", REPORT, place="Fernshire")
    made.write("other.md", "# Roads\nTraffic was heavy.", place="Oxmere")
    made.index()
    yield made
    made.engine.dispose()


def asked(name: str, question: str, **changes: Any) -> Asked:
    page = frozenset({("report.md", 1)})
    return replace(Asked(name, question, "lookup", answerable=True, pages=page), **changes)


KEPT = asked(
    "K", "How many children were kept in cells overnight in Fernshire?",
    quotes=("kept 41 children in cells",),
)  # fmt: skip
FOREIGN = asked("F", "How many whales swam in the harbour?", answerable=False, pages=frozenset(),
                type="unanswerable")  # fmt: skip


def evaluated(office: Office, *questions: Asked) -> Report:
    known = replace(signals.calibration(), answer_from=0.3, nearest_from=0.2)
    answering = Answering(office.search(), ExtractiveWriter(), known)
    return evaluation.evaluate(questions, answering, scope(), office.library.pages)


def test_a_question_that_is_answered_rightly_has_full_marks(office: Office) -> None:
    (row,) = evaluated(office, KEPT).rows
    assert row.spoke
    assert row.recall == {1: 1.0, 5: 1.0, 10: 1.0, 20: 1.0}
    assert row.reciprocal_rank == 1.0
    assert (row.first_right, row.first_three_right, row.words_shown) == (True, True, True)
    assert row.quotes == row.quotes_verbatim > 0


def test_a_support_on_another_page_is_missed_and_an_alternative_counts(office: Office) -> None:
    elsewhere = frozenset({("report.md", 9)})
    missed = asked("M", KEPT.question, pages=elsewhere)
    instead = asked("I", KEPT.question, pages=elsewhere, instead=frozenset({("report.md", 1)}))
    first, second = evaluated(office, missed, instead).rows
    assert (first.recall or {})[20] == 0.0
    assert (first.reciprocal_rank, first.first_right) == (0.0, False)
    assert (second.recall or {})[1] == 1.0
    assert second.first_right is True


def test_of_several_supports_the_share_found_counts(office: Office) -> None:
    both = asked("B", KEPT.question, pages=frozenset({("report.md", 1), ("report.md", 9)}))
    (row,) = evaluated(office, both).rows
    assert (row.recall or {})[20] == 0.5


def test_an_unanswerable_question_measures_only_the_refusal(office: Office) -> None:
    report = evaluated(office, KEPT, FOREIGN)
    row = report.rows[1]
    assert not row.spoke
    assert (row.recall, row.first_right, row.words_shown) == (None, None, None)
    assert report.by_type["unanswerable"]["refused_of_unanswerable"] == 1.0
    assert report.overall["questions"] == 2
    assert report.overall["auroc"] == 1.0


def test_a_quotation_that_is_not_on_the_page_read_anew_is_told(office: Office) -> None:
    known = replace(signals.calibration(), answer_from=0.0, nearest_from=0.0)
    answering = Answering(office.search(), ExtractiveWriter(), known)
    report = evaluation.evaluate([KEPT], answering, scope(), lambda _: ())
    assert report.overall["quotes_verbatim"] == 0.0


def test_a_report_is_json_and_a_table(office: Office) -> None:
    report = evaluated(office, KEPT, FOREIGN)
    assert json.loads(json.dumps(report.data()))["rows"][0]["id"] == "K"
    table = evaluation.table(report)
    assert {"all", "lookup", "unanswerable"} <= set(table[0].split())
    assert any(line.startswith("recall@5") for line in table)
    assert any(line.split() == ["refused_of_unanswerable", "1.000", "-", "1.000"] for line in table)


def test_no_rows_have_no_figures() -> None:
    found = figures([])
    assert found["questions"] == 0
    assert found["ms_p50"] is found["mrr"] is found["quotes_verbatim"] is found["auroc"] is None


def test_the_figures_of_rows_are_their_means() -> None:
    rows = [
        Row(str(n), "lookup", True, status, 0.5, 10.0 * n, quotes=2, quotes_verbatim=n)
        for n, status in enumerate(("answered", "partly", "not_in_documents"))
    ]
    found = figures(rows)
    assert found["answered_of_answerable"] == pytest.approx(2 / 3)
    assert found["quotes_verbatim"] == 0.5
    assert found["ms_p50"] == 10.0


@pytest.mark.parametrize(
    ("able", "unable", "expected"),
    [
        ([0.9, 0.8], [0.1], 1.0),
        ([0.1], [0.9], 0.0),
        ([0.5], [0.5], 0.5),
        ([0.9, 0.1], [0.5], 0.5),
        ([], [0.5], None),
        ([0.5], [], None),
    ],
)
def test_auroc_is_how_often_the_answerable_is_more_certain(
    able: list[float], unable: list[float], expected: float | None
) -> None:
    assert auroc(able, unable) == expected


def read(tmp_path: Path, listed: Any) -> list[Asked]:
    file = tmp_path / "questions.json"
    file.write_text(listed if isinstance(listed, str) else json.dumps(listed))
    return evaluation.questions(file)


def test_both_forms_of_questions_are_read(tmp_path: Path) -> None:
    support = {"file": "a.pdf", "page": 2, "quote": "Files wait."}
    first, second = read(
        tmp_path,
        [
            {"question": "What waits?", "type": "lookup", "answerable": True,
             "support": [support], "alt_support": [{**support, "page": 3}]},
            {"question": "Who?", "category": "names", "answerable_from_document": True,
             "support": "page 1: «Ann <b>Lee</b>» and «Bo»"},
        ],
    )  # fmt: skip
    assert (first.id, first.pages, first.quotes) == (
        "Q01",
        frozenset({("a.pdf", 2)}),
        ("Files wait.",),
    )
    assert first.instead == {("a.pdf", 3)}
    assert (second.type, second.quotes) == ("names", ("Ann Lee", "Bo"))
    assert not second.pages


@pytest.mark.parametrize(
    "listed",
    [
        "not json",
        {"question": "Who?"},
        ["Who?"],
        [{"type": "lookup"}],
        [{"question": "Who?", "type": "lookup"}],
        [{"question": "Who?", "type": "x", "answerable": True, "support": [{"page": 1}]}],
    ],
)
def test_questions_in_another_form_are_refused_in_words(tmp_path: Path, listed: Any) -> None:
    with pytest.raises(QuestionsWrong, match=r"questions\.json is not a list of questions"):
        read(tmp_path, listed)


def test_a_file_that_is_not_there_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(QuestionsWrong):
        evaluation.questions(tmp_path / "none.json")
