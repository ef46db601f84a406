"""Other people's servers, fetched once into var/peers; without them their tests skip."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from filelock import FileLock

from bot.playground import installing
from bot.playground.installing import LocalSlackUnavailable
from bot.playground.local_slack import LocalSlack, running
from tests.peers.local import Clerk, over_http, over_socket_mode

HERE = Path(__file__).parent
CACHE = HERE.parents[1] / "var" / "peers"
DELIVERIES: dict[str, Callable[[Path, Path], AbstractContextManager[Clerk]]] = {
    "over Socket Mode": over_socket_mode,
    "over HTTP": over_http,
}


@pytest.fixture
def local_slack(local_slack_program: Path, tmp_path: Path) -> Iterator[LocalSlack]:
    """The fictional office's Slack; an app may connect to it over Socket Mode."""
    with running(local_slack_program, tmp_path / "slack") as slack:
        yield slack


@pytest.fixture(scope="session", params=list(DELIVERIES))
def hired(
    local_slack_program: Path,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Iterator[Clerk]:
    """The clerk of the whole session, one for each delivery: hanging up takes seconds."""
    with DELIVERIES[request.param](local_slack_program, tmp_path_factory.mktemp("slack")) as found:
        yield found


@pytest.fixture
def clerk(hired: Clerk) -> Clerk:
    """A throwaway app in the fictional office's Slack, in which nothing has been said yet."""
    hired.slack.reset()
    hired.heard.clear()
    return hired


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """The folder of the packages that package.json pins."""
    if not shutil.which("node"):
        pytest.skip("Node is not installed")
    try:
        return fetched(CACHE / "node")
    except LocalSlackUnavailable as reason:
        pytest.skip(str(reason))


def fetched(folder: Path) -> Path:
    """The packages of our package.json in ``folder``, fetched when they are not all there."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["dependencies"]
    with FileLock(folder / "installing.lock"):
        if {name: _version(folder, name) for name in wanted} != wanted:
            shutil.copyfile(HERE / "package.json", folder / "package.json")
            installing.fetch(folder)
    return folder / "node_modules"


def _version(folder: Path, name: str) -> str:
    described = folder / "node_modules" / name / "package.json"
    if not described.exists():
        return ""
    return str(json.loads(described.read_text(encoding="utf-8"))["version"])
