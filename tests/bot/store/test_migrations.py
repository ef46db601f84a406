"""The migrations make exactly the tables that the code knows."""

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

from bot.store.engine import migrate
from bot.store.tables import metadata

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
