"""An embedder without a model: equal words give equal directions, and meaning gives nothing.

Each stem is hashed to one signed place of a vector, so texts that share words are near each other,
on every machine alike, at no cost. It keeps what it was given, for tests to look at.
"""

import hashlib
from collections.abc import Iterator, Sequence

import numpy as np

from retrieval.embedding import Embedder, PassageText, PassageVectors, Vector
from retrieval.words import terms

WIDTH = 256


class HashedEmbedder(Embedder):
    """The interface of ``Embedder`` over hashed stems; ``given`` is every passage embedded."""

    def __init__(self, name: str = "hashed") -> None:
        self.name = name
        self.given: list[PassageText] = []

    def question(self, text: str) -> Vector:
        """The unit vector (WIDTH,) of a question."""
        return hashed(text)

    def sentences(self, texts: Sequence[str]) -> Vector:
        """Unit vectors (n, WIDTH)."""
        return np.array([hashed(text) for text in texts], np.float32).reshape(-1, WIDTH)

    def passages(self, texts: Sequence[PassageText]) -> Iterator[PassageVectors]:
        """Vectors in the order of ``texts``."""
        for text in texts:
            self.given.append(text)
            whole = hashed(" ".join((text.prefix, *text.sentences)))
            yield PassageVectors(whole, self.sentences(text.sentences))


def hashed(text: str) -> Vector:
    """The unit vector of a bag of stems; a text without any points in a direction of its own."""
    vector = np.zeros(WIDTH, np.float32)
    for term in terms(text):
        raw = hashlib.sha256(term.encode()).digest()
        vector[1 + int.from_bytes(raw[:4], "big") % (WIDTH - 1)] += 1 if raw[4] % 2 else -1
    if not vector.any():
        vector[0] = 1
    unit: Vector = vector / np.linalg.norm(vector)
    return unit
