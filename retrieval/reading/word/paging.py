"""Where pages start in a Word file: put a mark there that survives conversion.

Word has no fixed pages. It writes where each page began when it last laid the document out
(``w:lastRenderedPageBreak``), and writers put breaks of their own. The first kind comes after each
of the second, so a laid-out break right behind a written one is the same break.
"""

from xml.etree.ElementTree import Element, SubElement

from retrieval.reading.layout import PAGE_TURN
from retrieval.reading.word.names import child, is_on, local, sibling, value

_RUNNING = (None, "", "nextPage", "oddPage", "evenPage")
NO_PAGES = "Word files have no fixed pages and this one marks no page breaks: all of it is page 1"
WRITTEN_PAGES = "Word files have no fixed pages: pages are counted at its page breaks"
LAID_OUT_PAGES = "Word files have no fixed pages: pages are counted as Word last laid them out"


def mark_pages(root: Element) -> str:
    """Put page marks into the body of a document; what to tell a person about its pages."""
    _write_out(root)
    laid_out = written = 0
    pending = False
    for element in root.iter():
        name = local(element)
        if name == "br" and value(element, "type") == "page":
            _become_mark(element)
            written, pending = written + 1, True
        elif name == "lastRenderedPageBreak":
            laid_out += 1
            if not pending:
                _become_mark(element)
            pending = False
        elif name == "t" and (element.text or "").strip():
            pending = False
    if laid_out:
        return LAID_OUT_PAGES
    return WRITTEN_PAGES if written else NO_PAGES


def _write_out(root: Element) -> None:
    """Breaks that are properties of a paragraph as breaks in a run before or after its words."""
    for paragraph in [element for element in root.iter() if local(element) == "p"]:
        properties = child(paragraph, "pPr")
        if is_on(child(properties, "pageBreakBefore")):
            paragraph.insert(1, _broken_run(paragraph))
        section = child(properties, "sectPr")
        if section is not None and value(child(section, "type")) in _RUNNING:
            paragraph.append(_broken_run(paragraph))


def _broken_run(paragraph: Element) -> Element:
    run = Element(sibling(paragraph, "r"))
    space = paragraph.tag.rpartition("}")[0] + "}"
    SubElement(run, space + "br", {space + "type": "page"})
    return run


def _become_mark(element: Element) -> None:
    element.tag = sibling(element, "t")
    element.attrib.clear()
    element.text = PAGE_TURN
