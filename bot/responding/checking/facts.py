"""Figures, dates, names, grades, quotations and sense: each as the evidence has it.

What the commissioner says of themselves now ("I will …", "I have asked …") cannot be in any record
and is not looked for there, unless it speaks of what others found or said.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from bot.grounding import figures, names, turning
from bot.responding.binding import holds, matter, quotations
from bot.responding.checking.draft import OFFICES, Draft, Said
from bot.responding.checking.rules import Rule, Seen
from bot.responding.evidence import Piece, Sort
from bot.store.wordings import Voice
from retrieval.words import folded, stem, terms

_STEP = re.compile(
    r"\b(?:outstanding|good|adequate|requires improvement|requiring improvement|inadequate)\b", re.I
)
_GRADING = re.compile(
    r"\b(?:grad(?:e|ed|es|ing)|rat(?:ed|ing)|judg(?:e|ed|ement|ment)s?)\b|"
    r"\b(?:is|was|were|are|remains?|as) (?:outstanding|good|adequate|inadequate) (?:at|in|for)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\b[A-Z][a-z]+(?:[-'][A-Z]?[a-z]+)*(?: [A-Z][a-z]+(?:[-'][A-Z]?[a-z]+)*)+\b")
_RANKS = (
    "chief constable superintendent deputy assistant detective inspector sergeant the police crime "
    "commissioner county council home secretary policing act plan supt and"
)
_RANK = frozenset(_RANKS.split())
_LIKE = 0.8  # of two names, from which one is a slip for the other
_RESTATES = 0.6  # share of the sentence's words held by its source, from which its sense is checked
_HELD = 0.45  # and of the source's words held by the sentence
_TO_COME = re.compile(r"\b(?:will|shall|is to|are to) (?:be )?(\w+)", re.IGNORECASE)
_DONE = re.compile(r"\b(?:has|have|had|was|were)(?: now| already)?(?: been)? (\w+)", re.IGNORECASE)
_LITTLE = 2  # telling words of a sentence that leans on the one before it
_MOOD = re.compile(r"\b(?:asks?|wants?|calls? for|needs?|recommends?)\b", re.IGNORECASE)


def seen(draft: Draft) -> Iterator[Seen]:
    """Everything that the evidence does not bear out."""
    for one in draft.said:
        yield from _quotations(draft, one)
        if one.sentence.voice is Voice.COMMISSIONER:
            yield from _slips(draft, one)
            yield from _grades(draft, one)
            if one.told:
                yield from _figures(draft, one)
                yield from _names(draft, one)
                yield from _sense(one)


def _quotations(draft: Draft, one: Said) -> Iterator[Seen]:
    for words in quotations(one.sentence.text):
        if not any(holds(piece.words, words) for piece in draft.pack.pieces):
            yield Seen(
                Rule.QUOTATION, f"“{_short(words)}” stands nowhere in the evidence", one.place
            )


def _figures(draft: Draft, one: Said) -> Iterator[Seen]:
    """Figures and dates stand in what the sentence restates, or somewhere if it restates none."""
    near = [*(folded(piece.words) for piece in _sources(one)), *_beside(draft, one)]
    about = [folded(text) for text in draft.pack.about]
    every = [folded(piece.words) for piece in draft.pack.pieces]
    asked = [folded(piece.words) for piece in draft.pack.of(Sort.ASKED)]
    dated = [*about, *draft.pack.dated]
    for rule, found in (
        (Rule.FIGURE, figures.numbers(one.told, [*near, *asked] if near else every, about)),
        (Rule.DATE, figures.dates(one.told, near or every, dated)),
    ):
        for words in dict.fromkeys(found):
            if near or "something else" not in words:
                yield Seen(rule, _where(words), one.place)


def _beside(draft: Draft, one: Said) -> list[str]:
    """Sentences that lean on one before them ("On 31 August there were 88."), with that one."""
    if not one.bonds:
        return []
    nearest = one.bonds[0].piece
    where = {(bond.piece.cited.document, bond.piece.cited.page) for bond in one.bonds}
    return [
        folded(f"{nearest.words} {piece.words}")
        for piece in draft.pack.pieces
        if (piece.cited.document, piece.cited.page) in where and len(matter(piece.words)) <= _LITTLE
    ]


def _names(draft: Draft, one: Said) -> Iterator[Seen]:
    """Names that stand nowhere in the evidence, nor in what the sentence restates."""
    about = [OFFICES, *(folded(text) for text in draft.pack.about)]
    sources = [folded(piece.words) for piece in (*one.quoted, *one.nearly)]
    if not (one.bonds and one.bonds[0].of_sentence >= _RESTATES):
        about += [folded(text) for text in draft.pack.known]
        sources = [folded(piece.words) for piece in draft.pack.pieces]
    for words in dict.fromkeys(names.names(one.told, sources, about)):
        yield Seen(Rule.NAME, _where(words), one.place)


def _slips(draft: Draft, one: Said) -> Iterator[Seen]:
    """Names of people nearly as in the evidence, and not quite."""
    there = {name for piece in draft.pack.pieces for name in _people(folded(piece.words))}
    there |= {name for text in draft.pack.about for name in _people(folded(text))}
    for name in _people(one.text):
        near = next((other for other in sorted(there) if _is_slip(name, other)), "")
        if near and name not in there:
            yield Seen(Rule.NAME, f"“{name}” is “{near}” in the evidence", one.place)


def _people(text: str) -> list[str]:
    """Names of two words or more, without ranks."""
    found = []
    for match in _PERSON.finditer(figures.dates_blanked(text)):
        words = [word for word in match.group().split() if word.lower() not in _RANK]
        if len(words) > 1:
            found.append(" ".join(words))
    return found


def _is_slip(name: str, other: str) -> bool:
    mine, theirs = set(name.split()), set(other.split())
    if mine <= theirs or theirs <= mine:
        return False
    shared = mine & theirs
    alike = SequenceMatcher(None, name.casefold(), other.casefold()).ratio()
    return (bool(shared) and len(name.split()) == len(other.split()) == 2) or alike >= _LIKE


def _grades(draft: Draft, one: Said) -> Iterator[Seen]:
    """A grade has to be the one printed for the area that the sentence names."""
    if not _GRADING.search(one.text):
        return
    area = _area(draft, one.text)
    for match in _STEP.finditer(one.text):
        grade = match.group().lower().replace("requiring", "requires")
        printed = _printed(area) if area else draft.item.grade.casefold()
        elsewhere = [
            found.lower() for piece in _sources(one) for found in _STEP.findall(piece.words)
        ]
        if printed and grade != printed and grade not in elsewhere:
            yield Seen(Rule.GRADE, f"the report grades it “{printed}”, not “{grade}”", one.place)
        elif not printed and grade not in elsewhere:
            yield Seen(Rule.GRADE, f"the grade “{grade}” stands nowhere in the evidence", one.place)


def _area(draft: Draft, text: str) -> Piece | None:
    """The graded area that a sentence names, None for none."""
    said = set(terms(text))
    scored = [
        (len(said & own) / len(own), piece.words, piece)
        for piece in draft.grades
        if (own := set(terms(piece.words.rpartition(":")[0])))
    ]
    best = max(scored, default=None, key=lambda one: one[:2])
    return best[2] if best and best[0] >= 0.6 else None


def _printed(piece: Piece) -> str:
    return piece.words.rpartition(":")[2].strip().casefold()


def _sense(one: Said) -> Iterator[Seen]:
    """A "not", a "should" or an opposite turned round against the piece that is restated."""
    bond = one.bonds[0] if one.bonds else None
    if bond is None or bond.of_sentence < _RESTATES or bond.of_piece < _HELD:
        return
    sources = [folded(other.piece.words) for other in one.bonds]
    if _done_early(one.told, sources[0]):
        yield Seen(
            Rule.TURNED, f"it tells as done what is to come: “{_short(sources[0])}”", one.place
        )
        return
    for words in dict.fromkeys(turning.turned(one.told, sources, sources[0])):
        if not (_MOOD.search(one.text) and "should be" in words):
            yield Seen(Rule.TURNED, f"{words}: “{_short(bond.piece.words)}”", one.place)


def _done_early(text: str, source: str) -> bool:
    """Whether something is told as done that its source says will be done."""
    to_come = {stem(word.lower()) for word in _TO_COME.findall(source)}
    done = {stem(word.lower()) for word in _DONE.findall(text)}
    return bool(to_come & done - {stem(word.lower()) for word in _DONE.findall(source)})


def _sources(one: Said) -> list[Piece]:
    return [*one.quoted, *(bond.piece for bond in one.bonds if bond.piece not in one.quoted)]


def _where(words: str) -> str:
    return words.replace("does not stand there", "stands nowhere in what the sentence restates")


def _short(words: str) -> str:
    return words if len(words) <= 90 else f"{words[:89].rstrip()}…"
