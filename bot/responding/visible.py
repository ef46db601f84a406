"""Which cases a reader may see: those of which every document may be read, its statuses' too."""

from collections.abc import Collection, Iterable

from bot.store.cases import Case


def rests_on(case: Case) -> frozenset[str]:
    """All documents, by digest, of which a case says anything."""
    mine = (one.digest for one in case.documents)
    return frozenset((*mine, *(one.document for one in case.statuses)))


def of(cases: Iterable[Case], readable: Collection[str]) -> list[Case]:
    """The cases that rest on nothing but what may be read; ``readable`` are digests.

    A document that is not in the library is read by nobody: nobody can tell who may.
    """
    known = frozenset(readable)
    return [one for one in cases if rests_on(one) <= known]
