"""The embedder without a model keeps the promises of the real one."""

import numpy as np
import pytest

from retrieval.embedding import PassageText
from tests.fakes.embedder import WIDTH, HashedEmbedder, hashed

TEXT = PassageText("Fernshire 2031.", ("Officers record risk.", "Supervisors review files."))


def test_every_vector_has_length_one() -> None:
    (found,) = HashedEmbedder().passages([TEXT])
    lengths = [np.linalg.norm(found.passage), *np.linalg.norm(found.sentences, axis=1)]
    assert lengths == pytest.approx([1, 1, 1])


def test_a_text_without_words_has_a_vector_too() -> None:
    assert np.linalg.norm(hashed("the of and")) == 1


def test_there_is_one_vector_for_each_sentence() -> None:
    (found,) = HashedEmbedder().passages([TEXT])
    assert found.sentences.shape == (2, WIDTH)


def test_no_sentences_give_no_vectors() -> None:
    assert HashedEmbedder().sentences([]).shape == (0, WIDTH)


def test_shared_words_bring_texts_near_whatever_their_form() -> None:
    question = HashedEmbedder().question("Who reviewed the file?")
    near, far = HashedEmbedder().sentences(["Supervisors review files.", "Officers record risk."])
    assert question @ near > 0.8
    assert question @ far < 0.2


def test_it_is_the_same_each_time() -> None:
    assert (hashed("knife crime") == hashed("knife crime")).all()


def test_it_keeps_what_it_was_given() -> None:
    embedder = HashedEmbedder()
    list(embedder.passages([TEXT]))
    assert embedder.given == [TEXT]
