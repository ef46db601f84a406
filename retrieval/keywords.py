"""Exact-word search beside the vectors; the only home of tantivy.

Made from the library, like the vector index, and made again whenever the two disagree.
"""

import shutil
from collections.abc import Iterable, Sequence
from math import ceil, floor
from pathlib import Path

import tantivy
from tantivy import Occur, Query

from retrieval.library import Generation, Held, Scope
from retrieval.words import terms

_WRITER_BYTES = 50_000_000


class WordIndex:
    """The words of all generations, a folder each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[str, tantivy.Index] = {}

    def put(self, generation: Generation, held: Sequence[Held]) -> None:
        """Add or replace passages."""
        self._change(generation, [one.passage.key for one in held], held)

    def remove(self, generation: Generation, keys: Sequence[str]) -> None:
        """Take passages out; those that are not there are no error."""
        self._change(generation, keys, ())

    def rebuild(self, generation: Generation, held: Iterable[Held]) -> None:
        """Throw the words of a generation away and take them in anew."""
        self._open.pop(generation.fingerprint, None)
        shutil.rmtree(self._place(generation), ignore_errors=True)
        self._change(generation, (), held)

    def count(self, generation: Generation) -> int:
        """How many passages are there."""
        return int(self._index(generation).searcher().num_docs)

    def matching(
        self, generation: Generation, question: str, scope: Scope, limit: int
    ) -> list[tuple[str, float]]:
        """Keys and BM25 scores of passages inside the scope that share words with the question."""
        index = self._index(generation)
        words = [
            (Occur.Should, Query.term_query(index.schema, "words", term))
            for term in terms(question)
        ]
        if not words or not scope.collections:
            return []
        bounds = [(Occur.Must, bound) for bound in _bounds(index.schema, scope)]
        query = Query.boolean_query([*bounds, (Occur.Must, Query.boolean_query(words))])
        searcher = index.searcher()
        return [
            (str(searcher.doc(address)["key"][0]), float(score))
            for score, address in searcher.search(query, limit).hits
        ]

    def drop_others(self, generation: Generation) -> None:
        """Remove the folders of every other generation."""
        for folder in self._folder.glob("*"):
            if folder != self._place(generation):
                self._open.pop(folder.name, None)
                shutil.rmtree(folder)

    def _change(self, generation: Generation, gone: Sequence[str], held: Iterable[Held]) -> None:
        index = self._index(generation)
        writer = index.writer(_WRITER_BYTES, 1)
        for key in gone:
            writer.delete_documents_by_term("key", key)
        for one in held:
            writer.add_document(_document(one))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()

    def _index(self, generation: Generation) -> tantivy.Index:
        if generation.fingerprint not in self._open:
            place = self._place(generation)
            place.mkdir(parents=True, exist_ok=True)
            self._open[generation.fingerprint] = tantivy.Index(_schema(), str(place))
        return self._open[generation.fingerprint]

    def _place(self, generation: Generation) -> Path:
        return self._folder / generation.fingerprint


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("document", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("collection", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("embargo", indexed=True, fast=True)
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _document(one: Held) -> tantivy.Document:
    """Words are stemmed here, so that search and coverage mean the same by a word."""
    words = " ".join(terms(" ".join((one.text.prefix, *one.text.sentences))))
    until = one.filed.entry.embargo_until
    return tantivy.Document(
        key=one.passage.key,
        document=one.filed.digest,
        collection=one.filed.entry.collection,
        embargo=ceil(until.timestamp()) if until else 0,
        words=words,
    )


def _bounds(schema: tantivy.Schema, scope: Scope) -> list[Query]:
    """What the scope asks for, as conditions that add nothing to the score."""
    bounds = [
        _any(schema, "collection", sorted(scope.collections)),
        Query.range_query(
            schema, "embargo", tantivy.FieldType.Integer, None, floor(scope.now.timestamp())
        ),
    ]
    if scope.documents:
        bounds.append(_any(schema, "document", scope.documents))
    return [Query.const_score_query(bound, 0.0) for bound in bounds]


def _any(schema: tantivy.Schema, name: str, values: Sequence[str]) -> Query:
    return Query.term_set_query(schema, name, list(values))
