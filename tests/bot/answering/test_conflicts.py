from datetime import date

import pytest

from bot.answering.conflicts import between
from bot.answering.evidence import Line
from retrieval.documents import Kind
from tests.bot.answering.lines import line

SHARE = "What percentage of incidents had a risk assessment?"
COUNT = "How many officers were without vetting?"
SUM = "How much did the new control room cost?"
REPORT = "A risk assessment was completed in 79 percent of incidents."
NOTE = "The force completed a risk assessment in 91% of incidents in July 2031."


def told(found: tuple[Line, Line] | None) -> list[str]:
    return [one.sentence.text for one in found or ()]


def test_two_documents_with_different_figures_disagree_and_the_older_comes_first() -> None:
    report = line(REPORT, "a", published=date(2031, 12, 8))
    note = line(NOTE, "b", published=date(2031, 9, 14))
    assert told(between(SHARE, [report, note])) == told(between(SHARE, [note, report]))
    assert told(between(SHARE, [report, note])) == [NOTE, REPORT]


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (COUNT, "In all 126 officers were without vetting.", "Only 67 officers had no vetting."),
        (SUM, "The new control room cost £1.1m.", "The cost of the control room was £940,000."),
        (SHARE, REPORT, "In 88.5 per cent of incidents a risk assessment was completed."),
    ],
)
def test_counts_shares_and_sums_can_disagree(question: str, one: str, other: str) -> None:
    assert told(between(question, [line(one, "a"), line(other, "b")])) == [one, other]


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (SHARE, REPORT, "An assessment of risk was there in 79 % of incidents."),
        (SHARE, REPORT, "Callers gave up on 22.5 percent of calls."),
        (SHARE, REPORT, "The force should complete a risk assessment in 95 percent of incidents."),
        (SHARE, f"{REPORT[:-1]} in 2029.", NOTE),
        (SHARE, f"{REPORT[:-1]} in August 2031.", NOTE),
        (f"{SHARE[:-1]} in 2029?", REPORT, NOTE),
        (f"{SHARE[:-1]} in May 2031?", REPORT, NOTE),
        (COUNT, "126 officers were without vetting.", "126 officers had no vetting, 11% of all."),
        (COUNT, "126 officers were without vetting.", "On 16 May officers had no vetting."),
        ("Who completes a risk assessment?", REPORT, NOTE),
        ("What did inspectors say about risk assessments?", REPORT, NOTE),
    ],
)
def test_what_is_no_disagreement(question: str, one: str, other: str) -> None:
    assert between(question, [line(one, "a"), line(other, "b")]) is None


def test_figures_of_documents_years_apart_are_a_history() -> None:
    older = line(REPORT, "a", published=date(2028, 3, 4))
    assert between(SHARE, [older, line(NOTE, "b")]) is None


def test_an_undated_document_is_not_held_against_another() -> None:
    assert between(SHARE, [line(REPORT, "a", published=None), line(NOTE, "b")]) is None


def test_one_document_does_not_disagree_with_itself() -> None:
    assert between(SHARE, [line(REPORT, "a"), line(NOTE, "a")]) is None


def test_two_places_do_not_disagree() -> None:
    assert between(SHARE, [line(REPORT, "a", place="Oxmere"), line(NOTE, "b")]) is None


def test_a_plan_states_aims() -> None:
    plan = line(REPORT, "a", kind=Kind.POLICE_AND_CRIME_PLAN)
    assert between(SHARE, [plan, line(NOTE, "b")]) is None


def test_a_line_far_behind_or_without_a_figure_contradicts_nothing() -> None:
    assert between(SHARE, [line(REPORT, "a"), line(NOTE, "b", score=0.4)]) is None
    assert between(SHARE, [line(REPORT, "a"), line(NOTE, "b", meets=0.0)]) is None


def test_nothing_found_is_no_disagreement() -> None:
    assert between(SHARE, []) is None
