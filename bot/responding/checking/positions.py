"""What the office said before: kept to or departed from with a reason, and not copied unsaid.

Also the legal sentence, which comes from the duty's record and from nowhere else.
"""

import re
from collections.abc import Iterator

from bot.responding import duty, promising
from bot.responding.binding import Bond, Bonds, quotations
from bot.responding.checking.draft import Draft, Said
from bot.responding.checking.rules import Rule, Seen
from bot.responding.drafting.rebinding import cut
from bot.responding.evidence import OWN, Piece, Sort
from retrieval.words import folded

_CHANGED = re.compile(
    r"\b(?:position|view|mind|approach) (?:has |have )?changed\b|\bI no longer\b|"
    r"\bunlike in (?:19|20)\d\d\b|\binstead of what\b",
    re.IGNORECASE,
)
_NO = re.compile(
    r"\bno (?:further )?action\b|\b(?:do|does|will|would|did) not (?:\w+ )?(?:accept|propose|"
    r"intend|support|agree|fund|pay|produce|publish|check|ask)\w*\b|\breject\w*\b",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"(£ ?[\d,.]*\d(?: ?(?:million|m|k)\b)?)|(\d[\d.,]*) ?(?:%|per ?cent\b)", re.I
)
_LEGAL = re.compile(
    r"\bsection 55|\bs\. ?55\b|\bPolice Act 1996\b|\bPolicing and Crime Act\b|"
    r"\b(?:within|in) (?:30|thirty|56|fifty-six) days\b|\b(?:30|56) days (?:of|from|after)\b",
    re.IGNORECASE,
)
_ALIKE = 0.5  # share of either's own words, from which two sentences are about the same thing
_RUN = 5
_REUSED = 0.6  # of a sentence's runs of five words
_SHORT = 9  # words; a shorter sentence is nobody's own


def seen(draft: Draft) -> Iterator[Seen]:
    """Departures that are not said, sentences of other responses, and legal text of its own."""
    changed = any(_CHANGED.search(one.text) for one in draft.own)
    pieces = [one for one in draft.pack.pieces if one.sort in OWN]
    bonds = Bonds(pieces)
    for one in draft.own:
        if not changed:
            yield from _departs(draft, one, bonds)
        yield from _reused(draft, one)
        yield from _legal(draft, one)


def _departs(draft: Draft, one: Said, bonds: Bonds) -> Iterator[Seen]:
    """A yes where there was a no, or another sum or share for what is still promised."""
    if quotations(one.text):
        return
    for bond in bonds.restated(one.text):
        if max(bond.of_sentence, bond.of_piece) < _ALIKE:
            continue
        if (words := _turned(one, bond) or _other_measure(draft, one, bond.piece)) != "":
            yield Seen(Rule.POSITION, f"{words} ({bond.piece.cited.title}, {_dated(bond.piece)})",
                       one.place)  # fmt: skip
            return


def _turned(one: Said, bond: Bond) -> str:
    mine, theirs = bool(_NO.search(one.text)), bool(_NO.search(folded(bond.piece.words)))
    acts = promising.is_promise(one.text) or mine
    if acts and mine != theirs and (theirs or promising.is_promise(bond.piece.words)):
        return "it says no to what the office said yes to, or the other way round"
    return ""


def _other_measure(draft: Draft, one: Said, piece: Piece) -> str:
    """Another sum or share than a promise that has not run out."""
    due = promising.due(piece.words)
    stands = promising.is_promise(piece.words) or piece.sort is Sort.PLAN
    if not stands or (due and due < draft.day) or not promising.is_promise(one.text):
        return ""
    mine, theirs = _measures(one.text), _measures(folded(piece.words))
    if mine and theirs and not mine & theirs:
        return f"it promises {_listed(mine)} where the office said {_listed(theirs)}"
    return ""


def _measures(text: str) -> set[str]:
    return {
        (match[1] or f"{match[2]} per cent").replace(" ", " ") for match in _MEASURE.finditer(text)
    }


def _listed(measures: set[str]) -> str:
    return " and ".join(sorted(measures))


def _dated(piece: Piece) -> str:
    return duty.plain(piece.cited.published) if piece.cited.published else "no date"


def _reused(draft: Draft, one: Said) -> Iterator[Seen]:
    """Most of a sentence word for word in another response, without marks of quotation."""
    if quotations(one.text) or len(one.text.split()) < _SHORT or _LEGAL.search(one.text):
        return
    mine = _runs(one.text)
    for other in (sentence for text in draft.responses for sentence in cut(text)):
        if mine and len(mine & _runs(folded(other))) / len(mine) >= _REUSED:
            yield Seen(Rule.REUSED, "it stands in another response already", one.place)
            return


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[n : n + _RUN]) for n in range(len(words) - _RUN + 1)}


def _legal(draft: Draft, one: Said) -> Iterator[Seen]:
    if not _LEGAL.search(one.text):
        return
    current = duty.legal_sentence(draft.clock, draft.day) if draft.clock else None
    if current is None:
        yield Seen(Rule.LEGAL, "no rule in force bears a legal sentence here", one.place)
    elif one.text.strip() not in folded(current):
        yield Seen(Rule.LEGAL, f"the duty has it so: {current}", one.place)
