"""A "not", a "should" or a good made into its opposite, in words that otherwise stay the same.

A word such as "not" or "should" is read with the first content words behind it in its clause, its
scope. Lost: the nearest source has the word, the sentence has its scope without it. Made up: the
other way round. Contradictions in other words are not seen.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.words import stem, terms

_SCOPE = 3
_CLAUSE = re.compile(
    r"[;:()]|[.,](?!\d)| - |"
    r"\b(?:but|although|though|however|despite|because|which|who|while|whereas)\b"
)
_NOT = re.compile(
    r"\b(?:not(?! (?:only|just|merely|least))|no(?! (?:later|more|fewer|less|doubt)\b)|never|none|"
    r"nor|neither|without|cannot|\w+n't|nobody|nothing|lack(?:s|ed|ing)?(?: of)?|"
    r"fail(?:s|ed|ing|ure)? to|unable to|rarely|seldom|hardly)\b",
    re.IGNORECASE,
)
# What may stand for a "not" on the other side, beside those above.
_NEARLY_NOT = re.compile(
    rf"{_NOT.pattern}|\b(?:too few|too little|few|limited|insufficient(?:ly)?|absence of|absent|"
    r"yet to|stopped|ended|abandoned|inconsistent(?:ly)?|poor(?:ly)?|weak|inadequate(?:ly)?"
    r"|gaps? in|shortage of)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:should|must|ha(?:s|ve|d) to|needs? to|ought to|shall|(?:is|are|was|were) (?:required|"
    r"expected|asked|told)? ?to|required to|recommend(?:s|ed|ing)?)\b"
)
_PLANNED = re.compile(
    r"\b(?:will|would|shall|plan(?:s|ned)? to|intend(?:s|ed)? to|aim(?:s|ed)? to|going to|"
    r"propos(?:es|ed) to|promis(?:es|ed) to|(?:is|are) to)\b"
)
_POSSIBLE = re.compile(r"\b(?:may(?! \d| 20)|might)\b")
# What is asked for or planned may be told in either way, but never as done.
_MOODS = ((_ASKED, _ASKED), (_PLANNED, re.compile(f"{_ASKED.pattern}|{_PLANNED.pattern}")),
          (_POSSIBLE, re.compile(rf"{_POSSIBLE.pattern}|\bcould\b|\bcan\b")))  # fmt: skip
_OPPOSITES = (
    "good poor", "strong weak", "effective ineffective", "efficient inefficient", "well poorly",
    "consistent inconsistent", "consistently inconsistently", "sufficient insufficient",
    "adequate inadequate", "appropriate inappropriate", "adequately inadequately",
    "timely delayed", "always rarely", "usually rarely", "often rarely", "most few",
    "majority minority", "high low", "higher lower", "increased decreased", "increased fell",
    "increased reduced", "rose fell", "risen fallen", "improved worsened", "improved declined",
    "improving declining", "more fewer", "more less", "above below", "before after", "able unable",
    "open closed", "opened closed", "accepted rejected", "clear unclear", "aware unaware",
    "safe unsafe", "complete incomplete", "quickly slowly", "first last",
)  # fmt: skip
# Words that are said of nothing by themselves: "should make sure that …".
_LIGHT_WORDS = "not no never none nor neither make made sure ensure ensures ensured"
_LIGHT = frozenset(map(stem, _LIGHT_WORDS.split()))
_PAST_FORMS = (
    "held hold sent send wrote write written write took take taken take gave give given give kept "
    "keep found find met meet led lead brought bring began begin begun begin built build spent "
    "spend told tell sought seek understood understand did do done do went go gone go saw see seen "
    "see lost lose left leave got get paid pay ran run rose rise fell fall chose choose"
)
_PASTS, _BASES = (list(map(stem, _PAST_FORMS.split()[n::2])) for n in (0, 1))
_VERB = dict(zip(_PASTS, _BASES, strict=True))


@dataclass(frozen=True)
class _Reach:
    """What a "not" or a "should" is said of: stems, the first of them first, and the word's own."""

    words: tuple[str, ...]
    by: frozenset[str]

    def meets(self, other: "_Reach") -> bool:
        """Whether two such words are said of the same thing, and not one of the other."""
        shared = set(self.words) & set(other.words)
        return bool(shared) and not other.by & set(self.words)

    def held(self, text_terms: set[str]) -> bool:
        """Whether a text speaks of it: its first word and most of the others."""
        there = sum(word in text_terms for word in self.words)
        return self.words[0] in text_terms and 2 * there > len(self.words)


def turned(plain: str, sources: Sequence[str], nearest: str) -> Iterator[str]:
    """What is lost or made up against the sources."""
    made_up = _made_up(plain, sources, nearest, _NOT, _NEARLY_NOT)
    if made_up or _lost(plain, nearest, _NOT, _NEARLY_NOT):
        yield "it says no where its source says yes, or the other way round"
    for mood, same in _MOODS:
        if _lost(plain, nearest, mood, same):
            yield "it tells as done what its source says should be, will be or may be"
        if _made_up(plain, sources, nearest, mood, same):
            yield "it says that something should be, will be or may be, and its source does not"
    yield from _opposite(plain, sources, nearest)


def _lost(plain: str, nearest: str, words: re.Pattern[str], same: re.Pattern[str]) -> bool:
    """Whether the sentence speaks of what the source's word reaches, without such a word."""
    spoken, mine = set(_told(plain)), _reaches(plain, same, 5)
    return any(
        reach.held(spoken) and not any(reach.meets(one) for one in mine)
        for reach in _reaches(nearest, words)
    )


def _made_up(
    plain: str, sources: Sequence[str], nearest: str, words: re.Pattern[str], same: re.Pattern[str]
) -> bool:
    """Whether the sentence has such a word where the nearest source speaks of it without."""
    spoken = set(_told(nearest))
    theirs = [reach for text in sources for reach in _reaches(text, same, 6)]
    return any(
        reach.held(spoken) and not any(reach.meets(one) for one in theirs)
        for reach in _reaches(plain, words)
    )


def _reaches(text: str, words: re.Pattern[str], scope: int = _SCOPE) -> list[_Reach]:
    """The reach of each such word in the text; one with nothing behind it has none."""
    found = []
    for match in words.finditer(text):
        clause = _CLAUSE.split(text[match.end() :], maxsplit=1)[0]
        reached = tuple(term for term in _told(clause) if term not in _LIGHT)[:scope]
        if reached:
            by = terms(match.group()) if words is _NEARLY_NOT else ()
            found.append(_Reach(reached, frozenset(by)))
    return found


def _opposite(plain: str, sources: Sequence[str], nearest: str) -> Iterator[str]:
    mine, theirs = _words(plain), _words(nearest)
    everywhere = {word for text in sources for word in _words(text)}
    if len(set(terms(plain)) & set(terms(nearest))) < 3 or _NOT.search(plain):
        return
    for pair in _OPPOSITES:
        for one, other in (pair.split(), pair.split()[::-1]):
            if one in mine - everywhere and other in theirs - mine and not _NOT.search(nearest):
                yield f"it says “{one}” where its source says “{other}”"


def _told(text: str) -> list[str]:
    """The terms of a text, past forms as the verb itself."""
    return [_VERB.get(term, term) for term in terms(text)]


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", text.lower()))
