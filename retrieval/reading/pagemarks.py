"""Where pages start in text that has no pages of its own: form feeds and page comments."""

import re
from pathlib import Path

from retrieval.reading.layout import refuse_long

_COMMENT = re.compile(r"^[ \t]*<!--\s*page\s+(\d{1,9})\s*-->[ \t]*$", re.IGNORECASE | re.MULTILINE)


def pages_in(text: str, path: Path, max_pages: int) -> list[str]:
    """The text cut at form feeds and at lines such as ``<!-- page 3 -->``.

    A comment names the page that it opens: pages missing before it come out empty, and one that
    names the page already open, or an earlier one, starts no second page before there is text.
    """
    pages: list[str] = []
    for sheet in text.split("\f"):
        first, *rest = _COMMENT.split(sheet)
        pages.append(first)
        for named, part in zip(rest[::2], rest[1::2], strict=True):
            _open(pages, int(named), path, max_pages)
            pages[-1] += part
    return pages


def _open(pages: list[str], named: int, path: Path, max_pages: int) -> None:
    refuse_long(path.name, named, max_pages)
    if pages[-1].strip() or named > len(pages):
        pages.extend("" for _ in range(max(1, named - len(pages))))
