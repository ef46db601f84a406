"""What is said in the playground, wrapped for a terminal."""

import html
import textwrap
from collections.abc import Iterable, Iterator

from bot.playground.seen import Message
from bot.playground.wire import Fact

WIDTH = 88
_INDENT = "    "


def wrapped(line: str, indent: str = "") -> Iterator[str]:
    """A line in as many as it needs, each as far in as it was and ``indent`` further."""
    far = indent + line[: len(line) - len(line.lstrip())]
    yield from textwrap.wrap(line.strip(), WIDTH, initial_indent=far, subsequent_indent=far) or [""]


def block(lines: Iterable[str]) -> Iterator[str]:
    """Lines set in, no two empty ones together."""
    before = ""
    for line in lines:
        if line.strip() or before.strip():
            yield from wrapped(line, _INDENT)
        before = line


def message(shown: Message) -> Iterator[str]:
    """A message as it stands in Slack, its buttons in square brackets."""
    if not shown.blocks:
        yield from block(html.unescape(shown.text).splitlines())
        return
    before = ""
    for one in shown.blocks:
        kind = _kind(one)
        if kind != before and before and kind != "words":
            yield ""
        yield from block(_lines(one))
        before = kind


def _kind(block: Fact) -> str:
    """What a block is for a reader: words, a heading over words, small notes, buttons."""
    if block["type"] == "section":
        return "heading" if block["text"]["type"] == "mrkdwn" else "words"
    return str(block["type"])


def _lines(block: Fact) -> Iterator[str]:
    if block["type"] == "actions":
        yield "  ".join(f"[{button['text']['text']}]" for button in block["elements"])
        return
    texts = [block["text"]] if block["type"] == "section" else block.get("elements", ())
    for text in texts:
        bare = text["text"].strip("*") if text["type"] == "mrkdwn" else text["text"]
        yield from html.unescape(bare).splitlines()
