"""Who may work on a case, and where what it rests on may be shown."""

import re

from bot.responding import visible
from bot.slack import officers
from bot.slack.desk import Desk
from bot.store.casebook import NoSuchCase
from bot.store.cases import Case
from retrieval.library import Scope

_ID = re.compile("[UW][A-Z0-9]{2,30}")
GONE = "There is no such case any more."
UNSEEN = "You may not read the report of this case now."


def turned_away(desk: Desk, person: str) -> str:
    """Why a person may not work on cases, "" for an officer."""
    if "officer" in desk.members.roles(person):
        return ""
    named = ", ".join(officers.holders(desk, "officer")) or "nobody"
    return f"Only officers can do this; your settings name: {named}."


def name(desk: Desk, person: str) -> str:
    """What somebody is called: Slack's name for an id, else the words that stand for them."""
    return desk.members.name(person) if _ID.fullmatch(person) else person


def readable(desk: Desk, name: str, person: str) -> Case | str:
    """The case of that name, or why this person is not shown it."""
    try:
        case = desk.casebook.get(name)
    except NoSuchCase:
        return GONE
    return case if may_read(desk, case, person) else UNSEEN


def workable(desk: Desk, name: str, person: str) -> Case | str:
    """The case of that name, or why this person may not work on it."""
    return turned_away(desk, person) or readable(desk, name, person)


def may_read(desk: Desk, case: Case, person: str) -> bool:
    """Whether a person may read all that a case rests on."""
    if desk.members.turned_away(desk.members.person(person)):
        return False
    return _covers(desk, case, desk.members.collections(person))


def may_show(desk: Desk, case: Case, channel: str, person: str = "") -> bool:
    """Whether all who see a channel, or the ``person`` of a direct message, may read it all."""
    if channel.startswith("D"):
        return bool(person) and may_read(desk, case, person)
    return _covers(desk, case, collections(desk, channel))


def collections(desk: Desk, channel: str, person: str = "") -> frozenset[str]:
    """What all who see a channel, or the ``person`` of a direct message, may read."""
    if channel.startswith("D"):
        return desk.members.collections(person)
    return desk.members.for_channel(channel) or frozenset()


def _covers(desk: Desk, case: Case, among: frozenset[str]) -> bool:
    admitted = {one.digest for one in desk.library.admitted(Scope(among, desk.now()))}
    return bool(visible.of([case], admitted))
