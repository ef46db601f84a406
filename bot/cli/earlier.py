"""``rejoinder report earlier``: earlier reports that may raise the same, and a person's word."""

import argparse
from collections.abc import Iterator, Sequence
from typing import Any

from bot.bootstrap import Parts
from bot.cli.given import now, who
from bot.cli.running import DONE, NO, WrongUse, say, show
from bot.responding import counting
from bot.responding.recurrence import Looking, Suggestion, wording
from bot.responding.recurrence import counting as raising
from bot.store.casebook import Casebook
from bot.store.cases import Case, Item
from bot.store.recurrences import Earlier, Recurrence, Recurrences, latest


def run(given: argparse.Namespace, parts: Parts, record: Casebook) -> int:
    """List suggestions, or record a person's word on one. 1 when nothing is suggested or linked."""
    case = record.get(given.case)
    asked = _items(given, case)
    if given.same or given.not_same:
        return _record(given, parts, record, case, asked)
    found = _suggested(given, parts, record, case, asked)
    said = Recurrences(parts.engine).all()
    readable = _readable(given, parts)
    told = [
        (item, found[item.id], _links(said.get(case.id, ()), item, readable),
         raising.sentence(case, item, said, record.all(), readable=readable))
        for item in asked
    ]  # fmt: skip
    if given.json:
        show({"case": case.id, "items": [_data(*one) for one in told]})
    else:
        say(_lines(case, told))
    return DONE if any(one[1] or one[2] for one in told) else NO


def _items(given: argparse.Namespace, case: Case) -> list[Item]:
    """The item that is asked about, or all that are ours."""
    if (given.same or given.not_same) and given.item is None:
        raise WrongUse("name the item: `rejoinder report earlier CASE ITEM --same NAME`")
    if given.item is None:
        return [one for one in case.content.items if one.ours]
    found = case.content.item(given.item)
    if found is None:
        ids = ", ".join(str(one.id) for one in case.content.items)
        raise WrongUse(f"{case.id} has no item {given.item}: its items are {ids or 'none yet'}")
    return [found]


def _suggested(
    given: argparse.Namespace, parts: Parts, record: Casebook, case: Case, asked: Sequence[Item]
) -> dict[int, list[Suggestion]]:
    said = Recurrences(parts.engine).of(case.id)
    with parts.searching() as search:
        looking = Looking(
            case, search, parts.scope(given.person), record.all(), record.pages,
            parts.settings.force,
        )  # fmt: skip
        return {item.id: looking.suggestions(item, said) for item in asked}


def _readable(given: argparse.Namespace, parts: Parts) -> frozenset[str] | None:
    """What the person named may read; None for whoever keeps the record."""
    if given.person is None:
        return None
    return frozenset(one.digest for one in parts.library.admitted(parts.scope(given.person)))


def _links(
    said: Sequence[Recurrence], item: Item, readable: frozenset[str] | None
) -> list[Recurrence]:
    """The last word on each link of an item that may be read, answers and all."""
    mine = [one for one in latest(said) if one.item == item.id]
    return [one for one in mine if readable is None or _documents(one.earlier) <= readable]


def _documents(earlier: Earlier) -> set[str]:
    return {earlier.document, *(one.document for one in earlier.answered)}


def _record(
    given: argparse.Namespace, parts: Parts, record: Casebook, case: Case, asked: Sequence[Item]
) -> int:
    """Keep a person's word; it may take back what was said before."""
    book, name = Recurrences(parts.engine), given.same or given.not_same
    known = [one.earlier for one in _links(book.of(case.id), asked[0], _readable(given, parts))]
    earlier = next((one for one in known if one.name == name), None)
    if earlier is None:
        suggested = _suggested(given, parts, record, case, asked)[asked[0].id]
        earlier = next((one.earlier for one in suggested if one.earlier.name == name), None)
    if earlier is None:
        raise WrongUse(
            f"there is no suggestion {name!r}: `rejoinder report earlier {case.id} {given.item}` "
            "lists them"
        )
    said = Recurrence(given.item, given.same is not None, earlier, who(given), now())
    book.note(case.id, said)
    told = raising.sentence(
        case, asked[0], book.all(), record.all(), readable=_readable(given, parts)
    )
    if given.json:
        show({"case": case.id, "sentence": told or None} | wording.link_data(said))
    else:
        say(_recorded(said, told))
    return DONE


def _recorded(said: Recurrence, told: str) -> Iterator[str]:
    same = "raises the same as" if said.same else "does not raise the same as"
    yield f"Item {said.item} {same} {wording.source(said.earlier)} ({said.person})."
    yield told or "No earlier report is confirmed to raise this."


Told = tuple[Item, list[Suggestion], list[Recurrence], str]


def _lines(case: Case, told: Sequence[Told]) -> Iterator[str]:
    if not (case.content.counted_from or case.content.published):
        yield "The case has no day of publication, so no report is earlier: write it on the sheet."
    for item, found, links, sentence in told:
        number = f" {item.number}" if item.number else ""
        yield f"{item.id}. {counting.name(item.kind)}{number} (page {item.page})"
        yield f"   {item.text}"
        yield f"   {sentence or 'No earlier report is confirmed to raise this.'}"
        names = {one.earlier.name for one in found}
        for one in found:
            yield f"   {_head(one.earlier, wording.what(one), one.same)}"
            yield from (f"      {line}" for line in wording.evidence(one.earlier))
        for link in (one for one in links if one.earlier.name not in names):
            yield f"   {_head(link.earlier, 'On record', link.same)}"
            yield from (f"      {line}" for line in wording.evidence(link.earlier))
        if not found:
            yield "   Nothing is suggested."
        yield ""
    yield "Suggestions are found by search: read each, then say --same NAME or --not-same NAME."


def _head(earlier: Earlier, what: str, same: bool | None) -> str:
    return f"[{earlier.name}] {what}: {wording.source(earlier)}; {wording.judged(same)}"


def _data(
    item: Item, found: list[Suggestion], links: list[Recurrence], sentence: str
) -> dict[str, Any]:
    return {
        "item": item.id,
        "sentence": sentence or None,
        "suggestions": [wording.data(one) for one in found],
        "said": [wording.link_data(one) for one in links],
    }
