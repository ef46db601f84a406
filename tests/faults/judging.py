"""What people saw in the end, question by question, and what it counts as."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.slack.acting import SHARED, UNSHARED
from bot.slack.blocks.answer import SENT_AGAIN
from bot.slack.blocks.message import CONTINUED
from bot.store.asking import Asking, State
from tests.fakes.slack import Slack
from tests.fakes.slack_state import Facts
from tests.fakes.slack_workspace import BOT_USER
from tests.fakes.slack_workspace import Kind as RoomKind
from tests.faults.driving import BUTTONS, Asked, Kind

_SIGN = "Searching"
_END = "Searched"
_FAILURE = "Something went wrong here"
_CONTINUED = f"({CONTINUED})"
_PRESS = "t:"
_THANKS, _SHARED = "Thank you.", "Shared with the channel."


class Fate(StrEnum):
    """What became of one thing asked. The last three are what must not be."""

    ANSWERED = "answered"
    FAILED = "failure told"
    LOGGED = "undelivered, logged"
    REFUSED_BY_SLACK = "failed at Slack"
    SILENT = "silent"
    DOUBLE = "double"
    LOST = "lost"


WRONG = (Fate.SILENT, Fate.DOUBLE, Fate.LOST)


@dataclass
class Verdict:
    """Counts by kind and fate, and a line of each that is wrong."""

    counts: dict[Kind, Counter[Fate]] = field(default_factory=dict)
    said_again: int = 0
    elsewhere: int = 0
    in_parts: int = 0
    left_searching: int = 0
    wrong: list[str] = field(default_factory=list)

    def count(self, *fates: Fate) -> int:
        """How many met these fates."""
        return sum(of[fate] for of in self.counts.values() for fate in fates)


class Judge:
    """Looks at everything that the workspace shows, what is kept and what was logged."""

    def __init__(self, slack: Slack, asking: Asking, events: Sequence[Facts]) -> None:
        self._asking = asking
        self._logged = {
            one["question"] for one in events
            if one["event"] == "answer undelivered" and one.get("reference")
        }  # fmt: skip
        self._said: dict[str, list[Facts]] = {}
        self._unmarked: dict[tuple[str, str], list[Facts]] = {}
        self._whispers = list(slack.state.ephemerals)
        self._direct = {one.id for one in slack.state.rooms.values() if one.kind is RoomKind.IM}
        for room in slack.state.rooms:
            self._sort(room, slack.messages(room))

    def verdict(self, asked: Sequence[Asked]) -> Verdict:
        """What became of each."""
        found = Verdict()
        for one in asked:
            fate, why = self._pressed(one) if one.kind in BUTTONS else self._fate(one, found)
            found.counts.setdefault(one.kind, Counter())[fate] += 1
            if fate in WRONG:
                found.wrong.append(f"{fate}: {one.kind} {one.key}: {why}")
        found.wrong += self._strays(asked)
        return found

    def _strays(self, asked: Sequence[Asked]) -> list[str]:
        """Messages that answer nothing that was asked."""
        keys = {one.key for one in asked} | {_PRESS + one.press for one in asked}
        threads = {(one.room, one.thread) for one in asked}
        said = [each for key, of in self._said.items() for each in of
                if key.removesuffix(SHARED) not in keys]  # fmt: skip
        said += [each for at, of in self._unmarked.items() for each in of if at not in threads]
        return [f"stray: {_told([each])}" for each in said]

    def _sort(self, room: str, messages: Sequence[Facts]) -> None:
        """The bot's messages by the key of their question; those without one by their thread."""
        for one in messages:
            if one["user"] != BOT_USER:
                continue
            told = one | {"room": room}
            mark = ((one.get("metadata") or {}).get("event_payload") or {}).get("mark", "")
            key, _, part = str(mark).rpartition("#")
            if key:
                self._said.setdefault(key, []).append(told | {"part": int(part)})
            else:
                self._unmarked.setdefault((room, one.get("thread_ts", "")), []).append(told)

    def _fate(self, one: Asked, found: Verdict) -> tuple[Fate, str]:
        said = self._said.get(one.key, [])
        signs = [each for each in said if each["text"].startswith(_SIGN)]
        said = [each for each in said if each not in signs]
        again = [each for each in said if self._is_again(one, each)]
        here = [each for each in said if each not in again]
        if one.kind is Kind.COMMAND:
            here = self._whispered(one)
        else:
            here += self._unmarked.get((one.room, one.thread), [])
        found.left_searching += len(signs)
        found.in_parts += len(here) > 1 or len(again) > 1
        found.said_again += bool(again and here)
        found.elsewhere += bool(again and not here)
        return self._judged(one, here, again)

    def _judged(
        self, one: Asked, here: Sequence[Facts], again: Sequence[Facts]
    ) -> tuple[Fate, str]:
        if _doubled(here) or _doubled(again):
            return Fate.DOUBLE, "the same more than once: " + _told([*here, *again])
        if here and again and SENT_AGAIN not in _words(again):
            return Fate.DOUBLE, "twice, and the second does not say so: " + _told([*here, *again])
        if not (_whole(here) or (again and _whole(again))):
            return Fate.SILENT, "its end is missing: " + _told([*here, *again])
        if shown := [*here, *again]:
            failed = any(each["text"].startswith(_FAILURE) for each in shown)
            return (Fate.FAILED if failed else Fate.ANSWERED), ""
        return self._unseen(one)

    def _unseen(self, one: Asked) -> tuple[Fate, str]:
        kept = self._asking.get(one.key)
        if one.key in self._logged:
            return Fate.LOGGED, ""
        if one.kind in (Kind.COMMAND, *BUTTONS) and (one.told or not one.taken):
            return Fate.REFUSED_BY_SLACK, ""
        if kept is None or kept.state is State.RECEIVED:
            return Fate.LOST, f"acknowledged: {one.taken}; " + (kept.state if kept else "not kept")
        return Fate.SILENT, f"kept as {kept.state}"

    def _is_again(self, one: Asked, said: Facts) -> bool:
        """Whether it stands in a direct conversation though it was not asked there."""
        elsewhere = (said["room"], said.get("thread_ts", "")) != (one.room, one.thread)
        return said["room"] in self._direct and elsewhere

    def _whispered(self, one: Asked) -> list[Facts]:
        """What its asker alone was shown there; each asks once with a command in a channel."""
        return [
            each for each in self._whispers
            if (each["to"], each["room"]) == (one.person, one.room)
            and not each.get("thread_ts")
            and not each["text"].startswith((_THANKS, _SHARED, UNSHARED))
            and self._is_of(one, each)
        ]  # fmt: skip

    def _is_of(self, one: Asked, said: Facts) -> bool:
        """Whether a failure is told of the question, not of a button under its answer."""
        kept = self._asking.get(one.key)
        told = str(said["text"]).startswith(_FAILURE)
        return not told or bool(kept and kept.reason and kept.reason in said["text"])

    def _pressed(self, one: Asked) -> tuple[Fate, str]:
        words = (_SHARED, UNSHARED) if one.kind is Kind.SHARE else (_THANKS,)
        thanks = [
            each for each in self._whispers
            if (each["to"], each["room"]) == (one.person, one.room)
            and each.get("thread_ts", "") == one.thread
            and (each["text"].startswith(words) or not self._is_of(one, each))
        ]  # fmt: skip
        again = self._said.get(_PRESS + one.press, [])
        shared = self._said.get(one.key + SHARED, []) if one.kind is Kind.SHARE else []
        if len(thanks) > 1 or _doubled(shared) or _doubled(again):
            return Fate.DOUBLE, _told([*thanks, *again, *shared])
        if thanks and again and SENT_AGAIN not in _words(again):
            return Fate.DOUBLE, "twice, and the second does not say so: " + _told(again)
        if thanks or again or shared:
            return Fate.ANSWERED, ""
        if one.told or not one.taken:
            return Fate.REFUSED_BY_SLACK, ""
        logged = one.key in self._logged
        return (Fate.LOGGED, "") if logged else (Fate.SILENT, "nobody was told")


def _doubled(said: Sequence[Facts]) -> bool:
    """Whether a part, or the same words, are there twice, or a second message begins anew."""
    parts = [each.get("part", _words([each])) for each in said]
    begun = [each for each in said if not each["text"].startswith(_CONTINUED)]
    return len(set(parts)) < len(parts) or len(begun) > 1


def _whole(said: Sequence[Facts]) -> bool:
    """Whether messages that belong together end in what ends an answer; one alone is whole."""
    return len(said) < 2 or _END in _words(said[-1:])


def _words(said: Sequence[Facts]) -> str:
    """All that is shown; the text alone may be cut."""
    return " ".join(f"{one['text']} {one.get('blocks')}" for one in said)


def _told(said: Sequence[Facts]) -> str:
    return " | ".join(f"{one['room']} {one['ts']} {one['text'][:60]!r}" for one in said)
