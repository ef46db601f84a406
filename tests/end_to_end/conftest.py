"""The local Slack's program, and the sample documents, indexed once."""

from pathlib import Path

import pytest

from bot.bootstrap import Parts
from bot.playground import installing
from bot.playground.installing import LocalSlackUnavailable
from bot.settings import Settings
from tests.corpus.samples import DOCUMENTS
from tests.end_to_end.serving import REPOSITORY

CACHE = REPOSITORY / "var" / "peers" / "local-slack"


@pytest.fixture(scope="session")
def local_slack_program() -> Path:
    """The program local-slack."""
    try:
        return installing.installed(CACHE)
    except LocalSlackUnavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def indexed_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the sample documents are indexed; to be copied."""
    home = tmp_path_factory.mktemp("indexed")
    parts = Parts(Settings(home=home, ocr=False))
    with parts.shelves() as shelves:
        list(parts.indexing(shelves)([DOCUMENTS]))
    parts.engine.dispose()
    return home
