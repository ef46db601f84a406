"""Refuse HTML nested so deeply that only an attack would be; parsing it takes time squared."""

import re

from retrieval.documents import Refused

_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)")
# Elements that stand alone or end without an end tag: a long list of them is not deep.
_FLAT = frozenset(
    {"area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta"}
    | {
        "option",
        "p",
        "param",
        "source",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "track",
        "wbr",
    }
)
_DEEPEST = 2_000


def refuse_deep(name: str, text: str) -> None:
    """Refuse the text of the file ``name`` when its elements stand in one another too deeply."""
    depth = 0
    for closing, tag in _TAG.findall(text):
        if tag.lower() not in _FLAT:
            depth = max(0, depth - 1) if closing else depth + 1
        if depth > _DEEPEST:
            raise Refused(
                f"{name} is nested too deeply for a document: save it again, or print it to PDF"
            )
