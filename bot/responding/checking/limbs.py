"""Which sentence answers which limb, told by the words that a limb has and its neighbours lack.

To answer a limb a sentence has to say what is done, what will be done or why nothing is, and name
the limb by its own words or its letter. Praise, concern and restating answer nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.responding import promising
from bot.responding.checking.kin import kin
from bot.responding.promising import SELF
from bot.store.cases import Item
from bot.store.wordings import Sentence, Voice, Wording
from retrieval.words import folded, terms

_GENERIC = frozenset(
    terms(
        "make sure ensure ensures provide provides need needs necessary effective effectively "
        "appropriate appropriately correct force police take steps way case cases specifically "
        "relation particular part done people whether identify enough give gives given use used "
        "using result results at least month months day days time end within including "
        "always well better quickly sooner so that than doesn't don't isn't"
    )
)
_THEIRS = re.compile(
    r"^(?:in \w+ )?(?:the |HM )?(?:inspectorate|inspectors?|HMIC\w*|report|recommendation|letter)\b"
    r"|\b(?:asks?|asked|recommends?|wants?) (?:for|that|the force|us|to)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(rf"\b{SELF} (?:have|has) (?:\w+ )?(?:asked|required|told)\b", re.IGNORECASE)
_HAPPENS = re.compile(
    r"\b(?:will|shall|cannot|is to|are to|since|from)\b|\b\w{3,}(?:ed|ens)\b", re.IGNORECASE
)
_FEELS = re.compile(
    r"^(?:and |but )?(?:I|we|the commissioner|the PCC)(?: \w+)? (?:welcomes?|shares?|recognises?|"
    r"notes?|regrets?|knows?|agrees? (?:with|that)|(?:am|is|are|was|were) (?:\w+ )?(?:concerned|"
    r"sorry|pleased|"
    r"disappointed|grateful|clear|proud|glad|worried|aware))\b",
    re.IGNORECASE,
)
_DOES = re.compile(
    rf"\b{SELF} (?:have|has) (?:already |now |also )?(?!been\b|seen\b|read\b|met\b|noted\b|heard\b)"
    r"\w+(?:ed|en|de|one|et|ut|id|ght|nt|de)\b|"
    r"\b(?:will|shall|is to|are to|is being|are being|is now|are now|must now)\b|"
    r"\b(?:has|have) (?:already |now |also |since )?(?:been )?(?!had\b)\w+(?:ed|en|un)\b|"
    r"\b(?:since|from) \d{1,2} [A-Z]|\bno action\b|"
    rf"\b(?:do|does|will) not (?:accept|propose|intend)\b|\b{SELF} (?:reject|decline|pay|fund)s?\b|"
    r"\bare (?:already )?(?:in place|done|complete)\b|\b(?:my|our) (?:officers|staff|force|team)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“[^”]+”")
_LETTER = re.compile(r"(?:^|\b[Oo]n |\bpoint |\blimb |\bpart |\bbullet )\(?([a-h])\)")
_FORCE = re.compile(
    r"\b(?:chief constable|chief officer|force)\b(?: \w+)? (?:says?|said|tells?|told|reports?|"
    r"reported|states?|confirms?|confirmed|expects?|agreed|has agreed)\b|"
    r"\baccording to the (?:chief constable|force)\b|, (?:the chief constable|she|he) "
    r"(?:says|reports)\b",
    re.IGNORECASE,
)
_RANK = re.compile(
    r"\b(first|second|third|fourth|fifth|last) (?:point|limb|part|bullet|element|ask)\b", re.I
)
_RANKS = ("first", "second", "third", "fourth", "fifth")
_BACK = re.compile(r"^(?:this|these|that|those|it|they|she|he|both|the same)\b", re.IGNORECASE)
ANSWERED_FROM = 0.38  # share of a limb's weighed words; chosen on the tuning part of the set
_BESIDE = 0.6  # of the share of the limb that a sentence names best
_OWN, _THEME, _OTHERS = 1.0, 0.4, 0.3  # what a word weighs: the limb's own, the item's, any limb's
_ENOUGH = 3.5  # weight of words beyond which a long limb asks for no more of them
_NAMES = 0.2  # of a limb's words, from which a text is about it rather than about another
_FEWEST = 2


@dataclass(frozen=True)
class Row:
    """One limb with the places (from 1) of the sentences that answer it, by voice.

    ``gaps`` are the places where a person still has to answer it.
    """

    limb: int
    text: str
    own: tuple[int, ...] = ()
    chief: tuple[int, ...] = ()
    gaps: tuple[int, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether the commissioner answers it; the force's words alone do not."""
        return bool(self.own)


@dataclass(frozen=True)
class Matrix:
    """Every limb of an item; an item without limbs is one limb by itself."""

    rows: tuple[Row, ...]

    @property
    def open(self) -> tuple[Row, ...]:
        """The limbs that nobody has answered."""
        return tuple(row for row in self.rows if not row.answered)

    def of(self, sentence: int) -> tuple[int, ...]:
        """The limbs that the sentence at a place answers."""
        return tuple(row.limb for row in self.rows if sentence in (*row.own, *row.chief))


def coverage(wording: Wording, item: Item) -> Matrix:
    """Which sentence of a draft answers which limb."""
    texts = [limb.text for limb in item.limbs] or [item.text]
    weighed = [_weights(place, texts, item) for place in range(len(texts))]
    named = [_named(place, wording.sentences, weighed) for place in range(len(wording.sentences))]

    def places(limb: int, voice: Voice, *, gap: bool) -> tuple[int, ...]:
        return tuple(
            place
            for place, (one, limbs) in enumerate(zip(wording.sentences, named, strict=True), 1)
            if one.voice is voice and one.gap is gap and limb in limbs
        )

    rows = (
        Row(
            limb,
            text,
            places(limb, Voice.COMMISSIONER, gap=False),
            places(limb, Voice.CHIEF_OFFICER, gap=False),
            places(limb, Voice.COMMISSIONER, gap=True),
        )
        for limb, text in enumerate(texts, 1)
    )
    return Matrix(tuple(rows))


def marked(wording: Wording, item: Item) -> Wording:
    """The draft with the limbs that each sentence answers."""
    matrix = coverage(wording, item)
    sentences = tuple(
        one if one.gap else replace(one, limbs=matrix.of(place))
        for place, one in enumerate(wording.sentences, 1)
    )
    return replace(wording, sentences=sentences)


def nearest(text: str, item: Item) -> int:
    """The limb that a text names best by its words, whatever it says of it; 0 for none."""
    texts = [limb.text for limb in item.limbs]
    said = kin(text)
    shares = [_share(said, _weights(place, texts, item)) for place in range(len(texts))]
    best = max(shares, default=0.0)
    return shares.index(best) + 1 if best >= _NAMES else 0


def telling(text: str) -> frozenset[str]:
    """The words of a text that tell what it is about."""
    return kin(text) - _GENERIC


def acts(text: str) -> bool:
    """Whether a sentence says what is done, will be done, or will not."""
    plain = folded(text)
    if promising.is_promise(plain):
        return True
    if _ASKS.search(plain) or (_FORCE.search(plain) and _HAPPENS.search(plain)):
        return True
    if _THEIRS.search(plain) or _FEELS.match(plain):
        return False
    return bool(_DOES.search(plain))


def _named(
    place: int, sentences: Sequence[Sentence], weighed: Sequence[dict[str, float]]
) -> tuple[int, ...]:
    """The limbs that a sentence names, if it says what is done about them."""
    one = sentences[place]
    if one.gap:
        return one.limbs
    if one.voice is Voice.INSPECTORATE or not acts(one.text) or _is_quotation(one):
        return ()
    called = _called(one.text, len(weighed))
    return called or _by_words(_words_of(place, sentences), weighed)


def _is_quotation(one: Sentence) -> bool:
    """Own words of an earlier day, quoted, answer nothing that is asked today."""
    rest = _QUOTED.sub("", one.text)
    return one.voice is Voice.COMMISSIONER and rest != one.text and not acts(rest)


def _called(text: str, limbs: int) -> tuple[int, ...]:
    """The limbs that a sentence calls by letter or rank."""
    letters = [ord(one) - ord("a") + 1 for one in _LETTER.findall(folded(text))]
    ranks = [
        limbs if one.lower() == "last" else _RANKS.index(one.lower()) + 1
        for one in _RANK.findall(text)
    ]
    return tuple(one for one in dict.fromkeys([*letters, *ranks]) if 0 < one <= limbs)


def _words_of(place: int, sentences: Sequence[Sentence]) -> frozenset[str]:
    """A sentence's words; one that points back has those of the sentence before it too.

    So has what the commissioner does about something that the force has just been said to do.
    """
    one = sentences[place]
    words = kin(one.text)
    before = sentences[place - 1] if place else None
    if before is None or before.voice is not one.voice or before.gap:
        return words
    follows = promising.is_promise(one.text) and _FORCE.search(folded(before.text))
    if _BACK.match(one.text) or follows:
        words |= kin(before.text)
    return words


def _by_words(said: frozenset[str], weighed: Sequence[dict[str, float]]) -> tuple[int, ...]:
    shares = [_share(said, weights) for weights in weighed]
    best = max(shares, default=0.0)
    return tuple(
        limb
        for limb, share in enumerate(shares, 1)
        if share >= ANSWERED_FROM and share >= _BESIDE * best
    )


def _share(said: frozenset[str], weights: dict[str, float]) -> float:
    """How much of a limb's words a sentence has; one word in common is too little."""
    held = said & weights.keys()
    if len(held) < min(_FEWEST, len(weights)):
        return 0.0
    return sum(weights[one] for one in held) / (min(sum(weights.values()), _ENOUGH) or 1.0)


def _weights(place: int, texts: Sequence[str], item: Item) -> dict[str, float]:
    """The words of a limb with what each weighs."""
    own = kin(texts[place]) - _GENERIC - kin(item.addressee) - kin(item.deadline)
    others = {word for n, text in enumerate(texts) if n != place for word in kin(text)}
    theme = kin(item.finding) | (kin(item.text) if item.limbs else frozenset())
    return {
        word: _OTHERS if word in others else _THEME if word in theme else _OWN
        for word in own or kin(texts[place])
    }
