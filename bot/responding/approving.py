"""What an approval is bound to, and what has changed since: its text, or a source that it cites.

Pure: what has become of the sources is handed in (``sourcing`` asks for it).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.responding.locating import same_words
from bot.store import audit, wordings
from bot.store.drafted import Draft, Event, Revision
from bot.store.wordings import Cited, Wording
from retrieval.documents import Page, quoted


class Place(StrEnum):
    """Where a cited document is kept. KEPT: only with the case; GONE: nowhere any more."""

    LIBRARY = "library"
    KEPT = "kept"
    GONE = "gone"


class Differs(StrEnum):
    """What is no longer as it was when the text was written."""

    CONTENT = "content"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    RESTRICTED = "restricted"
    EMBARGOED = "embargoed"
    QUOTE = "quote"


@dataclass(frozen=True)
class Source:
    """A cited document as it is now.

    ``collection`` is "" where the library does not know it; ``successor`` says that another file
    of that title has taken its place.
    """

    place: Place
    collection: str = ""
    embargoed: bool = False
    successor: bool = False
    pages: tuple[Page, ...] = ()


@dataclass(frozen=True)
class Reason:
    """One thing that differs: ``document`` is the digest of the source, "" for the text itself."""

    differs: Differs
    document: str = ""
    title: str = ""
    page: int = 0

    @property
    def words(self) -> str:
        """What differs, in words for people."""
        return _WORDS[self.differs].format(title=self.title, page=self.page)


_WORDS = {
    Differs.CONTENT: "The text on record is no longer the text that was written.",
    Differs.REPLACED: "A cited source was replaced by another file: “{title}”.",
    Differs.WITHDRAWN: "A cited source was withdrawn: “{title}”.",
    Differs.RESTRICTED: "A cited source may not be quoted in public: “{title}”.",
    Differs.EMBARGOED: "A cited source is under embargo: “{title}”.",
    Differs.QUOTE: "The words cited from page {page} of “{title}” do not stand there.",
}
_PUBLIC = "public"
_GONE = Source(Place.GONE)


def content_hash(case: str, item: int, wording: Wording, pack: Mapping[str, Any]) -> str:
    """SHA-256, in hex, over all that is approved of an item.

    That is every sentence with its voice and limbs, the decision and its reason, each cited span
    with its document's hash and words, the prompt's hash, the model, and the evidence pack.
    """
    told = {"case": case, "item": item, "wording": wordings.data(wording), "pack": dict(pack)}
    return audit.sha256(audit.canonical(told))


def current_hash(draft: Draft) -> str:
    """The content hash of the latest revision, reckoned from what the record says now."""
    latest = draft.latest
    return content_hash(draft.case, draft.item, latest.wording, latest.pack)


def cited(wording: Wording) -> tuple[Cited, ...]:
    """All that a draft cites, in order, each once."""
    return tuple(dict.fromkeys(one for said in wording.sentences for one in said.cited))


def void_reasons(draft: Draft, sources: Mapping[str, Source]) -> tuple[Reason, ...]:
    """What differs now from what was written; () when all of it still holds.

    ``sources`` has each cited document by its digest; one that is not there counts as gone.
    """
    found = [*_of_content(draft), *_of_sources(draft.latest, sources)]
    return tuple(dict.fromkeys(found))


def live(draft: Draft, reasons: tuple[Reason, ...]) -> tuple[Event, ...]:
    """The approvals that count: of the latest revision and its hash, with nothing that differs."""
    now = current_hash(draft)
    return () if reasons else tuple(one for one in draft.approvals if one.hash == now)


def _of_content(draft: Draft) -> Iterator[Reason]:
    now = current_hash(draft)
    if now != draft.latest.hash or any(one.hash != now for one in draft.approvals):
        yield Reason(Differs.CONTENT)


def _of_sources(revision: Revision, sources: Mapping[str, Source]) -> Iterator[Reason]:
    for one in cited(revision.wording):
        before = Place(revision.sources.get(one.document, Place.GONE))
        if differs := _source(one, before, sources.get(one.document, _GONE)):
            page = one.page if differs is Differs.QUOTE else 0
            yield Reason(differs, one.document, one.title, page)


def _source(one: Cited, before: Place, now: Source) -> Differs | None:
    """The first thing that is wrong with a source; a copy kept with the case outlives none."""
    if now.place is Place.GONE or (before is Place.LIBRARY and now.place is Place.KEPT):
        return Differs.REPLACED if now.successor else Differs.WITHDRAWN
    if now.place is Place.LIBRARY and now.collection != _PUBLIC:
        return Differs.RESTRICTED
    if now.embargoed:
        return Differs.EMBARGOED
    return None if _stands(one, now.pages) else Differs.QUOTE


def _stands(one: Cited, pages: tuple[Page, ...]) -> bool:
    """Whether the cited words stand at their spans; words without spans were typed by a person."""
    try:
        there = " ".join(quoted(pages, span) for span in one.spans)
    except IndexError:
        return False
    return not one.spans or same_words(there, one.quote)
