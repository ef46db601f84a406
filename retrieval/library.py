"""What finding and indexing need of the place where documents and passages are kept.

The library is the record; the vector index and the word index are made from it and can be made
again. ``bot.store.library`` keeps it in SQL; a test double or another office's archive can keep it
elsewhere.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from retrieval.documents import CatalogueEntry, Page, Passage, Reading
from retrieval.embedding import PassageText, PassageVectors, Vector


@dataclass(frozen=True)
class Filed:
    """A document in the library: ``file`` is where it was read from, an absolute path."""

    digest: str
    file: str
    entry: CatalogueEntry
    reader: str
    reading_version: int
    page_count: int
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The file's name, without its folders."""
        return self.file.rsplit("/", 1)[-1]


@dataclass(frozen=True)
class Generation:
    """One complete set of passages and vectors: one model, one way of splitting.

    ``clean`` is False from before the derived indexes are written until after; found False at a
    start, they are compared with the library and mended.
    """

    id: int
    fingerprint: str
    model: str
    live: bool
    clean: bool


@dataclass(frozen=True)
class Kept:
    """A passage as it is put into the library."""

    passage: Passage
    text: PassageText
    vectors: PassageVectors


@dataclass(frozen=True)
class Held:
    """A passage as it comes out of the library, with the document it stands in."""

    passage: Passage
    filed: Filed
    vectors: PassageVectors
    text: PassageText


@dataclass(frozen=True)
class Scope:
    """What a search may touch. An empty tuple sets no bound, except ``collections``: none, nothing.

    ``now`` has a time zone; a document whose embargo ends later is outside every scope.
    """

    collections: frozenset[str]
    now: datetime
    places: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    documents: tuple[str, ...] = ()

    def within(self, documents: Sequence[str]) -> "Scope":
        """The same scope bound to these documents (by digest)."""
        return replace(self, documents=tuple(documents))

    def admits(self, filed: Filed) -> bool:
        """Whether a document is inside the scope. Places, bodies and kinds match without case."""
        entry = filed.entry
        return (
            entry.collection in self.collections
            and not entry.embargoed(self.now)
            and _among(entry.place, self.places)
            and _among(entry.body, self.bodies)
            and _among(entry.kind.value, self.kinds)
            and (not self.years or entry.year in self.years)
            and (not self.documents or filed.digest in self.documents)
        )


def _among(value: str, wanted: tuple[str, ...]) -> bool:
    return not wanted or value.casefold() in {one.casefold() for one in wanted}


class Library(Protocol):
    """Where documents, passages and vectors are kept. Each change is one transaction."""

    def live(self) -> Generation | None:
        """The generation that searches use."""

    def begin(self, fingerprint: str, model: str) -> Generation:
        """The generation with that fingerprint, made (not live) when there is none."""

    def switch(self, generation: Generation) -> None:
        """Make it the live one and drop the passages of all others."""

    def mark(self, generation: Generation, *, clean: bool) -> None:
        """Record whether the derived indexes agree with the library."""

    def documents(self) -> list[Filed]:
        """All documents, readable or not: for indexing, never for showing."""

    def admitted(self, scope: Scope) -> list[Filed]:
        """The documents inside a scope."""

    def put(
        self, generation: Generation, filed: Filed, pages: Reading, kept: Sequence[Kept]
    ) -> list[str]:
        """Take a document in for what stood under its file or digest; the keys of gone passages."""

    def add(self, generation: Generation, digest: str, kept: Sequence[Kept]) -> None:
        """Give a document that is there already its passages in another generation."""

    def withdraw(self, digest: str) -> list[str]:
        """Take a document out; the keys of its passages in every generation."""

    def vectors(self, model: str, keys: Sequence[str]) -> dict[str, PassageVectors]:
        """Vectors already made by that model, by the key of the text."""

    def keys(self, generation: Generation) -> set[str]:
        """The keys of all its passages."""

    def held(self, generation: Generation, keys: Iterable[str]) -> list[Held]:
        """Those passages that are there, in no set order."""

    def walk(self, generation: Generation, digest: str | None = None) -> Iterator[Held]:
        """All passages, or one document's, in reading order."""

    def matrix(self, generation: Generation, digests: Sequence[str]) -> tuple[list[str], Vector]:
        """Keys and passage vectors (n, d) of those documents."""

    def pages(self, digest: str) -> tuple[Page, ...]:
        """The pages of a document; KeyError when it is not there."""


class Nearest(Protocol):
    """Finds the nearest vectors: the index does, and so does counting them out one by one."""

    def nearest(
        self, generation: Generation, question: Vector, scope: Scope, limit: int
    ) -> list[tuple[str, float]]:
        """Keys and cosines of the passages inside the scope nearest to the question."""
