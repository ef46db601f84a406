"""What is said in the playground, wrapped for a terminal."""

import html
import textwrap
from collections.abc import Iterable, Iterator

from bot.playground.seen import Message
from bot.playground.wire import Fact

WIDTH = 88
_INDENT = "    "
_UNBROKEN = "\N{NO-BREAK SPACE}"


def wrapped(line: str, indent: str = "") -> Iterator[str]:
    """A line in as many as it needs, each as far in as it was and ``indent`` further."""
    far = indent + line[: len(line) - len(line.lstrip())]
    parts = textwrap.wrap(line.strip(), WIDTH, initial_indent=far, subsequent_indent=far)
    yield from (part.replace(_UNBROKEN, " ") for part in parts or [""])


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


def _lines(shown: Fact) -> Iterator[str]:
    if shown["type"] == "actions":
        labels = (button["text"]["text"].replace(" ", _UNBROKEN) for button in shown["elements"])
        yield "  ".join(f"[{label}]" for label in labels)
        return
    texts = [shown["text"]] if shown["type"] == "section" else shown.get("elements", ())
    for text in texts:
        bare = text["text"].strip("*") if text["type"] == "mrkdwn" else text["text"]
        yield from html.unescape(bare).splitlines()
