"""Names in WordprocessingML, whichever of its two namespaces a file uses."""

from xml.etree.ElementTree import Element

_OFF = ("0", "false", "off")


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def child(element: Element | None, *names: str) -> Element | None:
    """The first element down a path of names; None where the path ends."""
    for name in names:
        if element is None:
            return None
        element = next((inner for inner in element if local(inner) == name), None)
    return element


def value(element: Element | None, name: str = "val") -> str:
    """An attribute by its name without namespace, "" when it is not there."""
    if element is None:
        return ""
    return next((v for key, v in element.attrib.items() if key.rpartition("}")[2] == name), "")


def is_on(element: Element | None) -> bool:
    """Whether a property such as ``w:vanish`` is there and not switched off."""
    return element is not None and value(element) not in _OFF


def sibling(element: Element, name: str) -> str:
    """The full name of another element in the same namespace."""
    return element.tag.rpartition("}")[0] + "}" + name


def words(element: Element, name: str = "t") -> str:
    """The text of the runs (``t``; ``delText`` of struck-out ones) inside an element."""
    return "".join(inner.text or "" for inner in element.iter() if local(inner) == name)
