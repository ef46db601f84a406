"""Test parts with good defaults: readings, documents, passages and an office that indexes files."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from bot.store.engine import connect, migrate
from bot.store.library import SqlLibrary
from retrieval import catalogue, index, passages
from retrieval.documents import CatalogueEntry, Kind, Passage, Reading
from retrieval.embedding import Embedder, PassageText
from retrieval.index import VectorIndex
from retrieval.indexing import Outcome, State, bring_up_to_date, prefix
from retrieval.keywords import WordIndex
from retrieval.library import Filed, Generation, Held, Kept, Scope
from retrieval.reading import Limits
from retrieval.reranking import Reranker
from retrieval.search import Search
from retrieval.shelves import Shelves
from tests.fakes import readings
from tests.fakes.embedder import HashedEmbedder

NOW = datetime(2031, 5, 1, 12, 0, tzinfo=UTC)
EVERYONE = frozenset({"public"})


def reading(markup: str, digest: str = "") -> Reading:
    """A reading of a few lines of markup (see ``fakes.readings``), with a hash of its own."""
    own = digest or hashlib.sha256(markup.encode()).hexdigest()
    return replace(readings.reading(markup), digest=own)


def split(markup: str) -> list[Passage]:
    """The passages of a document written in markup."""
    return passages.split(reading(markup))


def entry(path: str = "report.md", **changes: Any) -> CatalogueEntry:
    """What the catalogue says of a confirmed public report about Fernshire."""
    usual = CatalogueEntry(
        path=path,
        title="PEEL 2031: Fernshire Police",
        kind=Kind.INSPECTION_REPORT,
        body="Fernshire Police",
        place="Fernshire",
        published=date(2031, 3, 4),
        source="https://www.example.org/peel-2031",
        confirmed=True,
    )
    return replace(usual, **changes)


def filed(read: Reading, **changes: Any) -> Filed:
    """The reading as a document in the library; ``changes`` are to its catalogue entry."""
    listed = entry(**changes)
    file = f"/shelf/{listed.path}"
    return Filed(read.digest, file, listed, read.reader, 1, len(read.pages), read.notes)


def kept(read: Reading, document: Filed, embedder: Embedder | None = None) -> list[Kept]:
    """The passages of a reading as they are put into the library."""
    found = passages.split(read)
    texts = [
        PassageText(prefix(document.entry, one), tuple(line.text for line in one.sentences))
        for one in found
    ]
    vectors = (embedder or HashedEmbedder()).passages(texts)
    return [Kept(*parts) for parts in zip(found, texts, vectors, strict=True)]


def held(markup: str, **changes: Any) -> list[Held]:
    """The passages of a document written in markup, as they come out of the library."""
    read = reading(markup)
    document = filed(read, **changes)
    return [Held(one.passage, document, one.vectors, one.text) for one in kept(read, document)]


def generation(fingerprint: str = "f" * 64, model: str = "hashed", number: int = 1) -> Generation:
    """A live and clean generation."""
    return Generation(number, fingerprint, model, live=True, clean=True)


def scope(*collections: str, **changes: Any) -> Scope:
    """What everybody may read, or who may read these collections, at ``NOW``."""
    return replace(Scope(frozenset(collections) or EVERYONE, NOW), **changes)


def unused() -> Embedder:
    """An encoder for runs that must not need one."""
    raise AssertionError("the embedding model was loaded")


@dataclass
class Office:
    """A folder of files and everything that indexes and searches them, in a temporary home."""

    home: Path
    engine: Engine
    embedder: HashedEmbedder = field(default_factory=HashedEmbedder)

    @cached_property
    def documents(self) -> Path:
        """The folder that is indexed."""
        folder = self.home / "documents"
        folder.mkdir(exist_ok=True)
        return folder

    @cached_property
    def library(self) -> SqlLibrary:
        """The record."""
        return SqlLibrary(self.engine)

    @cached_property
    def shelves(self) -> Shelves:
        """The record and the two indexes."""
        vectors = VectorIndex(index.in_folder(self.home / "vectors"))
        return Shelves(self.library, vectors, WordIndex(self.home / "words"))

    def write(self, name: str, text: str, **listed: Any) -> Path:
        """Write a file; with ``listed``, put what they say into the catalogue too."""
        file = self.documents / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        if listed:
            self.put_in_catalogue(entry(name, **listed))
        return file

    def put_in_catalogue(self, *entries: CatalogueEntry) -> None:
        """Put entries into the catalogue, in place of those with the same path."""
        book = self.documents / catalogue.FILE_NAME
        before = catalogue.load(book) if book.exists() else []
        names = {one.path for one in entries}
        stay = [one for one in before if one.path not in names]
        book.write_text(catalogue.written([*stay, *entries]), encoding="utf-8")

    def index(
        self,
        *paths: Path,
        encoder: Callable[[], Embedder] | None = None,
        shelves: Shelves | None = None,
        model: str = "hashed",
    ) -> list[Outcome]:
        """Bring the index up to date with the folder, or with these paths."""
        return list(
            bring_up_to_date(
                paths or (self.documents,),
                shelves=shelves or self.shelves,
                model=model,
                encoder=encoder or (lambda: self.embedder),
                limits=Limits(),
            )
        )

    def states(self, *paths: Path, **how: Any) -> dict[str, State]:
        """What became of each file, by its name."""
        return {Path(one.file).name: one.state for one in self.index(*paths, **how)}

    def search(self, reranker: Reranker | None = None) -> Search:
        """A search over what is indexed."""
        return Search(self.shelves, lambda _: self.embedder, reranker)

    def found(self, question: str, bounds: Scope | None = None) -> list[Held]:
        """The passages that one search gives, best first."""
        findings = self.search().find(question, bounds or scope())
        return [one.held for finding in findings for one in finding.found]

    def live(self) -> Generation:
        """The generation that answers."""
        found = self.library.live()
        assert found is not None
        return found


def new_office(home: Path) -> Office:
    """An office with an empty SQLite database."""
    engine = connect(f"sqlite:///{home / 'rejoinder.db'}")
    migrate(engine)
    return Office(home, engine)


def texts(found: Sequence[Held]) -> list[str]:
    """The words of passages."""
    return [one.passage.text for one in found]
