"""Read a web page: its words without the site's furniture."""

import re
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from retrieval.documents import Reading
from retrieval.reading.encoding import decoded
from retrieval.reading.furniture import is_furniture, root_of
from retrieval.reading.layout import Layout, hidden_note, without_marks
from retrieval.reading.markup import Walk
from retrieval.reading.nesting import refuse_deep

# What pages say of themselves in <meta>; dates there are often wrong, so they stay properties.
_TELLING = re.compile(
    r"author|creator|publisher|description|date|created|modified|issued|published"
)
_LONGEST_PROPERTY = 500


def read(path: Path, *, digest: str, max_pages: int) -> Reading:
    """The one page of an HTML file."""
    text, notes = decoded(path)
    refuse_deep(path.name, text)
    tree = LexborHTMLParser(without_marks(text))
    walk = Walk(Layout(path.name, max_pages), leaves_out=is_furniture)
    root = root_of(tree)
    if root is not None:
        walk.document(tree, root)
    notes += hidden_note(walk.layout.hidden) + _furniture_note(walk.furniture)
    return Reading(digest, "html", walk.layout.pages(), notes, _properties(tree))


def _furniture_note(count: int) -> tuple[str, ...]:
    if not count:
        return ()
    return (f"menus, banners and side notes of the web site were left out ({count:,} characters)",)


def _properties(tree: LexborHTMLParser) -> dict[str, str]:
    found = {}
    title = tree.css_first("head > title")
    if title is not None:
        found["title"] = title.text()
    for meta in tree.css("meta[content]"):
        name = (meta.attributes.get("name") or meta.attributes.get("property") or "").lower()
        if _TELLING.search(name):
            found[name] = meta.attributes.get("content") or ""
    layout = Layout()
    return {name: layout.folded(value)[:_LONGEST_PROPERTY] for name, value in found.items()}
