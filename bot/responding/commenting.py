"""The chief officer's comments: split, matched to items and limbs, for a person to confirm.

Nothing is changed in their words. A printed number makes a match sure; words propose one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.responding.checking.limbs import nearest, telling
from bot.responding.locating import Words
from bot.store.cases import Item
from bot.store.comments import Comment
from retrieval.documents import BlockKind, ItemKind, Reading
from retrieval.items.parts import Part, parts
from retrieval.passages import sentence_bounds
from retrieval.words import terms

_KINDS = {
    "recommendation": ItemKind.RECOMMENDATION,
    "cause of concern": ItemKind.CAUSE_OF_CONCERN,
    "causes of concern": ItemKind.CAUSE_OF_CONCERN,
    "area for improvement": ItemKind.AREA_FOR_IMPROVEMENT,
    "areas for improvement": ItemKind.AREA_FOR_IMPROVEMENT,
    "area for priority action": ItemKind.PRIORITY_ACTION,
    "areas for priority action": ItemKind.PRIORITY_ACTION,
}
_NAMED = re.compile(
    rf"\b(?P<kind>{'|'.join(_KINDS)})s?\b(?:\s+(?P<number>\d+\w?)\b)?", re.IGNORECASE
)
_ROW = re.compile(r"^(?:\w+ ){0,3}(?P<number>\d+\w?)[.):]?\s+\S")
_LIKELY, _GUESS = 0.45, 0.25  # share of an item's own words
_FEWEST = 2


class Certainty(StrEnum):
    """How a match was found."""

    SURE = "sure"  # the number that is printed
    LIKELY = "likely"
    GUESS = "guess"
    NONE = "none"


@dataclass(frozen=True)
class Proposed:
    """A stretch of the comments with where it may belong; item 0 is the whole report."""

    number: int
    comment: Comment
    certainty: Certainty


class MatchWrong(ValueError):
    """A confirmation that names what is not there; the message says what."""


def proposed(reading: Reading, title: str, items: Sequence[Item]) -> tuple[Proposed, ...]:
    """The comments stretch by stretch, in order, each verbatim with its spans."""
    words = Words(reading.pages)
    made: list[Proposed] = []
    for item, certainty, text in _matched(reading, items):
        meant = next((one for one in items if one.id == item), None)
        for limb, said in _by_limb(text, meant):
            spans = words.find(said)
            page = spans[0].page if spans else 1
            quote = words.quote(spans) if spans else said
            comment = Comment(item, limb, quote, reading.digest, title, page, spans)
            made.append(Proposed(len(made) + 1, comment, certainty))
    return tuple(made)


def confirmed(listed: Sequence[Proposed], given: str, items: Sequence[Item]) -> list[Comment]:
    """The comments as a person confirms them: "all", "all,3=8b,5=-" or "1,2,4=6".

    MatchWrong for a number, an item or a limb that there is not.
    """
    by = {one.number: one.comment for one in listed}
    kept = dict(by) if "all" in _named(given) else {}
    for one in _named(given):
        if one == "all":
            continue
        number, _, where = one.partition("=")
        if not number.isdecimal() or int(number) not in by:
            raise MatchWrong(f"there is no comment {number!r}: the list gives their numbers")
        comment = by[int(number)]
        kept[int(number)] = _placed(comment, where, items) if where else comment
        if where == "-":
            del kept[int(number)]
    return [kept[number] for number in sorted(kept)]


def _named(given: str) -> list[str]:
    return [one for one in re.split(r"[,\s]+", given.strip()) if one]


def _placed(comment: Comment, where: str, items: Sequence[Item]) -> Comment:
    """ "8b" is the second limb of item 8, "0" the whole report."""
    found = re.fullmatch(r"(\d+)([a-z]?)|-", where)
    if found is None:
        raise MatchWrong(f"{where!r} is no place: write ITEM, ITEM with a letter such as 8b, or -")
    if where == "-":
        return comment
    number, limb = int(found[1]), ord(found[2]) - ord("a") + 1 if found[2] else 0
    item = next((one for one in items if one.id == number), None)
    if number and item is None:
        raise MatchWrong(f"the case has no item {number}")
    if limb > (len(item.limbs) if item else 0):
        raise MatchWrong(f"item {number} has no limb {found[2]}")
    return replace(comment, item=number, limb=limb)


def _matched(reading: Reading, items: Sequence[Item]) -> Iterator[tuple[int, Certainty, str]]:
    """Paragraphs and table rows with the item that each speaks to."""
    under: tuple[int, Certainty] = (0, Certainty.NONE)
    kind: ItemKind | None = None
    for part in _rows_joined(parts(reading)):
        if part.is_heading:
            kind, under = _headed(part.text, items)
        elif part.kind is BlockKind.TABLE_ROW:
            yield from _in_row(part, kind, items)
        else:
            item, certainty = under if under[0] else _mentioned(part, items)
            yield item, certainty, part.text


def _rows_joined(run: Sequence[Part]) -> Iterator[Part]:
    """A list item inside a table's cell is read after its row: the two are one row again."""
    after = [*run[1:], None]
    for part, following in zip(run, after, strict=True):
        alone = part.kind is BlockKind.TABLE_ROW and "\t" not in part.text
        if alone and following and following.is_bullet and following.label:
            yield replace(part, text=f"{following.label} {following.text}\t{part.text}")
        elif not _follows_row(part, run):
            yield part


def _follows_row(part: Part, run: Sequence[Part]) -> bool:
    """Whether a numbered list item has been joined to the row before it."""
    place = next(n for n, one in enumerate(run) if one is part)
    before = run[place - 1] if place else None
    row = before is not None and before.kind is BlockKind.TABLE_ROW and "\t" not in before.text
    return row and part.is_bullet and bool(part.label)


def _headed(text: str, items: Sequence[Item]) -> tuple[ItemKind | None, tuple[int, Certainty]]:
    """The kind of item that a heading is about, and the item itself where it gives its number."""
    named = _NAMED.search(text)
    if named is None:
        return None, (0, Certainty.NONE)
    kind = _KINDS[named["kind"].lower()]
    item = _numbered(kind, named["number"] or "", items)
    return kind, (item, Certainty.SURE) if item else (0, Certainty.NONE)


def _numbered(kind: ItemKind | None, number: str, items: Sequence[Item]) -> int:
    found = (one.id for one in items if one.kind is kind and one.number and one.number == number)
    return next(found, 0)


def _in_row(
    part: Part, kind: ItemKind | None, items: Sequence[Item]
) -> Iterator[tuple[int, Certainty, str]]:
    """A row says in its first cell what the others comment on; the row of headings says nothing."""
    first, *rest = part.text.split("\t")
    row = _ROW.match(first)
    item = _numbered(kind, row["number"], items) if row else 0
    text = " ".join(rest).strip()
    if text and (row or len(terms(text)) >= _FEWEST):
        yield (item, Certainty.SURE, text) if item else (*_by_words(first, items), text)


def _mentioned(part: Part, items: Sequence[Item]) -> tuple[int, Certainty]:
    named = _NAMED.search(part.text)
    item = _numbered(_KINDS[named["kind"].lower()], named["number"] or "", items) if named else 0
    return (item, Certainty.LIKELY) if item else _by_words(part.text, items)


def _by_words(text: str, items: Sequence[Item]) -> tuple[int, Certainty]:
    said = telling(text)
    scored = [(_share(said, one), -one.id) for one in items]
    best = max(scored, default=(0.0, 0))
    if best[0] < _GUESS:
        return 0, Certainty.NONE
    return -best[1], Certainty.LIKELY if best[0] >= _LIKELY else Certainty.GUESS


def _share(said: frozenset[str], item: Item) -> float:
    """The share of the text's words that an item and its limbs have."""
    whole = " ".join([item.text, *(limb.text for limb in item.limbs)])
    own = telling(whole) - telling(item.addressee)
    shared = said & own
    return len(shared) / len(said) if len(shared) >= _FEWEST else 0.0


def _by_limb(text: str, item: Item | None) -> Iterator[tuple[int, str]]:
    """A paragraph cut where it goes on to another limb; what names none goes with what precedes."""
    if item is None or not item.limbs:
        yield 0, text
        return
    held: list[tuple[int, str]] = []
    for start, end in sentence_bounds(text):
        limb = nearest(text[start:end], item)
        if held and limb in (0, held[-1][0]):
            held[-1] = (held[-1][0], f"{held[-1][1]} {text[start:end]}")
        else:
            held.append((limb, text[start:end]))
    yield from held
