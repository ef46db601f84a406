"""Who may add documents, and to which collections."""

import re

from bot.slack import offers
from bot.slack.desk import Desk
from bot.slack.offers import Offer
from retrieval.catalogue import UNCHECKED

HIDDEN = "This file cannot be added or taken out from here. Ask the people who run Rejoinder."
_RESTRICTED = re.compile(r"restricted:[a-z0-9][a-z0-9-]{0,60}")
_PUBLIC, _OFFICE = "public", "office"


def turned_away(desk: Desk, person: str) -> str:
    """Why a person may not add documents, "" for somebody who may."""
    if desk.members.may_add(person):
        return ""
    named = ", ".join(holders(desk, "officer")) or "nobody"
    return f"Only officers can add documents; your settings name: {named}."


def holders(desk: Desk, role: str) -> list[str]:
    """Those whom the settings name for a role, by name; user groups by their id."""
    ids = desk.settings.roles.get(role, ())
    return [f"user group {id}" if id.startswith("S") else desk.members.name(id) for id in ids]


def collections(desk: Desk, person: str) -> list[str]:
    """The collections that a person may add to, the narrowest last.

    They are those that the person may read, and the one in which a document waits for a check.
    """
    own = desk.members.collections(person)
    office = [_OFFICE] if _OFFICE in own else []
    restricted = sorted(one for one in own if _RESTRICTED.fullmatch(one) and one != UNCHECKED)
    return [_PUBLIC, *office, *restricted, UNCHECKED]


def is_hidden(desk: Desk, offer: Offer, person: str) -> bool:
    """Whether the document is kept already where this person may not read it."""
    listed = offers.confirmed(offer)
    if listed is None or listed.withdrawn or listed.collection == UNCHECKED:
        return False
    return listed.collection not in desk.members.collections(person) | {_PUBLIC}
