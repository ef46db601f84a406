"""What a web site puts around a document: menus, banners, footers, trails, forms."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

_TAGS = frozenset({"nav", "aside", "form", "dialog"})
_ROLES = frozenset(
    {
        "navigation",
        "banner",
        "contentinfo",
        "complementary",
        "search",
        "dialog",
        "alertdialog",
        "menu",
        "menubar",
    }
)
_NAMES = re.compile(
    r"(?:^|[-_])(?:cookies?|cookie-?(?:banner|consent|notice|message)|breadcrumbs?|skip-?(?:link|to|nav)"
    r"|skiplinks?|share|sharing|social|pagination|sidebar|masthead|feedback|related|newsletter"
    r"|site-?(?:header|footer|nav)|phase-banner|menu|navbar)(?:$|[-_])",
    re.IGNORECASE,
)
_MAIN = "main, [role='main']"
_CONTENT = ("article", "main")


def root_of(tree: LexborHTMLParser) -> LexborNode | None:
    """Where the document stands in the page: its ``main`` part when that has words, else all."""
    main = tree.css_first(_MAIN)
    return main if main is not None and main.text().strip() else tree.body


def is_furniture(node: LexborNode) -> bool:
    """Whether an element belongs to the site and not to the document."""
    tag, attributes = node.tag or "", node.attributes
    if tag in _CONTENT or attributes.get("role") == "main":
        return False
    if tag in _TAGS or attributes.get("role") in _ROLES:
        return True
    if tag in ("header", "footer"):
        return not _titles_content(node, tag)
    named = f"{attributes.get('id') or ''} {attributes.get('class') or ''}".split()
    return tag in ("div", "section", "ul", "ol", "p", "a") and any(map(_NAMES.search, named))


def _titles_content(node: LexborNode, tag: str) -> bool:
    """Whether a header holds the title of the document, or a footer closes a quotation."""
    parent = node.parent
    if tag == "footer":
        return parent is not None and parent.tag == "blockquote"
    return _within_content(node) and node.css_first("h1, h2") is not None


def _within_content(node: LexborNode) -> bool:
    above = node.parent
    while above is not None:
        if above.tag in _CONTENT or above.attributes.get("role") == "main":
            return True
        above = above.parent
    return False
