"""The program local-slack: where it was put before, or fetched once with npm.

It is somebody else's work (parvalabs/local-slack, MIT), one file that needs no Node to run. The
version is pinned and none of the package's scripts is run.
"""

import platform
import re
import shutil
import subprocess
from pathlib import Path

from filelock import FileLock

PACKAGE = "local-slack-linux-x64"
VERSION = "0.1.8"
_SECONDS = 180
_CODE = re.compile(r"npm (?:error|ERR!) code (\w+)")  # "npm error code ECONNREFUSED"


class LocalSlackUnavailable(Exception):
    """There is no local Slack to be had here; the message says why and what to do."""


def installed(folder: Path) -> Path:
    """The program in ``folder``, fetched first when it is not there; with it, no network is used.

    LocalSlackUnavailable for another platform, without npm, when the registry does not give it,
    and when what is there is of another version.
    """
    system, machine = platform.system(), platform.machine()
    if (system, machine) != ("Linux", "x86_64"):
        raise LocalSlackUnavailable(
            f"The local Slack runs on Linux on x86_64, and this is {system} on {machine}."
        )
    program = folder / "node_modules" / PACKAGE / "bin" / "local-slack"
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "installing.lock"):
        if not program.exists():
            fetch(folder, f"{PACKAGE}@{VERSION}")
    return _checked(program)


def fetch(folder: Path, *packages: str) -> None:
    """Put npm packages into ``folder``, none of their scripts run; without ``packages``, those
    that its package.json names. LocalSlackUnavailable when npm or the registry fails.
    """
    npm = shutil.which("npm")
    if not npm:
        raise LocalSlackUnavailable("npm is needed to fetch this, and is not installed.")
    switches = ("--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(folder))
    try:
        ran = subprocess.run(
            [npm, "install", *switches, *packages],
            capture_output=True, text=True, timeout=_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as cause:
        raise LocalSlackUnavailable(
            f"npm took longer than {_SECONDS} seconds: is its registry reachable?"
        ) from cause
    if ran.returncode:
        # Its code alone: the rest may show the registry's address and what opens it.
        code = _CODE.search(ran.stderr)
        raise LocalSlackUnavailable(
            f"npm could not fetch {' '.join(packages) or 'its packages'} "
            f"({code[1] if code else f'exit {ran.returncode}'}): is its registry reachable?"
        )


def _checked(program: Path) -> Path:
    try:
        ran = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as cause:
        raise LocalSlackUnavailable(
            f"{program} does not run ({type(cause).__name__}): delete its folder and try again."
        ) from cause
    found = ran.stdout.strip()
    if found != VERSION:
        raise LocalSlackUnavailable(
            f"{program} is version {found or 'unknown'} and {VERSION} is wanted: "
            f"delete its folder and try again."
        )
    return program
