"""A cross-encoder scores question and passage together; one that is not there is refused."""

from pathlib import Path

import numpy as np
import pytest

from retrieval import reranking
from retrieval.embedding import ModelUnusable
from retrieval.reranking import Reranker
from tests.fakes import crossencoder

TEXTS = ("zebras run", "officers walk the beat", "a nurse")


@pytest.fixture(scope="module")
def reranker(tmp_path_factory: pytest.TempPathFactory) -> Reranker:
    return reranking.load(str(crossencoder.save(tmp_path_factory.mktemp("reranker"))))


def test_each_text_has_one_score(reranker: Reranker) -> None:
    found = reranker.scores("who walks", TEXTS)
    assert found.shape == (3,)
    assert found.dtype == np.float32
    assert len(set(found.tolist())) == 3


def test_a_score_does_not_hang_on_the_other_texts(reranker: Reranker) -> None:
    together = reranker.scores("who walks", TEXTS)
    alone = [float(reranker.scores("who walks", [text])[0]) for text in TEXTS]
    assert together == pytest.approx(alone, abs=1e-4)


def test_a_score_hangs_on_the_question(reranker: Reranker) -> None:
    assert reranker.scores("who walks", TEXTS) != pytest.approx(reranker.scores("zoo", TEXTS))


def test_a_model_that_is_not_there_is_refused() -> None:
    with pytest.raises(ModelUnusable, match="REJOINDER_RERANKER"):
        reranking.load("no-office/no-such-reranker")


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable, match="cannot be loaded"):
        reranking.load(str(tmp_path))


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    folder = crossencoder.save(tmp_path)
    (folder / "model.safetensors").write_bytes(b"changed")
    with pytest.raises(ModelUnusable, match="cannot be loaded"):
        reranking.load(str(folder))
