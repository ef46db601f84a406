"""What the named styles of a Word file bring with them: hidden text, numbering; no looks."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from retrieval.reading.word.names import child, is_on, local, value

_DEEPEST = 20
# What conversion asks a style for. Looks make up nine tenths of the part, and of the time it takes.
_KEPT = frozenset({"name", "basedOn", "pPr", "numPr", "numId", "ilvl"})


@dataclass(frozen=True)
class Styles:
    """The styles of a document by their id."""

    by_id: dict[str, Element] = field(default_factory=dict)

    def hides(self, name: str) -> bool:
        """Whether text in the style is hidden."""
        return is_on(self._found(name, "rPr", "vanish"))

    def numbering(self, name: str) -> Element | None:
        """The numbering that the style brings, if any."""
        return self._found(name, "pPr", "numPr")

    def _found(self, name: str, *names: str) -> Element | None:
        """A property of a style or of the nearest style that it is based on."""
        for _ in range(_DEEPEST):
            style = self.by_id.get(name)
            if style is None:
                return None
            found = child(style, *names)
            if found is not None:
                return found
            name = value(child(style, "basedOn"))
        return None


def styles_in(root: Element) -> Styles:
    """The styles in ``styles.xml``."""
    return Styles({value(style, "styleId"): style for style in root if local(style) == "style"})


def without_looks(root: Element) -> Element:
    """``styles.xml`` with no more than conversion asks for."""
    slim = Element(root.tag, root.attrib)
    for style in (element for element in root if local(element) == "style"):
        slim.append(_kept(style))
    return slim


def _kept(element: Element) -> Element:
    kept = Element(element.tag, element.attrib)
    kept.extend(_kept(inner) for inner in element if local(inner) in _KEPT)
    return kept
