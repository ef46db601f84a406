"""What a report asks for: its items with their limbs, and what it says of itself."""

import re
from dataclasses import dataclass, replace
from datetime import date

from retrieval.documents import Item, Reading
from retrieval.items import asked, letter
from retrieval.items.parts import parts
from retrieval.items.sections import sections


@dataclass(frozen=True)
class ReportItems:
    """A report's own words about itself, and what it asks for; for a person to confirm.

    Dates are None and quotes "" where nothing is said; quotes are whole lines or sentences.
    """

    title: str
    published: date | None
    published_quote: str
    reply_by: date | None
    reply_by_quote: str
    addressees: tuple[str, ...]
    items: tuple[Item, ...]


def extract(reading: Reading) -> ReportItems:
    """Read the items off the blocks of a report of any format; a report with none gives ()."""
    run = parts(reading)
    dated, reply = letter.published(run), letter.reply_by(run)
    title = letter.title(run, reading.properties)
    found = [item for section in sections(run) for item in asked.items(section)]
    return ReportItems(
        title=title,
        published=dated.day,
        published_quote=dated.quote,
        reply_by=reply.day,
        reply_by_quote=reply.quote,
        addressees=letter.addressees(run),
        items=tuple(_ungrouped(item, title) for item in _once(found)),
    )


def _ungrouped(item: Item, title: str) -> Item:
    """The report's own title is no group of its items."""
    return replace(item, group="") if item.group and item.group in title else item


def _once(found: list[Item]) -> list[Item]:
    """A report that sums up its items names each twice: the first mention stays."""
    first: dict[tuple[str, str], Item] = {}
    for item in found:
        words = re.sub(r"\W+", " ", " ".join([item.text, *(limb.text for limb in item.limbs)]))
        first.setdefault((item.kind.value, words.casefold().strip()), item)
    return list(first.values())
