"""The audit only grows, and whoever changes it by other means is found out."""

import hashlib
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError, StatementError

from bot.store import audit
from bot.store.audit import BEGINNING, Audit, Entry, Verdict, changing
from bot.store.engine import connect, for_reading, migrate
from tests.bot.store.asked import at_once
from tests.builders import NOW

ROOT = Path(__file__).parents[3]
WRITE = """
import sys
from datetime import UTC, datetime
from bot.store import audit
from bot.store.engine import connect
engine = connect(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for number in range(50):
    with audit.changing(engine) as connection:
        audit.append(connection, event="a.b", subject=str(number), at=datetime.now(UTC))
engine.dispose()
"""


def written(engine: Engine, **changes: Any) -> Entry:
    usual: dict[str, Any] = {"event": "question.received", "subject": "C1/1.1", "at": NOW}
    with changing(engine) as connection:
        return audit.append(connection, **(usual | changes))


def many(engine: Engine, count: int) -> Verdict:
    with changing(engine) as connection:
        for number in range(count):
            facts = {"count": number}
            audit.append(connection, event="a.b", subject=str(number), facts=facts, at=NOW)
    return Audit(engine).verify()


def unguard(engine: Engine) -> None:
    """What somebody with the rights of the owner can do."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE audit DISABLE TRIGGER ALL"))
            return
        names = connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
        for name in names.all():
            connection.execute(text(f"DROP TRIGGER {name}"))


def run(engine: Engine, *statements: str) -> None:
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


class TestAnEntry:
    def test_is_given_back_as_it_is_kept(self, engine: Engine) -> None:
        facts = {"revision": 2, "names": ["Ffîon", "😀"], "share": 0.1, "none": None}
        entry = written(engine, person="U1", facts=facts)
        assert Audit(engine).entries() == [entry]
        assert (entry.number, entry.person, entry.facts) == (1, "U1", facts)

    def test_follows_the_one_before(self, engine: Engine) -> None:
        first, second = written(engine), written(engine)
        assert (first.previous, second.previous) == (BEGINNING, first.hash)
        assert (first.number, second.number) == (1, 2)

    def test_has_the_hash_of_all_it_says(self, engine: Engine) -> None:
        entry = written(engine, person="U1", facts={"b": 1, "a": "é"})
        said = (
            '{"at":"2031-05-01T12:00:00.000000+00:00","event":"question.received",'
            '"facts":{"a":"\\u00e9","b":1},"number":1,"person":"U1",'
            f'"previous":"{"0" * 64}","subject":"C1/1.1"}}'
        )
        assert json.loads(said)["facts"] == entry.facts
        assert entry.hash == hashlib.sha256(said.encode()).hexdigest()

    def test_has_the_same_hash_in_whatever_zone_its_moment_is_given(self, engine: Engine) -> None:
        at = datetime(2031, 5, 1, 13, 0, 0, 5, tzinfo=timezone(timedelta(hours=1)))
        written(engine, at=at)
        assert Audit(engine).entries()[0].at == datetime(2031, 5, 1, 12, 0, 0, 5, tzinfo=UTC)
        assert Audit(engine).verify().ok

    @pytest.mark.parametrize(
        ("changes", "error"),
        [
            ({"facts": {"share": float("nan")}}, ValueError),
            ({"facts": {"at": NOW}}, TypeError),
            ({"at": datetime(2031, 5, 1)}, StatementError),
        ],
    )
    def test_that_cannot_be_kept_exactly_is_refused(
        self, engine: Engine, changes: dict[str, Any], error: type[Exception]
    ) -> None:
        with pytest.raises(error):
            written(engine, **changes)
        assert Audit(engine).entries() == []

    def test_goes_when_its_transaction_does(self, engine: Engine) -> None:
        first = written(engine)
        with engine.connect() as connection, connection.begin() as transaction:
            audit.append(connection, event="a.b", subject="other", at=NOW)
            transaction.rollback()
        assert Audit(engine).entries() == [first]
        assert written(engine).number == 2

    def test_is_found_by_its_subject(self, engine: Engine) -> None:
        written(engine, subject="one")
        two = written(engine, subject="two")
        assert Audit(engine).entries("two") == [two]
        assert Audit(engine).entries("") == []


@pytest.mark.parametrize(
    ("only", "statement"),
    [
        ("", "UPDATE audit SET event = 'other' WHERE number = 2"),
        ("", "UPDATE audit SET number = 9 WHERE number = 2"),
        ("", "DELETE FROM audit WHERE number = 2"),
        ("", "DELETE FROM audit"),
        ("", "INSERT INTO audit SELECT * FROM audit WHERE number = 2"),
        ("postgresql", "TRUNCATE audit"),
        (
            "postgresql",
            "INSERT INTO audit SELECT * FROM audit WHERE number = 2 "
            "ON CONFLICT (number) DO UPDATE SET event = 'other'",
        ),
        ("sqlite", "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE number = 2"),
        ("sqlite", "UPDATE OR REPLACE audit SET number = 1 WHERE number = 2"),
        (
            "sqlite",
            "INSERT INTO audit SELECT 7, at, event, subject, person, facts, previous, hash "
            "FROM audit WHERE number = 2",
        ),
    ],
)
def test_the_database_refuses_to_change_what_is_written(
    engine: Engine, only: str, statement: str
) -> None:
    if only and engine.dialect.name != only:
        pytest.skip(f"a statement of {only}")
    many(engine, 3)
    before = Audit(engine).entries()
    with pytest.raises(DatabaseError, match=r"audit rows are|duplicate key"):
        run(engine, statement)
    assert Audit(engine).entries() == before


class TestVerifying:
    def test_holds_an_empty_audit(self, engine: Engine) -> None:
        words = "The audit holds 0 entries, unbroken."
        assert Audit(engine).verify() == Verdict(True, 0, BEGINNING, words, None)

    def test_tells_the_count_and_the_head(self, engine: Engine) -> None:
        entry = written(engine)
        words = "The audit holds one entry, unbroken."
        assert Audit(engine).verify() == Verdict(True, 1, entry.hash, words, None)

    def test_holds_a_thousand_entries(self, engine: Engine) -> None:
        verdict = many(engine, 1000)
        assert (verdict.ok, verdict.count) == (True, 1000)
        assert verdict.words == "The audit holds 1000 entries, unbroken."
        assert verdict.head == Audit(engine).entries()[-1].hash

    @pytest.mark.parametrize("number", [1, 500, 501, 999])
    def test_finds_the_one_of_a_thousand(self, engine: Engine, number: int) -> None:
        many(engine, 1000)
        unguard(engine)
        run(engine, f"UPDATE audit SET person = 'U9' WHERE number = {number}")
        verdict = Audit(engine).verify()
        assert (verdict.ok, verdict.broken_at, verdict.count) == (False, number, number - 1)

    @pytest.mark.parametrize(
        ("statements", "broken_at", "words"),
        [
            (["UPDATE audit SET at = '2030-01-01 00:00:00.000000' WHERE number = 3"], 3, "changed"),
            (["UPDATE audit SET event = 'question.edited' WHERE number = 3"], 3, "changed"),
            (["UPDATE audit SET subject = 'other' WHERE number = 3"], 3, "changed"),
            (["UPDATE audit SET person = 'U9' WHERE number = 3"], 3, "changed"),
            (["""UPDATE audit SET facts = '{"count":9}' WHERE number = 3"""], 3, "changed"),
            (["UPDATE audit SET facts = '{}' WHERE number = 3"], 3, "changed"),
            (["UPDATE audit SET hash = previous WHERE number = 3"], 3, "changed"),
            (["UPDATE audit SET hash = previous WHERE number = 5"], 5, "changed"),
            (["UPDATE audit SET previous = hash WHERE number = 3"], 3, "does not follow"),
            (["DELETE FROM audit WHERE number = 1"], 1, "missing"),
            (["DELETE FROM audit WHERE number = 3"], 3, "missing"),
            (
                [
                    "DELETE FROM audit WHERE number = 3",
                    "UPDATE audit SET number = 3 WHERE number = 4",
                    "UPDATE audit SET number = 4 WHERE number = 5",
                ],
                3,
                "does not follow",
            ),
            (
                [
                    "UPDATE audit SET number = 9 WHERE number = 3",
                    "UPDATE audit SET number = 3 WHERE number = 4",
                    "UPDATE audit SET number = 4 WHERE number = 9",
                ],
                3,
                "does not follow",
            ),
            (
                [
                    "UPDATE audit SET number = 9 WHERE number = 4",
                    "UPDATE audit SET number = 10 WHERE number = 5",
                    "INSERT INTO audit SELECT 4, at, event, subject, person, facts, hash, hash "
                    "FROM audit WHERE number = 3",
                    "UPDATE audit SET number = 5 WHERE number = 9",
                    "UPDATE audit SET number = 6 WHERE number = 10",
                ],
                4,
                "changed",
            ),
            (
                [
                    "INSERT INTO audit SELECT 6, at, event, subject, person, facts, hash, hash "
                    "FROM audit WHERE number = 5"
                ],
                6,
                "changed",
            ),
            (
                [
                    "INSERT INTO audit SELECT 0, at, event, subject, person, facts, hash, hash "
                    "FROM audit WHERE number = 5"
                ],
                1,
                "not in its place",
            ),
        ],
    )
    def test_finds_every_kind_of_tampering(
        self, engine: Engine, statements: list[str], broken_at: int, words: str
    ) -> None:
        assert many(engine, 5).ok
        unguard(engine)
        run(engine, *statements)
        verdict = Audit(engine).verify()
        assert (verdict.ok, verdict.broken_at, verdict.count) == (False, broken_at, broken_at - 1)
        assert words in verdict.words

    @pytest.mark.parametrize(
        "change",
        ["facts = 'not JSON'", """facts = '{"count":NaN}'""", "at = 'yesterday'", "at = 7"],
    )
    def test_finds_what_cannot_be_read(self, tmp_path: Path, change: str) -> None:
        engine = connect(f"sqlite:///{tmp_path / 'rejoinder.db'}")
        migrate(engine)
        many(engine, 5)
        unguard(engine)
        run(engine, f"UPDATE audit SET {change} WHERE number = 3")
        verdict = Audit(engine).verify()
        assert (verdict.broken_at, verdict.words) == (3, "Entry 3 cannot be read.")
        engine.dispose()

    def test_sees_a_cut_end_only_beside_what_was_noted(self, engine: Engine) -> None:
        noted = many(engine, 5)
        unguard(engine)
        run(engine, "DELETE FROM audit WHERE number > 3")
        after = Audit(engine).verify()
        assert after.ok
        assert (after.count, after.head) != (noted.count, noted.head)

    def test_sees_one_state_while_others_write(self, engine: Engine) -> None:
        many(engine, 5)
        with changing(engine) as connection:
            audit.append(connection, event="a.b", subject="late", at=NOW)
            assert Audit(engine).verify().count == 5
        assert Audit(engine).verify().count == 6


class TestWritersAtOnce:
    def test_in_threads_make_one_chain(self, engine: Engine) -> None:
        numbers = at_once(lambda _: [written(engine).number for _ in range(5)])
        assert sorted(chain.from_iterable(numbers)) == list(range(1, 41))
        assert Audit(engine).verify().ok

    def test_in_processes_make_one_chain(self, database: str, engine: Engine) -> None:
        command, pipe = [sys.executable, "-c", WRITE, database], subprocess.PIPE
        started = [
            subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)
            for _ in range(2)
        ]
        for process in started:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in started:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        for process in started:
            process.communicate()
        assert [process.returncode for process in started] == [0, 0]
        verdict = Audit(engine).verify()
        assert (verdict.ok, verdict.count) == (True, 100)


def test_a_connection_for_reading_cannot_fork_the_chain(engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("on PostgreSQL the lock orders every writer")
    written(engine)
    with for_reading(engine).begin() as late:
        late.execute(text("SELECT count(*) FROM audit"))
        written(engine)
        with pytest.raises(DatabaseError, match="locked"):
            audit.append(late, event="a.b", subject="late", at=NOW)
    assert Audit(engine).verify().count == 2
