"""Readings built from a few lines of markup, so that a test shows the report that it is about.

One line is one block: "# Heading" ("##" one level deeper), "- bullet" ("--" deeper), "4a) | words"
for a labelled bullet, "a || b" for a table row, "^ footnote", "= furniture"; anything else is a
paragraph. "> " before it puts it in a box, "+ " makes it carry on; "===" begins a new page.
"""

import re

from retrieval.documents import Block, BlockKind, Page, Reading

_MARKS = (
    (BlockKind.HEADING, re.compile(r"(?P<level>#+) ")),
    (BlockKind.BULLET, re.compile(r"(?P<level>-+) ")),
    (BlockKind.BULLET, re.compile(r"(?P<label>[\w.]{1,4}[.)](?: \w+\))?) \| ")),
    (BlockKind.FOOTNOTE, re.compile(r"\^ ")),
    (BlockKind.FURNITURE, re.compile(r"= ")),
)


def reading(markup: str, **properties: str) -> Reading:
    """The reading of a report written in markup."""
    pages = re.split(r"(?m)^\s*===\s*$", markup)
    return Reading(
        digest="0" * 64,
        reader="markdown",
        pages=tuple(_page(number, text) for number, text in enumerate(pages, start=1)),
        properties=properties,
    )


def _page(number: int, markup: str) -> Page:
    blocks, texts, start = [], [], 0
    for line in filter(None, map(str.strip, markup.splitlines())):
        block, text = _block(line, start)
        blocks.append(block)
        texts.append(text)
        start = block.end + 1
    return Page(number, "\n".join(texts), tuple(blocks))


def _block(line: str, start: int) -> tuple[Block, str]:
    boxed, line = line.startswith("> "), line.removeprefix("> ")
    continues, line = line.startswith("+ "), line.removeprefix("+ ")
    kind, level, label, text = _kind(line)
    return Block(kind, start, start + len(text), level, continues, label, boxed), text


def _kind(line: str) -> tuple[BlockKind, int, str, str]:
    for kind, mark in _MARKS:
        match = mark.match(line)
        if match:
            found = match.groupdict()
            label = found.get("label") or ""
            level = len(found.get("level") or "-" * bool(label))
            return kind, level, label, line[match.end() :]
    if " || " in line:
        return BlockKind.TABLE_ROW, 0, "", line.replace(" || ", "\t")
    return BlockKind.PARAGRAPH, 0, "", line
