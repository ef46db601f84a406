"""A short storm: nothing may end silent, double or lost. The long: ``python -m tests.faults``."""

from tests.faults.__main__ import told
from tests.faults.judging import WRONG
from tests.faults.storm import run


def test_in_a_storm_nothing_is_silent_double_or_lost() -> None:
    outcome = run(faults=150, kills=2, seed=1)
    report = "\n".join(told(outcome))
    assert outcome.verdict.count(*WRONG) == 0, report
    assert outcome.quiet, report
    assert outcome.sound, report
    assert outcome.faults["killed"] == 2
    assert outcome.faults.total() >= 150
