"""What many tests need: an office in a temporary home, and databases of both kinds."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from filelock import FileLock
from sqlalchemy import Engine, create_engine, text

from bot.bootstrap import Parts
from bot.operating import logs
from bot.playground import installing
from bot.playground.installing import LocalSlackUnavailable
from bot.settings import Settings
from bot.store.engine import connect, migrate
from tests.builders import Office, new_office
from tests.corpus.samples import DOCUMENTS

PEERS = Path(__file__).parents[1] / "var" / "peers"
_NUMBERS = count(1)


def pytest_configure() -> None:
    """No test may ask the network for a model; the library reads this when it is imported."""
    os.environ["HF_HUB_OFFLINE"] = "1"


@pytest.fixture(autouse=True)
def _logs_as_before() -> Iterator[None]:
    """A command sets up the log of the whole process."""
    yield
    logs.put_back()


@pytest.fixture(scope="session")
def together(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what all processes of a run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def indexed(together: Path) -> Path:
    """A home in which the sample documents are indexed with the packaged model; to be copied."""
    home, done = together / "indexed", together / "indexed.done"
    with FileLock(together / "indexed.lock"):
        if not done.exists():
            parts = Parts(Settings(home=home, ocr=False))
            with parts.shelves() as shelves:
                list(parts.indexing(shelves)([DOCUMENTS]))
            parts.engine.dispose()
            done.touch()
    return home


@pytest.fixture(scope="session")
def local_slack_program() -> Path:
    """The program local-slack, fetched once into var/peers."""
    PEERS.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(PEERS / "local-slack.lock"):
            return installing.installed(PEERS / "local-slack")
    except LocalSlackUnavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path)
    yield made
    made.engine.dispose()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of an empty PostgreSQL server of our own; the database's name comes last."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not programs:
        pytest.skip("no PostgreSQL server is installed in /usr/lib/postgresql")
    if os.geteuid() == 0 and not shutil.which("setpriv"):
        pytest.skip("PostgreSQL does not run as root and there is no setpriv")
    with TemporaryDirectory(prefix="pg", dir="/tmp") as home:
        if os.geteuid() == 0:
            shutil.chown(home, "postgres")
        yield from _served(programs[-1].parent, Path(home))


def _served(programs: Path, home: Path) -> Iterator[str]:
    data = str(home / "data")
    _run(programs / "initdb", "-D", data, "-U", "office", "--auth=trust", "--no-sync")
    switches = f"-k {home} -c listen_addresses='' -c fsync=off -c timezone=Europe/London"
    start = ("-D", data, "-l", str(home / "log"), "-o", switches, "-w", "start")
    _run(programs / "pg_ctl", *start)
    try:
        yield f"postgresql+psycopg://office@/{{}}?host={home}"
    finally:
        _run(programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def _run(*command: Path | str) -> None:
    """As the user postgres when we are root: the server refuses to run as root."""
    user = ("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups")
    whole = [*(user if os.geteuid() == 0 else ()), *map(str, command)]
    subprocess.run(whole, check=True, stdout=subprocess.DEVNULL, cwd="/")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'rejoinder.db'}"
    address: str = request.getfixturevalue("postgresql")
    name = f"office_{next(_NUMBERS)}"
    server = create_engine(address.format("postgres"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    server.dispose()
    return address.format(name)


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    """A database of each kind with its tables."""
    made = connect(database)
    migrate(made)
    yield made
    made.dispose()
