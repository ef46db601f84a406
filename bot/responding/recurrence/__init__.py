"""Earlier reports that raised what an item raises: suggested with evidence, confirmed by a person.

Nothing counts as the same until somebody has said so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.responding.recurrence import rating
from bot.responding.recurrence.answers import Answers
from bot.responding.recurrence.likeness import Likeness
from bot.responding.recurrence.raised import EarlierReports, Pages, Raised
from bot.store.cases import Case, Item
from bot.store.recurrences import Earlier, Recurrence, latest
from retrieval.documents import ItemKind
from retrieval.library import Scope
from retrieval.search import NothingIndexed, Search


@dataclass(frozen=True)
class Suggestion:
    """An earlier report that may have raised the same. ``likeness`` only orders suggestions.

    ``kind`` is None for a sentence that is no item. ``same`` is the last word that a person said
    of it, None when nobody has.
    """

    item: int
    earlier: Earlier
    kind: ItemKind | None
    number: str
    likeness: float
    same: bool | None = None


def suggest(
    case: Case, item: Item, *, search: Search, scope: Scope, cases: Sequence[Case], pages: Pages,
    said: Iterable[Recurrence] = (), force: str = "",
) -> list[Suggestion]:  # fmt: skip
    """What earlier reports raised that may be the same as one item, the likeliest first.

    As ``Looking``, which opens each report once for all items of a case.
    """
    return Looking(case, search, scope, cases, pages, force).suggestions(item, said)


class Looking:
    """Looks for what earlier reports on the same body raised, for the items of one case.

    ``cases`` are all cases, ``pages`` gives those of their documents; ``scope`` is what the reader
    may read; ``force`` is our force's name, "" for the one that the case's report is about.
    """

    def __init__(
        self, case: Case, search: Search, scope: Scope, cases: Sequence[Case], pages: Pages,
        force: str = "",
    ) -> None:  # fmt: skip
        self._search = search
        self._scope = scope
        self._reports = EarlierReports(case, search.shelves.library, scope, cases, pages, force)

    def suggestions(self, item: Item, said: Iterable[Recurrence] = ()) -> list[Suggestion]:
        """The likeliest first; [] where there are no earlier reports. NothingIndexed."""
        if not self._reports.digests:
            return []
        found = rating.rated(item, self._reports, self._search, self._scope, self._likeness)
        words = {one.earlier.name: one.same for one in latest(said) if one.item == item.id}
        return [self._suggestion(item, rate, raised, words) for rate, raised in found]

    @cached_property
    def _likeness(self) -> Likeness:
        live = self._search.shelves.library.live()
        if live is None:
            raise NothingIndexed("Nothing is indexed yet: run `rejoinder index FOLDER` first.")
        return Likeness(self._search.embedder(live.model))

    @cached_property
    def _answers(self) -> Answers:
        library = self._search.shelves.library
        return Answers(library, self._scope, self._likeness, self._reports.places)

    def _suggestion(
        self, item: Item, rate: float, raised: Raised, words: dict[str, bool]
    ) -> Suggestion:
        earlier = Earlier(
            raised.older, raised.document, raised.title, raised.published, raised.page,
            raised.quote, raised.spans, raised.grade, self._answers.to(raised),
        )  # fmt: skip
        same = words.get(earlier.name)
        return Suggestion(item.id, earlier, raised.kind, raised.number, rate, same)
