"""``rejoinder comments``: the chief officer's comments, matched to items, kept once confirmed."""

import argparse
from collections.abc import Iterator, Sequence
from typing import Any

from bot.bootstrap import Parts
from bot.cli import sources
from bot.cli.given import now, who
from bot.cli.running import DONE, WrongUse, say, show
from bot.responding import commenting
from bot.responding.commenting import Certainty, MatchWrong, Proposed
from bot.store.casebook import Casebook, NoSuchCase
from bot.store.cases import Case, Role
from bot.store.comments import Comment, Comments


def run(given: argparse.Namespace, parts: Parts) -> int:
    """0 done. Without --confirm nothing is kept: what is printed is a proposal."""
    try:
        case = Casebook(parts.engine).get(given.case)
    except NoSuchCase as none:
        raise WrongUse(str(none)) from none
    source = sources.find(given.file, parts, given.person)
    read = source.read(Role.SOURCE)
    listed = commenting.proposed(source.reading, read.title, case.content.items)
    if given.confirm is None:
        _tell(given, listed, case)
        return DONE
    try:
        said = commenting.confirmed(listed, given.confirm, case.content.items)
    except MatchWrong as wrong:
        raise WrongUse(f"--confirm: {wrong}") from wrong
    Comments(parts.engine).confirm(case.id, said, read, person=who(given), now=now())
    _kept(given, said, case)
    return DONE


def _tell(given: argparse.Namespace, listed: Sequence[Proposed], case: Case) -> None:
    if given.json:
        told = [_data(one.comment) | {"number": one.number, "certainty": one.certainty}
                for one in listed]  # fmt: skip
        show({"case": case.id, "confirmed": False, "comments": told})
    else:
        say(_lines(listed, given.file, case))


def _kept(given: argparse.Namespace, said: Sequence[Comment], case: Case) -> None:
    if given.json:
        show({"case": case.id, "confirmed": True, "comments": [_data(one) for one in said]})
    else:
        items = len({one.item for one in said if one.item})
        say([f"Kept {len(said)} comments on {items} items of {case.id}, word for word."])
        say([f"Record that they came: rejoinder report chief {case.id} received --on DATE"])


def _data(one: Comment) -> dict[str, Any]:
    spans = [[span.page, span.start, span.end] for span in one.spans]
    return {"item": one.item, "limb": one.limb, "page": one.page, "text": one.text,
            "spans": spans}  # fmt: skip


def _lines(listed: Sequence[Proposed], file: str, case: Case) -> Iterator[str]:
    for one in listed:
        yield f"{one.number}. {_where(one.comment)}{_doubt(one.certainty)}"
        yield f"   “{one.comment.text}”"
    yield ""
    yield "Nothing is kept yet. Confirm with changes where they are needed, such as:"
    yield f"rejoinder comments {case.id} {file} --confirm all,3=8b,5=-"


def _where(one: Comment) -> str:
    if not one.item:
        return "the whole report"
    return f"item {one.item}{chr(ord('a') + one.limb - 1) if one.limb else ''}"


def _doubt(certainty: Certainty) -> str:
    return "" if certainty is Certainty.SURE else f" ({certainty}: look)"
