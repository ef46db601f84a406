"""Who may work on a case, and where what it rests on may be shown."""

import re

from bot.responding import visible
from bot.slack import officers
from bot.slack.desk import Desk
from bot.store.cases import Case
from retrieval.library import Scope

_ID = re.compile("[UW][A-Z0-9]{2,30}")
UNSEEN = "You may not read the report of this case now."


def turned_away(desk: Desk, person: str) -> str:
    """Why a person may not work on cases, "" for an officer."""
    if "officer" in desk.members.roles(person):
        return ""
    return f"Only officers can do this; your settings name: {officers.named(desk)}."


def name(desk: Desk, person: str) -> str:
    """What somebody is called: Slack's name for an id, else the words that stand for them."""
    return desk.members.person(person).name or person if _ID.fullmatch(person) else person


def may_read(desk: Desk, case: Case, person: str) -> bool:
    """Whether a person may read all that a case rests on."""
    if desk.members.turned_away(desk.members.person(person)):
        return False
    return _covers(desk, case, desk.members.collections(person))


def may_show(desk: Desk, case: Case, channel: str, person: str = "") -> bool:
    """Whether all who see a channel, or the ``person`` of a direct message, may read it all."""
    if channel.startswith("D"):
        return bool(person) and may_read(desk, case, person)
    readable = desk.members.for_channel(channel)
    return readable is not None and _covers(desk, case, readable)


def _covers(desk: Desk, case: Case, collections: frozenset[str]) -> bool:
    readable = {one.digest for one in desk.library.admitted(Scope(collections, desk.now()))}
    return bool(visible.of([case], readable))
