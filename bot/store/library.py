"""Documents, passages and vectors in SQL: what ``retrieval.library`` asks for."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import Connection, Engine, RowMapping, delete, func, insert, select, update

from bot.store import rows
from bot.store import tables as t
from bot.store.engine import for_reading
from retrieval.documents import (
    Page,
    Reading,
)
from retrieval.embedding import PassageVectors, Vector
from retrieval.library import Filed, Generation, Held, Kept, Scope

_AT_ONCE = 500  # keys in one statement: SQLite takes 32,766 values, PostgreSQL 65,535


class SqlLibrary:
    """The library in one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reads = for_reading(engine)

    def live(self) -> Generation | None:
        """The generation that searches use."""
        query = select(t.generations).where(t.generations.c.live)
        with self._reads.connect() as connection:
            row = connection.execute(query).mappings().first()
        return Generation(**row) if row else None

    def begin(self, fingerprint: str, model: str) -> Generation:
        """The generation with that fingerprint; the very first is live from the start."""
        query = select(t.generations).where(t.generations.c.fingerprint == fingerprint)
        with self._engine.begin() as connection:
            row = connection.execute(query).mappings().first()
            if row is None:
                first = connection.execute(select(t.generations.c.id)).first() is None
                values = {"fingerprint": fingerprint, "model": model, "live": first, "clean": True}
                connection.execute(insert(t.generations).values(values))
                row = connection.execute(query).mappings().one()
        return Generation(**row)

    def switch(self, generation: Generation) -> None:
        """Make it the live one; all others go, with their passages and unused vectors."""
        with self._engine.begin() as connection:
            others = t.generations.c.id != generation.id
            connection.execute(delete(t.generations).where(others))
            connection.execute(update(t.generations).values(live=True))
            used = select(t.passages.c.text_key)
            stale = (t.vectors.c.model != generation.model) | t.vectors.c.text_key.not_in(used)
            connection.execute(delete(t.vectors).where(stale))

    def mark(self, generation: Generation, *, clean: bool) -> None:
        """Record whether the derived indexes agree with the library."""
        here = t.generations.c.id == generation.id
        with self._engine.begin() as connection:
            connection.execute(update(t.generations).where(here).values(clean=clean))

    def documents(self) -> list[Filed]:
        """All documents, readable or not."""
        with self._reads.connect() as connection:
            listed = connection.execute(select(t.documents).order_by(t.documents.c.file)).mappings()
            return [rows.filed_of(row) for row in listed]

    def changed_at(self) -> datetime | None:
        """When a document was last taken in, None when that is not known."""
        newest = select(t.documents.c.taken_in_at).where(t.documents.c.taken_in_at.is_not(None))
        query = newest.order_by(t.documents.c.taken_in_at.desc()).limit(1)
        with self._reads.connect() as connection:
            found: datetime | None = connection.scalar(query)
        return found

    def admitted(self, scope: Scope) -> list[Filed]:
        """The documents inside a scope; other collections do not leave the database."""
        query = (
            select(t.documents)
            .where(t.documents.c.collection.in_(scope.collections))
            .where(
                t.documents.c.embargo_until.is_(None) | (t.documents.c.embargo_until <= scope.now)
            )
            .order_by(t.documents.c.file)
        )
        with self._reads.connect() as connection:
            listed = connection.execute(query).mappings()
            return [filed for filed in map(rows.filed_of, listed) if scope.admits(filed)]

    def put(
        self, generation: Generation, filed: Filed, pages: Reading, kept: Sequence[Kept]
    ) -> list[str]:
        """Take a document in, in place of what stood under its file or its digest."""
        stands = (t.documents.c.digest == filed.digest) | (t.documents.c.file == filed.file)
        with self._engine.begin() as connection:
            gone = _passage_keys(connection, select(t.documents.c.digest).where(stands))
            connection.execute(delete(t.documents).where(stands))
            row = rows.document_row(filed) | {"taken_in_at": func.now()}
            connection.execute(insert(t.documents).values(row))
            _insert(
                connection, t.pages, [rows.page_row(filed.digest, page) for page in pages.pages]
            )
            _keep(connection, generation, kept)
        return [key for key in gone if key not in {one.passage.key for one in kept}]

    def add(self, generation: Generation, digest: str, kept: Sequence[Kept]) -> None:
        """Give a document that is there already its passages in another generation."""
        here = (t.passages.c.generation == generation.id) & (t.passages.c.document == digest)
        with self._engine.begin() as connection:
            connection.execute(delete(t.passages).where(here))
            _keep(connection, generation, kept)

    def withdraw(self, digest: str) -> list[str]:
        """Take a document out; the keys of its passages in every generation."""
        with self._engine.begin() as connection:
            gone = _passage_keys(connection, [digest])
            connection.execute(delete(t.documents).where(t.documents.c.digest == digest))
        return gone

    def vectors(self, model: str, keys: Sequence[str]) -> dict[str, PassageVectors]:
        """Vectors already made by that model, by the key of the text."""
        known = t.vectors.c.model == model
        with self._reads.connect() as connection:
            return {
                row["text_key"]: rows.vectors(row)
                for some in _in_lots(keys)
                for row in connection.execute(
                    select(t.vectors).where(known, t.vectors.c.text_key.in_(some))
                ).mappings()
            }

    def keys(self, generation: Generation) -> set[str]:
        """The keys of all its passages."""
        query = select(t.passages.c.key).where(t.passages.c.generation == generation.id)
        with self._reads.connect() as connection:
            return set(connection.scalars(query))

    def held(self, generation: Generation, keys: Iterable[str]) -> list[Held]:
        """Those passages that are there, in no set order."""
        found: list[Held] = []
        with self._reads.connect() as connection:
            for some in _in_lots(list(keys)):
                query = _joined(generation).where(t.passages.c.key.in_(some))
                found.extend(_all_held(connection.execute(query).mappings()))
        return found

    def walk(self, generation: Generation, digest: str | None = None) -> Iterator[Held]:
        """All passages, or one document's, in reading order, one document in memory at a time."""
        digests = [digest] if digest else [filed.digest for filed in self.documents()]
        for one in digests:
            query = _joined(generation).where(t.passages.c.document == one)
            with self._reads.connect() as connection:
                ordered = query.order_by(t.passages.c.ordinal)
                found = _all_held(connection.execute(ordered).mappings())
            yield from found

    def matrix(self, generation: Generation, digests: Sequence[str]) -> tuple[list[str], Vector]:
        """Keys and passage vectors (n, d) of those documents."""
        listed: list[tuple[str, bytes]] = []
        columns = select(t.passages.c.key, t.vectors.c.passage).select_from(_with_vectors())
        with self._reads.connect() as connection:
            for some in _in_lots(digests):
                query = columns.where(_of(generation), t.passages.c.document.in_(some))
                listed.extend((key, vector) for key, vector in connection.execute(query))
        if not listed:
            return [], np.zeros((0, 0), np.float32)
        return [key for key, _ in listed], np.stack([rows.floats(vector) for _, vector in listed])

    def pages(self, digest: str) -> tuple[Page, ...]:
        """The pages of a document; KeyError when it is not there."""
        query = select(t.pages).where(t.pages.c.document == digest).order_by(t.pages.c.number)
        with self._reads.connect() as connection:
            found = tuple(rows.page_of(row) for row in connection.execute(query).mappings())
        if not found:
            raise KeyError(digest)
        return found


def _in_lots(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]


def _insert(connection: Connection, table: Any, listed: list[dict[str, Any]]) -> None:
    if listed:
        connection.execute(insert(table), listed)


def _passage_keys(connection: Connection, digests: Any) -> list[str]:
    query = select(t.passages.c.key).where(t.passages.c.document.in_(digests)).distinct()
    return list(connection.scalars(query))


def _keep(connection: Connection, generation: Generation, kept: Sequence[Kept]) -> None:
    by_key = {one.text.key: one for one in kept}
    known = select(t.vectors.c.text_key).where(t.vectors.c.model == generation.model)
    there = {
        key
        for some in _in_lots(list(by_key))
        for key in connection.scalars(known.where(t.vectors.c.text_key.in_(some)))
    }
    listed = [
        rows.vector_row(generation.model, one) for key, one in by_key.items() if key not in there
    ]
    _insert(connection, t.vectors, listed)
    _insert(connection, t.passages, [rows.passage_row(generation, one) for one in kept])


def _with_vectors() -> Any:
    model = t.vectors.c.model == t.generations.c.model
    return t.passages.join(t.generations, t.passages.c.generation == t.generations.c.id).join(
        t.vectors, (t.vectors.c.text_key == t.passages.c.text_key) & model
    )


def _of(generation: Generation) -> Any:
    return t.passages.c.generation == generation.id


def _joined(generation: Generation) -> Any:
    columns = (
        *(column for column in t.passages.c if column.name not in ("id", "generation")),
        t.vectors.c.passage.label("passage_vector"),
        t.vectors.c.sentences.label("sentence_vectors"),
        *(column.label(f"document_{column.name}") for column in t.documents.c),
    )
    source = _with_vectors().join(t.documents, t.documents.c.digest == t.passages.c.document)
    return select(*columns).select_from(source).where(_of(generation))


def _all_held(listed: Iterable[RowMapping]) -> list[Held]:
    """One Filed object a document, shared by its passages."""
    filed: dict[str, Filed] = {}
    found = []
    for row in listed:
        digest = row["document"]
        if digest not in filed:
            columns = {c.name: row[f"document_{c.name}"] for c in t.documents.c}
            filed[digest] = rows.filed_of(columns)
        found.append(rows.held(row, filed[digest]))
    return found
