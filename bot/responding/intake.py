"""A report to a proposed case: what it is, what it asks for, by when. A person confirms it all."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.responding import grading, naming, ours, repeats
from bot.responding.duty.rules import Regime
from bot.responding.locating import Words
from bot.store.cases import Case, Content, Grade, Item, Limb, Origin, Read, Role
from retrieval import catalogue, items
from retrieval.dates import find_dates
from retrieval.documents import CatalogueEntry, Reading
from retrieval.documents import Item as Found
from retrieval.items import ReportItems


@dataclass(frozen=True)
class Told:
    """What a person says of a report while adding it, and so confirms; None or "" for nothing."""

    published: date | None = None
    rule: Regime | None = None
    reply_by: date | None = None


@dataclass(frozen=True)
class Proposal:
    """A case as proposed. ``notes`` are sentences for the person."""

    case: str
    content: Content
    read: Read
    notes: tuple[str, ...]


def propose(
    reading: Reading,
    file: str,
    *,
    listed: CatalogueEntry | None = None,
    force: str = "",
    told: Told = Told(),
    known: Sequence[Case] = (),
    taken: Collection[str] = (),
) -> Proposal:
    """What a report seems to be and to ask; ``listed`` is what the catalogue says of it.

    ``known`` are the cases whose items it may repeat; ``taken`` are names that others have.
    """
    read = items.extract(reading)
    entry = listed or catalogue.propose(reading, file.rsplit("/", 1)[-1]).entry
    said = _said(read, entry, reading, told)
    found = asked(read, reading, said.grades, force=force, body=entry.body)
    said = repeats.linked(replace(said, items=found), reading, known)
    names = {case.id for case in known} | set(taken)
    name = naming.case_id(said.title, entry.place, said.published, names)
    document = Read(reading.digest, file, said.title, entry.kind, Role.REPORT, reading.pages)
    return Proposal(name, said, document, (*_doubts(read), *reading.notes))


def _said(read: ReportItems, entry: CatalogueEntry, reading: Reading, told: Told) -> Content:
    """The report without its items: a person's word first, then the catalogue, then the page."""
    rule = told.rule or (Regime.STATED_DATE if read.reply_by or told.reply_by else Regime.S55)
    return Content(
        title=entry.title if entry.confirmed or not read.title else read.title,
        kind=entry.kind,
        rule=rule.value,
        published=told.published or (entry.published if entry.confirmed else read.published),
        published_confirmed=told.published is not None,
        reply_by=(told.reply_by or read.reply_by) if rule is Regime.STATED_DATE else None,
        addressees=read.addressees,
        grades=grading.printed(reading.pages),
        origins=tuple(_origins(read, entry, Words(reading.pages))),
    )


def joined(
    case: Case, reading: Reading, file: str, *, listed: CatalogueEntry | None = None,
    force: str = "", known: Sequence[Case] = (),
) -> Proposal:  # fmt: skip
    """A case with a second report: the items of that one too, for a person to confirm."""
    other = propose(reading, file, listed=listed, force=force, known=known)
    before = case.latest.content
    number = len(case.documents) + 1
    first = max((item.id for item in before.items), default=0) + 1
    added = [
        replace(item, id=place, document=number)
        for place, item in enumerate(other.content.items, first)
    ]
    content = replace(
        before,
        grades=(*before.grades, *(replace(one, document=number) for one in other.content.grades)),
        items=(*before.items, *added),
        closes=(*before.closes, *(replace(one, document=number) for one in other.content.closes)),
    )
    return Proposal(case.id, content, other.read, (*_dates_of(other.content), *other.notes))


def _dates_of(other: Content) -> Iterator[str]:
    """Two reports may be of two days, and the earlier one sets the clock."""
    for one in other.origins:
        if one.of == "published":
            yield (
                f"The second report is of another day if this is not yours: “{one.quote}” "
                "The clock runs from published: it should be the earlier day."
            )


def asked(
    found: ReportItems, reading: Reading, grades: tuple[Grade, ...] = (), *, force: str = "",
    body: str = "",
) -> tuple[Item, ...]:  # fmt: skip
    """The items of a report as those of a case, each with where it stands, numbered from 1."""
    words = Words(reading.pages)
    return tuple(
        replace(
            _item(number, one, words, ours.judged(one.addressee, force, body)),
            grade=grading.of(grades, one.group, one.section),
        )
        for number, one in enumerate(found.items, 1)
    )


def _item(number: int, found: Found, words: Words, whose: tuple[bool, str]) -> Item:
    spans = words.find(found.text, found.page)
    limbs = tuple(Limb(limb.text, words.find(limb.text)) for limb in found.limbs)
    proved = spans and all(limb.spans for limb in limbs)
    return Item(
        id=number,
        kind=found.kind,
        page=found.page,
        text=found.text,
        number=found.number,
        finding=found.finding,
        limbs=limbs,
        addressee=found.addressee,
        deadline=found.deadline,
        section=found.group or found.section,
        ours=whose[0],
        reason=whose[1],
        retyped="" if proved else "put together from several places on the page",
        spans=spans,
    )


def _origins(found: ReportItems, entry: CatalogueEntry, words: Words) -> list[Origin]:
    """Where each proposal stands, so that the person can look."""
    made = []
    if spans := words.find(found.title):
        made.append(Origin("title", spans[0].page, found.title))
    if entry.confirmed and entry.published:
        made.append(Origin("published", 0, ""))
    if found.published:
        made.append(_quoted("published", found.published_quote, words))
    if found.reply_by:
        made.append(_quoted("reply_by", found.reply_by_quote, words))
    return made


def _quoted(of: str, quote: str, words: Words) -> Origin:
    spans = words.find(quote)
    return Origin(of, spans[0].page if spans else 0, quote)


def _doubts(found: ReportItems) -> list[str]:
    """What a person should look at first."""
    doubts = [
        f"The weekday of “{one.words}” is not that day's."
        for quote in (found.published_quote, found.reply_by_quote)
        for one in find_dates(quote)
        if one.weekday_wrong
    ]
    if not found.items:
        doubts.append("No items were found: the report may ask for nothing, or be of another form.")
    return doubts
