"""A draft as the checks see it: each sentence with its place and what it rests on."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bot.responding import promising
from bot.responding.binding import Bond, Bonds
from bot.responding.drafting.style import USUAL, Style
from bot.responding.duty import Clock
from bot.responding.evidence import Pack, Piece, Sort
from bot.responding.promising import SELF
from bot.store.cases import Item
from bot.store.wordings import Sentence, Voice, Wording
from retrieval.words import folded

_OWN_CLAUSE = re.compile(
    r"(?:^|[,;:] |\b(?:and|but|so) )"
    r"(?P<own>(?:(?:by|from|on|in|until|once|to|at) [^,;:]{1,60}?,? )?"
    rf"{SELF},? (?:(?:also|now|already|therefore) )?(?:will|shall|have|has|'ll|expect|intend|"
    r"propose|undertake|accept|agree|want|ask|require|am|is going|do not|reject|support)s?\b"
    r"(?:(?!\b(?:as|which) (?:the )?(?:inspectorate|inspectors|report|recommendation|HMIC)).)*)",
    re.IGNORECASE,
)
OFFICES = (
    "Deputy Chief Constable, Assistant Chief Constable, Chief Officer, Chief Executive, "
    "Police and Crime Commissioner, "
    "Home Secretary, Police and Crime Plan, Police and Crime Panel, Inspectors, Inspectorate, "
    "HMICFRS, HMIC, DASH"
)
"""Names of offices and things that every draft may have without a source."""

ALMOST = 0.85  # of the best score
_FUTURE = re.compile(r"\b(?:will|shall|(?:is|are) to)\b", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(?:inspectors?|inspectorate|HMIC\w*|(?:the|this) report|recommendation|chief constable|"
    r"chief officer|the force|constabulary|council|audit)(?:'s (?:own )?\w+)? "
    r"(?:(?!will|shall|to)\w+ )?"
    r"(?:finds?|found|says?|said|asks?|asked|wants?|reports?|reported|tells?|told|records?|"
    r"recorded|notes?|noted|shows?|showed|expects?|states?|recommends?|recommended|graded?|judged?"
    r"|sets?|gives?|gave|names?)\b|\baccording to\b|"
    r"\b(?:as|that|which) (?:the )?(?:inspectorate|inspectors|report|recommendation|HMIC\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Said:
    """A sentence with its place (from 1). ``text`` has one kind of quote and dash."""

    place: int
    sentence: Sentence
    text: str
    bonds: tuple[Bond, ...]
    quoted: tuple[Piece, ...]

    @property
    def told(self) -> str:
        """What of it a record can bear out: not what the commissioner does, will do or asks for."""
        if self.is_pledge:
            return ""
        rest = _OWN_CLAUSE.sub(lambda match: match.group()[: -len(match["own"])], self.text)
        return rest if any(sign.isalnum() for sign in rest) else ""

    @property
    def is_pledge(self) -> bool:
        """Whether it says, for nobody, what will be done, and no record has it so."""
        if not _FUTURE.search(self.text) or _OTHERS.search(self.text):
            return False
        return promising.is_promise(self.text) or not self._is_on_record

    @property
    def _is_on_record(self) -> bool:
        near = self.bonds[0] if self.bonds else None
        return near is not None and near.of_sentence >= 0.5 and near.piece.sort is not Sort.ASKED

    @property
    def nearly(self) -> list[Piece]:
        """The pieces that it restates as nearly as the nearest, or almost."""
        best = self.bonds[0].score if self.bonds else 0.0
        return [one.piece for one in self.bonds if one.joined or one.score >= ALMOST * best]

    @property
    def nearest(self) -> Piece | None:
        """The piece that it restates most nearly."""
        return self.bonds[0].piece if self.bonds else None


@dataclass(frozen=True)
class Draft:
    """A draft with all that it is held against."""

    wording: Wording
    item: Item
    pack: Pack
    style: Style = USUAL
    clock: Clock | None = None
    on: date | None = None
    responses: Sequence[str] = ()

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """All sentences that say something; gaps say nothing yet."""
        return tuple(self._read())

    @property
    def own(self) -> tuple[Said, ...]:
        """The commissioner's sentences."""
        return tuple(one for one in self.said if one.sentence.voice is Voice.COMMISSIONER)

    @cached_property
    def grades(self) -> tuple[Piece, ...]:
        """The grades of the report."""
        return self.pack.of(Sort.GRADE)

    @property
    def day(self) -> date:
        """The day on which the draft is read."""
        return self.on or self.pack.on

    def _read(self) -> Iterator[Said]:
        bonds = Bonds([one for one in self.pack.pieces if one.sort is not Sort.GRADE])
        for place, one in enumerate(self.wording.sentences, 1):
            if not one.gap:
                restated = tuple(bonds.restated(one.text))
                quoted = tuple(bonds.quoted(one.text))
                yield Said(place, one, folded(one.text), restated, quoted)
