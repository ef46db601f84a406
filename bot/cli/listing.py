"""``rejoinder items``: what a report asks for, as proposed to a person."""

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from bot.bootstrap import Parts
from bot.cli.running import DONE, NO, say, show
from bot.responding import counting
from retrieval import items, reading
from retrieval.documents import Item
from retrieval.items import ReportItems


def run(given: argparse.Namespace, parts: Parts) -> int:
    """0 when the report asks for something, 1 when it does not."""
    read = reading.read(given.file, parts.limits)
    found = items.extract(read)
    if given.json:
        show(data(found) | {"notes": list(read.notes)})
    else:
        say(lines(found))
        say(f"Note: {note}" for note in read.notes)
    return DONE if found.items else NO


def data(found: ReportItems) -> dict[str, Any]:
    """As JSON has it; dates as YYYY-MM-DD."""
    told = asdict(found)
    for name in ("published", "reply_by"):
        told[name] = told[name].isoformat() if told[name] else None
    return told


def lines(found: ReportItems) -> Iterator[str]:
    """As a person reads it."""
    yield found.title or "No title found"
    yield f"Published: {found.published or 'no date found'}"
    yield f"Reply by: {found.reply_by or 'no date found'}"
    yield f"Addressed to: {'; '.join(found.addressees) or 'nobody named'}"
    if not found.items:
        yield "No items were found: the report may ask for nothing, or be of a form not known."
    for number, item in enumerate(found.items, 1):
        yield ""
        yield from _item(number, item)
    yield ""
    yield "These are proposals, read by rule: check each against its page."


def _item(number: int, item: Item) -> Iterator[str]:
    named = f" {item.number}" if item.number else ""
    yield f"{number}. {counting.name(item.kind)}{named} (page {item.page})"
    yield f"   {item.text}"
    for limb in item.limbs:
        yield f"   - {limb.text}"
    for name in ("addressee", "deadline"):
        if value := getattr(item, name):
            yield f"   {name.capitalize()}: {value}"
