"""Which pieces of evidence a sentence quotes or restates, told by its words; figures do not count.

Rare words among the pieces weigh more than those that all of them share. Likeness of vectors is no
test (``docs/decisions/0005-grounding.md``).
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.grounding.figures import without_figures
from bot.responding.evidence import Piece
from retrieval.words import folded, rarity, terms

_QUOTED = re.compile(r'"([^"]{3,})"')
_FRAME = frozenset(
    terms(
        "report reports inspectorate inspectors inspection found finding says said asks asked "
        "commissioner chief constable force office will have has that been also agree accept "
        "recommendation action taken proposed HMICFRS HMIC my me I we"
    )
)
_FEWEST = 2  # words in common
_SAME = 0.5  # share of the sentence's words, by rarity, from which it restates a piece
_HALF = 0.6  # share of a piece's words, from which a longer sentence restates it
_TAKEN_IN = 0.5  # share of a piece's words, from which a sentence that joins several has it too
_NEAR = 0.6  # of the best score, from which another piece is about the same thing
_MOST = 4
_WHOLE = 4  # words of a quotation that is looked for by itself


@dataclass(frozen=True)
class Bond:
    """A piece and how nearly a sentence restates it: shares (0-1) of each one's own words.

    ``joined`` says that the sentence takes it in beside another that is nearer.
    """

    piece: Piece
    of_sentence: float
    of_piece: float
    joined: bool = False

    @property
    def score(self) -> float:
        """Both shares together."""
        return self.of_sentence + self.of_piece


class Bonds:
    """The pieces of one pack, to bind sentences to."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = tuple(pieces)
        self._matter = [matter(one.words) for one in pieces]
        self._counts = Counter(term for words in self._matter for term in words)

    def quoted(self, text: str) -> list[Piece]:
        """The pieces that hold the words in quotation marks, the longest quotation first."""
        found: list[Piece] = []
        for words in sorted(quotations(text), key=len, reverse=True):
            found += [one for one in self._pieces if holds(one.words, words) and one not in found]
        return found

    def restated(self, text: str) -> list[Bond]:
        """The pieces that a sentence restates and those on the same thing, nearest first."""
        mine = matter(text)
        scored = [self._bond(mine, place) for place in range(len(self._pieces))]
        near = sorted(filter(None, scored), key=lambda one: -one.score)
        if not near or not (near[0].of_sentence >= _SAME or near[0].of_piece >= _HALF):
            return []
        first = [one for one in near if one.score >= _NEAR * near[0].score][:_MOST]
        return [*first, *self._joined(mine, near, first)]

    def _joined(
        self, mine: frozenset[str], near: Sequence[Bond], first: Sequence[Bond]
    ) -> list[Bond]:
        """The pieces of which a sentence takes in most, beside the nearest: it joins several."""
        rest = mine - matter(first[0].piece.words)
        return [
            replace(one, joined=True)
            for one in near
            if one not in first
            and one.of_piece >= _TAKEN_IN
            and len(rest & matter(one.piece.words)) >= _FEWEST
        ][:_MOST]

    def cited(self, text: str) -> list[Piece]:
        """What a sentence rests on: what it quotes, else what it restates."""
        found = self.quoted(text) or [one.piece for one in self.restated(text)]
        return found[:_MOST]

    def _bond(self, mine: frozenset[str], place: int) -> Bond | None:
        theirs = self._matter[place]
        shared = mine & theirs
        if len(shared) < _FEWEST or (len(shared) < 3 and len(theirs) > 3):
            return None
        held = self._weight(shared)
        return Bond(self._pieces[place], held / self._weight(mine), held / self._weight(theirs))

    def _weight(self, words: frozenset[str]) -> float:
        total = max(len(self._pieces), 1)
        return sum(rarity(self._counts[one] or 1, total) + 0.2 for one in words) or 1.0


def matter(text: str) -> frozenset[str]:
    """The telling words of a text, without figures and the words of who speaks."""
    return frozenset(terms(without_figures(folded(text)))) - _FRAME


def quotations(text: str) -> list[str]:
    """The words in quotation marks, of four words or more."""
    found = (match[1] for match in _QUOTED.finditer(folded(text)))
    return [one for one in found if len(one.split()) >= _WHOLE]


def holds(text: str, words: str) -> bool:
    """Whether words stand in a text one after the other; marks at their ends do not count."""
    return _plain(words) in _plain(text)


def _plain(text: str) -> str:
    return " ".join(folded(text).replace('"', "").replace("'", "").casefold().split()).strip(
        " .,;:"
    )
