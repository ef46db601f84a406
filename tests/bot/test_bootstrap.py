from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.answering.extractive import ExtractiveWriter
from bot.answering.judging import Judge
from bot.answering.modelled import ModelWriter
from bot.bootstrap import Parts, StateUnusable
from bot.model import ModelError
from bot.settings import Settings
from retrieval import index
from retrieval.exact import Aside
from retrieval.index import IndexBusy
from retrieval.shelves import Shelves


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    made = Parts(Settings(home=tmp_path / "home"))
    yield made
    made.engine.dispose()


def test_making_parts_touches_nothing(tmp_path: Path) -> None:
    Parts(Settings(home=tmp_path / "home"))
    assert not (tmp_path / "home").exists()


def test_each_part_is_built_once(parts: Parts) -> None:
    assert parts.library is parts.library
    assert parts.engine is parts.engine
    assert parts.words is parts.words


def test_all_state_is_in_the_home(parts: Parts) -> None:
    with parts.shelves():
        assert (parts.settings.home / "rejoinder.db").is_file()
        assert (parts.settings.home / "chroma").is_dir()


def test_two_may_not_own_the_index(parts: Parts) -> None:
    with index.owned(parts.settings.home), pytest.raises(IndexBusy), parts.shelves():
        pass


def test_a_search_owns_the_index_or_reads_beside_its_owner(parts: Parts) -> None:
    with parts.searching() as alone:
        assert isinstance(alone.shelves, Shelves)
    with index.owned(parts.settings.home), parts.searching() as beside:
        assert isinstance(beside.shelves, Aside)


@pytest.mark.parametrize(
    "address", ["nonsense+driver://x/y", "postgresql+psycopg://nobody@127.0.0.1:1/none"]
)
def test_a_database_that_cannot_be_used_is_said_in_words(tmp_path: Path, address: str) -> None:
    parts = Parts(Settings(home=tmp_path, database_url=address))
    with pytest.raises(StateUnusable, match="REJOINDER_DATABASE_URL") as raised:
        _ = parts.engine
    assert "\n" not in str(raised.value)


def test_a_home_that_cannot_be_made_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StateUnusable, match="REJOINDER_HOME"):
        _ = Parts(Settings(home=tmp_path / "file" / "home")).engine


def test_without_a_model_answers_are_quotations_and_nobody_judges() -> None:
    parts = Parts(Settings())
    assert isinstance(parts.writer, ExtractiveWriter)
    assert parts.judge is None


def test_the_settings_name_writer_and_judge() -> None:
    settings = Settings(
        model="openai:one",
        judge_model="openai:two",
        model_base_url="http://127.0.0.1:9",
        model_api_key=SecretStr("sk-test"),
    )
    parts = Parts(settings)
    assert isinstance(parts.writer, ModelWriter)
    assert parts.writer.name == "openai:one"
    assert isinstance(parts.judge, Judge)
    assert "sk-test" not in repr(vars(parts))


def test_a_provider_that_is_not_known_is_said_in_words() -> None:
    with pytest.raises(ModelError):
        _ = Parts(Settings(model="nobody:one")).writer


def test_an_embedder_is_loaded_once_for_each_name() -> None:
    parts = Parts(Settings())
    assert parts.embedder() is parts.embedder(parts.settings.embedding_model)


def test_a_scope_is_of_now_and_of_the_person() -> None:
    parts = Parts(Settings(readers={"U1": ("restricted:custody",)}))
    before = datetime.now(UTC)
    assert parts.scope("U1").collections == {"restricted:custody"}
    assert parts.scope().now >= before


def test_the_limits_are_those_of_the_settings() -> None:
    limits = Parts(Settings(max_pages=7, max_megabytes=3, read_seconds=5, ocr=False)).limits
    found = (limits.max_pages, limits.max_megabytes, limits.seconds, limits.ocr)
    assert found == (7, 3, 5, False)
