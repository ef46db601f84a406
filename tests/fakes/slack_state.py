"""What a workspace remembers: messages, views, files, streams, and what may be refused of them.

A conversation is looked up through the eyes of the app: what it may not see is not found.
"""

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from tests.fakes.slack_scopes import METHOD_SCOPES, scopes_for
from tests.fakes.slack_workspace import APP, BOT, BOT_USER, Group, Kind, Person, Room, Workspace

Facts = dict[str, Any]
START = datetime(2031, 5, 1, 12, tzinfo=UTC).timestamp()
STREAM_SECONDS = 5 * 60


class Refused(Exception):
    """What Slack says instead of doing it: an error code and more fields of the reply."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.more = more


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: float = START

    def __call__(self) -> float:
        return self.now

    def forward(self, seconds: float) -> None:
        """Move on."""
        self.now += seconds


@dataclass
class Stream:
    """A message that is being streamed. ``mode`` is what it was opened with: text or chunks."""

    room: str
    ts: str
    started: float
    recipient: str = ""
    mode: str = ""
    chunks: list[Facts] = field(default_factory=list)
    stopped: bool = False


@dataclass
class Upload:
    """A file: announced, then with bytes, then shared in ``rooms``."""

    facts: Facts
    length: int
    data: bytes | None = None
    rooms: tuple[str, ...] = ()


@dataclass
class Hook:
    """A response_url: who got it, where, on which message, and how often it was used."""

    user: str
    room: str
    made: float
    message: str = ""
    uses: int = 0


@dataclass
class State:
    """The workspace now. Keys are ids; a message's is its channel and timestamp."""

    workspace: Workspace
    clock: Callable[[], float]
    address: str = ""
    rooms: dict[str, Room] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    scopes: set[str] = field(default_factory=set)
    needed: set[tuple[str, ...]] = field(default_factory=set)
    revoked: bool = False
    messages: dict[tuple[str, str], Facts] = field(default_factory=dict)
    ephemerals: list[Facts] = field(default_factory=list)
    views: dict[str, Facts] = field(default_factory=dict)
    open_views: dict[str, list[str]] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)
    streams: dict[tuple[str, str], Stream] = field(default_factory=dict)
    statuses: list[Facts] = field(default_factory=list)
    prompts: list[Facts] = field(default_factory=list)
    titles: list[Facts] = field(default_factory=list)
    triggers: dict[str, tuple[str, float, bool]] = field(default_factory=dict)
    hooks: dict[str, Hook] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)
    _count: int = 0

    def __post_init__(self) -> None:
        self.rooms = {room.id: room for room in self.workspace.rooms}
        self.people = {person.id: person for person in self.workspace.people}
        self.groups = {group.id: group for group in self.workspace.groups}
        self.scopes = set(self.workspace.scopes)

    def number(self) -> int:
        """A number that was not there before."""
        with self.lock:
            self._count += 1
            return self._count

    def id(self, letter: str) -> str:
        """A new id of a kind that begins with that letter."""
        return f"{letter}{self.number():09X}"

    def ts(self) -> str:
        """A timestamp later than all before it."""
        return f"{int(self.clock())}.{self.number():06d}"

    def room(self, method: str, id: str) -> Room:
        """A conversation that the app may know of, once its scopes suffice for the method."""
        room = self.rooms.get(id)
        if room is None:
            raise Refused("channel_not_found")
        if "{kind}" in "".join(METHOD_SCOPES[method]):
            self.permit(method, room.kind)
        if BOT_USER not in room.members and room.kind is not Kind.PUBLIC:
            raise Refused("channel_not_found")
        return room

    def joined(self, method: str, id: str) -> Room:
        """A conversation that the app is in."""
        room = self.room(method, id)
        if BOT_USER not in room.members:
            raise Refused("not_in_channel")
        return room

    def writable(self, method: str, id: str) -> Room:
        """A conversation that the app may write in."""
        room = self.joined(method, id)
        if room.archived:
            raise Refused("is_archived")
        return room

    def permit(self, method: str, kind: Kind | None = None) -> None:
        """Refuse what the scopes do not cover."""
        needed = scopes_for(method, kind)
        self.needed.add(needed)
        if needed and self.scopes.isdisjoint(needed):
            provided = ",".join(sorted(self.scopes))
            raise Refused("missing_scope", needed=needed[0], provided=provided)

    def message(self, room: str, ts: str) -> Facts:
        """A message of that channel."""
        found = self.messages.get((room, ts))
        if found is None:
            raise Refused("message_not_found")
        return found

    def in_room(self, room: str) -> list[Facts]:
        """All messages of a channel, oldest first."""
        with self.lock:
            found = [one for (place, _), one in self.messages.items() if place == room]
        return sorted(found, key=lambda one: str(one["ts"]))

    def post(self, room: str, user: str, **facts: Any) -> Facts:
        """Put a message into a channel; empty facts are left out."""
        told = {name: value for name, value in facts.items() if value not in (None, "", ())}
        made = {"type": "message", "user": user, "ts": self.ts(), "text": "", **told}
        made["team"] = self.people[user].team if user in self.people else self.workspace.team
        if made["team"] != self.workspace.team:
            made |= {"user_team": made["team"], "source_team": made["team"]}
        if user == BOT_USER:
            made |= {"bot_id": BOT, "app_id": APP, "bot_profile": {"id": BOT, "app_id": APP}}
        elif user in self.people and self.people[user].bot:
            made |= {"bot_id": f"B{user[1:]}", "subtype": "bot_message"}
        with self.lock:
            self.messages[room, made["ts"]] = made
        return made

    def streaming(self, room: str, ts: str) -> bool:
        """Whether a message is being streamed; Slack ends a stream by itself after a time."""
        stream = self.streams.get((room, ts))
        if stream is None or stream.stopped:
            return False
        if self.clock() - stream.started >= STREAM_SECONDS:
            self.end_stream(stream)
        return not stream.stopped

    def end_stream(self, stream: Stream) -> None:
        """End a stream; what was said in it stays."""
        stream.stopped = True
        self.message(stream.room, stream.ts).pop("streaming_state", None)

    def im(self, user: str) -> Room:
        """The conversation of the app with one person, opened if need be."""
        members = frozenset({user, BOT_USER})
        for room in self.rooms.values():
            if room.kind is Kind.IM and room.members == members:
                return room
        made = Room(self.id("D"), kind=Kind.IM, members=members)
        self.rooms[made.id] = made
        return made

    def change(self, room: str, **changes: Any) -> None:
        """Change a channel: its members, or whether it is archived."""
        self.rooms[room] = replace(self.rooms[room], **changes)

    def trigger(self, user: str) -> str:
        """A trigger_id for something that this person did just now."""
        id = f"{self.number()}.{self.number()}.{hashlib.sha256(user.encode()).hexdigest()[:12]}"
        self.triggers[id] = (user, self.clock(), False)
        return id

    def hook(self, user: str, room: str, message: str = "") -> str:
        """A response_url for something that this person did in a channel or on a message."""
        id = self.id("H")
        self.hooks[id] = Hook(user, room, self.clock(), message)
        return f"{self.address}/hooks/{id}"
