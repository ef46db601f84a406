"""Items of real letters and of the sample documents against hand-made labels."""

from pathlib import Path

import pytest

from tests.evals.items_score import report, score

ROOT = Path(__file__).parents[2]
LETTERS = ROOT.parent / "shared" / "data" / "jtai"
LABELS = LETTERS.with_name("jtai-gold") / "items"
SAMPLES = ROOT / "corpus" / "documents"
SAMPLE_LABELS = ROOT / "tests" / "evals" / "sample-items"


@pytest.mark.skipif(not LABELS.is_dir(), reason="the real letters (../shared/data) are not here")
def test_items_of_real_letters_are_found() -> None:
    figures = score(LABELS, LETTERS)
    least = {"from 2022": 0.9, "before 2022": 0.8}
    for era, tally in figures.eras.items():
        assert min(tally.precision, tally.recall) >= least[era], report(figures)
    for what in ("reply_by", "letter date", "limbs"):
        assert figures.right[what] == figures.asked[what], report(figures)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample documents are not made")
def test_items_of_the_sample_documents_are_found() -> None:
    figures = score(SAMPLE_LABELS, SAMPLES)
    for tally in figures.eras.values():
        assert min(tally.precision, tally.recall) >= 0.9, report(figures)
    assert figures.right["reply_by"] == figures.asked["reply_by"], report(figures)
    assert figures.right["limbs"] >= 0.9 * figures.asked["limbs"], report(figures)
