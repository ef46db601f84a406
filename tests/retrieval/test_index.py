"""The vector index keeps who may read in the query itself, and has one owner."""

import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from retrieval import index
from retrieval.documents import Kind
from retrieval.index import IndexBusy, VectorIndex, owned
from retrieval.library import Held
from tests.builders import NOW, generation, held, scope
from tests.fakes.embedder import WIDTH, hashed

ROOT = Path(__file__).parents[2]
QUESTION = hashed("vetting backlog")
LIVE = generation()
OTHER = generation("e" * 64)

HOLD = """
import sys
from pathlib import Path
from typing import Any
from retrieval.index import owned
with owned(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def vectors(tmp_path: Path) -> VectorIndex:
    return VectorIndex(index.in_folder(tmp_path / "vectors"))


def one(collection: str = "public", until: datetime | None = None, words: str = "backlog") -> Held:
    (made,) = held(f"Vetting {words} of {collection}.", collection=collection, embargo_until=until)
    return made


def found(vectors: VectorIndex, *collections: str, **bounds: Any) -> set[str]:
    near = vectors.nearest(LIVE, QUESTION, scope(*collections, **bounds), 10)
    return {key for key, _ in near}


class TestWhoMayRead:
    def test_only_the_reader_s_collections_are_found(self, vectors: VectorIndex) -> None:
        public, office, custody = one(), one("office"), one("restricted:custody")
        vectors.put(LIVE, [public, office, custody])
        assert found(vectors, "public") == {public.passage.key}
        assert found(vectors, "office", "restricted:custody") == {
            office.passage.key,
            custody.passage.key,
        }

    def test_a_reader_of_nothing_finds_nothing(self, vectors: VectorIndex) -> None:
        vectors.put(LIVE, [one()])
        nobody = replace(scope(), collections=frozenset())
        assert vectors.nearest(LIVE, QUESTION, nobody, 10) == []

    def test_a_collection_that_is_not_there_gives_nothing(self, vectors: VectorIndex) -> None:
        vectors.put(LIVE, [one()])
        assert found(vectors, "restricted:other") == set()

    @pytest.mark.parametrize(("seconds", "count"), [(-1, 1), (0, 1), (1, 0), (3600, 0)])
    def test_an_embargo_ends_at_its_second(
        self, vectors: VectorIndex, seconds: int, count: int
    ) -> None:
        vectors.put(LIVE, [one(until=NOW + timedelta(seconds=seconds))])
        assert len(found(vectors)) == count

    def test_an_embargo_does_not_end_within_the_second_before(self, vectors: VectorIndex) -> None:
        vectors.put(LIVE, [one(until=NOW + timedelta(milliseconds=500))])
        assert found(vectors) == set()
        assert len(found(vectors, now=NOW + timedelta(seconds=1))) == 1

    def test_forbidden_neighbours_do_not_crowd_out_what_may_be_read(
        self, vectors: VectorIndex
    ) -> None:
        """A limit applied before the filter would leave nothing here."""
        near = [
            *(one("restricted:custody", words=f"backlog {n}") for n in range(60)),
            *(one(until=NOW + timedelta(days=1), words=f"backlog {n}") for n in range(60)),
        ]
        (far,) = held("Roads are long.")
        vectors.put(LIVE, [*near, far])
        assert found(vectors) == {far.passage.key}

    def test_documents_bound_the_search(self, vectors: VectorIndex) -> None:
        first, second = one(words="backlog"), one(words="queue")
        vectors.put(LIVE, [first, second])
        digest = second.filed.digest
        assert found(vectors, documents=(digest,)) == {second.passage.key}
        assert found(vectors, documents=("d" * 64,)) == set()

    def test_a_named_document_is_no_way_round_its_collection(self, vectors: VectorIndex) -> None:
        secret = one("restricted:custody")
        vectors.put(LIVE, [secret])
        assert found(vectors, documents=(secret.filed.digest,)) == set()


class TestNearest:
    @pytest.mark.parametrize("limit", [2, 10])
    def test_gives_cosines_best_first(self, vectors: VectorIndex, limit: int) -> None:
        passages = [*held("Vetting backlog."), *held("The vetting unit."), *held("Roads.")]
        vectors.put(LIVE, passages)
        near = vectors.nearest(LIVE, QUESTION, scope(), limit)
        cosines = {one.passage.key: float(one.vectors.passage @ QUESTION) for one in passages}
        best = sorted(cosines, key=lambda key: -cosines[key])[:limit]
        assert [key for key, _ in near] == best
        assert [cosine for _, cosine in near] == pytest.approx(
            [cosines[key] for key in best], abs=1e-3
        )

    def test_gives_no_more_than_the_limit(self, vectors: VectorIndex) -> None:
        vectors.put(LIVE, [one(words=f"backlog {n}") for n in range(5)])
        assert len(vectors.nearest(LIVE, QUESTION, scope(), 3)) == 3

    def test_finds_nothing_in_an_empty_index(self, vectors: VectorIndex) -> None:
        assert vectors.nearest(LIVE, QUESTION, scope(), 3) == []


class TestChanges:
    def test_putting_twice_replaces(self, vectors: VectorIndex) -> None:
        (before,) = held("Vetting backlog.", collection="office")
        (after,) = held("Vetting backlog.", collection="restricted:custody", kind=Kind.OTHER)
        vectors.put(LIVE, [before])
        vectors.put(LIVE, [after])
        assert vectors.count(LIVE) == 1
        assert found(vectors, "office") == set()
        assert found(vectors, "restricted:custody") == {after.passage.key}

    def test_putting_without_its_embargo_lifts_it(self, vectors: VectorIndex) -> None:
        (before,) = held("Vetting backlog.", embargo_until=NOW + timedelta(days=1))
        vectors.put(LIVE, [before])
        vectors.put(LIVE, held("Vetting backlog."))
        assert len(found(vectors)) == 1

    def test_removing_takes_out_those_and_no_others(self, vectors: VectorIndex) -> None:
        first, second = one(words="backlog"), one(words="queue")
        vectors.put(LIVE, [first, second])
        vectors.remove(LIVE, [first.passage.key, "not there"])
        assert vectors.keys(LIVE) == {second.passage.key}

    def test_nothing_may_be_put_and_removed(self, vectors: VectorIndex) -> None:
        vectors.put(LIVE, [])
        vectors.remove(LIVE, [])
        assert (vectors.keys(LIVE), vectors.count(LIVE)) == (set(), 0)

    def test_keys_and_count_agree_beyond_one_batch(self, vectors: VectorIndex) -> None:
        (only,) = held("Vetting backlog.")
        random = np.random.default_rng(1).standard_normal((1200, WIDTH)).astype(np.float32)
        many = [
            replace(
                only,
                passage=replace(only.passage, key=f"k{n}"),
                vectors=replace(only.vectors, passage=random[n]),
            )
            for n in range(1200)
        ]
        vectors.put(LIVE, many)
        assert vectors.keys(LIVE) == {f"k{n}" for n in range(1200)}
        assert vectors.count(LIVE) == 1200
        vectors.remove(LIVE, [f"k{n}" for n in range(1, 1200)])
        assert vectors.keys(LIVE) == {"k0"}

    def test_generations_are_kept_apart(self, vectors: VectorIndex) -> None:
        vectors.put(LIVE, [one()])
        assert vectors.count(OTHER) == 0
        vectors.drop_others(OTHER)
        assert vectors.count(LIVE) == 0

    def test_dropping_the_others_leaves_the_generation(self, vectors: VectorIndex) -> None:
        vectors.put(LIVE, [one()])
        vectors.put(OTHER, [one()])
        vectors.drop_others(LIVE)
        assert (vectors.count(LIVE), vectors.count(OTHER)) == (1, 0)


class TestTheOwner:
    def test_is_one_process(self, tmp_path: Path) -> None:
        command = [sys.executable, "-c", HOLD, str(tmp_path / "index")]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as other:
            assert other.stdout is not None
            assert other.stdout.readline() == "held\n"
            with (
                pytest.raises(IndexBusy, match="Another rejoinder process is using"),
                owned(tmp_path / "index"),
            ):
                pass
            other.communicate("go\n")
        with owned(tmp_path / "index"):
            pass

    def test_that_was_killed_leaves_the_index_free(self, tmp_path: Path) -> None:
        command = [sys.executable, "-c", HOLD, str(tmp_path)]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as other:
            assert other.stdout is not None
            other.stdout.readline()
            other.kill()
        with owned(tmp_path):
            pass

    def test_may_fail_inside_with_an_error_of_its_own(self, tmp_path: Path) -> None:
        with pytest.raises(TimeoutError, match="model server"), owned(tmp_path):
            raise TimeoutError("the model server took too long")


def test_a_server_that_does_not_answer_is_named() -> None:
    with pytest.raises(ConnectionError, match="No Chroma server answers at localhost:1"):
        index.at_server("localhost", 1, ssl=False)
