"""Names of a sentence: each must stand in what it cites or in what its documents are called.

An acronym stands there when it is spelled out, and the other way round.
"""

import re
from collections.abc import Iterator, Sequence

from bot.grounding.figures import dates_blanked
from retrieval.words import STOP, terms

_NAME = re.compile(r"\b(?:[A-Z][\w-]*[a-z]\w*|[A-Z][A-Z&]+s?)\b")
_ACRONYM = re.compile(r"\b[A-Z]{3,7}s?\b")
_LETTERS = re.compile(r"[A-Za-z]+")
_LITTLE = frozenset({"of", "and", "the", "for", "in", "to", "on"})
# Words that begin sentences and clauses with a capital and name nothing.
_STARTING = (
    "inspectors children police officers force yes no not none never nobody neither either nor "
    "however although though since because despite according overall often only rarely mostly "
    "staff people victims callers leaders managers there here one both several many few every "
    "another two three four five six seven eight nine ten eleven twelve twenty thirty"
)
_UNNAMED = STOP | set(_STARTING.split())


def names(plain: str, sources: Sequence[str], context: Sequence[str]) -> Iterator[str]:
    """The names that do not stand there; a word with a capital only for its place is none."""
    there = {term for text in (*sources, *context) for term in terms(text)}
    runs = [initials(text) for text in (*sources, *context)]
    text = dates_blanked(plain)
    for match in _NAME.finditer(text):
        name = match.group()
        if _opens(text, match.start()) and not name.isupper():
            continue
        if name.lower() in _UNNAMED or set(terms(name)) <= there:
            continue
        if not (_is_acronym(name) and any(name.rstrip("s").lower() in run for run in runs)):
            yield f"the name {name} does not stand there"


def spelled_out(plain: str, sources: Sequence[str]) -> set[str]:
    """The sentence's terms that stand in the sources as an acronym, or the acronyms spelled out.

    "multi-agency safeguarding hub" for MASH, and MASH for the other.
    """
    run = initials(plain)
    words = [word for word in _LETTERS.findall(plain) if word.lower() not in _LITTLE]
    found: set[str] = set()
    for text in sources:
        for acronym in {match.group().rstrip("s") for match in _ACRONYM.finditer(text)}:
            at = run.find(acronym.lower())
            if at >= 0:
                found |= set(terms(" ".join(words[at : at + len(acronym)])))
        for acronym in {match.group() for match in _ACRONYM.finditer(plain)}:
            if acronym.rstrip("s").lower() in initials(text):
                found |= set(terms(acronym))
    return found


def initials(text: str) -> str:
    """The first letters of all words but the little ones: "mash" of "multi-agency safeguarding hub"

    An acronym that spells its little words too ("OFSTED") has to stand there as it is.
    """
    words = _LETTERS.findall(text)
    return "".join(word[0] for word in words if word.lower() not in _LITTLE).lower()


def _is_acronym(name: str) -> bool:
    return name.rstrip("s").isupper() and len(name.rstrip("s")) > 1


def _opens(text: str, start: int) -> bool:
    """Whether a word stands where any word has a capital: at the start, or after a full stop."""
    before = text[:start].rstrip(" \"'(")
    return not before or before[-1] in ".!?:"
