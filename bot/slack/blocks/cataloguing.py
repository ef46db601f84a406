"""What a document is, as a person confirms it: the modal, and what was put into it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from bot.slack.blocks import documents, fields, kit, limits, text
from bot.slack.blocks.documents import KINDS, LONDON
from bot.slack.blocks.kit import Block
from retrieval.catalogue import UNCHECKED
from retrieval.documents import CatalogueEntry, Kind

CALLBACK = "index_document"
SIZES = {"title": 300, "body": 150, "place": 150, "source": 500}
_EMBARGO = "%Y-%m-%d %H:%M"
_ADDRESS = re.compile(r"https?://[^\s<>\"|]+")
_COLLECTIONS = {
    "public": "Public: everyone who may ask",
    "office": "Office: those whom the settings name",
    UNCHECKED: "Held back: nobody reads it yet",
}

NO_TITLE = "Write a title."
BAD_MOMENT = "Write date and time as 2026-12-01 00:01 (time in London)."
BAD_ADDRESS = "Write an address that begins with https://, or leave it empty."
NOT_YOURS = "You may not read this collection, so you cannot add to it."


def view(
    entry: CatalogueEntry,
    note: str,
    collections: Sequence[str],
    *,
    picks_dates: bool,
    private_metadata: str,
) -> Block:
    """The modal with an entry proposed; ``collections`` are those to choose from, at least one.

    ``note`` is the proposal's. ``picks_dates`` False: dates are typed.
    """
    kinds = {one.value: KINDS[one] for one in Kind}
    read = documents.dated(note, entry)
    blocks = [
        *_explained(entry, note),
        _typed("title", "Title", entry.title),
        fields.choice("kind", "Kind", kinds, entry.kind.value),
        _typed("body", "Force or body", entry.body, optional=True),
        _typed("place", "Place", entry.place, optional=True),
        fields.day("published", "Publication date", entry.published, picks=picks_dates, hint=read),
        _typed("source", "Address where it is published", entry.source, optional=True),
        _collection(collections, entry.collection),
        _embargo(entry),
    ]
    return fields.window(CALLBACK, "Index this document", "Index", blocks, private_metadata)


def read(values: Mapping[str, Any], otherwise: CatalogueEntry) -> CatalogueEntry | dict[str, str]:
    """The entry that was confirmed, or what is wrong with it, by block.

    A field that comes back as null is as in ``otherwise``.
    """
    wrong: dict[str, str] = {}
    title = _words(values, "title", otherwise.title)
    source = _words(values, "source", otherwise.source)
    if not title:
        wrong["title"] = NO_TITLE
    if source and not _ADDRESS.fullmatch(source):
        wrong["source"] = BAD_ADDRESS
    published = _day(fields.said(values, "published"), otherwise, wrong)
    until = _moment(fields.said(values, "embargo"), otherwise, wrong)
    if wrong:
        return wrong
    return CatalogueEntry(
        path=otherwise.path,
        title=title,
        kind=_kind(fields.said(values, "kind"), otherwise),
        body=_words(values, "body", otherwise.body),
        place=_words(values, "place", otherwise.place),
        published=published,
        source=source,
        collection=fields.said(values, "collection") or otherwise.collection,
        embargo_until=until,
        confirmed=True,
    )


def fitted(entry: CatalogueEntry) -> CatalogueEntry:
    """The entry with its words as long as the fields take them."""
    return replace(
        entry,
        title=fields.fitted(entry.title, SIZES["title"]),
        body=fields.fitted(entry.body, SIZES["body"]),
        place=fields.fitted(entry.place, SIZES["place"]),
        source=fields.fitted(entry.source, SIZES["source"]),
    )


def _explained(entry: CatalogueEntry, note: str) -> list[Block]:
    said = text.cut(f"{entry.path}. {documents.dated(note, entry)}", limits.SECTION)
    why = text.cut(documents.held(note), limits.SECTION)
    return [kit.words(said), *([kit.words(why)] if why else [])]


def _typed(name: str, label: str, said: str, *, optional: bool = False) -> Block:
    return fields.line(name, label, said, SIZES[name], optional=optional)


def _collection(collections: Sequence[str], first: str) -> Block:
    named = _named(collections)
    proposed = first if first in named else next(reversed(named))
    return fields.choice("collection", "Collection", named, proposed)


def _named(collections: Sequence[str]) -> dict[str, str]:
    return {one: _COLLECTIONS.get(one, one) for one in collections}


def _embargo(entry: CatalogueEntry) -> Block:
    element: Block = {"type": "plain_text_input", "action_id": "embargo", "max_length": 16}
    if entry.embargo_until:
        element["initial_value"] = entry.embargo_until.astimezone(LONDON).strftime(_EMBARGO)
    hint = "Nobody is shown it before. Date and time in London: 2026-12-01 00:01."
    return fields.field("embargo", "Embargo until", element, hint=hint, optional=True)


def _kind(said: str | None, otherwise: CatalogueEntry) -> Kind:
    return Kind(said) if said in set(Kind) else otherwise.kind


def _words(values: Mapping[str, Any], name: str, otherwise: str) -> str:
    said = fields.said(values, name)
    return fields.fitted(otherwise if said is None else said, SIZES[name])


def _day(said: str | None, otherwise: CatalogueEntry, wrong: dict[str, str]) -> date | None:
    if said is None:
        return otherwise.published
    try:
        return fields.read_day(said)
    except ValueError:
        wrong["published"] = fields.BAD_DATE
        return None


def _moment(said: str | None, otherwise: CatalogueEntry, wrong: dict[str, str]) -> datetime | None:
    if said is None:
        return otherwise.embargo_until
    if not said.strip():
        return None
    try:
        # In UTC: London's clocks were some seconds off it before 1847, which TOML does not take.
        return datetime.strptime(said.strip(), _EMBARGO).replace(tzinfo=LONDON).astimezone(UTC)
    except ValueError:
        wrong["embargo"] = BAD_MOMENT
        return None
