"""Read a Word file: to HTML by mammoth, then the same walk as a web page."""

from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import mammoth
from selectolax.lexbor import LexborHTMLParser

from retrieval.documents import Reading
from retrieval.reading.layout import Layout, hidden_note
from retrieval.reading.markup import Walk
from retrieval.reading.word import package, paging
from retrieval.reading.word.names import local
from retrieval.reading.word.numbering import Counters, lists_in
from retrieval.reading.word.preparing import Counts, label_paragraphs, prepare
from retrieval.reading.word.styles import Styles, styles_in, without_looks

_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
p[style-name='List Bullet 2'] => ul|ol > li > ul > li:fresh
p[style-name='List Bullet 3'] => ul|ol > li > ul|ol > li > ul > li:fresh
p[style-name='List Number 2'] => ul|ol > li > ol > li:fresh
p[style-name='List Number 3'] => ul|ol > li > ul|ol > li > ol > li:fresh
p[style-name='heading 7'] => h6:fresh
p[style-name='heading 8'] => h6:fresh
p[style-name='heading 9'] => h6:fresh
"""
_BESIDE = ("footnotes.xml", "endnotes.xml")
_PROPERTIES = "docProps/core.xml"
_LONGEST_PROPERTY = 500


def read(path: Path, *, digest: str, max_pages: int) -> Reading:
    """The pages of a Word file, counted at its page breaks."""
    parts = package.parts_of(path)
    counts, about_pages = _prepared(path, parts)
    result = mammoth.convert_to_html(
        package.packed(parts),
        style_map=_STYLES,
        include_embedded_style_map=False,
        convert_image=mammoth.images.img_element(lambda _: {}),
    )
    tree = LexborHTMLParser(result.value)
    walk = Walk(Layout(path.name, max_pages), counts_lists=False)
    if tree.body is not None:
        walk.document(tree, tree.body)
    notes = (about_pages, *_notes(counts, walk))
    return Reading(digest, "docx", walk.layout.pages(), notes, _properties(path, parts))


def _prepared(path: Path, parts: dict[str, bytes]) -> tuple[Counts, str]:
    """Rewrite the parts that hold text; what was taken out, and where its pages come from."""
    main = package.main_part(path, parts)
    folder = main.rpartition("/")[0]
    looks = _part(path, parts, f"{folder}/styles.xml", Element("none"))
    styles = styles_in(looks)
    lists = lists_in(_part(path, parts, f"{folder}/numbering.xml", Element("none")))
    body = package.tree_of(path, parts.get(main, b""))
    counts = prepare(body, styles) + _beside(path, parts, folder, styles)
    label_paragraphs(body, Counters(lists, styles))
    about_pages = paging.mark_pages(body)
    parts[main] = ElementTree.tostring(body)
    parts[f"{folder}/styles.xml"] = ElementTree.tostring(without_looks(looks))
    return counts, about_pages


def _beside(path: Path, parts: dict[str, bytes], folder: str, styles: Styles) -> Counts:
    """The same for footnotes and endnotes."""
    counts = Counts()
    for name in (f"{folder}/{part}" for part in _BESIDE if f"{folder}/{part}" in parts):
        notes = package.tree_of(path, parts[name])
        counts += prepare(notes, styles)
        parts[name] = ElementTree.tostring(notes)
    return counts


def _part(path: Path, parts: dict[str, bytes], name: str, otherwise: Element) -> Element:
    return package.tree_of(path, parts[name]) if name in parts else otherwise


def _notes(counts: Counts, walk: Walk) -> tuple[str, ...]:
    told = [*hidden_note(counts.hidden + walk.layout.hidden)]
    if counts.struck_out or counts.insertions:
        told.append(
            f"it has tracked changes: insertions ({counts.insertions:,}) are kept, deletions "
            f"({counts.struck_out:,} characters) are left out"
        )
    if counts.comments:
        told.append(f"{_counted(counts.comments, 'comment')} left out")
    if walk.pictures:
        told.append(f"{_counted(walk.pictures, 'picture')} not read: look for words in them")
    return tuple(told)


def _counted(count: int, what: str) -> str:
    return f"1 {what} was" if count == 1 else f"{count:,} {what}s were"


def _properties(path: Path, parts: dict[str, bytes]) -> dict[str, str]:
    layout = Layout()
    told = _part(path, parts, _PROPERTIES, Element("none"))
    found = ((local(item), layout.folded(item.text or "")) for item in told)
    return {name: text[:_LONGEST_PROPERTY] for name, text in found if text}
