"""Vectors in and out of Chroma; its only home.

One collection a generation. Texts stay in the library: here are keys, vectors and the few facts
that a search filters on. A Chroma folder has one owner (see ``owned``); a Chroma server has none.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import ceil, floor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from filelock import FileLock, Timeout

from retrieval.embedding import Vector
from retrieval.library import Filed, Generation, Held, Scope

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

_AT_ONCE = 1000
# Chroma's 16 neighbours lose what stands behind a hundred passages that are nearly the same.
_CONFIGURATION = {
    "hnsw": {"space": "cosine", "ef_search": 300, "ef_construction": 200, "max_neighbors": 48}
}


class IndexBusy(Exception):
    """Another process owns the index; the message says what to do."""


@contextmanager
def owned(folder: Path) -> Iterator[None]:
    """Be the one process that uses the index in ``folder``. IndexBusy when another is.

    Two processes on one Chroma folder lose data silently.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / "index.lock", timeout=0):
            yield
    except Timeout:
        raise IndexBusy(
            f"Another rejoinder process is using {folder}: wait until it has finished, or stop it, "
            "and try again."
        ) from None


def in_folder(folder: Path) -> "ClientAPI":
    """Chroma inside this process, kept in ``folder``."""
    import chromadb

    return chromadb.PersistentClient(str(folder), settings=_quiet())


def at_server(host: str, port: int, *, ssl: bool) -> "ClientAPI":
    """Chroma on a server. ConnectionError when there is none."""
    import chromadb

    try:
        return chromadb.HttpClient(host, port, ssl=ssl, settings=_quiet())
    except ValueError as cause:  # what Chroma raises for a server that does not answer
        raise ConnectionError(
            f"No Chroma server answers at {host}:{port}: start it, or clear REJOINDER_CHROMA_URL."
        ) from cause


def _quiet() -> Any:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)


class VectorIndex:
    """The vectors of all generations in one Chroma."""

    def __init__(self, client: "ClientAPI") -> None:
        self._client = client

    def put(self, generation: Generation, held: Sequence[Held]) -> None:
        """Add or replace passages."""
        collection = self._collection(generation)
        for start in range(0, len(held), _AT_ONCE):
            some = held[start : start + _AT_ONCE]
            collection.upsert(
                ids=[one.passage.key for one in some],
                embeddings=[one.vectors.passage for one in some],
                metadatas=[_facts(one.filed) for one in some],
            )

    def remove(self, generation: Generation, keys: Sequence[str]) -> None:
        """Take passages out; those that are not there are no error."""
        collection = self._collection(generation)
        for start in range(0, len(keys), _AT_ONCE):
            collection.delete(ids=list(keys[start : start + _AT_ONCE]))

    def keys(self, generation: Generation) -> set[str]:
        """The keys of all passages that are there."""
        return set(self._collection(generation).get(include=[])["ids"])

    def count(self, generation: Generation) -> int:
        """How many passages are there."""
        return int(self._collection(generation).count())

    def nearest(
        self, generation: Generation, question: Vector, scope: Scope, limit: int
    ) -> list[tuple[str, float]]:
        """Keys and cosines of the passages inside the scope nearest to the question.

        Collections, embargo and documents are part of the query itself.
        """
        if not scope.collections:
            return []
        where, collection = _where(scope), self._collection(generation)
        found = collection.query(
            query_embeddings=[question], n_results=limit, where=where, include=["distances"]
        )
        keys, distances = found["ids"][0], (found["distances"] or [[]])[0]
        if len(keys) < limit:  # there are no more, or the graph has lost its way to them
            return _counted_out(collection, question, where)[:limit]
        return [(key, 1 - float(far)) for key, far in zip(keys, distances, strict=True)]

    def drop_others(self, generation: Generation) -> None:
        """Remove the collections of every other generation."""
        for collection in self._client.list_collections():
            if collection.name != _name(generation):
                self._client.delete_collection(collection.name)

    def _collection(self, generation: Generation) -> Any:
        return self._client.get_or_create_collection(
            _name(generation),
            configuration=json.loads(json.dumps(_CONFIGURATION)),
            embedding_function=None,
        )


def _name(generation: Generation) -> str:
    return f"passages-{generation.fingerprint[:24]}"


def _facts(filed: Filed) -> dict[str, str | int]:
    until = filed.entry.embargo_until
    return {
        "document": filed.digest,
        "collection": filed.entry.collection,
        "embargo": ceil(until.timestamp()) if until else 0,
    }


def _counted_out(
    collection: Any, question: Vector, where: dict[str, Any]
) -> list[tuple[str, float]]:
    """All passages inside the bounds, each compared, nearest first."""
    there = collection.get(where=where, include=["embeddings"])
    if not there["ids"]:
        return []
    cosines = np.asarray(there["embeddings"], np.float32) @ question
    return [(there["ids"][n], float(cosines[n])) for n in np.argsort(-cosines, kind="stable")]


def _where(scope: Scope) -> dict[str, Any]:
    bounds: list[dict[str, Any]] = [
        {"collection": {"$in": sorted(scope.collections)}},
        {"embargo": {"$lte": floor(scope.now.timestamp())}},
    ]
    if scope.documents:
        bounds.append({"document": {"$in": list(scope.documents)}})
    return {"$and": bounds}
