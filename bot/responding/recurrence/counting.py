"""Which reports raised what an item raises, by confirmed links alone, and the sentence on it.

Links of theme are not followed any further; an item that repeats an older one word for word, as a
person confirmed, has the older one's links too.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.store.cases import Case, Item
from bot.store.recurrences import Recurrence, confirmed, latest

_ORDINALS = (
    "", "", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth",
)  # fmt: skip
_NUMBERS = ("", "", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

Said = Mapping[str, Sequence[Recurrence]]
"""All that people said, by case, as ``Recurrences.all`` gives it."""


@dataclass(frozen=True)
class Report:
    """A report that raised something; ``published`` is None while nobody has confirmed the day."""

    document: str  # digest
    title: str
    published: date | None

    @property
    def year(self) -> int | None:
        """The year of publication."""
        return self.published.year if self.published else None


def reports(case: Case, item: Item, said: Said, cases: Sequence[Case]) -> tuple[Report, ...]:
    """The earlier reports that a person confirmed to raise what the item raises, oldest first.

    A report filed twice, of one title and day, counts once.
    """
    found: dict[tuple[str, date | None], Report] = {}
    own = _report(case, item)
    for one in _links(case, item, said, {each.id: each for each in cases}):
        if one.document != own.document and _key(one) != _key(own):
            found.setdefault(_key(one), one)
    return tuple(sorted(found.values(), key=lambda one: (one.published or date.max, one.title)))


def sentence(
    case: Case, item: Item, said: Said, cases: Sequence[Case],
    *, readable: Collection[str] | None = None,
) -> str:  # fmt: skip
    """ "Third report to raise this: 2014, 2015, 2016." "" when nothing is confirmed.

    With ``readable`` (digests), only the reports among them are counted, and it says so.
    """
    everything = reports(case, item, said, cases)
    shown = [one for one in everything if readable is None or one.document in readable]
    if not shown:
        return ""
    hidden = " that may be shown here" if len(shown) < len(everything) else ""
    told = ", ".join(_dated([*shown, _report(case, item)]))
    return f"{_ordinal(len(shown) + 1)} report to raise this{hidden}: {told}."


def _links(case: Case, item: Item, said: Said, cases: Mapping[str, Case]) -> Iterator[Report]:
    """What is confirmed of the item, and of those that it repeats word for word."""
    denied = [
        one.earlier for one in latest(said.get(case.id, ())) if one.item == item.id and not one.same
    ]
    words = {(one.document, one.page, one.quote) for one in denied}
    seen = {one.older for one in denied if one.older} | {f"{case.id}/{item.id}"}
    here: tuple[Case, Item] | None = (case, item)
    while here:
        for link in confirmed(said.get(here[0].id, ()), here[1].id):
            one = link.earlier
            if (one.document, one.page, one.quote) not in words:
                yield Report(one.document, one.title, one.published)
        here = _repeated(*here, cases, seen)
        if here:
            yield _report(*here)


def _repeated(
    case: Case, item: Item, cases: Mapping[str, Case], seen: set[str]
) -> tuple[Case, Item] | None:
    """The older item that a confirmed one repeats, once, unless somebody denied it."""
    name, _, number = item.repeats.rpartition("/")
    older = cases.get(name)
    found = older.content.item(int(number)) if older and number.isdecimal() else None
    if not (case.confirmed and older and found) or item.repeats in seen:
        return None
    seen.add(item.repeats)
    return older, found


def _report(case: Case, item: Item) -> Report:
    """The report that an item stands in; a second report of a case has the case's day."""
    documents = {one.number: one for one in case.documents}
    source = documents.get(item.document)
    title = source.title if source and item.document > 1 else case.content.title
    return Report(source.digest if source else "", title, case.content.counted_from)


def _key(one: Report) -> tuple[str, date | None]:
    return (" ".join(one.title.casefold().split()), one.published)


def _dated(raised: Sequence[Report]) -> Iterator[str]:
    """The years, each once with how many reports; a report without a day by its title."""
    counts = Counter(one.year for one in raised)
    for year in sorted(one for one in counts if one):
        several = f" ({_number(counts[year])} reports)" if counts[year] > 1 else ""
        yield f"{year}{several}"
    yield from (f"“{one.title}” (day not confirmed)" for one in raised if one.year is None)


def _ordinal(count: int) -> str:
    if count < len(_ORDINALS):
        return _ORDINALS[count]
    ending = {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th") if count % 100 // 10 != 1 else "th"
    return f"{count}{ending}"


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)
