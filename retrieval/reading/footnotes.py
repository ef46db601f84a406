"""Find the footnotes of an HTML document by the names that their markers link to."""

from selectolax.lexbor import LexborHTMLParser, LexborNode

# As converters for Word and Markdown, and the digital publishing roles, write them.
_WHERE = (
    "li[id^='footnote-'], li[id^='endnote-'], li[id^='fn:'], li[id^='fn-'], "
    "[role='doc-footnote'][id], [role='doc-endnotes'] li[id], .footnotes li[id]"
)


def footnotes_in(tree: LexborHTMLParser) -> dict[str, LexborNode]:
    """Footnotes by their id, in the order of the document."""
    return {node.id: node for node in tree.css(_WHERE) if node.id}
