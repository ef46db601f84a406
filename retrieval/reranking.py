"""Score question and passage together with a cross-encoder; only home of the library for it.

None is used unless one is named: no such model comes inside a package.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from retrieval.embedding import ModelUnusable, Vector

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class Reranker:
    """One loaded cross-encoder."""

    def __init__(self, name: str, model: "CrossEncoder") -> None:
        self.name = name
        self._model = model

    def scores(self, question: str, texts: Sequence[str]) -> Vector:
        """One score a text, higher for a better answer; no set scale."""
        pairs = [(question, text) for text in texts]
        found = self._model.predict(pairs, show_progress_bar=False)
        return np.asarray(found, np.float32).reshape(len(texts), -1)[:, -1]


def load(name: str) -> Reranker:
    """The cross-encoder of that name or path. ModelUnusable when it cannot be loaded."""
    from safetensors import SafetensorError
    from sentence_transformers import CrossEncoder

    try:
        return Reranker(name, CrossEncoder(name, device="cpu"))
    except (OSError, ValueError, SafetensorError) as cause:
        raise ModelUnusable(
            f"The reranker {name!r} cannot be loaded: give REJOINDER_RERANKER a folder or a model "
            f"name that this machine can reach, or leave it empty ({type(cause).__name__})."
        ) from cause
