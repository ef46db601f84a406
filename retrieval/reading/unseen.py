"""What a person looking at a web page does not see: elements hidden by attribute or style."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

_DROPPED = frozenset(
    {
        "-comment",
        "-doctype",
        "script",
        "style",
        "template",
        "noscript",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "head",
        "title",
        "meta",
        "link",
        "audio",
        "video",
        "canvas",
        "map",
        "select",
        "datalist",
        "textarea",
        "button",
    }
)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0*(?:\.0+)?\s*(?:[;!]|$)"
    r"|font-size\s*:\s*0*(?:\.0+)?\s*(?:px|pt|em|rem|%)?\s*(?:[;!]|$)",
    re.IGNORECASE,
)
_HIDDEN_CLASS = re.compile(
    r"(?:^|[-_])(?:visually-?hidden|sr-only|screen-reader-(?:text|only))$", re.I
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# Rules at the top level only: what a media query hides is hidden on paper or on a small screen.
_AT_RULE = re.compile(r"@[^{};]*+(?:;|\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\})")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE = re.compile(r"[\w\s.#,>*-]{1,500}")


def is_dropped(tag: str) -> bool:
    """Whether an element never holds words of the document."""
    return tag in _DROPPED


def is_unseen(node: LexborNode) -> bool:
    """Whether an element is hidden by its own attributes."""
    attributes = node.attributes
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if _HIDING.search(attributes.get("style") or ""):
        return True
    return any(_HIDDEN_CLASS.search(name) for name in (attributes.get("class") or "").split())


def unseen_by_style(tree: LexborHTMLParser) -> set[int]:
    """The elements that the page's own style sheets hide, by their ``mem_id``."""
    sheets = "\n".join(node.text() for node in tree.css("style"))
    rules = _RULE.findall(_AT_RULE.sub("", _COMMENT.sub("", sheets)))
    selectors = [chosen.strip() for chosen, body in rules if _HIDING.search(body)]
    simple = [chosen for chosen in selectors if _SIMPLE.fullmatch(chosen)]
    return {node.mem_id for chosen in simple for node in _chosen(tree, chosen)}


def _chosen(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    try:
        return tree.css(selector)
    except SelectolaxError:
        # Browsers pass over a rule that they cannot read.
        return []
