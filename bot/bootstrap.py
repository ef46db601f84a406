"""Settings to parts: the only place that builds things, each once and only when it is needed."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot import model
from bot.answering import signals
from bot.answering.answer import Answering
from bot.answering.extractive import ExtractiveWriter
from bot.answering.judging import Judge
from bot.answering.modelled import ModelWriter
from bot.answering.writing import Writer
from bot.jobs import Failed, Jobs, Lane
from bot.responding.drafting.modelled import Drafting
from bot.settings import Settings
from bot.store.engine import TablesNewer, connect, migrate
from bot.store.library import SqlLibrary
from retrieval import embedding, index, indexing, reranking
from retrieval.embedding import Embedder
from retrieval.exact import Aside, ExactVectors
from retrieval.index import IndexBusy, VectorIndex
from retrieval.indexing import Outcome
from retrieval.keywords import WordIndex
from retrieval.library import Scope
from retrieval.reading import Limits
from retrieval.reranking import Reranker
from retrieval.search import Search
from retrieval.shelves import Shelves, agree, mend


class StateUnusable(Exception):
    """The database or the home folder cannot be used; the message says what to do."""


class Parts:
    """The parts of one process, made from settings."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._embedders: dict[str, Embedder] = {}
        os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        if settings.embedding_model == embedding.DEFAULT_MODEL and not settings.reranker:
            os.environ.setdefault("HF_HUB_OFFLINE", "1")

    @property
    def limits(self) -> Limits:
        """How much of a file is read."""
        given = self.settings
        return Limits(
            max_megabytes=given.max_megabytes,
            max_pages=given.max_pages,
            seconds=given.read_seconds,
            ocr=given.ocr,
        )

    @cached_property
    def engine(self) -> Engine:
        """The database, its tables up to date. StateUnusable when it cannot be reached."""
        try:
            self.settings.home.mkdir(parents=True, exist_ok=True)
            engine = connect(self.database_url)
            migrate(engine)
        except TablesNewer as cause:
            raise StateUnusable(
                "The tables of the database are of a newer Rejoinder: run that one, or restore an "
                "older copy."
            ) from cause
        except (OSError, SQLAlchemyError, ModuleNotFoundError) as cause:
            raise StateUnusable(
                f"The database cannot be used ({type(cause).__name__}): check REJOINDER_HOME and "
                "REJOINDER_DATABASE_URL, and that the server runs."
            ) from cause
        return engine

    @property
    def database_url(self) -> str:
        """The address of the database."""
        return self.settings.database_url or f"sqlite:///{self.settings.home / 'rejoinder.db'}"

    @cached_property
    def library(self) -> SqlLibrary:
        """Documents, passages and vectors."""
        return SqlLibrary(self.engine)

    @cached_property
    def words(self) -> WordIndex:
        """The exact-word index."""
        return WordIndex(self.settings.home / "words")

    @contextmanager
    def shelves(self) -> Iterator[Shelves]:
        """The library with both indexes, owned while in use. IndexBusy when another owns them."""
        with index.owned(self.settings.home):
            yield Shelves(self.library, self._vectors(), self.words)

    @contextmanager
    def owning(self) -> Iterator[tuple[Shelves, Search]]:
        """The shelves, mended where they disagree, and a search over them. IndexBusy as above."""
        with self.shelves() as shelves:
            generation = self.library.live()
            if generation and not agree(shelves, generation):
                mend(shelves, generation)
            yield shelves, Search(shelves, self.embedder, self._reranker)

    @contextmanager
    def searching(self) -> Iterator[Search]:
        """A search; beside a process that owns the index it reads the library alone."""
        try:
            with self.owning() as (_, search):
                yield search
        except IndexBusy:
            aside = Aside(self.library, ExactVectors(self.library), self.words)
            yield Search(aside, self.embedder, self._reranker)

    def jobs(self, lanes: tuple[Lane, ...], failed: Failed) -> Jobs:
        """Durable work, kept beside the database: on SQLite in a file of its own."""
        url = self.settings.database_url or f"sqlite:///{self.settings.home / 'jobs.db'}"
        return Jobs(url, replica=self.settings.replica, lanes=lanes, failed=failed)

    def indexing(self, shelves: Shelves) -> Callable[[Sequence[Path]], Iterator[Outcome]]:
        """What brings the index up to date with files, one outcome a file."""
        return partial(
            indexing.bring_up_to_date,
            shelves=shelves,
            model=self.settings.embedding_model,
            encoder=self.embedder,
            limits=self.limits,
        )

    def answering(self, search: Search) -> Answering:
        """What answers questions, with the writer that the settings name."""
        return Answering(search, self.writer, signals.calibration(), self.judge)

    def quoting(self, search: Search) -> Answering:
        """What answers questions with the documents' own sentences alone."""
        return Answering(search, ExtractiveWriter(), signals.calibration())

    @cached_property
    def writer(self) -> Writer:
        """The model's writer, or the one that quotes when no model is set."""
        name = self.settings.model
        return ModelWriter(self._chat(name)) if name else ExtractiveWriter()

    @cached_property
    def drafting(self) -> Drafting | None:
        """What drafts with the model, None when none is set: the scaffold stands alone."""
        name = self.settings.model
        return Drafting(self._chat(name)) if name else None

    def embedder(self, name: str | None = None) -> Embedder:
        """The embedding model of that name, loaded on first use; the settings' without a name."""
        wanted = name or self.settings.embedding_model
        if wanted not in self._embedders:
            self._embedders[wanted] = embedding.load(wanted)
        return self._embedders[wanted]

    def lend(self, loaded: Embedder) -> None:
        """Use an embedding model that is loaded already."""
        self._embedders[loaded.name] = loaded

    def scope(self, person: str | None = None) -> Scope:
        """What a person may read now."""
        return Scope(self.settings.collections_of(person), datetime.now(UTC))

    def _vectors(self) -> VectorIndex:
        url = self.settings.chroma_url
        if not url:
            return VectorIndex(index.in_folder(Path(self.settings.home) / "chroma"))
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 8000)
        return VectorIndex(index.at_server(parts.hostname or "localhost", port, ssl=secure))

    @cached_property
    def _reranker(self) -> Reranker | None:
        name = self.settings.reranker
        return reranking.load(name) if name else None

    @cached_property
    def judge(self) -> Judge | None:
        """The second model that must agree, None when none is set."""
        name = self.settings.judge_model
        return Judge(self._chat(name)) if name else None

    def _chat(self, name: str) -> model.ChatModel:
        given = self.settings
        return model.load(
            name,
            base_url=given.model_base_url,
            api_key=given.model_api_key.get_secret_value(),
            seconds=given.model_seconds,
            max_tokens=given.model_tokens,
        )
