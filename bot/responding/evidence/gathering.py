"""Gather the evidence pack of an item from the case, the library and what people have confirmed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.answering import conflicts, evidence
from bot.answering.evidence import Line
from bot.responding import promising
from bot.responding.evidence import Clash, Pack, Piece, Sort, own
from bot.responding.evidence.own import Pages
from bot.responding.evidence.speaking import Said
from bot.responding.evidence.theme import Theme, closed_by, days
from bot.store.cases import Case, Item, Step
from bot.store.comments import Comment
from bot.store.wordings import Cited, Voice
from retrieval.documents import Kind
from retrieval.library import Filed, Scope
from retrieval.search import Search

_MEASURES = ("What percentage of", "How many")
_SUBJECT = 16  # words of an item that name what it is about


@dataclass(frozen=True)
class Told:
    """Exact words that people have tied to the item: ``sort`` says as what.

    A confirmed earlier item, its answer, a status on record, a comment of the chief officer.
    """

    sort: Sort
    cited: Cited
    voice: Voice | None
    limb: int = 0
    about: str = ""


@dataclass(frozen=True)
class Sources:
    """What evidence is gathered from. ``place`` is our force's, "" to take every document."""

    search: Search
    scope: Scope
    pages: Pages
    place: str = ""


def gathered(
    sources: Sources,
    case: Case,
    item: Item,
    on: date,
    *,
    told: Sequence[Told] = (),
    known: Sequence[Case] = (),
    received: bool = False,
) -> Pack:
    """The pack of an item on a day. NothingIndexed without an index.

    ``known`` are all cases: the one that a person said the item repeats counts. ``received`` says
    that the chief officer's comments have come, though they may not speak to this item.
    """
    theme = Theme(sources.search, sources.scope, case, item, on, sources.place)
    confirmed = [*told, *_repeated(item, known)]
    pieces = [*own.pieces(case, item, sources.pages), *_of(confirmed, theme), *theme.pieces()]
    return Pack(
        case=case.id,
        item=item.id,
        on=on,
        pieces=tuple(_once(pieces)),
        clashes=tuple(_clashes(theme)),
        names=tuple(_names(theme)),
        known=tuple(
            name for one in case.documents for name in own.names(sources.pages(one.digest))
        ),
        awaited=not (received or any(one.sort is Sort.COMMENT for one in told)),
    )


def of_comments(said: Sequence[Comment], item: Item, case: Case) -> list[Told]:
    """The chief officer's comments on an item, of the day on which they were received."""
    came = [one.on for one in case.chief if one.step is Step.RECEIVED]
    return [
        Told(
            Sort.COMMENT,
            Cited(one.document, one.title, Kind.OTHER, came[-1] if came else None, one.page,
                  one.text, one.spans),
            Voice.CHIEF_OFFICER,
            one.limb,
        )
        for one in said
        if one.item == item.id
    ]  # fmt: skip


def _repeated(item: Item, known: Sequence[Case]) -> Iterator[Told]:
    """The older item that a person confirmed this one to repeat: its words, answer and status."""
    name, _, number = item.repeats.rpartition("/")
    case = next((one for one in known if one.id == name), None)
    older = case.content.item(int(number)) if case and number.isdecimal() else None
    if case is None or older is None:
        return
    documents = {one.number: one for one in case.documents}
    day = case.content.published
    source = documents.get(older.document)
    if source and older.spans:
        text = " ".join(older.text.split())
        cited = Cited(
            source.digest, case.content.title, source.kind, day, older.page, text, older.spans
        )
        yield Told(Sort.EARLIER, cited, Voice.INSPECTORATE, about=older.section)
    said = older.decision
    source = documents.get(said.document) if said else None
    if said and source and said.spans:
        day = case.content.response
        cited = Cited(
            source.digest, source.title, source.kind, day, said.page, said.quote, said.spans
        )
        yield Told(Sort.ANSWER, cited, Voice.COMMISSIONER)
    if status := case.status(older.id):
        cited = Cited(
            status.document, status.title, Kind.FOLLOW_UP_LETTER, status.on, status.page,
            status.quote, status.spans,
        )  # fmt: skip
        yield Told(Sort.OUTCOME, cited, Voice.INSPECTORATE, about=status.status.value)


def _of(told: Iterable[Told], theme: Theme) -> Iterator[Piece]:
    """What people confirmed; a chief officer's comments were asked for to be published."""
    filed = {one.digest: one.entry for one in theme.search.shelves.library.documents()}
    cased = {one.digest for one in theme.case.documents}
    for one in told:
        digest = one.cited.document
        published = one.sort is Sort.COMMENT or digest in cased or digest not in filed
        closed = "" if published else closed_by(filed[digest], theme.scope)
        age = days(one.cited.published, theme.on)
        yield Piece(one.sort, one.cited, one.voice, closed, age, one.limb, one.about)


def _once(pieces: Iterable[Piece]) -> list[Piece]:
    """Each stretch of a document once, as what it was first taken for."""
    first: dict[tuple[object, ...], Piece] = {}
    for one in pieces:
        cited = one.cited
        words = (cited.document, cited.page, cited.quote.casefold(), one.sort is Sort.GRADE)
        first.setdefault(words, one)
    return list(first.values())


def _clashes(theme: Theme) -> Iterator[Clash]:
    """Documents that count the same thing at the same time and differ, by each kind of figure."""
    subject = " ".join(theme.question.split()[:_SUBJECT])
    listed = [*theme.readable(), *_report(theme)]
    if not listed:
        return
    bound = theme.scope.within([one.digest for one in listed])
    for measure in _MEASURES:
        question = f"{measure} {subject}?"
        for finding in theme.search.find(question, bound):
            lines = evidence.lines(theme.search, finding)
            both = conflicts.between(question, [line for line in lines if not _hopes(line)])
            if both:
                older, newer = (_piece_of(theme, line) for line in both)
                yield Clash(older, newer)


def _hopes(line: Line) -> bool:
    """Whether a line says what is promised or expected, which contradicts no finding."""
    text = line.sentence.text
    return promising.is_promise(text) or "expect" in text.casefold()


def _report(theme: Theme) -> list[Filed]:
    cased = {one.digest for one in theme.case.documents}
    listed = theme.search.shelves.library.admitted(theme.scope)
    return [one for one in listed if one.digest in cased]


def _piece_of(theme: Theme, line: Line) -> Piece:
    filed = line.found.held.filed
    sort = Sort.OFFICE if filed.entry.kind is Kind.OTHER else Sort.EARLIER
    under = " › ".join(line.found.held.passage.trail[-2:])
    voice = Voice.COMMISSIONER if sort is Sort.OFFICE else Voice.INSPECTORATE
    return theme.piece(sort, filed, Said(line.sentence.text, voice, line.sentence.spans, under))


def _names(theme: Theme) -> Iterator[str]:
    """What the case and its documents are called, and whom the report is for."""
    said = theme.case.content
    yield from (said.title, *said.addressees)
    for one in theme.readable():
        yield from (one.entry.title, one.entry.body, one.entry.place)
