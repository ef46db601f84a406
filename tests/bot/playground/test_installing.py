"""Fetching the local Slack: refusals in words, and no network when it is there."""

import os
from pathlib import Path

import pytest

from bot.playground import installing
from bot.playground.installing import PACKAGE, VERSION, LocalSlackUnavailable


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "playground"


@pytest.fixture
def without_npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.fixture(autouse=True)
def on_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.system", lambda: "Linux")
    monkeypatch.setattr("platform.machine", lambda: "x86_64")


def put(folder: Path, script: str) -> Path:
    """A program of ours in the place of the package's."""
    program = folder / "node_modules" / PACKAGE / "bin" / "local-slack"
    program.parent.mkdir(parents=True)
    return executable(program, script)


def executable(path: Path, script: str) -> Path:
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.usefixtures("without_npm")
def test_what_is_there_is_used_without_npm(folder: Path) -> None:
    program = put(folder, f"echo {VERSION}")
    assert installing.installed(folder) == program


@pytest.mark.usefixtures("without_npm")
def test_without_npm_it_says_so(folder: Path) -> None:
    with pytest.raises(LocalSlackUnavailable, match=r"npm is needed .* not installed"):
        installing.installed(folder)


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("echo 0.1.7", f"is version 0.1.7 and {VERSION} is wanted"),
        ("exit 1", f"is version unknown and {VERSION} is wanted"),
    ],
)
def test_another_version_is_refused(folder: Path, script: str, words: str) -> None:
    put(folder, script)
    with pytest.raises(LocalSlackUnavailable, match=words):
        installing.installed(folder)


def test_a_program_that_does_not_run_is_refused(folder: Path) -> None:
    put(folder, "").write_bytes(b"\x7fELF nothing")
    with pytest.raises(LocalSlackUnavailable, match=r"does not run \(OSError\)"):
        installing.installed(folder)


@pytest.mark.parametrize(("system", "machine"), [("Darwin", "arm64"), ("Linux", "aarch64")])
def test_another_platform_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, system: str, machine: str
) -> None:
    monkeypatch.setattr("platform.system", lambda: system)
    monkeypatch.setattr("platform.machine", lambda: machine)
    with pytest.raises(LocalSlackUnavailable, match=f"this is {system} on {machine}"):
        installing.installed(folder)
    assert not folder.exists()


def test_npm_is_asked_for_the_pinned_version_and_runs_no_scripts(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    executable(
        tmp_path / "npm",
        f"""echo "$@" > {tmp_path}/asked
        mkdir -p {folder}/node_modules/{PACKAGE}/bin
        printf '#!/bin/sh\\necho {VERSION}\\n' > {folder}/node_modules/{PACKAGE}/bin/local-slack
        chmod +x {folder}/node_modules/{PACKAGE}/bin/local-slack""",
    )
    installing.installed(folder)
    assert (tmp_path / "asked").read_text(encoding="utf-8").split() == [
        "install",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--prefix",
        str(folder),
        f"{PACKAGE}@{VERSION}",
    ]


def test_of_what_npm_says_the_code_alone_is_told(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    executable(
        tmp_path / "npm",
        "echo 'npm error code ECONNREFUSED\nnpm error http://user:secret@registry' >&2\nexit 1",
    )
    with pytest.raises(LocalSlackUnavailable, match=r"\(ECONNREFUSED\)") as refusal:
        installing.installed(folder)
    assert "secret" not in str(refusal.value)
