"""Read Markdown: to HTML, then the same walk as a web page."""

import re
from itertools import groupby
from pathlib import Path

from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from retrieval.documents import Reading
from retrieval.reading.encoding import decoded
from retrieval.reading.layout import PAGE_TURN, Layout, hidden_note, without_marks
from retrieval.reading.markup import Walk
from retrieval.reading.nesting import refuse_deep
from retrieval.reading.pagemarks import pages_in

_FRONT = re.compile(r"\ufeff?---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_JOIN = f"\n{PAGE_TURN}\n"
_KEY = re.compile(r"([A-Za-z][\w -]*):[ \t]*(.*)")
_FRONT_LINE = re.compile(r"[A-Za-z][\w -]*:(?:[ \t].*)?|[ \t]+.*|- .*|#.*|[ \t]*")
# A line of cells, as text recovered from a PDF has it; not an indented line, item or heading.
_CELLS = re.compile(r"(?!\s|[-*+•>|#]\s|\d+[.)]\s)[^\t]+(?:\t+[^\t]+)+\s*")


def read(path: Path, *, digest: str, max_pages: int) -> Reading:
    """The pages (cut at form feeds and page comments) of a Markdown file."""
    text, notes = decoded(path)
    refuse_deep(path.name, text)
    properties, body = _without_front_matter(without_marks(text.replace("\r\n", "\n")))
    pages = (_with_tables(_tight(page)) for page in pages_in(body, path, max_pages))
    parser = MarkdownIt("commonmark", {"html": True}).enable("table").disable("code")
    tree = LexborHTMLParser(parser.render(_JOIN.join(pages)))
    walk = Walk(Layout(path.name, max_pages))
    if tree.body is not None:
        walk.document(tree, tree.body)
    notes += hidden_note(walk.layout.hidden)
    return Reading(digest, "markdown", walk.layout.pages(), notes, properties)


def _without_front_matter(text: str) -> tuple[dict[str, str], str]:
    """The keys of a YAML block at the top (plain ``key: value`` lines), and the text after it."""
    found = _FRONT.match(text)
    if not found or not all(_FRONT_LINE.fullmatch(line) for line in found.group(1).split("\n")):
        return {}, text
    keys = (_KEY.fullmatch(line) for line in found.group(1).split("\n"))
    told = {key.group(1).strip(): key.group(2).strip().strip("\"'") for key in keys if key}
    return {name: value for name, value in told.items() if value}, text[found.end() :]


def _tight(page: str) -> str:
    """A page without the line feed before and after its mark: a paragraph may run across."""
    return page.removeprefix("\n").removesuffix("\n")


def _with_tables(text: str) -> str:
    """The text with each run of tab-separated lines as a Markdown table."""
    runs = groupby(text.split("\n"), lambda line: bool(_CELLS.fullmatch(line)))
    return "\n".join(_table(list(run)) if cells else "\n".join(run) for cells, run in runs)


def _table(lines: list[str]) -> str:
    cells = [re.split(r"\t+", line.strip().replace("|", r"\|")) for line in lines]
    width = max(map(len, cells))
    rows = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in cells]
    return "\n".join(["", rows[0], "| --- " * width + "|", *rows[1:], ""])
