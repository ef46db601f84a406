"""Rows of the library's tables to what the rest of the program talks about, and back."""

from dataclasses import asdict
from typing import Any

import numpy as np
from sqlalchemy import RowMapping

from retrieval.documents import (
    Block,
    BlockKind,
    CatalogueEntry,
    Kind,
    Page,
    Passage,
    Sentence,
    Span,
)
from retrieval.embedding import PassageText, PassageVectors, Vector
from retrieval.library import Filed, Generation, Held, Kept

_ENTRY = (
    "path", "title", "kind", "body", "place", "published", "source", "collection",
    "embargo_until", "confirmed",
)  # fmt: skip


def held(row: RowMapping, filed: Filed) -> Held:
    """A passage with its vectors, and the document it stands in."""
    sentences = tuple(
        Sentence(text, tuple(Span(*span) for span in spans)) for text, spans in row["sentences"]
    )
    passage = Passage(
        row["key"], row["document"], row["ordinal"], tuple(row["trail"]), row["text"], sentences
    )
    text = PassageText(row["prefix"], tuple(sentence.text for sentence in sentences))
    whole = floats(row["passage_vector"])
    parts = halves(row["sentence_vectors"], len(whole))
    return Held(passage, filed, PassageVectors(whole, parts), text)


def passage_row(generation: Generation, one: Kept) -> dict[str, Any]:
    """A passage as its row."""
    passage = one.passage
    return {
        "generation": generation.id,
        "key": passage.key,
        "document": passage.document,
        "ordinal": passage.ordinal,
        "trail": list(passage.trail),
        "text": passage.text,
        "sentences": [
            (line.text, [(s.page, s.start, s.end) for s in line.spans])
            for line in passage.sentences
        ],
        "prefix": one.text.prefix,
        "text_key": one.text.key,
    }


def vector_row(model: str, one: Kept) -> dict[str, Any]:
    """The vectors of a passage as their row: float32, and float16 for sentences."""
    return {
        "model": model,
        "text_key": one.text.key,
        "passage": one.vectors.passage.astype("<f4").tobytes(),
        "sentences": one.vectors.sentences.astype("<f2").tobytes(),
    }


def vectors(row: RowMapping) -> PassageVectors:
    """The vectors of a row."""
    whole = floats(row["passage"])
    return PassageVectors(whole, halves(row["sentences"], len(whole)))


def floats(raw: bytes) -> Vector:
    """A vector (d,) as it was stored."""
    return np.frombuffer(raw, "<f4").astype(np.float32)


def halves(raw: bytes, width: int) -> Vector:
    """Sentence vectors (n, d) as they were stored."""
    return np.frombuffer(raw, "<f2").astype(np.float32).reshape(-1, width)


def document_row(filed: Filed) -> dict[str, Any]:
    """A document as its row."""
    entry = {name: getattr(filed.entry, name) for name in _ENTRY}
    return entry | {
        "digest": filed.digest,
        "file": filed.file,
        "kind": filed.entry.kind.value,
        "reader": filed.reader,
        "reading_version": filed.reading_version,
        "page_count": filed.page_count,
        "notes": list(filed.notes),
    }


def filed_of(row: Any) -> Filed:
    """A document from its row."""
    entry = {name: row[name] for name in _ENTRY}
    return Filed(
        row["digest"],
        row["file"],
        CatalogueEntry(**(entry | {"kind": Kind(row["kind"])})),
        row["reader"],
        row["reading_version"],
        row["page_count"],
        tuple(row["notes"]),
    )


def page_row(digest: str, page: Page) -> dict[str, Any]:
    """A page as its row."""
    blocks = [asdict(block) for block in page.blocks]
    return {
        "document": digest,
        "number": page.number,
        "text": page.text,
        "blocks": blocks,
        "ocr": page.ocr,
    }


def page_of(row: RowMapping) -> Page:
    """A page from its row."""
    blocks = tuple(Block(**(one | {"kind": BlockKind(one["kind"])})) for one in row["blocks"])
    return Page(row["number"], row["text"], blocks, row["ocr"])
