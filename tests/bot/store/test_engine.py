"""Moments keep their zone; writers on SQLite wait for each other, readers for nobody."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Column, Engine, Integer, MetaData, Table, insert, inspect, select, text
from sqlalchemy.exc import StatementError

from bot.store.engine import Moment, can_write, connect, for_reading, is_current

ROOT = Path(__file__).parents[3]
SUMMER = timezone(timedelta(hours=1))
moments = Table(
    "moments", MetaData(), Column("id", Integer, primary_key=True), Column("at", Moment)
)

COUNT_UP = """
import sys
from sqlalchemy import text
from bot.store.engine import connect
engine = connect(sys.argv[1])
for _ in range(100):
    with engine.begin() as connection:
        held = connection.execute(text("SELECT held FROM counted")).scalar_one()
        connection.execute(text("UPDATE counted SET held = :new"), {"new": held + 1})
engine.dispose()
"""


@pytest.fixture
def bare(database: str) -> Engine:
    """A database without our tables; it is emptied of connections at the end of each test."""
    engine = connect(database)
    moments.metadata.create_all(engine)
    return engine


class TestAMoment:
    def kept(self, engine: Engine, moment: datetime | None) -> datetime | None:
        with engine.begin() as connection:
            connection.execute(insert(moments).values(at=moment))
            found: datetime | None = connection.execute(select(moments.c.at)).scalar_one()
        engine.dispose()
        return found

    def test_comes_back_as_the_same_moment_in_utc(self, bare: Engine) -> None:
        found = self.kept(bare, datetime(2031, 7, 1, 0, 30, tzinfo=SUMMER))
        assert found == datetime(2031, 6, 30, 23, 30, tzinfo=UTC)
        assert found.utcoffset() == timedelta(0)

    def test_may_be_none(self, bare: Engine) -> None:
        assert self.kept(bare, None) is None

    def test_without_a_time_zone_is_refused(self, bare: Engine) -> None:
        with pytest.raises(StatementError, match="needs a time zone"):
            self.kept(bare, datetime(2031, 7, 1))
        bare.dispose()

    def test_is_compared_as_a_moment_whatever_its_zone(self, bare: Engine) -> None:
        self.kept(bare, datetime(2031, 7, 1, 0, 30, tzinfo=SUMMER))
        with bare.connect() as connection:
            before = select(moments).where(moments.c.at < datetime(2031, 6, 30, 23, 31, tzinfo=UTC))
            assert len(connection.execute(before).all()) == 1
        bare.dispose()


@pytest.fixture
def counted(tmp_path: Path) -> str:
    address = f"sqlite:///{tmp_path / 'counted.db'}"
    engine = connect(address)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE counted (held INTEGER)"))
        connection.execute(text("INSERT INTO counted VALUES (0)"))
    engine.dispose()
    return address


def test_two_writing_processes_lose_and_refuse_nothing(counted: str) -> None:
    command = [sys.executable, "-c", COUNT_UP, counted]
    started = [subprocess.Popen(command, cwd=ROOT) for _ in range(2)]
    assert [process.wait() for process in started] == [0, 0]
    engine = connect(counted)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT held FROM counted")).scalar_one() == 200
    engine.dispose()


def test_a_reader_does_not_wait_for_a_writer_and_sees_what_stood_before(counted: str) -> None:
    engine = connect(counted)
    with engine.begin() as writer:
        writer.execute(text("UPDATE counted SET held = 7"))
        with for_reading(engine).connect() as reader:
            assert reader.execute(text("SELECT held FROM counted")).scalar_one() == 0
    engine.dispose()


@pytest.mark.parametrize(
    ("switch", "value"),
    [
        ("journal_mode", "wal"),
        ("foreign_keys", 1),
        ("synchronous", 2),
        ("busy_timeout", 10_000),
        ("secure_delete", 1),
    ],
)
def test_sqlite_is_set_to_be_safe(counted: str, switch: str, value: object) -> None:
    engine = connect(counted)
    with engine.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {switch}").scalar_one() == value
    engine.dispose()


def test_it_can_be_told_whether_a_database_is_of_this_version_and_takes_a_write(
    engine: Engine,
) -> None:
    assert is_current(engine)
    assert can_write(engine)
    assert not inspect(engine).has_table("rejoinder_trial")


def test_a_database_without_our_tables_is_not_of_this_version(database: str) -> None:
    empty = connect(database)
    assert not is_current(empty)
    empty.dispose()
