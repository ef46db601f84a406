from pathlib import Path

import pytest

from tests.bot.cli import kills


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_command_killed_at_any_moment_leaves_the_old_record_or_the_new(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if kind == "sqlite":
        url = kills.in_home(tmp_path)
    else:
        from sqlalchemy import create_engine, text

        address: str = request.getfixturevalue("postgresql")
        server = create_engine(address.format("postgres"), isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.execute(text("CREATE DATABASE kills"))
        server.dispose()
        url = address.format("kills")
    ended = kills.storm(tmp_path, url, times=10, seed=20310304)
    assert ended.total() == 10
