"""Who may ask, who may read what, and who holds which role.

In a channel only what all its members may read is used; a restricted collection only in channels
and by people named for it. Whatever cannot be found out counts as "no".
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.settings import Settings
from bot.slack.calling import Calls, Refused, Unauthorised
from bot.store.asking import Place, Question
from bot.store.people import People, Person

PUBLIC = frozenset({"public"})
RESTRICTED = "restricted:"
_KNOWN_FOR = timedelta(minutes=10)  # what Slack said of a person
_GROUPS_KNOWN_FOR = timedelta(minutes=3)  # who is in a user group

GUEST = "Guests of this workspace cannot ask me. A colleague in the office can ask for you."
STRANGER = "I answer members of this workspace only."
BOT = "I answer people, not other apps."
SHARED = (
    "This channel is shared with people outside this workspace, so I do not answer in it. "
    "Ask me in a direct message."
)
UNSEEN = (
    "I cannot see who is in this channel, so I do not answer in it. Ask me in a direct message."
)


@dataclass(frozen=True)
class Admission:
    """Whether a question is taken, and what may be read for it.

    ``refused`` are the words for the person, "" when it is taken. ``elsewhere``: the person may
    read more somewhere else than is used here.
    """

    refused: str = ""
    collections: frozenset[str] = frozenset()
    elsewhere: bool = False


class Members:
    """People as Slack knows them now and as the settings rank them."""

    def __init__(
        self,
        calls: Calls,
        people: People,
        settings: Settings,
        *,
        team: str,
        now: Callable[[], datetime],
    ) -> None:
        self._calls = calls
        self._people = people
        self._settings = settings
        self._team = team
        self._now = now
        self._groups: dict[str, tuple[datetime, frozenset[str]]] = {}
        self._lock = threading.Lock()

    def admit(self, question: Question) -> Admission:
        """Whether a question is taken where it was asked, and what may be read for it."""
        person = self.person(question.person)
        refused = self.turned_away(person)
        if refused:
            return Admission(refused)
        own = self.collections(question.person)
        if question.place is Place.DIRECT or question.channel.startswith("D"):
            return Admission(collections=own)
        channel = self._channel(question.channel)
        if channel is not None and _is_shared(channel):
            return Admission(SHARED)
        if question.place is Place.PRIVATE:
            return _admitted(own, self._for_one(own, question.channel))
        if channel is None:
            return Admission(UNSEEN)
        return _admitted(own, self._for_all(question.channel))

    def for_channel(self, channel: str) -> frozenset[str] | None:
        """What everyone in a channel may read; None where nothing is shown at all."""
        found = self._channel(channel)
        if found is None or _is_shared(found):
            return None
        return self._for_all(channel)

    def turned_away(self, person: Person) -> str:
        """Why this person is not answered, "" for somebody who is."""
        if person.bot:
            return BOT
        if person.stranger or person.deleted:
            return STRANGER
        return GUEST if person.guest else ""

    def person(self, id: str) -> Person:
        """What Slack says of a person; at most ten minutes old."""
        known = self._people.get(id)
        if known and known.checked_at > self._now() - _KNOWN_FOR:
            return known
        try:
            user = self._calls.call("users.info", user=id)["user"]
        except Refused:
            return Person(id, "", "", False, False, True, False, self._now())
        found = self._read(id, user)
        self._people.put(found)
        return found

    def name(self, id: str) -> str:
        """What Slack last called a person, however long ago; the id of somebody unknown."""
        return (self._people.get(id) or self.person(id)).name or id

    def collections(self, id: str) -> frozenset[str]:
        """What a person may read: their own setting and their groups'; public without any."""
        person = self.person(id)
        if person.guest or person.stranger or person.deleted:
            return PUBLIC
        return self._ranked(id, self._settings.readers) or PUBLIC

    def roles(self, id: str) -> frozenset[str]:
        """The roles that a person holds now; a bot, a guest or a stranger holds none."""
        if self.turned_away(self.person(id)):
            return frozenset()
        roles = self._settings.roles
        return frozenset(role for role, ids in roles.items() if self._is_among(id, ids))

    def may_add(self, id: str) -> bool:
        """Whether a person may add documents."""
        return "officer" in self.roles(id)

    def _for_one(self, own: frozenset[str], channel: str) -> frozenset[str]:
        """What only the asker will see: a restricted collection only in a channel named for it."""
        here = self._settings.channels.get(channel, ())
        return frozenset(one for one in own if not one.startswith(RESTRICTED) or one in here)

    def _for_all(self, channel: str) -> frozenset[str]:
        """What the channel may see and every member of it may read."""
        allowed = frozenset(self._settings.channels.get(channel, PUBLIC))
        if allowed <= PUBLIC:
            return allowed
        for id in self._calls.pages("conversations.members", "members", channel=channel):
            if not self.person(id).bot:
                allowed &= self.collections(id)
        return allowed

    def _channel(self, channel: str) -> dict[str, Any] | None:
        try:
            found: dict[str, Any] = self._calls.call("conversations.info", channel=channel)
        except Refused:
            return None
        return dict(found["channel"])

    def _ranked(self, id: str, setting: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
        held = (values for key, values in setting.items() if self._is_among(id, (key,)))
        return frozenset(value for values in held for value in values)

    def _is_among(self, id: str, ids: tuple[str, ...]) -> bool:
        groups = (one for one in ids if one.startswith("S"))
        return id in ids or any(id in self._group(group) for group in groups)

    def _group(self, id: str) -> frozenset[str]:
        """The members of a user group; nobody when Slack does not tell."""
        with self._lock:
            known = self._groups.get(id)
        if known and known[0] > self._now() - _GROUPS_KNOWN_FOR:
            return known[1]
        try:
            users = frozenset(self._calls.call("usergroups.users.list", usergroup=id)["users"])
        except (Refused, Unauthorised):
            users = frozenset()
        with self._lock:
            self._groups[id] = (self._now(), users)
        return users

    def _read(self, id: str, user: Mapping[str, Any]) -> Person:
        profile = user.get("profile") or {}
        name = profile.get("display_name") or user.get("real_name") or user.get("name") or id
        team = str(user.get("team_id") or "")
        return Person(
            id=id,
            team=team,
            name=str(name)[:80],
            guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
            bot=bool(user.get("is_bot")) or id == "USLACKBOT",
            stranger=bool(user.get("is_stranger")) or bool(team and team != self._team),
            deleted=bool(user.get("deleted")),
            checked_at=self._now(),
        )


def _admitted(own: frozenset[str], here: frozenset[str]) -> Admission:
    return Admission(collections=here, elsewhere=not own <= here)


def _is_shared(channel: Mapping[str, Any]) -> bool:
    return any(channel.get(sign) for sign in ("is_ext_shared", "is_pending_ext_shared"))
