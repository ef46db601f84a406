"""Quoted words and grades: both are taken as they stand or not at all."""

import re
from collections.abc import Iterator, Sequence

_QUOTED = re.compile(r'"([^"]{2,})"|(?<!\w)\'((?:[^\']|(?<=\w)\'(?=\w)){3,}?)\'(?!\w)')
_GRADES = r"outstanding|good|adequate|requir(?:es|ing) improvement|inadequate"
_GRADE = re.compile(rf"\b(?:{_GRADES})\b", re.IGNORECASE)
_GRADING = re.compile(
    rf"\b(?:grad(?:e|ed|es|ing|ings)|rat(?:ed|ing|ings)|judged|judge?ments?)\b|"
    rf"\b(?:is|was|were|are|remains?|as|be|being|been)\s+(?:{_GRADES})\s+(?:at|in|for)\b",
    re.IGNORECASE,
)


def quotations(plain: str, sources: Sequence[str]) -> Iterator[str]:
    """Words in quotation marks that do not stand there as they are."""
    there = [_folded(source) for source in sources]
    for match in _QUOTED.finditer(plain):
        words = (match[1] or match[2]).strip(" .,;:")
        if not any(_folded(words) in source for source in there):
            yield f"the quoted words “{words}” do not stand there"


def grades(plain: str, sources: Sequence[str]) -> Iterator[str]:
    """Grades that do not stand there, in a sentence that speaks of grades."""
    if not _GRADING.search(plain):
        return
    there = {_grade(match.group()) for text in sources for match in _GRADE.finditer(text)}
    for match in _GRADE.finditer(plain):
        if _grade(match.group()) not in there:
            yield f"the grade “{match.group()}” does not stand there"


def _grade(words: str) -> str:
    return " ".join(words.lower().replace("requiring", "requires").split())


def _folded(text: str) -> str:
    return " ".join(text.replace("'", "").replace('"', "").casefold().split())
