"""``rejoinder draft``: a draft on each item of a case, with its coverage and checks; not stored."""

import argparse
from collections.abc import Iterator, Sequence
from typing import Any

from bot.bootstrap import Parts
from bot.cli.given import today
from bot.cli.running import DONE, NO, WrongUse, say, show
from bot.responding.checking import Finding, Matrix
from bot.responding.drafting import making, telling
from bot.responding.drafting.making import Made
from bot.responding.drafting.scaffold import letter
from bot.responding.evidence import data
from bot.responding.evidence.gathering import Sources
from bot.store import wordings
from bot.store.casebook import Casebook, NoSuchCase
from bot.store.cases import Case, Item
from bot.store.comments import Comments


def run(given: argparse.Namespace, parts: Parts) -> int:
    """0 when nothing blocks, 1 when something does; a draft without a decision always blocks."""
    record = Casebook(parts.engine)
    try:
        case = record.get(given.case)
    except NoSuchCase as none:
        raise WrongUse(str(none)) from none
    drafts = _made(given, parts, case, _items(given, case))
    if given.json:
        show({"case": case.id, "drafts": [_data(one) for one in drafts]})
    else:
        for one in drafts:
            say([*_lines(one), ""])
    return DONE if all(one.checked.ready for one in drafts) else NO


def _items(given: argparse.Namespace, case: Case) -> list[Item]:
    if given.item is None:
        return [one for one in case.content.items if one.ours]
    item = case.content.item(given.item)
    if item is None:
        raise WrongUse(f"case {case.id} has no item {given.item}")
    return [item]


def _made(given: argparse.Namespace, parts: Parts, case: Case, items: list[Item]) -> list[Made]:
    record = Casebook(parts.engine)
    place = making.place(case, parts.library.documents())
    with parts.searching() as search:
        sources = Sources(search, parts.scope(given.person), record.pages, place)
        return [
            making.made(
                case,
                item,
                sources,
                today(),
                comments=Comments(parts.engine).of(case.id),
                known=record.all(),
                writer=parts.drafting,
            )
            for item in items
        ]


def _data(one: Made) -> dict[str, Any]:
    return {
        "item": one.checked.item.id,
        "text": telling.text(one.checked.wording, one.checked.item),
        "wording": wordings.data(one.checked.wording),
        "withheld": [{"text": text, "reason": why} for text, why in one.withheld],
        "coverage": [
            {"limb": row.limb, "text": row.text, "answered": row.answered, "sentences": row.own,
             "chief": row.chief, "gaps": row.gaps}
            for row in one.checked.matrix.rows
        ],
        "checks": [
            {"rule": found.rule, "weight": found.weight, "what": found.what, "how": found.how,
             "sentence": found.sentence, "limb": found.limb}
            for found in one.checked.findings
        ],
        "evidence": data(one.checked.pack),
        "ready": one.checked.ready,
    }  # fmt: skip


def _lines(one: Made) -> Iterator[str]:
    yield f"Item {one.checked.item.id} (page {one.checked.item.page})"
    yield ""
    yield telling.text(one.checked.wording, one.checked.item)
    yield ""
    yield from _coverage(one.checked.matrix)
    yield from _checks(one.checked.findings)
    for text, why in one.withheld:
        yield f"Withheld: {text} ({why})"
    for clash in one.checked.pack.clashes:
        yield f"The sources differ: “{clash.older.words}” / “{clash.newer.words}”"


def _coverage(matrix: Matrix) -> Iterator[str]:
    answered = sum(row.answered for row in matrix.rows)
    yield f"Limbs answered: {answered} of {len(matrix.rows)}"
    for row in matrix.rows:
        own = f"sentence {_listed(row.own)}" if row.own else "nothing yet"
        spoken = f"; the chief officer in {_listed(row.chief)}" if row.chief else ""
        yield f"  ({letter(row.limb)}) {own}{spoken}"


def _listed(places: Sequence[int]) -> str:
    return ", ".join(map(str, places))


def _checks(findings: Sequence[Finding]) -> Iterator[str]:
    for one in findings:
        where = f"sentence {one.sentence}: " if one.sentence else ""
        yield f"{one.weight.value.capitalize()}: {where}{one.what}. {one.how}"
