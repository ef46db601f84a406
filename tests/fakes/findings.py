"""Found passages and evidence built from sentences, as a search would give them."""

from datetime import date

import numpy as np

from bot.answering.evidence import Line
from bot.answering.writing import Evidence
from retrieval.documents import CatalogueEntry, Kind, Passage, Sentence, Span
from retrieval.embedding import PassageText, PassageVectors
from retrieval.library import Filed, Held
from retrieval.search import Found

PATH = "secret-folder/2023-12-08-secret-name.pdf"


def found(
    *lines: str,
    place: str = "Fernshire",
    kind: Kind = Kind.INSPECTION_REPORT,
    published: date | None = date(2023, 12, 8),
    heading: str = "Calls",
    page: int = 4,
) -> Found:
    """A passage of these sentences, one after the other on one page."""
    starts = [sum(len(line) + 1 for line in lines[:n]) for n in range(len(lines))]
    told = tuple(
        Sentence(line, (Span(page, start, start + len(line)),))
        for line, start in zip(lines, starts, strict=True)
    )
    text = " ".join(lines)
    passage = Passage(f"passage of {text}", "d" * 64, 0, (heading,), text, told)
    entry = CatalogueEntry(
        PATH, "PEEL 2023", kind, "HMICFRS", place, published, "https://secret.uk"
    )
    filed = Filed("d" * 64, f"/srv/{PATH}", entry, "pdf-tagged", 1, 9)
    vectors = PassageVectors(np.ones(2, np.float32), np.ones((len(lines), 2), np.float32))
    held = Held(passage, filed, vectors, PassageText("", lines))
    return Found(held, 1.0, 0.5, tuple(0.5 for _ in lines), 0.5)


def evidence(*passages: Found, label: str = "") -> Evidence:
    """Evidence of these passages; every sentence is among its lines."""
    lines = [
        Line(one, place, cosine=0.5, covered=0.5, meets=1.0, score=1.0)
        for one in passages
        for place in range(len(one.held.passage.sentences))
    ]
    return Evidence(label, tuple(lines), passages)
