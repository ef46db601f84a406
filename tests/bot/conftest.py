"""The sample documents, indexed once for all tests of the bot with the packaged model."""

from pathlib import Path

import pytest

from bot.bootstrap import Parts
from bot.settings import Settings
from retrieval import indexing
from tests.corpus.samples import DOCUMENTS


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the sample documents are indexed; for reading only."""
    home = tmp_path_factory.mktemp("indexed")
    parts = Parts(Settings(home=home, ocr=False))
    with parts.shelves() as shelves:
        list(
            indexing.bring_up_to_date(
                [DOCUMENTS],
                shelves=shelves,
                model=parts.settings.embedding_model,
                encoder=parts.embedder,
                limits=parts.limits,
            )
        )
    parts.engine.dispose()
    return home
