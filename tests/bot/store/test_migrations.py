"""The migrations make exactly the tables that the code knows."""

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, MetaData, Table, insert, inspect, select

from bot.store import rows
from bot.store.asking import Asking
from bot.store.audit import Audit
from bot.store.engine import connect, migrate
from bot.store.library import SqlLibrary
from bot.store.tables import metadata
from retrieval.library import Filed
from tests import builders
from tests.bot.store.asked import question
from tests.builders import NOW

ROOT = Path(__file__).parents[3]
MIGRATE = """
import sys
from bot.store.engine import connect, migrate
engine = connect(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
migrate(engine)
engine.dispose()
"""


def test_they_make_the_tables_of_the_code(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_they_make_the_same_indexes_and_constraints(engine: Engine) -> None:
    seen = inspect(engine)
    for table in metadata.tables.values():
        uniques = {one["name"] for one in seen.get_unique_constraints(table.name)}
        told = {c.name for c in table.constraints if type(c).__name__ == "UniqueConstraint"}
        assert told <= uniques
        keys = seen.get_foreign_keys(table.name)
        found = {(one["name"], one["options"].get("ondelete")) for one in keys}
        assert found == {(one.name, one.ondelete) for one in table.foreign_key_constraints}


def up_to(engine: Engine, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "bot/store/migrations"))
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def as_first_kept(engine: Engine) -> tuple[MetaData, Filed]:
    """A document put in with the tables of the first version, whatever the code knows by now."""
    seen = MetaData()
    seen.reflect(engine)
    read = builders.reading("# Vetting\nFernshire Police has cleared its backlog.")
    document, live = builders.filed(read), builders.generation()
    passages = builders.kept(read, document)
    put_in(engine, seen.tables["generations"], [vars(live)])
    put_in(engine, seen.tables["documents"], [rows.document_row(document)])
    put_in(engine, seen.tables["pages"], [rows.page_row(read.digest, one) for one in read.pages])
    put_in(engine, seen.tables["passages"], [rows.passage_row(live, one) for one in passages])
    put_in(engine, seen.tables["vectors"], [rows.vector_row(live.model, one) for one in passages])
    return seen, document


def put_in(engine: Engine, table: Table, listed: list[dict[str, Any]]) -> None:
    with engine.begin() as connection:
        for row in listed:
            there = {name: value for name, value in row.items() if name in table.c}
            connection.execute(insert(table).values(**there))


def contents(engine: Engine, seen: MetaData) -> dict[str, list[Any]]:
    with engine.connect() as connection:
        names = set(seen.tables) - {"alembic_version"}
        return {name: list(connection.execute(select(seen.tables[name]))) for name in names}


def test_a_library_of_the_first_version_keeps_all_it_has(database: str) -> None:
    engine = connect(database)
    up_to(engine, "0001")
    seen, document = as_first_kept(engine)
    before = contents(engine, seen)
    assert set(before) == {"documents", "generations", "pages", "passages", "vectors"}
    assert all(before.values())
    migrate(engine)
    assert contents(engine, seen) == before
    assert SqlLibrary(engine).documents() == [document]
    assert Asking(engine).record(question(), now=NOW)
    assert Audit(engine).verify().count == 1
    engine.dispose()


def test_running_them_again_changes_nothing(engine: Engine) -> None:
    migrate(engine)
    assert inspect(engine).has_table("passages")


def test_processes_that_start_at_once_all_come_up(database: str) -> None:
    command = [sys.executable, "-c", MIGRATE, database]
    pipe = subprocess.PIPE
    with ExitStack() as stack:
        started = [
            stack.enter_context(
                subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
            )
            for _ in range(4)
        ]
        for process in started:
            assert process.stdout is not None
            process.stdout.readline()
        for process in started:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        errors = [process.communicate()[1] for process in started]
    assert [process.returncode for process in started] == [0, 0, 0, 0], errors
