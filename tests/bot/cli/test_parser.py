from pathlib import Path

import pytest

from tests.bot.cli.conftest import Rejoinder

COMMANDS = ("index", "catalogue", "ask", "items", "eval", "doctor")


def test_the_help_names_every_command_and_the_exit_codes(rejoinder: Rejoinder) -> None:
    ran = rejoinder("--help")
    assert ran.code == 0
    listed = [line.split()[0] for line in ran.out.splitlines() if line.startswith("  ")]
    assert set(COMMANDS) <= set(listed)
    assert "3 broken input or setting" in " ".join(ran.out.split())


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(rejoinder: Rejoinder, command: str) -> None:
    ran = rejoinder(command, "--help")
    assert ran.code == 0
    assert f"usage: rejoinder {command}" in ran.out
    assert "--json" in ran.out


@pytest.mark.parametrize(
    "arguments",
    [(), ("nonsense",), ("ask", "Who?", "--nonsense"), ("items",), ("eval", "questions.json")],
)
def test_wrong_use_ends_with_2_and_says_how(
    rejoinder: Rejoinder, arguments: tuple[str, ...]
) -> None:
    ran = rejoinder(*arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert "usage: rejoinder" in ran.err


def test_help_touches_no_home(rejoinder: Rejoinder, home: Path) -> None:
    rejoinder("--help")
    assert not home.exists()
