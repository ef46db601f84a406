"""Whether the channels, people, groups and roles that the settings name are there and fit."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from bot.jobs import Refused, TryAgain
from bot.operating.checking import Check
from bot.settings import PREFIX, ROLES, Settings
from bot.slack.calling import Calls

Looked = tuple[str, str]
"""A name, and what is wrong with it, "" for nothing."""
_PERSON = re.compile("[UW][A-Z0-9]+")
_WITHOUT = {
    "officer": "so nobody can add documents in Slack",
    "reviewer": "so nobody can review",
    "publisher": "so nobody can publish",
}


def checks(settings: Settings, calls: Calls, team: str) -> Iterator[Check]:
    """Under each name one line for all that are as they should be, and one for each that is not."""
    known = _Known(calls, team)
    yield from _under("slack channels", _channels(settings, known))
    yield from _under("slack people", _people(settings, known))
    for role in ROLES:
        ids = settings.roles.get(role, ())
        yield from _held(f"slack {role}s", ids, known, _WITHOUT[role], f"{PREFIX}ROLES")
    lacking = "so `Ask a person` is not offered"
    who = settings.colleagues
    yield from _held("slack colleagues", who, known, lacking, f"{PREFIX}COLLEAGUES")


def _under(name: str, looked: Iterable[Looked]) -> Iterator[Check]:
    """The lines under one name, as far as Slack answers."""
    right = []
    try:
        for one, wrong in looked:
            if wrong:
                yield Check(name, False, f"{one} {wrong}")
            else:
                right.append(one)
    except TryAgain as later:
        yield _unanswered(name, later)
    if right:
        yield Check(name, True, ", ".join(right))


def _channels(settings: Settings, known: "_Known") -> Iterator[Looked]:
    for id in settings.channels:
        name, wrong = known.channel(id)
        yield name, f"{wrong} ({PREFIX}CHANNELS)" if wrong else ""


def _people(settings: Settings, known: "_Known") -> Iterator[Looked]:
    """Everybody who is named anywhere, people and groups."""
    roles = [id for ids in settings.roles.values() for id in ids]
    named: dict[str, list[str]] = {}
    for setting, ids in (
        ("READERS", list(settings.readers)),
        ("ROLES", roles),
        ("COLLEAGUES", list(settings.colleagues)),
    ):
        for id in dict.fromkeys(ids):
            named.setdefault(id, []).append(f"{PREFIX}{setting}")
    for id, where in named.items():
        name, wrong = known.somebody(id)
        yield name, f"{wrong} ({', '.join(where)})" if wrong else ""


def _held(
    name: str, ids: tuple[str, ...], known: "_Known", lacking: str, setting: str
) -> Iterator[Check]:
    """Who stands behind these ids; ``lacking`` is what comes of nobody."""
    if not ids:
        yield Check(name, None, f"nobody is named, {lacking}: set {setting}")
        return
    try:
        people = {person for id in ids for person in known.people(id)}
        looked = [known.person(one) for one in people]
    except TryAgain as later:
        yield _unanswered(name, later)
        return
    names = sorted(one for one, wrong in looked if not wrong)
    words = ", ".join(names) or f"nobody is left, {lacking}: change {setting}"
    yield Check(name, bool(names), words)


def _unanswered(name: str, later: TryAgain) -> Check:
    return Check(name, False, f"could not be looked up ({later}): run `rejoinder doctor` again")


class _Known:
    """What Slack says of ids, each asked for once. TryAgain when it says nothing now."""

    def __init__(self, calls: Calls, team: str) -> None:
        self._calls = calls
        self._team = team
        self._answers: dict[tuple[str, str], Any] = {}

    def channel(self, id: str) -> Looked:
        """A channel's name, and why it is not answered in."""
        told = self._asked(
            "channel", id, lambda: self._calls.call("conversations.info", channel=id)["channel"]
        )
        if isinstance(told, str):
            return id, told
        shared = told.get("is_ext_shared") or told.get("is_pending_ext_shared")
        signs = {
            "is archived": told.get("is_archived"),
            "is shared with people outside, so it is not answered in": shared,
            "does not have the app in it: invite it": not told.get("is_member"),
        }
        return f"#{told.get('name') or id}", _first(signs)

    def somebody(self, id: str) -> Looked:
        """The name of a person or a group, and what is wrong."""
        if not id.startswith("S"):
            return self.person(id)
        members = self._members(id)
        wrong = members if isinstance(members, str) else _first({"is empty": not members})
        return f"user group {id}", wrong

    def people(self, id: str) -> list[str]:
        """The ids of the people that an id stands for; none for a group that is not there."""
        if not id.startswith("S"):
            return [id]
        members = self._members(id)
        return [] if isinstance(members, str) else list(members)

    def person(self, id: str) -> Looked:
        """A person's name, and why they are not answered."""
        if not _PERSON.fullmatch(id):
            return id, "is no id of a person (U…) or a user group (S…)"
        told = self._asked("person", id, lambda: self._calls.call("users.info", user=id)["user"])
        if isinstance(told, str):
            return id, told
        guest = told.get("is_restricted") or told.get("is_ultra_restricted")
        team = told.get("team_id") or self._team
        signs = {
            "has left": told.get("deleted"),
            "is an app": told.get("is_bot"),
            "is of another workspace": told.get("is_stranger") or team != self._team,
            "is a guest, and guests are not answered": guest,
        }
        return f"@{told.get('name') or id}", _first(signs)

    def _members(self, id: str) -> Any:
        return self._asked(
            "group", id, lambda: self._calls.call("usergroups.users.list", usergroup=id)["users"]
        )

    def _asked(self, kind: str, id: str, ask: Callable[[], Any]) -> Any:
        """What Slack says of an id, or in words why it does not."""
        if (kind, id) not in self._answers:
            try:
                self._answers[kind, id] = ask()
            except Refused as no:
                self._answers[kind, id] = f"is not there, or the app cannot see it ({no.code})"
        return self._answers[kind, id]


def _first(signs: Mapping[str, Any]) -> str:
    """The words of the first sign that is there, "" for none."""
    return next((words for words, sign in signs.items() if sign), "")
