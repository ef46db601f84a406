"""The command as people start it: processes of its own, standard streams, two at once."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.cli import main

REPOSITORY = Path(__file__).parents[2]
CATALOGUE = """
[[document]]
path = "{place}.md"
title = "Custody in {place}"
place = "{place}"
published = 2031-03-04
confirmed = true
"""
REPORT = """# Custody

In 2031 {place} Police kept {kept} children in cells overnight.

# Stalking

{place} Police opened a clinic for victims of stalking in May 2031.
"""
QUESTION = "How many children did Fernshire Police keep in cells overnight?"
STARTED = "from bot.cli import script; script()"
OWNER = (
    "import sys; from pathlib import Path; from retrieval import index\n"
    "with index.owned(Path(sys.argv[1])):\n"
    "    print('owned', flush=True); sys.stdin.read()"
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home in which two small reports are indexed, set for this process and its children."""
    folder = tmp_path_factory.mktemp("reports")
    for place, kept in (("Fernshire", 41), ("Oxmere", 12)):
        (folder / f"{place}.md").write_text(REPORT.format(place=place, kept=kept))
    listed = [CATALOGUE.format(place=place) for place in ("Fernshire", "Oxmere")]
    (folder / "catalogue.toml").write_text("".join(listed))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REJOINDER_HOME", str(tmp_path_factory.mktemp("home")))
        patch.setenv("REJOINDER_CORPUS", str(folder))
        assert main(["index"]) == 0
        yield Path(os.environ["REJOINDER_HOME"])


def started(*arguments: str, said: str = "") -> subprocess.CompletedProcess[str]:
    return python(STARTED, *arguments, said=said)


def python(program: str, *arguments: str, said: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        check=False,
        input=said,
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        timeout=120,
    )


@contextmanager
def owner(home: Path) -> Iterator[None]:
    """Another process that owns the index meanwhile."""
    command = [sys.executable, "-c", OWNER, str(home)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline() == "owned\n"
        yield
        process.stdin.close()


def test_help_loads_nothing_heavy() -> None:
    look = (
        "import sys; from bot.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'torch', 'chromadb', 'sqlalchemy', 'langchain', 'langchain_core', 'numpy',"
        " 'pydantic', 'sentence_transformers', 'transformers', 'tantivy'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    ran = python(look)
    assert ran.stdout.startswith("usage: rejoinder")
    assert ran.stderr == "[]\n"


@pytest.mark.parametrize(("arguments", "code"), [(("--help",), 0), (("nonsense",), 2)])
def test_the_exit_code_is_that_of_the_process(arguments: tuple[str, ...], code: int) -> None:
    assert started(*arguments).returncode == code


def test_a_conversation_is_held_on_standard_input(home: Path) -> None:
    ran = started("ask", said=f"{QUESTION}\nAnd in Oxmere?\n\nNever asked?\n")
    assert ran.returncode == 0
    first, second = ran.stdout.index("kept 41 children"), ran.stdout.index("kept 12 children")
    assert first < second
    assert "Fernshire Police kept" not in ran.stdout[second:]
    assert "An empty line ends." in ran.stderr
    assert "> " not in ran.stdout


def test_a_question_is_answered_while_another_process_owns_the_index(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", QUESTION, "--json"]) == 0
    alone = json.loads(capsys.readouterr().out)
    with owner(home):
        assert main(["ask", QUESTION, "--json"]) == 0
    beside = json.loads(capsys.readouterr().out)
    assert beside["sentences"] == alone["sentences"]
    assert "41" in beside["sentences"][0]["text"]


def test_nothing_is_indexed_while_another_process_owns_the_index(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with owner(home):
        assert main(["index"]) == 3
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("rejoinder index: Another rejoinder process is using")
    assert printed.err.count("\n") == 1
    assert main(["index"]) == 0
    assert capsys.readouterr().out == "2 files: 2 unchanged.\n"
