"""What a document is, as a person confirms it: the modal, and what was put into it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from bot.slack.blocks import documents, kit, limits, text
from bot.slack.blocks.documents import KINDS, LONDON
from bot.slack.blocks.kit import Block
from retrieval.catalogue import UNCHECKED
from retrieval.documents import CatalogueEntry, Kind

CALLBACK = "index_document"
SIZES = {"title": 300, "body": 150, "place": 150, "source": 500}
_HINT = 300
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EMBARGO = "%Y-%m-%d %H:%M"
_ADDRESS = re.compile(r"https?://[^\s<>\"|]+")
_COLLECTIONS = {
    "public": "Public: everyone who may ask",
    "office": "Office: those whom the settings name",
    UNCHECKED: "Held back: nobody reads it yet",
}

NO_TITLE = "Write a title."
BAD_DATE = "Write the date as year-month-day, such as 2023-12-08."
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
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": private_metadata,
        "title": kit.label("Index this document"),
        "submit": kit.label("Index"),
        "close": kit.label("Cancel"),
        "blocks": [
            *_explained(entry, note),
            _typed("title", "Title", entry.title),
            _chosen("kind", "Kind", {one.value: KINDS[one] for one in Kind}, entry.kind.value),
            _typed("body", "Force or body", entry.body, optional=True),
            _typed("place", "Place", entry.place, optional=True),
            _published(entry, documents.dated(note, entry), picks_dates=picks_dates),
            _typed("source", "Address where it is published", entry.source, optional=True),
            _chosen("collection", "Collection", _named(collections), entry.collection),
            _embargo(entry),
        ],
    }


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
    published = _day(_said(values, "published"), otherwise, wrong)
    until = _moment(_said(values, "embargo"), otherwise, wrong)
    if wrong:
        return wrong
    return CatalogueEntry(
        path=otherwise.path,
        title=title,
        kind=_kind(_said(values, "kind"), otherwise),
        body=_words(values, "body", otherwise.body),
        place=_words(values, "place", otherwise.place),
        published=published,
        source=source,
        collection=_said(values, "collection") or otherwise.collection,
        embargo_until=until,
        confirmed=True,
    )


def fitted(entry: CatalogueEntry) -> CatalogueEntry:
    """The entry with its words as long as the fields take them."""
    return replace(
        entry,
        title=_fitted(entry.title, SIZES["title"]),
        body=_fitted(entry.body, SIZES["body"]),
        place=_fitted(entry.place, SIZES["place"]),
        source=_fitted(entry.source, SIZES["source"]),
    )


def _explained(entry: CatalogueEntry, note: str) -> list[Block]:
    said = text.cut(f"{entry.path}. {documents.dated(note, entry)}", limits.SECTION)
    why = text.cut(documents.held(note), limits.SECTION)
    return [kit.words(said), *([kit.words(why)] if why else [])]


def _typed(name: str, label: str, said: str, *, optional: bool = False) -> Block:
    most = SIZES[name]
    element: Block = {"type": "plain_text_input", "action_id": name, "max_length": most}
    if proposed := _fitted(said, most):
        element["initial_value"] = proposed
    return _input(name, label, element, optional=optional)


def _fitted(said: str, most: int) -> str:
    return text.one_line(said)[:most].strip()


def _chosen(name: str, label: str, choices: Mapping[str, str], first: str) -> Block:
    options = {one: kit.option(said, one) for one, said in choices.items()}
    initial = options.get(first) or next(reversed(options.values()))
    element = {
        "type": "static_select",
        "action_id": name,
        "options": list(options.values()),
        "initial_option": initial,
    }
    return _input(name, label, element)


def _named(collections: Sequence[str]) -> dict[str, str]:
    return {one: _COLLECTIONS.get(one, one) for one in collections}


def _published(entry: CatalogueEntry, hint: str, *, picks_dates: bool) -> Block:
    day = entry.published.isoformat() if entry.published else ""
    if picks_dates:
        element: Block = {"type": "datepicker", "action_id": "published"}
        element |= {"initial_date": day} if day else {}
    else:
        element = {"type": "plain_text_input", "action_id": "published", "max_length": 10}
        element |= {"initial_value": day} if day else {}
    label = "Publication date" if picks_dates else "Publication date (year-month-day)"
    return _input("published", label, element, hint=hint, optional=True)


def _embargo(entry: CatalogueEntry) -> Block:
    element: Block = {"type": "plain_text_input", "action_id": "embargo", "max_length": 16}
    if entry.embargo_until:
        element["initial_value"] = entry.embargo_until.astimezone(LONDON).strftime(_EMBARGO)
    hint = "Nobody is shown it before. Date and time in London: 2026-12-01 00:01."
    return _input("embargo", "Embargo until", element, hint=hint, optional=True)


def _input(
    name: str, label: str, element: Block, *, hint: str = "", optional: bool = False
) -> Block:
    return {
        "type": "input",
        "block_id": name,
        "label": kit.label(label),
        "element": element,
        **({"hint": kit.label(text.cut(text.one_line(hint), _HINT))} if hint else {}),
        **({"optional": True} if optional else {}),
    }


def _said(values: Mapping[str, Any], name: str) -> str | None:
    """What a field says, None for null."""
    field = (values.get(name) or {}).get(name) or {}
    chosen = (field.get("selected_option") or {}).get("value")
    said = chosen or field.get("selected_date") or field.get("value")
    return None if said is None else str(said)


def _kind(said: str | None, otherwise: CatalogueEntry) -> Kind:
    return Kind(said) if said in set(Kind) else otherwise.kind


def _words(values: Mapping[str, Any], name: str, otherwise: str) -> str:
    said = _said(values, name)
    return _fitted(otherwise if said is None else said, SIZES[name])


def _day(said: str | None, otherwise: CatalogueEntry, wrong: dict[str, str]) -> date | None:
    if said is None:
        return otherwise.published
    if not said.strip():
        return None
    try:
        # ``fromisoformat`` alone would take weeks and days without hyphens too.
        return date.fromisoformat(said.strip() if _DATE.fullmatch(said.strip()) else "")
    except ValueError:
        wrong["published"] = BAD_DATE
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
