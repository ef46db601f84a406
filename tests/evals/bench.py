"""Timings beside plain baselines measured in the same run: ``make bench``. They decide no test."""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from bot.bootstrap import Parts
from bot.settings import Settings
from retrieval import indexing
from retrieval.documents import Page, Reading
from retrieval.library import Filed, Generation, Held, Kept
from retrieval.shelves import Shelves, mend

REPOSITORY = Path(__file__).parents[2]
LETTERS = REPOSITORY.parent / "shared" / "data" / "jtai"
SAMPLES = REPOSITORY / "corpus" / "documents"
PASSAGES = 10_000
QUESTIONS = (
    "How many police incidents were in the backlog?",
    "What did inspectors say about missing children?",
    "When must the written statement of action be sent?",
    "Why are children waiting too long for assessment?",
    "Is supervision of domestic abuse cases effective?",
    "Who chairs the safeguarding partnership?",
    "What percentage of staff had been trained?",
    "How well is information shared between the police and schools?",
)


def main() -> None:
    """Measure everything and print one line each."""
    documents = LETTERS if LETTERS.is_dir() else SAMPLES
    print(f"documents: {documents.name}; {sum(1 for _ in documents.iterdir())} files")
    with tempfile.TemporaryDirectory() as home:
        parts = Parts(Settings(home=Path(home)))
        parts.embedder().question("load the model first")
        for line in (*_indexing(parts, documents), *_asking(parts)):
            print(line, flush=True)
        parts.engine.dispose()
    print(_help())


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _index(parts: Parts, documents: Path) -> None:
    with parts.shelves() as shelves:
        for outcome in indexing.bring_up_to_date(
            [documents],
            shelves=shelves,
            model=parts.settings.embedding_model,
            encoder=parts.embedder,
            limits=parts.limits,
        ):
            assert outcome.state is not indexing.State.REFUSED, outcome.notes


def _indexing(parts: Parts, documents: Path) -> Iterator[str]:
    first = _timed(lambda: _index(parts, documents))
    second = _timed(lambda: _index(parts, documents))
    texts = [
        " ".join((held.text.prefix, *held.text.sentences))
        for held in parts.library.walk(_live(parts))
    ]
    model = parts.embedder()._model
    bare = _timed(lambda: model.encode(texts, show_progress_bar=False))
    yield (
        f"index {len(texts)} passages: {first:.1f} s; bare encoder on the same passages "
        f"{bare:.1f} s; ratio {first / bare:.2f} (bound 1.25)"
    )
    yield f"index again, unchanged: {second:.2f} s; {second / first:.1%} of the first (bound 2%)"


def _live(parts: Parts) -> Generation:
    generation = parts.library.live()
    assert generation is not None
    return generation


def _asking(parts: Parts) -> Iterator[str]:
    with parts.shelves() as shelves:
        _multiply(shelves, parts)
    with parts.searching() as search:
        answering = parts.answering(search)
        count = len(parts.library.keys(_live(parts)))

        def ask(question: str) -> Callable[[], object]:
            return lambda: answering.answer(question, scope=parts.scope())

        def embed(question: str) -> Callable[[], object]:
            return lambda: parts.embedder().question(question)

        for question in QUESTIONS:
            ask(question)()
        asked = sorted(1000 * _timed(ask(q)) for _ in range(6) for q in QUESTIONS)
        bare = sorted(1000 * _timed(embed(q)) for _ in range(6) for q in QUESTIONS)
    p95 = asked[int(0.95 * len(asked))]
    yield (
        f"ask, warm, no model, {count} passages: p50 {statistics.median(asked):.0f} ms, "
        f"p95 {p95:.0f} ms (bound 200); embedding the question alone p50 "
        f"{statistics.median(bare):.0f} ms; "
        f"ratio {statistics.median(asked) / statistics.median(bare):.1f}"
    )


def _multiply(shelves: Shelves, parts: Parts) -> None:
    """Copies of the passages under other documents, their vectors a little turned."""
    generation = _live(parts)
    chance = np.random.default_rng(0)
    originals: dict[str, list[Held]] = {}
    for held in shelves.library.walk(generation):
        originals.setdefault(held.filed.digest, []).append(held)
    wanted, copy = PASSAGES - sum(map(len, originals.values())), 0
    while wanted > 0:
        copy += 1
        for digest, several in originals.items():
            if wanted <= 0:
                break
            filed = replace(
                several[0].filed, digest=f"{copy:04}{digest[4:]}", file=f"/copy/{copy}/{digest}"
            )
            kept = [_copied(held, filed, copy, chance) for held in several]
            shelves.library.put(
                generation, filed, Reading(filed.digest, "", _pages(parts, digest)), kept
            )
            wanted -= len(kept)
    mend(shelves, generation)


def _pages(parts: Parts, digest: str) -> tuple[Page, ...]:
    return parts.library.pages(digest)


def _copied(held: Held, filed: Filed, copy: int, chance: np.random.Generator) -> Kept:
    turned = held.vectors.passage + chance.normal(0, 0.02, held.vectors.passage.shape)
    vector = np.asarray(turned / np.linalg.norm(turned), np.float32)
    passage = replace(held.passage, key=f"{copy:04}{held.passage.key[4:]}", document=filed.digest)
    text = replace(held.text, prefix=f"{held.text.prefix} {copy}")
    return Kept(passage, text, replace(held.vectors, passage=vector))


def _help() -> str:
    command = [sys.executable, "-m", "bot.cli", "--help"]
    script = Path(sys.executable).with_name("rejoinder")
    command = [str(script), "--help"] if script.exists() else command
    spent = [
        _timed(lambda: subprocess.run(command, capture_output=True, check=True)) for _ in range(5)
    ]
    bare = [
        _timed(lambda: subprocess.run([sys.executable, "-c", ""], check=True)) for _ in range(5)
    ]
    return (
        f"rejoinder --help: {statistics.median(spent):.2f} s (bound 0.3); "
        f"python alone {statistics.median(bare):.2f} s"
    )


if __name__ == "__main__":
    main()
