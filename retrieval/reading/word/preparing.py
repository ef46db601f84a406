"""Rewrite the parts of a Word file: take out what is hidden, mark pages and labels, keep count."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from retrieval.reading.layout import LABEL_MARK, without_marks
from retrieval.reading.word.names import child, is_on, local, sibling, value, words
from retrieval.reading.word.numbering import Counters
from retrieval.reading.word.styles import Styles

# Smaller than 3 points nobody reads; sizes are in half points.
_LEAST_HALF_POINTS = 6


@dataclass(frozen=True)
class Counts:
    """How many characters were hidden or struck out, how many insertions and comments there are."""

    hidden: int = 0
    struck_out: int = 0
    insertions: int = 0
    comments: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        """The counts of two parts together."""
        return Counts(
            self.hidden + other.hidden,
            self.struck_out + other.struck_out,
            self.insertions + other.insertions,
            self.comments + other.comments,
        )


def prepare(root: Element, styles: Styles) -> Counts:
    """Take hidden runs out of a part, and marks that only we may set; what was found."""
    _drop_second_copies(root)
    for element in root.iter():
        if local(element) in ("t", "delText") and element.text:
            element.text = without_marks(element.text)
    struck = sum(len(words(gone, "delText")) for gone in _named(root, "del"))
    moved = sum(_emptied(gone) for gone in _named(root, "moveFrom"))
    return Counts(
        hidden=sum(_emptied(run) for run in _hidden_runs(root, styles)),
        struck_out=struck + moved,
        insertions=len(_named(root, "ins")),
        comments=len(_named(root, "commentReference")),
    )


def label_paragraphs(root: Element, counters: Counters) -> None:
    """Put the label that Word prints before each numbered paragraph into its text, marked."""
    for paragraph in _named(root, "p"):
        label = counters.label(paragraph)
        if label and words(paragraph).strip():
            _insert_label(paragraph, label)


def _insert_label(paragraph: Element, label: str) -> None:
    run = Element(sibling(paragraph, "r"))
    SubElement(run, sibling(paragraph, "t")).text = f"{LABEL_MARK}{label}{LABEL_MARK}"
    at = 0 if child(paragraph, "pPr") is None else 1
    paragraph.insert(at, run)


def _named(root: Element, name: str) -> list[Element]:
    return [element for element in root.iter() if local(element) == name]


def _drop_second_copies(root: Element) -> None:
    """Drawings stand twice, for new and old Word; only the fallback is converted."""
    for alternates in _named(root, "AlternateContent"):
        if child(alternates, "Fallback") is not None:
            for choice in [inner for inner in alternates if local(inner) == "Choice"]:
                alternates.remove(choice)


def _hidden_runs(root: Element, styles: Styles) -> list[Element]:
    hidden = []
    for paragraph in _named(root, "p"):
        style = styles.hides(value(child(paragraph, "pPr", "pStyle")))
        hidden += [run for run in _named(paragraph, "r") if _is_hidden(run, style, styles)]
    return hidden


def _is_hidden(run: Element, by_paragraph: bool, styles: Styles) -> bool:
    own = child(run, "rPr", "vanish")
    size = value(child(run, "rPr", "sz"))
    if size.isdecimal() and int(size[:6]) < _LEAST_HALF_POINTS:
        return True
    if own is not None:
        return is_on(own)
    return by_paragraph or styles.hides(value(child(run, "rPr", "rStyle")))


def _emptied(element: Element) -> int:
    """Take the words out of an element; how many characters they were."""
    count = 0
    for text in _named(element, "t"):
        count += len(text.text or "")
        text.text = ""
    return count
