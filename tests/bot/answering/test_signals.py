from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.answering import evidence, signals
from bot.answering.signals import NOTHING, Signals
from retrieval.search import Finding
from tests.builders import Office, scope

REPORT = """
# Custody
In 2031 the force kept 41 children in cells overnight.
Officers recorded why in each case, because an inspector asked them to.
===
# Stalking
The force opened a clinic for stalking cases.
"""


def found(office: Office, question: str) -> Finding:
    office.write("report.md", REPORT.replace("===", ""), published=date(2031, 3, 4))
    office.index()
    (finding,) = office.search().find(question, scope())
    return finding


def read(office: Office, question: str) -> Signals:
    finding = found(office, question)
    return signals.read(finding, evidence.lines(office.search(), finding))


def test_nothing_found_gives_no_sign() -> None:
    assert signals.calibration().certainty(NOTHING) < 0.2


def test_nothing_found_is_read_as_nothing(office: Office) -> None:
    finding = found(office, "How many children were kept in cells?")
    assert signals.read(finding, []) == NOTHING


def test_every_sign_is_within_its_bounds(office: Office) -> None:
    given = read(office, "How many children were kept in cells overnight in 2031?")
    assert all(-1 <= value <= 1 for value in vars(given).values())
    assert given.covered > 0.5
    assert given.unmet == given.lacking == 0
    assert given.near > 0.5


def test_a_sum_that_is_not_there_is_lacking(office: Office) -> None:
    given = read(office, "How much did the clinic for stalking cases cost?")
    assert given.unmet == given.lacking == 1


def test_a_name_that_is_not_there_is_only_unmet(office: Office) -> None:
    given = read(office, "Who opened the clinic for stalking cases?")
    assert given.unmet > given.lacking == 0


@pytest.mark.parametrize(
    ("question", "why", "whether"),
    [
        ("Why did officers record each case?", 1.0, 0.0),
        ("Did officers record each case?", 0.0, 1.0),
        ("What did officers record?", 0.0, 0.0),
    ],
)
def test_reasons_and_yes_or_no_are_signs_of_their_own(
    office: Office, question: str, why: float, whether: float
) -> None:
    given = read(office, question)
    assert (given.why, given.whether) == (why, whether)


def test_better_signs_give_more_certainty() -> None:
    known = signals.calibration()
    middling = Signals(**known.means)
    assert known.certainty(NOTHING) < known.certainty(middling)
    assert known.certainty(middling) < known.certainty(replace(middling, near=0.9, covered=1.0))


def test_the_thresholds_are_in_order() -> None:
    known = signals.calibration()
    assert 0 < known.nearest_from < known.answer_from < 1


def test_a_calibration_is_read_from_its_file(tmp_path: Path) -> None:
    file = tmp_path / "calibration.toml"
    file.write_text(
        signals.CALIBRATION.read_text().replace("nearest_from = ", "nearest_from = 0.01 # ")
    )
    assert signals.calibration(file).nearest_from < signals.calibration().nearest_from
