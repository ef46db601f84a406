import pytest

from tests.corpus.samples import DOCUMENTS
from tests.evals import intake


def test_the_sample_reports_need_few_corrections() -> None:
    found = intake.samples()
    assert len(found) == 13
    assert sum(one.count("items") + one.count("text") for one in found) == 0
    assert sum(one.count("date") + one.count("rule") for one in found) == 0
    assert sum(len(one.corrections) for one in found) <= 9, intake.table(found)


def test_six_real_letters_of_different_years_need_few_corrections() -> None:
    found = intake.real()
    if not found:
        pytest.skip("the real letters are not there")
    assert len(found) == 6
    assert sum(len(one.corrections) for one in found) <= 1, intake.table(found)


def test_a_wrong_proposal_is_counted() -> None:
    name = "2022-04-14-peel-2021-22-fernshire.html"
    gold = {
        "file": name, "title": "Another title", "letter_date": "2022-04-15", "addressees": ["X"],
        "reply_by": "2022-06-01", "items": [
            {"kind": "recommendation", "text": "The force needs to make better use of stalking "
             "protection orders.", "limbs": ["a"], "page": 2, "number": "3", "addressee": "",
             "deadline": "at once"},
            {"kind": "recommendation", "text": "Something that is not there.", "limbs": [],
             "page": 1},
        ],
    }  # fmt: skip
    row = intake.row(gold, DOCUMENTS / name)
    assert row.corrections == [
        "date", "title", "rule", "addressees", "kind", "page", "limbs", "number", "deadline",
        "items", "items", "items", "items",
    ]  # fmt: skip
    assert "| 13 |" in intake.table([row])
