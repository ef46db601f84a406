"""Words as search and grounding see them: folded, cut into terms, stemmed, weighed by rarity."""

import math
import re
import threading
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

import snowballstemmer

_TERM = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+", re.UNICODE)
_SUPERSCRIPT = re.compile("[⁰¹²³⁴-⁹]+")
_POSSESSIVE = re.compile(r"(?<=\w)'s\b")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_SINGLE_QUOTES = re.compile("[\u2018\u2019\u201a\u201b\u2032]")
_DOUBLE_QUOTES = re.compile("[\u201c\u201d\u201e\u201f\u2033«»]")

# Words that carry grammar, not matter. Negations are kept out of this list on purpose.
_STOP = (
    "a about above according after again all also although am an and any are as at be because "
    "been before being below between both but by can could did do does doing down during each few "
    "for from further given had has have having he her here hers him his how i if in into is it "
    "its itself just let may me might more most must my of off on once only or other our ours out "
    "over own per regarding said same say says she should so some such tell than that the their "
    "theirs them then there these they this those through to too under until up us very was we "
    "were what when where whether which while who whom whose why will with within would you your "
    "yours "
)
STOP = frozenset(_STOP.split())


def folded(text: str) -> str:
    """Text with one kind of quote, dash and space and no footnote markers; case kept."""
    plain = _SUPERSCRIPT.sub("", text)
    plain = _DOUBLE_QUOTES.sub('"', _SINGLE_QUOTES.sub("'", _DASHES.sub("-", plain)))
    return " ".join(unicodedata.normalize("NFKC", plain).split())


_STEMMING = threading.Lock()  # a stemmer keeps the word it is at: two threads would mix theirs


@lru_cache(maxsize=1)
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The English Porter 2 stem of one lower-case word."""
    with _STEMMING:
        return str(_stemmer().stemWord(word))


@lru_cache(maxsize=16384)
def terms(text: str) -> tuple[str, ...]:
    """Stems of all words and numbers in order, stop words left out; "1,100" is "1100".

    Remembered: a question meets the same passages in finding, weighing and checking.
    """
    found = _TERM.findall(_POSSESSIVE.sub("", folded(text).lower()))
    telling = (w for w in found if w not in STOP and (len(w) > 1 or w.isdigit()))
    return tuple(_term(word) for word in telling)


def _term(word: str) -> str:
    return word.replace(",", "") if word[0].isdigit() else stem(word)


def rarity(holding: int, passages: int) -> float:
    """How telling a term is that stands in ``holding`` of ``passages`` (BM25's idf, never < 0)."""
    return math.log(1 + (passages - holding + 0.5) / (holding + 0.5))


def coverage(asked: Iterable[str], held: Iterable[str], weights: Mapping[str, float]) -> float:
    """The share, by weight, of the asked terms that are held: 0 to 1, and 0 for no terms."""
    wanted = set(asked)
    total = sum(weights.get(term, 1.0) for term in wanted)
    common = sum(weights.get(term, 1.0) for term in wanted.intersection(held))
    return common / total if total else 0.0
