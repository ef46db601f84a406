"""What has become of the documents that a draft cites."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.responding import approving
from bot.responding.approving import Place, Source
from bot.store.wordings import Cited, Wording
from retrieval.documents import Page
from retrieval.library import Filed, Library


class Sourcing:
    """Looks cited documents up in the library, and among those kept with cases.

    ``kept`` gives the pages of a document of a case by its digest, () for another.
    """

    def __init__(self, library: Library, kept: Callable[[str], tuple[Page, ...]]) -> None:
        self._library = library
        self._kept = kept

    def of(self, wording: Wording, now: datetime) -> dict[str, Source]:
        """Each cited document as it is now, by its digest."""
        filed = {one.digest: one for one in self._library.documents()}
        listed = {one.document: one for one in approving.cited(wording)}
        return {digest: self._source(one, filed, now) for digest, one in listed.items()}

    def _source(self, one: Cited, filed: Mapping[str, Filed], now: datetime) -> Source:
        if there := filed.get(one.document):
            entry = there.entry
            return Source(
                Place.LIBRARY, entry.collection, entry.embargoed(now), pages=self._pages(one)
            )
        successor = _is_titled(one, list(filed.values()))
        pages = self._kept(one.document)
        return Source(Place.KEPT if pages else Place.GONE, successor=successor, pages=pages)

    def _pages(self, one: Cited) -> tuple[Page, ...]:
        try:
            return self._library.pages(one.document)
        except KeyError:  # taken out since it was listed
            return ()


def _is_titled(one: Cited, filed: Sequence[Filed]) -> bool:
    """Whether a document of that title and kind is there under another digest."""
    return any((other.entry.title, other.entry.kind) == (one.title, one.kind) for other in filed)
