"""A database by its address, ready to use: SQLite with its safety switches on, or PostgreSQL."""

import sqlite3
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import (
    Connection,
    DateTime,
    Dialect,
    Engine,
    TypeDecorator,
    create_engine,
    event,
    func,
    select,
    text,
)

_BUSY_MILLISECONDS = 10_000
_PAUSES = (0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
_READS = "rejoinder_reads"
_MIGRATING = 0x52656A6F  # any number that no other program on the database takes for its lock


class Moment(TypeDecorator[datetime]):
    """A moment in time: takes and gives datetimes with a time zone, keeps UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """UTC; ValueError for a datetime without a time zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs a time zone: {value}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """A datetime in UTC."""
        if value is None:
            return None
        # SQLite gives it without a zone, PostgreSQL in the zone of its own settings.
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def connect(url: str) -> Engine:
    """An engine for a database whose tables are up to date."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin)
    return engine


def for_reading(engine: Engine) -> Engine:
    """The same database for transactions that only read: they wait for no writer."""
    return engine.execution_options(**{_READS: True})


def _set_up_sqlite(connection: Any, _record: object) -> None:
    """WAL and foreign keys; the driver must not open transactions of its own."""
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}")
    _keep_a_log(connection)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA secure_delete=ON")  # a question taken back is gone from the file


def _keep_a_log(connection: Any) -> None:
    """Switch to WAL; a new file that others open too may refuse that without waiting."""
    for seconds in _PAUSES:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            time.sleep(seconds)
    connection.execute("PRAGMA journal_mode=WAL")


def _begin(connection: Connection) -> None:
    """A deferred BEGIN fails at once when two writers meet; an immediate one waits its turn."""
    reads = connection.get_execution_options().get(_READS)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


class TablesNewer(Exception):
    """The tables were made by a newer version of the program."""


def migrate(engine: Engine) -> None:
    """Bring the tables up to the newest revision; nothing is done when they are.

    TablesNewer when they are of a revision that this version does not know.
    """
    config = _migrations()
    head = ScriptDirectory.from_config(config).get_current_head()
    with engine.begin() as connection:
        _wait_for_others(connection)
        if MigrationContext.configure(connection).get_current_revision() != head:
            config.attributes["connection"] = connection
            _upgrade(config)


def _upgrade(config: Config) -> None:
    try:
        command.upgrade(config, "head")
    except CommandError as cause:
        raise TablesNewer from cause


def is_current(engine: Engine) -> bool:
    """Whether the tables are those of this version of the program."""
    head = ScriptDirectory.from_config(_migrations()).get_current_head()
    with for_reading(engine).connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head


def can_write(engine: Engine) -> bool:
    """Whether the database takes a write; it is taken back."""
    with engine.connect() as connection, connection.begin() as transaction:
        connection.execute(text("CREATE TABLE rejoinder_trial (written INTEGER)"))
        transaction.rollback()
    return True


def _wait_for_others(connection: Connection) -> None:
    """Let one of several starting processes migrate; on SQLite an immediate BEGIN has done it."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_MIGRATING)))


def _migrations() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return config
