"""How alike two things are that reports ask for: by meaning, and by the telling words in common."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from retrieval.embedding import Embedder, Vector
from retrieval.words import rarity, terms

_FRAME = re.compile(
    r"^(?:(?:by|within|before)\b[^,.:]{3,30},|with immediate effect,?|immediately,?)|"
    r"\b(?:the )?(?:\w+ )?(?:police and crime commissioners?|chief constables?)(?= should\b)|"
    r"\bto address this cause of concern,?|\b(?:HMICFRS|HMIC|we) recommends? that\b|"
    r"\b(?:is|are) a cause of concern(?: to HMIC(?:FRS)?)?\b|"
    r"\b(?:should|needs? to|must)(?: (?:immediately|also))?(?: take (?:immediate )?steps to)?"
    r"(?: (?:make sure|ensure)(?: that)?)?|"
    r"\b(?:in particular,? )?it should ensure that\b|\b(?:so that|by ensuring that):|"
    r"\b(?:within|by) (?:\w+ months|\w+ \d{4}|\d+ \w+ \d{4}),?|\bimmediately\b|"
    r"\bthe (?:force|constabulary)\b",
    re.IGNORECASE,
)
_MOST = 70  # words of an item that are compared
_MEANING, _CONTEXT, _WORDS = 0.75, 0.25, 0.4


@dataclass(frozen=True)
class Wording:
    """What is asked, and the finding before it ("" for none), without the frame around them."""

    asked: str
    finding: str = ""

    @property
    def whole(self) -> str:
        """Both, the finding first, as a report has them."""
        return " ".join(f"{self.finding} {self.asked}".split()[:_MOST])


def wording(asked: str, finding: str, places: Iterable[str]) -> Wording:
    """The words without "By 31 March …, Fernshire Police should make sure that"."""
    return Wording(_bare(asked, places), _bare(finding, places))


class Likeness:
    """Compares wordings; each is embedded once."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, Vector] = {}

    def scores(
        self, mine: Wording, others: Sequence[Wording], among: Sequence[Wording]
    ) -> list[float]:
        """How alike each of the others is to mine, up to 1.4.

        ``among`` are the things whose words tell which are rare.
        """
        near = self._cosines(mine.asked, [one.asked for one in others])
        wide = self._cosines(mine.whole, [one.whole for one in others])
        held = [frozenset(terms(one.asked)) for one in among]
        counts = Counter(term for one in held for term in one)
        weights = {term: rarity(count, len(held)) for term, count in counts.items()}
        return [
            _MEANING * n + _CONTEXT * max(n, w) + _WORDS * _common(mine, other, weights)
            for n, w, other in zip(near, wide, others, strict=True)
        ]

    def _cosines(self, mine: str, others: Sequence[str]) -> list[float]:
        new = list(dict.fromkeys(one for one in (mine, *others) if one not in self._known))
        if new:
            self._known |= zip(new, self._embedder.sentences(new), strict=True)
        return [float(self._known[one] @ self._known[mine]) for one in others]


def _common(mine: Wording, other: Wording, weights: dict[str, float]) -> float:
    """The share of telling words in common, by rarity, 0 to 1."""
    one, two = set(terms(mine.asked)), set(terms(other.asked))
    total = sum(weights.get(term, 1.0) for part in (one, two) for term in part)
    return 2 * sum(weights.get(term, 1.0) for term in one & two) / total if total else 0.0


def _bare(text: str, places: Iterable[str]) -> str:
    named = "|".join(re.escape(one) for one in places)
    words = " ".join(text.split())
    if named:
        force = r"(?: police| constabulary)?(?:['’]s)?"
        words = re.sub(rf"\b(?:{named})\b{force},?", " ", words, flags=re.IGNORECASE)
    words = _FRAME.sub(" ", _FRAME.sub(" ", words))
    return " ".join(words.strip(" ,;:").split()[:_MOST])
