"""Older items that a new report repeats, or says are closed: proposals for a person to confirm."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.responding.locating import Words
from bot.store.cases import Case, Closing, Content, Item, Status
from retrieval.documents import BlockKind, ItemKind, Reading
from retrieval.items.parts import Part, parts
from retrieval.words import terms

_ALIKE = 0.8  # of the words of the longer text
_HELD = 0.7  # of the words of a letter's short form of an item
_FEWEST = 5  # words that tell something
_CLOSED = re.compile(
    r"\((?:now )?(?:closed|discharged)\)|"
    r"\b(?:causes? of concern|recommendations?|areas? for improvement)\b[^.]{0,80}"
    r"\b(?:is|are|has been|have been)\b[^.]{0,20}\b(?:closed|discharged|complete)\b|"
    r"\b(?:close|closed|discharge|discharged)\b[^.]{0,40}"
    r"\b(?:causes? of concern|recommendations?|areas? for improvement)\b",
    re.IGNORECASE,
)
_THIS = re.compile(r"\bthis (?:recommendation|area for improvement)\b", re.IGNORECASE)
_NOT_CLOSED = re.compile(
    r"\b(?:not|remains?|still|until|before|if|when|once|will|cannot|n[’']t)\b", re.IGNORECASE
)
_NAMED = re.compile(
    r"(?P<kind>causes? of concern|recommendation|area for improvement)\s+(?P<number>\d+\w?)\b",
    re.IGNORECASE,
)
_KINDS = {
    "cause of concern": ItemKind.CAUSE_OF_CONCERN,
    "causes of concern": ItemKind.CAUSE_OF_CONCERN,
    "recommendation": ItemKind.RECOMMENDATION,
    "area for improvement": ItemKind.AREA_FOR_IMPROVEMENT,
}


@dataclass(frozen=True)
class Old:
    """An item of an older case."""

    case: str
    item: Item

    @property
    def name(self) -> str:
        """As a sheet names it."""
        return f"{self.case}/{self.item.id}"

    @property
    def words(self) -> Counter[str]:
        """Its telling words, limbs and all."""
        return _counted(_whole(self.item))


def linked(content: Content, reading: Reading, known: Sequence[Case]) -> Content:
    """The content with the older items that its items repeat, and those that the text closes."""
    olds = [Old(case.id, item) for case in known for item in case.content.items]
    if not olds:
        return content
    items = tuple(replace(one, repeats=_repeated(one, olds)) for one in content.items)
    return replace(content, items=items, closes=tuple(_closings(reading, olds, content)))


def alike(one: Counter[str], other: Counter[str]) -> float:
    """The share of words in common, of the longer text; 0 when neither has any."""
    longest = max(one.total(), other.total())
    return (one & other).total() / longest if longest else 0.0


def _repeated(item: Item, olds: list[Old]) -> str:
    mine = _counted(_whole(item))
    scored = [(alike(mine, old.words), old.name) for old in olds if old.item.kind is item.kind]
    best = max(scored, default=(0.0, ""))
    return best[1] if best[0] >= _ALIKE and mine.total() >= _FEWEST else ""


def _closings(reading: Reading, olds: list[Old], content: Content) -> Iterator[Closing]:
    words = Words(reading.pages)
    seen: set[str] = set()
    for section in _sections(parts(reading)):
        for old, said in _closed_in(section, olds):
            spans = words.find(said.text, said.page)
            if spans and old.name not in seen:
                seen.add(old.name)
                yield Closing(
                    old.case, old.item.id, Status.CLOSED, said.page, said.text,
                    on=content.published, spans=spans,
                )  # fmt: skip


def _sections(run: list[Part]) -> Iterator[list[Part]]:
    """Stretches that begin with a heading."""
    section: list[Part] = []
    for part in run:
        if part.is_heading and section:
            yield section
            section = []
        section.append(part)
    if section:
        yield section


def _closed_in(section: list[Part], olds: list[Old]) -> Iterator[tuple[Old, Part]]:
    """Items that a section names, with the words that close them: all of it, or one at a time."""
    named = [(place, old) for place, part in enumerate(section) for old in _meant(part, olds)]
    cases = Counter(old.case for _, old in named)
    headed = _headed(section[0], olds, cases.most_common(1)[0][0] if cases else "")
    for place, part in [*list(enumerate(section))[1:], (0, section[0])]:
        said = _closing_sentence(part)
        if said and _THIS.search(said.text):
            yield from ((old, said) for at, old in named if at in (place, place - 1))
        elif said:
            yield from ((old, said) for old in [*headed, *(old for _, old in named)])


def _closing_sentence(part: Part) -> Part | None:
    for sentence in re.split(r"(?<=[.!?])\s+", part.text):
        if _CLOSED.search(sentence) and not _NOT_CLOSED.search(sentence):
            return replace(part, text=sentence)
    return None


def _meant(part: Part, olds: list[Old]) -> Iterator[Old]:
    """The older item that a paragraph restates, perhaps in fewer words."""
    if part.kind is BlockKind.HEADING:
        return
    text = _NAMED.sub("", part.text, count=1) if _NAMED.match(part.text) else part.text
    mine = _counted(text)
    if mine.total() < _FEWEST:
        return
    scored = [((mine & old.words).total() / mine.total(), old) for old in olds]
    best = max(scored, key=lambda one: (one[0], _numbered(part, one[1])), default=None)
    if best and best[0] >= _HELD:
        yield best[1]


def _numbered(part: Part, old: Old) -> bool:
    """Whether a paragraph names the item by kind and number."""
    named = _NAMED.match(part.text)
    return bool(
        named
        and _KINDS[named["kind"].lower()] is old.item.kind
        and named["number"] == old.item.number
    )


def _headed(heading: Part, olds: list[Old], case: str) -> list[Old]:
    """The item that a heading names by its number, in the case that the section is about."""
    return [old for old in olds if old.case == case and _numbered(heading, old)]


def _whole(item: Item) -> str:
    return " ".join([item.text, *(limb.text for limb in item.limbs)])


def _counted(text: str) -> Counter[str]:
    return Counter(terms(text))
