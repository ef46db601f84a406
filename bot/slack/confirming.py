"""The window in which an officer says what a document is, and what is done with what was said."""

import json
from collections.abc import Mapping
from typing import Any

from bot.slack import documents, offers, officers
from bot.slack.blocks import cataloguing
from bot.slack.blocks.cataloguing import NOT_YOURS
from bot.slack.blocks.documents import GONE, Press
from bot.slack.desk import Desk
from bot.slack.offers import Offer
from retrieval.documents import CatalogueEntry

_NOTHING = CatalogueEntry(path="", title="", collection="")


def window(desk: Desk, press: Press, channel: str, person: str) -> dict[str, Any] | str:
    """The window for a person who pressed "Index this…", or why there is none.

    TryAgain when Slack does not say now who that is.
    """
    refused = officers.turned_away(desk, person)
    offer = offers.load(desk.settings.home, press.shelf)
    if refused or offer is None:
        return refused or GONE
    entry, note = _proposed(desk, offer, person)
    fitted = cataloguing.fitted(entry)
    where = documents.where(press, channel, person) | {"proposed": offers.data(fitted)}
    return cataloguing.view(
        fitted,
        note,
        officers.collections(desk, person),
        picks_dates=_picks_dates(desk),
        private_metadata=json.dumps(where, ensure_ascii=False),
    )


def submit(desk: Desk, person: str, view: Mapping[str, Any]) -> dict[str, str]:
    """Keep what a person confirmed and see that it is indexed; what is wrong, by block.

    TryAgain when Slack does not say now who that is.
    """
    where = json.loads(view["private_metadata"])
    proposed = where.pop("proposed")
    offer = offers.load(desk.settings.home, where["shelf"])
    refused = officers.turned_away(desk, person)
    if refused or offer is None:
        return {"title": refused or GONE}
    # Where dates are typed a field that nobody touched comes back as null, elsewhere as it was.
    otherwise = _NOTHING if _picks_dates(desk) else offers.entry_of(proposed, offer.file.name)
    entry = cataloguing.read(view["state"]["values"], otherwise)
    if isinstance(entry, dict):
        return entry
    wrong = _may_not(desk, offer, entry, person)
    if not wrong:
        offers.confirm(offer, entry)
        documents.confirm(desk, where | {"person": person}, str(view["id"]))
    return wrong


def _proposed(desk: Desk, offer: Offer, person: str) -> tuple[CatalogueEntry, str]:
    """What to propose: what was confirmed before, to those who may read it, else what was read."""
    listed = offers.confirmed(offer)
    if listed and listed.collection in officers.collections(desk, person):
        return listed, ""
    return offer.entry, offer.note


def _may_not(desk: Desk, offer: Offer, entry: CatalogueEntry, person: str) -> dict[str, str]:
    if entry.collection not in officers.collections(desk, person):
        return {"collection": NOT_YOURS}
    if officers.is_hidden(desk, offer, person):
        return {"collection": officers.HIDDEN}
    return {}


def _picks_dates(desk: Desk) -> bool:
    return desk.settings.slack_blocks == "rich"
