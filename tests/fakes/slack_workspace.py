"""A Slack workspace as data: who is there, which channels, and what the app may do in it."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

TEAM = "T0FERNSHIRE"
ELSEWHERE = "T0ELSEWHERE"
BOT_USER = "U0REJOINDER"
BOT = "B0REJOINDER"
APP = "A0REJOINDER"
TOKEN = "xoxb-test"
APP_TOKEN = "xapp-test"

SCOPES = (
    "app_mentions:read", "assistant:write", "channels:history", "channels:read", "chat:write",
    "commands", "files:read", "files:write", "groups:history", "groups:read", "im:history",
    "im:read", "im:write", "mpim:history", "mpim:read", "pins:write", "reactions:write",
    "team:read", "usergroups:read", "users:read",
)  # fmt: skip


class Kind(StrEnum):
    """A kind of conversation; the value is how its scopes begin."""

    PUBLIC = "channels"
    PRIVATE = "groups"
    IM = "im"
    MPIM = "mpim"


@dataclass(frozen=True)
class Person:
    """A user; ``team`` other than the workspace's makes a stranger."""

    id: str
    name: str
    team: str = TEAM
    guest: bool = False
    single_channel: bool = False
    bot: bool = False
    deleted: bool = False


@dataclass(frozen=True)
class Room:
    """A conversation with the ids of its members."""

    id: str
    name: str = ""
    kind: Kind = Kind.PUBLIC
    members: frozenset[str] = frozenset()
    archived: bool = False
    shared: bool = False


@dataclass(frozen=True)
class Group:
    """A user group."""

    id: str
    handle: str
    members: frozenset[str] = frozenset()
    enabled: bool = True


@dataclass(frozen=True)
class Workspace:
    """Everything that is given. ``streaming`` and ``agents`` False: a plan without them.

    With ``limits`` calls beyond Slack's rates are refused; time is the server's clock.
    """

    people: tuple[Person, ...]
    rooms: tuple[Room, ...]
    groups: tuple[Group, ...] = ()
    scopes: frozenset[str] = frozenset(SCOPES)
    team: str = TEAM
    domain: str = "fernshire-opcc"
    streaming: bool = True
    agents: bool = True
    limits: bool = False


TOM = Person("U0TOM", "tom.garbutt")
PRIYA = Person("U0PRIYA", "priya.nandakumar")
DANIEL = Person("U0DANIEL", "daniel.okafor-reid")
GUEST = Person("U0GUEST", "jo.guest", guest=True)
VISITOR = Person("U0VISITOR", "al.visitor", guest=True, single_channel=True)
STRANGER = Person("U0STRANGER", "sam.elsewhere", team=ELSEWHERE)
LEAVER = Person("U0LEAVER", "pat.leaver", deleted=True)
OTHER_BOT = Person("U0OTHERBOT", "reminders", bot=True)
REJOINDER = Person(BOT_USER, "rejoinder", bot=True)

_STAFF = frozenset({TOM.id, PRIYA.id, DANIEL.id})
_WITH_BOT = _STAFF | {BOT_USER}

NEWS = Room("C0NEWS", "policing-news", members=_WITH_BOT | {GUEST.id, OTHER_BOT.id})
OFFICE = Room("C0OFFICE", "office-policy", members=_WITH_BOT)
CUSTODY = Room(
    "C0CUSTODY", "custody-embargo", Kind.PRIVATE, frozenset({TOM.id, PRIYA.id, BOT_USER})
)
UNJOINED = Room("C0UNJOINED", "not-joined", members=_STAFF)
SECRET = Room("C0SECRET", "not-invited", Kind.PRIVATE, _STAFF)
CLOSED = Room("C0CLOSED", "last-year", members=_WITH_BOT, archived=True)
SHARED = Room("C0SHARED", "with-the-force", members=_WITH_BOT | {STRANGER.id}, shared=True)
TOM_IM = Room("D0TOM", kind=Kind.IM, members=frozenset({TOM.id, BOT_USER}))

REVIEWERS = Group("S0REVIEWERS", "reviewers", frozenset({PRIYA.id, DANIEL.id}))
RETIRED = Group("S0RETIRED", "retired", frozenset({LEAVER.id}), enabled=False)


def office(**changes: Any) -> Workspace:
    """The office's workspace: each kind of person and channel once."""
    people = (TOM, PRIYA, DANIEL, GUEST, VISITOR, STRANGER, LEAVER, OTHER_BOT, REJOINDER)
    rooms = (NEWS, OFFICE, CUSTODY, UNJOINED, SECRET, CLOSED, SHARED, TOM_IM)
    return replace(Workspace(people, rooms, (REVIEWERS, RETIRED)), **changes)
