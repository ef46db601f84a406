from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.bootstrap import Parts
from bot.cli import auditing
from bot.settings import Settings
from bot.store import audit
from tests.bot.cli.conftest import Ran
from tests.builders import NOW


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    """Parts with three entries in their audit."""
    made = Parts(Settings(home=tmp_path / "home"))
    with audit.changing(made.engine) as connection:
        for number in range(3):
            audit.append(connection, event="a.b", subject=str(number), at=NOW)
    yield made
    made.engine.dispose()


def verify(parts: Parts, capsys: pytest.CaptureFixture[str], *, json: bool = False) -> Ran:
    code = auditing.run(Namespace(action="verify", json=json), parts)
    printed = capsys.readouterr()
    return Ran(code, printed.out, printed.err)


def tamper(parts: Parts) -> None:
    with parts.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_keeps_rows"))
        connection.execute(text("UPDATE audit SET person = 'U9' WHERE number = 2"))


def test_an_audit_that_stands_is_told_with_its_head(
    parts: Parts, capsys: pytest.CaptureFixture[str]
) -> None:
    head = audit.Audit(parts.engine).entries()[-1].hash
    ran = verify(parts, capsys)
    assert ran.code == 0
    assert ran.out.splitlines()[:2] == ["The audit holds 3 entries, unbroken.", f"Head: {head}"]


def test_a_broken_one_is_told_with_the_place(
    parts: Parts, capsys: pytest.CaptureFixture[str]
) -> None:
    tamper(parts)
    ran = verify(parts, capsys)
    assert ran.code == 1
    assert ran.out.startswith("Entry 2 has been changed.\nThe entries before it hold: 1, head ")


def test_both_are_told_as_json(parts: Parts, capsys: pytest.CaptureFixture[str]) -> None:
    whole = verify(parts, capsys, json=True)
    assert (whole.code, whole.data["ok"], whole.data["count"]) == (0, True, 3)
    assert whole.data["broken_at"] is None
    tamper(parts)
    broken = verify(parts, capsys, json=True)
    assert (broken.code, broken.data["ok"], broken.data["broken_at"]) == (1, False, 2)
