"""What the record says to a question that is for it: what is open, and what became of an item."""

import re
from collections.abc import Iterator, Sequence

from bot.answering.answers import Answer, Status
from bot.responding import counting, outcome, progress, visible
from bot.responding.record import RECORD, lines
from bot.responding.record.lines import Record
from bot.responding.record.wanting import About, Wanted
from bot.store.cases import Case, Item, State

NOT_INFERRED = (
    "From the record of cases. An item counts as open until a document that a person named closes "
    "it."
)
_MOST = 30  # items that one answer shows
_NAMED = 10
_PLAIN = frozenset(
    ("the", "our", "case", "report", "letter", "inspection", "review", "of", "on", "a")
)

Found = tuple[Case, Item]


def answer(question: str, wanted: Wanted, record: Record) -> Answer | None:
    """The record's answer; None where the record has nothing that this reader may see.

    None too for an item of a report that is not on the record: the documents may have it.
    """
    seen = visible.of(record.cases, record.filed)
    named = [one for one in seen if _is_named(one, wanted.report)]
    if not named:
        return None
    if wanted.about is About.OPEN:
        return _open(question, wanted, record, named)
    return _items(question, wanted, record, named) if wanted.report or len(named) == 1 else None


def _is_named(case: Case, words: str) -> bool:
    """Whether all telling words of a report's name are those of the case."""
    said = case.content
    day = said.counted_from
    names = {*_words(case.id), *_words(said.title), *((str(day.year),) if day else ())}
    return _words(words) - _PLAIN <= names


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", text.casefold()))


# What is open


def _open(question: str, wanted: Wanted, record: Record, named: Sequence[Case]) -> Answer:
    counted = [one for one in named if one.state is State.CONFIRMED and _is_of(one, wanted)]
    found = [
        (case, item)
        for case in sorted(counted, key=_age)
        for item in case.content.items
        if progress.is_open(case, item) and wanted.kind in (None, item.kind)
    ]
    others = [one for one in named if one not in counted and _is_unsure(one)]
    more = len(found) - _MOST
    notes = (
        *((f"{more} more are open. Ask for one year, report or kind.",) if more > 0 else ()),
        *_not_counted(others),
        NOT_INFERRED,
    )
    status = Status.ANSWERED if counted else Status.NOT_IN_DOCUMENTS
    opening = _counted(len(found), wanted) if counted else _none_counted(wanted)
    return _made(question, status, opening, record, found[:_MOST], (*counted, *others), notes)


def _is_of(case: Case, wanted: Wanted) -> bool:
    if wanted.year is None:
        return True
    day = case.content.counted_from
    return day is not None and (
        day.year >= wanted.year if wanted.since else day.year == wanted.year
    )


def _is_unsure(case: Case) -> bool:
    """Whether a person has still to confirm what decides that it counts."""
    return case.state is not State.CONFIRMED or case.content.counted_from is None


def _age(case: Case) -> tuple[bool, str]:
    day = case.content.counted_from
    return day is None, f"{day} {case.id}"


def _counted(number: int, wanted: Wanted) -> str:
    one = counting.name(wanted.kind).lower() if wanted.kind else "item"
    when = _when(wanted)
    if number == 0:
        return (
            f"Nothing is open on the record{when}."
            if one == "item"
            else (f"No {one} is open on the record{when}.")
        )
    if number == 1:
        return f"1 {one} is open on the record{when}."
    return f"{number} {_plural(one)} are open on the record{when}."


def _plural(one: str) -> str:
    """ "causes of concern"."""
    first, _, rest = one.partition(" ")
    return f"{first}s {rest}".strip()


def _when(wanted: Wanted) -> str:
    if wanted.year is None:
        return ""
    return f" since {wanted.year}" if wanted.since else f" from {wanted.year}"


def _none_counted(wanted: Wanted) -> str:
    return f"No confirmed report{_when(wanted)} is on the record."


def _not_counted(cases: Sequence[Case]) -> Iterator[str]:
    if cases:
        titles = [one.content.title for one in cases]
        more = f" and {len(titles) - _NAMED} more" if len(titles) > _NAMED else ""
        yield f"Not confirmed, and so not counted: {'; '.join(titles[:_NAMED])}{more}."


# One item


def _items(question: str, wanted: Wanted, record: Record, named: Sequence[Case]) -> Answer:
    counted = [one for one in named if one.state is State.CONFIRMED]
    found = [(case, item) for case in counted for item in _numbered(case, wanted)]
    others = [one for one in named if one.state is not State.CONFIRMED]
    notes = (*_not_counted(others), NOT_INFERRED)
    status = Status.ANSWERED if found else Status.NOT_IN_DOCUMENTS
    return _made(question, status, _state(found, wanted), record, found[:_MOST], named, notes)


def _numbered(case: Case, wanted: Wanted) -> list[Item]:
    """The items of that number: as printed for a kind of item, else the record's own."""
    items = case.content.items
    if wanted.kind is None:
        return [one for one in items if str(one.id) == wanted.number]
    kind = [one for one in items if one.kind is wanted.kind]
    return [one for one in kind if one.number.casefold() == wanted.number]


def _state(found: Sequence[Found], wanted: Wanted) -> str:
    """What is said first of one item, or that it is not there."""
    one = counting.name(wanted.kind).lower() if wanted.kind else "item"
    if not found:
        return f"There is no {one} {wanted.number} on the record of that report."
    if len(found) > 1:
        return f"{len(found)} items on the record fit the question."
    case, item = found[0]
    if not item.ours:
        return f"On the record this {one} is not ours: {item.reason}"
    said = case.status(item.id)
    if said is None:
        return f"The record does not say what has become of {one} {wanted.number}."
    return f"On the record {one} {wanted.number} is {outcome.state(said.status)}."


# Either


def _made(
    question: str,
    status: Status,
    opening: str,
    record: Record,
    found: Sequence[Found],
    looked_at: Sequence[Case],
    notes: tuple[str, ...],
) -> Answer:
    return Answer(
        question,
        status,
        opening,
        tuple(line for case, item in found for line in lines.of(record, case, item)),
        searched=tuple(shown for case in looked_at for shown in lines.looked_at(record, case)),
        caveats=notes,
        certainty=1.0,
        by=RECORD,
    )
