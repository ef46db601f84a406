"""Question, filters and readable collections to passages worth showing.

Two searches (nearest vectors, exact words) propose candidates; every candidate is then scored
exactly: passage, best sentence, words, and what stands beside it. The weights were chosen on
public question sets and on development questions; ``docs/decisions`` has the tables.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from retrieval import asked
from retrieval.asked import Asked
from retrieval.embedding import Embedder, Vector
from retrieval.keywords import WordIndex
from retrieval.library import Filed, Generation, Held, Library, Nearest, Scope
from retrieval.reranking import Reranker
from retrieval.words import STOP, coverage, rarity, terms

CANDIDATES = 100  # from each of the two searches
_READ_ON = 5  # passages whose neighbours a reading writer gets as well
_EXACT_UP_TO = 2000  # passages scored one by one when the question names their documents


@dataclass(frozen=True)
class Weights:
    """How much each kind of evidence counts; each is first brought to 0-1 over the candidates."""

    passage: float = 0.3
    sentence: float = 0.5
    words: float = 0.2
    neighbour: float = 0.15
    year: float = 0.2
    prose: float = 0.2


@dataclass(frozen=True)
class Found:
    """A passage worth showing. ``score`` orders results of one search and means nothing else.

    ``cosine`` (-1 to 1) is the passage's, ``lines`` its sentences' cosines, ``covered`` (0-1) the
    share of the question's telling words that it holds.
    """

    held: Held
    score: float
    cosine: float
    lines: tuple[float, ...]
    covered: float


@dataclass(frozen=True)
class Finding:
    """What one search gave: ``found`` best first, each page's best passage before its second.

    ``weights`` is how telling each of the question's words is among the candidates; ``documents``
    are those that were searched; ``vector`` is the question's under ``model``.
    """

    asked: Asked
    found: tuple[Found, ...]
    weights: dict[str, float]
    documents: tuple[Filed, ...]
    vector: Vector
    model: str


class NothingIndexed(Exception):
    """There is no index yet; the message says what to do."""


class Readable(Protocol):
    """What a search reads: ``retrieval.indexing.Shelves``, or the library with no index beside."""

    @property
    def library(self) -> Library:
        """The record."""

    @property
    def vectors(self) -> Nearest:
        """The search by vectors."""

    @property
    def words(self) -> WordIndex:
        """The search by exact words."""


@dataclass(frozen=True)
class Search:
    """Everything a search needs, built once. ``embedder`` takes the model's name."""

    shelves: Readable
    embedder: Callable[[str], Embedder]
    reranker: Reranker | None = None
    weights: Weights = Weights()

    def find(self, question: str, scope: Scope, *, limit: int = 20) -> list[Finding]:
        """One finding, or one for each place a comparison names. NothingIndexed without an index.

        Places and kinds of document that the question names narrow the scope further.
        """
        generation = self._live()
        readable = self.shelves.library.admitted(scope)
        understood = asked.understand(question, readable)
        vector = self.embedder(generation.model).question(understood.matter)
        return [
            self._find(
                part, vector, _bound(scope, documents, readable), documents, generation, limit
            )
            for part, documents in asked.parts(understood, readable)
        ]

    def speaks_of(self, word: str, scope: Scope) -> bool:
        """Whether a word stands anywhere in what the scope lets be read, titles included.

        NothingIndexed without an index.
        """
        return bool(self.shelves.words.matching(self._live(), word, scope, 1))

    def likeness(self, finding: Finding, sentences: Sequence[str]) -> Vector:
        """The cosine of each sentence, read on its own, with the finding's question."""
        if not sentences:
            return np.zeros(0, np.float32)
        likeness: Vector = self.embedder(finding.model).sentences(sentences) @ finding.vector
        return likeness

    def with_neighbours(self, finding: Finding) -> tuple[Found, ...]:
        """What was found, the first few each followed by the passages beside them.

        For a writer that reads on: what a passage means often stands in the one before it.
        """
        generation = self.shelves.library.live()
        if generation is None:
            return finding.found
        ordered: dict[str, Found] = {}
        for place, found in enumerate(finding.found):
            beside = self._beside(found, finding, generation) if place < _READ_ON else ()
            for one in (found, *beside):
                ordered.setdefault(one.held.passage.key, one)
        return tuple(ordered.values())

    def _beside(self, found: Found, finding: Finding, generation: Generation) -> list[Found]:
        """The passages just before and after one, of the same document."""
        passage = found.held.passage
        whole = self.shelves.library.walk(generation, passage.document)
        near = [one for one in whole if abs(one.passage.ordinal - passage.ordinal) == 1]
        return [
            Found(
                one,
                found.score,
                float(one.vectors.passage @ finding.vector),
                tuple(map(float, one.vectors.sentences @ finding.vector)),
                _covered(finding.asked, one, finding.weights),
            )
            for one in near
        ]

    def _live(self) -> Generation:
        generation = self.shelves.library.live()
        if generation is None:
            raise NothingIndexed("Nothing is indexed yet: run `rejoinder index FOLDER` first.")
        return generation

    def _find(
        self,
        part: Asked,
        vector: Vector,
        scope: Scope,
        documents: Sequence[Filed],
        generation: Generation,
        limit: int,
    ) -> Finding:
        if not documents:  # a filter that nothing passes finds nothing
            return Finding(part, (), {}, (), vector, generation.model)
        held, matched = self._candidates(part, vector, scope, generation)
        held = [one for one in held if scope.admits(one.filed)]
        weights = _telling(part.terms, held)
        scored = self._scored(part, vector, held, matched, weights)
        found = tuple(spread(scored)[:limit])
        return Finding(part, found, weights, tuple(documents), vector, generation.model)

    def _candidates(
        self, part: Asked, vector: Vector, scope: Scope, generation: Generation
    ) -> tuple[list[Held], dict[str, float]]:
        shelves = self.shelves
        matched = dict(shelves.words.matching(generation, part.question, scope, CANDIDATES))
        keys = self._near(vector, scope, generation)
        held = shelves.library.held(generation, {*matched, *keys})
        return held, matched

    def _near(self, vector: Vector, scope: Scope, generation: Generation) -> list[str]:
        """The nearest passages; exactly, from the library, when few documents are in question."""
        if scope.documents:
            keys, matrix = self.shelves.library.matrix(generation, scope.documents)
            if len(keys) <= _EXACT_UP_TO:
                nearest_first = np.argsort(-(matrix @ vector)) if keys else ()
                return [keys[n] for n in nearest_first[:CANDIDATES]]
        near = self.shelves.vectors.nearest(generation, vector, scope, CANDIDATES)
        return [key for key, _ in near]

    def _scored(
        self,
        part: Asked,
        vector: Vector,
        held: list[Held],
        matched: dict[str, float],
        weights: dict[str, float],
    ) -> list[Found]:
        if not held:
            return []
        cosines = np.array([float(one.vectors.passage @ vector) for one in held])
        lines = [one.vectors.sentences @ vector for one in held]
        words = np.array([matched.get(one.passage.key, 0.0) for one in held])
        fused = self._fused(part, held, cosines, np.array([x.max() for x in lines]), words)
        found = [
            Found(one, float(s), float(c), tuple(map(float, own)), _covered(part, one, weights))
            for one, s, c, own in zip(held, fused, cosines, lines, strict=True)
        ]
        found.sort(key=lambda one: (-one.score, one.held.passage.key))
        return self._reranked(part.question, found)

    def _fused(
        self, part: Asked, held: list[Held], cosines: Vector, lines: Vector, words: Vector
    ) -> Vector:
        w = self.weights
        fused = (
            w.passage * _spanned(cosines) + w.sentence * _spanned(lines) + w.words * _spanned(words)
        )
        fused = fused + w.neighbour * _beside(held, fused)
        timely = np.array([asked.in_years(one.filed, part.years) for one in held], np.float32)
        rolls = np.array([_is_roll(one.passage.text) for one in held], np.float32)
        weighed: Vector = fused + w.year * timely - w.prose * rolls
        return weighed

    def _reranked(self, question: str, found: list[Found]) -> list[Found]:
        """The best few put in the reranker's order, when there is one."""
        if self.reranker is None or not found:
            return found
        head, tail = found[:30], found[30:]
        texts = [f"{one.held.text.prefix} {one.held.passage.text}" for one in head]
        scores = self.reranker.scores(question, texts)
        order = np.argsort(-scores, kind="stable")
        least = tail[0].score if tail else 0.0
        lifted = [replace(head[n], score=least + 1 + len(head) - k) for k, n in enumerate(order)]
        return lifted + tail


def _bound(scope: Scope, documents: Sequence[Filed], readable: Sequence[Filed]) -> Scope:
    """The scope bound to its documents, where the question or a filter leaves some out."""
    filtered = scope.places or scope.bodies or scope.kinds or scope.years or scope.documents
    if filtered or len(documents) < len(readable):
        return scope.within([filed.digest for filed in documents])
    return scope


def spread(found: Sequence[Found]) -> list[Found]:
    """The best passage of each page first, then the rest; near-duplicates of a text only once."""
    first: list[Found] = []
    rest: list[Found] = []
    pages: set[tuple[str, int]] = set()
    texts: set[str] = set()
    for one in found:
        text = " ".join(one.held.passage.text.casefold().split())
        if text in texts:
            continue
        texts.add(text)
        here = {(one.held.filed.digest, page) for page in one.held.passage.pages}
        (rest if here <= pages else first).append(one)
        pages |= here
    return first + rest


def _is_roll(text: str) -> bool:
    """Whether it is a roll of names, such as addressees or signatures: no table, no sentences."""
    words = text.split()
    small = sum(word.lower() in STOP for word in words)
    return "\t" not in text and len(words) > 8 and small < 0.2 * len(words)


def _spanned(values: Vector) -> Vector:
    low, high = float(values.min()), float(values.max())
    return (values - low) / (high - low) if high > low else np.zeros_like(values)


def _beside(held: list[Held], scores: Vector) -> Vector:
    """For each passage the score of the better of its two neighbours in the document."""
    at = {(one.passage.document, one.passage.ordinal): n for n, one in enumerate(held)}
    best = np.zeros(len(held), np.float32)
    for (document, ordinal), n in at.items():
        beside = [at.get((document, ordinal + step)) for step in (-1, 1)]
        best[n] = max((float(scores[m]) for m in beside if m is not None), default=0.0)
    return best


def _telling(wanted: Sequence[str], held: list[Held]) -> dict[str, float]:
    """How rare each of the question's words is among the candidates."""
    counts = Counter(
        term for one in held for term in set(terms(f"{one.text.prefix} {one.passage.text}"))
    )
    return {term: rarity(counts[term], len(held)) for term in wanted}


def _covered(part: Asked, one: Held, weights: dict[str, float]) -> float:
    return coverage(part.terms, terms(f"{one.text.prefix} {one.passage.text}"), weights)
