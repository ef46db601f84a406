"""Nearest vectors counted out one by one from the library, for whoever may not open the index."""

from dataclasses import dataclass

import numpy as np

from retrieval.embedding import Vector
from retrieval.keywords import WordIndex
from retrieval.library import Generation, Library, Scope


@dataclass(frozen=True)
class Aside:
    """What a process may read beside the one that owns the index."""

    library: Library
    vectors: "ExactVectors"
    words: WordIndex


class ExactVectors:
    """Reads only; slower than the index, and never wrong about what is nearest."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def nearest(
        self, generation: Generation, question: Vector, scope: Scope, limit: int
    ) -> list[tuple[str, float]]:
        """Keys and cosines of the passages inside the scope nearest to the question."""
        digests = [filed.digest for filed in self._library.admitted(scope)]
        keys, matrix = self._library.matrix(generation, digests)
        if not keys:
            return []
        cosines = matrix @ question
        return [(keys[n], float(cosines[n])) for n in np.argsort(-cosines)[:limit]]
