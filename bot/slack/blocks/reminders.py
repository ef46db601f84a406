"""A reminder of a case: where its clock stands, what is due, and who is called to it."""

import re
from collections.abc import Sequence

from bot.responding.progress import Progress
from bot.responding.reminders import Reminder
from bot.slack.blocks import clock, limits, message, text
from bot.slack.blocks.message import Message, Piece, Profile

UNNAMED = "Reminder of a report that may not be named here"
HIDDEN = "Not everyone here may read the report. /reports shows each person those that they may."
_PERSON = re.compile(r"[UW][A-Z0-9]{2,30}")
_GROUP = re.compile(r"S[A-Z0-9]{2,30}")
_TITLE, _NAME = 200, 100


def is_person(id: str) -> bool:
    """Whether it is Slack's id of a person, and not a name."""
    return bool(_PERSON.fullmatch(id))


def messages(
    progress: Progress,
    due: Sequence[Reminder],
    also: Sequence[str],
    profile: Profile,
    *,
    link: str = "",
) -> list[Message]:
    """All that is due of a case; ``also`` are called beside its owner, people and user groups."""
    case = progress.case
    title = text.cut(text.one_line(case.content.title), _TITLE)
    heading = message.strong(f"Reminder: {title} ({case.id})")
    return message.packed([*heading, *_told(progress, due, also), *_opens(link)], profile)


def unnamed(
    progress: Progress, due: Sequence[Reminder], also: Sequence[str], profile: Profile
) -> list[Message]:
    """The same where not everyone may read the report: without its title or its name."""
    pieces = [*message.strong(UNNAMED), *_told(progress, due, also), *message.grey(HIDDEN)]
    return message.packed(pieces, profile)


def _told(progress: Progress, due: Sequence[Reminder], also: Sequence[str]) -> list[Piece]:
    lines = [clock.line(progress), *(one.words for one in due)]
    said = [piece for line in lines for piece in message.told(line)]
    return [*said, _people(progress.case.content.owner, also)]


def _people(owner: str, also: Sequence[str]) -> Piece:
    shown = f"Owner: {_called(owner)}." if owner else "Nobody has this report yet."
    others = [one for one in dict.fromkeys(also) if one != owner]
    if others:
        shown = f"{shown} Who can review and publish: {', '.join(map(_called, others))}."
    return _mrkdwn(shown)


def _opens(link: str) -> list[Piece]:
    return [_mrkdwn(f"<{link}|Open the thread>")] if link.startswith("https://") else []


def _called(id: str) -> str:
    """A mention for an id; a name is words, and calls nobody."""
    if is_person(id):
        return f"<@{id}>"
    if _GROUP.fullmatch(id):
        return f"<!subteam^{id}>"
    return text.escaped(text.cut(text.one_line(id), _NAME))


def _mrkdwn(shown: str) -> Piece:
    """Words of ours with mentions or a link; Slack looks for no others in them."""
    said = text.cut(shown, limits.SECTION)
    block = {"type": "mrkdwn", "text": said, "verbatim": True}
    return Piece(said, ({"type": "section", "text": block, "expand": True},))
