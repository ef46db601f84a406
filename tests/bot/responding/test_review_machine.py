"""The nine invariants of a review hold at random (the long form: ``review_machine``)."""

from pathlib import Path

import pytest

from tests.bot.responding import review_machine
from tests.bot.responding.review_machine import COUNTS

SEED = 1  # the same steps each time; the long form takes others


def test_they_hold_on_sqlite(tmp_path: Path) -> None:
    review_machine.run(f"sqlite:///{tmp_path / 'review.db'}", 650, length=60, seed=SEED)
    wanted = (
        "approve: taken", "approve: own", "approve: edited", "approve: old", "approve: changed",
        "ask_changes: no_reason", "withdraw: no_reason", "second: same_person", "restarts",
        "presses delivered again", "approvals recorded as void", "publishing: taken",
    )  # fmt: skip
    assert [name for name in wanted if not COUNTS[name]] == []


def test_they_hold_on_postgresql(database: str) -> None:
    if database.startswith("sqlite"):
        pytest.skip("done above")
    review_machine.run(database, 150, length=50, seed=SEED)
