"""Work out the labels that Word prints before numbered paragraphs: "1.", "(a)", "4a)", "2.3".

Rule: ECMA-376 part 1, 17.9: each paragraph counts up its level of an abstract list, deeper levels
start anew, and the level's text says which counters to print in which form.
"""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from retrieval.reading.rows import roman
from retrieval.reading.word.names import child, is_on, local, value
from retrieval.reading.word.styles import Styles

_COUNTER = re.compile(r"%(\d)")


@dataclass(frozen=True)
class Level:
    """One level of a list: where it starts, the form of its number, the text around it."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False


@dataclass(frozen=True)
class Lists:
    """Abstract lists (their levels by depth) and which one each list of the document uses."""

    abstract: dict[str, dict[int, Level]] = field(default_factory=dict)
    uses: dict[str, str] = field(default_factory=dict)
    restarts: dict[tuple[str, int], int] = field(default_factory=dict)


@dataclass
class Counters:
    """The counters while a document is walked through from its first paragraph to its last."""

    lists: Lists
    styles: Styles
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, paragraph: Element) -> str:
        """The label of the next paragraph; "" for one without a number."""
        number, depth = self._place(paragraph)
        abstract = self.lists.uses.get(number, "")
        level = self.lists.abstract.get(abstract, {}).get(depth)
        if level is None or level.form in ("bullet", "none"):
            return ""
        self._count(number, abstract, depth, level)
        return self._written(abstract, level)

    def _place(self, paragraph: Element) -> tuple[str, int]:
        properties = child(paragraph, "pPr")
        style = value(child(properties, "pStyle"))
        own, inherited = child(properties, "numPr"), self.styles.numbering(style)
        number = value(child(own, "numId")) or value(child(inherited, "numId"))
        depth = value(child(own, "ilvl")) or value(child(inherited, "ilvl"))
        return number, _whole(depth, 0)

    def _count(self, number: str, abstract: str, depth: int, level: Level) -> None:
        counts = self._counts.setdefault(abstract, {})
        restart = self.lists.restarts.get((number, depth))
        if restart is not None and (number, depth) not in self._begun:
            counts[depth] = restart
        else:
            counts[depth] = counts.get(depth, level.start - 1) + 1
        self._begun.add((number, depth))
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]

    def _written(self, abstract: str, level: Level) -> str:
        levels, counts = self.lists.abstract[abstract], self._counts[abstract]

        def counter(found: re.Match[str]) -> str:
            depth = int(found.group(1)) - 1
            shown = levels.get(depth, Level())
            form = "decimal" if level.legal else shown.form
            return written(counts.get(depth, shown.start), form)

        return _COUNTER.sub(counter, level.text).strip()


def lists_in(root: Element) -> Lists:
    """The lists in ``numbering.xml``."""
    lists = Lists()
    for element in root:
        if local(element) == "abstractNum":
            lists.abstract[value(element, "abstractNumId")] = _levels(element)
        elif local(element) == "num":
            _add_list(lists, element)
    return lists


def written(number: int, form: str) -> str:
    """A counter in one of Word's number forms; those not known here come out as digits."""
    if form in ("lowerLetter", "upperLetter") and number > 0:
        letters = chr(ord("a") + (number - 1) % 26) * min(9, (number - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman") and 0 < number < 40:
        return roman(number).upper() if form == "upperRoman" else roman(number)
    return f"{number:02}" if form == "decimalZero" else str(number)


def _levels(abstract: Element) -> dict[int, Level]:
    return {
        _whole(value(level, "ilvl"), 0): _level(level)
        for level in abstract
        if local(level) == "lvl"
    }


def _level(element: Element) -> Level:
    return Level(
        _whole(value(child(element, "start")), 1),
        value(child(element, "numFmt")) or "decimal",
        value(child(element, "lvlText")),
        is_on(child(element, "isLgl")),
    )


def _add_list(lists: Lists, element: Element) -> None:
    number = value(element, "numId")
    lists.uses[number] = value(child(element, "abstractNumId"))
    for override in (inner for inner in element if local(inner) == "lvlOverride"):
        start = value(child(override, "startOverride"))
        if start:
            lists.restarts[number, _whole(value(override, "ilvl"), 0)] = _whole(start, 1)


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else otherwise
