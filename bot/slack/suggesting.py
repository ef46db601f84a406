"""Questions to begin with, made from what is indexed and may be read."""

from collections.abc import Iterator, Sequence
from datetime import date

from retrieval.documents import Kind
from retrieval.library import Filed

MOST = 4
_REPORTS = (Kind.INSPECTION_REPORT, Kind.JOINT_INSPECTION_LETTER, Kind.FOLLOW_UP_LETTER)


def suggested(documents: Sequence[Filed]) -> list[str]:
    """At most four questions about the newest documents of each kind; none without documents."""
    newest = sorted(documents, key=lambda one: one.entry.published or date.min, reverse=True)
    return list(dict.fromkeys(_questions(newest)))[:MOST]


def _questions(newest: Sequence[Filed]) -> Iterator[str]:
    for filed in _first(newest, _REPORTS, 1):
        yield f"What does “{filed.entry.title}” ask for?"
    for filed in _first(newest, (Kind.RESPONSE,), 1):
        yield f"What did we promise in “{filed.entry.title}”?"
    for filed in _first(newest, (Kind.JOINT_INSPECTION_LETTER,), 1):
        yield f"What needs to improve in {filed.entry.place or filed.entry.body}?"
    for filed in _first(newest, (Kind.INSPECTION_REPORT,), 2):
        if filed.entry.place:
            yield f"What have inspectors found about domestic abuse in {filed.entry.place}?"


def _first(newest: Sequence[Filed], kinds: Sequence[Kind], most: int) -> list[Filed]:
    return [filed for filed in newest if filed.entry.kind in kinds][:most]
