"""Whom a case is about, and which reports are about the same: by force and by place, exactly."""

import re
from collections.abc import Iterable, Sequence

from bot.store.cases import Case
from retrieval.documents import CatalogueEntry

_FORCE = re.compile(r"^the\s+|\s+(?:police(?: service| force)?|constabulary)$", re.IGNORECASE)
_AND = re.compile(r",\s*(?:and\s+)?|\s+and\s+|\s*&\s*")
_NATIONAL = frozenset({"", "england", "wales", "england and wales", "national", "united kingdom"})


def about(
    case: Case, own: Sequence[CatalogueEntry], listed: Iterable[CatalogueEntry], force: str
) -> frozenset[str]:
    """The places a case is about: our force's, unless its reports are about others alone.

    ``own`` is what the catalogue says of its documents; ``listed`` of those that may be read, by
    whose places its title is read where it has no entry; ``force`` is our force's name, or "".
    """
    ours = frozenset({_place(force)} - {""})
    local = [entry for entry in own if _place(entry.place) not in _NATIONAL]
    places = frozenset(_place(entry.place) for entry in local)
    if not own:
        places = _named(case.content.title, listed)
    told = places.union(*(_places(entry) for entry in local)) if local else places
    return ours if ours and (not places or ours & told) else places


def is_on(entry: CatalogueEntry, places: frozenset[str]) -> bool:
    """Whether a document is about one of these places; one of England and Wales is not."""
    return bool(_places(entry) & places)


def _places(entry: CatalogueEntry) -> frozenset[str]:
    """The place as a whole, each of several, and the place of the force that is its body."""
    whole = _place(entry.place)
    if whole in _NATIONAL:
        return frozenset({_place(entry.body)} - _NATIONAL)
    return frozenset({whole, _place(entry.body), *_AND.split(whole)} - {""})


def _place(name: str) -> str:
    """ "The Fernshire Police" is "fernshire"."""
    return " ".join(_FORCE.sub("", _FORCE.sub("", name.strip())).casefold().split())


def _named(title: str, listed: Iterable[CatalogueEntry]) -> frozenset[str]:
    """The longest place of a document that a title names."""
    known = {_place(entry.place) for entry in listed} - _NATIONAL
    named = [one for one in known if re.search(rf"\b{re.escape(one)}\b", title.casefold())]
    return frozenset({max(named, key=len)}) if named else frozenset()
