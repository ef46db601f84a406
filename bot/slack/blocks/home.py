"""The App Home: what is indexed, how to ask, what its reader may read, what they asked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.slack.blocks import actions, clock, kit, limits, text
from bot.slack.blocks import cases as case_blocks
from bot.slack.blocks.answer import counted
from bot.slack.blocks.cases import Shown
from bot.slack.blocks.kit import Block
from retrieval.documents import Kind

_LONDON = ZoneInfo("Europe/London")
_NEWEST = 5
_SUGGESTIONS = 5
_RECENT = 10
_CASES = 10
_MINE = 3  # with their clocks; a view has room for no more
_WAITING = 8
_LINE = 300
_KINDS = {
    Kind.INSPECTION_REPORT: ("inspection report", "inspection reports"),
    Kind.JOINT_INSPECTION_LETTER: ("joint inspection letter", "joint inspection letters"),
    Kind.FOLLOW_UP_LETTER: ("follow-up letter", "follow-up letters"),
    Kind.RESPONSE: ("response", "responses"),
    Kind.POLICE_AND_CRIME_PLAN: ("police and crime plan", "police and crime plans"),
    Kind.OTHER: ("other document", "other documents"),
}
_HOW = (
    "Mention me in a channel that I am in, or write to me here: I answer in the thread, and "
    "follow-up questions in it need no mention.",
    "/ask and your question: only you see the answer, until you share it.",
    "On any message, choose “Ask about this” from its menu.",
)
_HELP = (
    "Every sentence says where it stands. Open “Show the passage” before you rely on one.",
    "/reports shows you the reports being answered, with their clocks.",
    "If an answer is wrong or beside the point, press “Not helpful” and say why.",
)


@dataclass(frozen=True)
class Recent:
    """A question of the reader's own; ``link`` leads to its answer, "" when there is none."""

    question: str
    status_words: str
    asked_at: datetime
    link: str = ""


@dataclass(frozen=True)
class Home:
    """What the App Home shows one person; every moment has a time zone.

    ``newest`` are titles with their dates of publication, ``kinds`` counts by kind of document,
    ``mine`` are the cases that are the reader's own, ``cases`` the others, a line each; ``waiting``
    is what waits for the reader.
    """

    documents: int = 0
    newest: Sequence[tuple[str, date | None]] = ()
    indexed_at: datetime | None = None
    kinds: dict[str, int] = field(default_factory=dict)
    collections: Sequence[str] = ()
    roles: Sequence[str] = ()
    suggestions: Sequence[str] = ()
    recent: Sequence[Recent] = ()
    mine: Sequence[Shown] = ()
    waiting: Sequence[str] = ()
    cases: Sequence[str] = ()
    person_available: bool = False
    can_add: bool = False


def view(home: Home) -> Block:
    """The view to publish for one person."""
    blocks = [
        *_waiting(home.waiting),
        *_mine(home.mine),
        *_part("What is indexed", _indexed(home)),
        *_part("How to ask", _HOW),
        *_suggestions(home.suggestions),
        *_part("What you may read", _readable(home)),
        *_recent(home.recent),
        *_part("Reports being answered", _others(home)),
        *_part("Help", _help(home)),
    ]
    return {"type": "home", "blocks": blocks}


def _waiting(lines: Sequence[str]) -> list[Block]:
    if not lines:
        return []
    told = [f"• {line}" for line in lines[:_WAITING]]
    return _part("What waits for you", [*told, *_more(len(lines) - _WAITING)])


def _mine(mine: Sequence[Shown]) -> list[Block]:
    """The reader's own cases with their clocks."""
    if not mine:
        return []
    pieces = [
        piece
        for number, one in enumerate(mine[:_MINE], start=1)
        for piece in (*case_blocks.titled(one, number), *clock.pieces(one.progress))
    ]
    blocks = [block for piece in pieces for block in piece.blocks]
    more = [kit.grey(line) for line in _more(len(mine) - _MINE)]
    return [kit.heading("My cases"), *blocks, *more]


def _others(home: Home) -> Iterator[str]:
    if not home.cases:
        yield "No others." if home.mine else "None yet."
    yield from home.cases[:_CASES]
    yield from _more(len(home.cases) - _CASES)


def _more(count: int) -> Iterator[str]:
    if count > 0:
        yield f"{count} more: /reports lists them all."


def _part(heading: str, lines: Sequence[str] | Iterator[str]) -> list[Block]:
    told = [_line(line) for line in lines]
    return [kit.heading(heading), *(kit.words(line) for line in told if line)]


def _line(said: str, limit: int = _LINE) -> str:
    return text.cut(text.plain(text.one_line(said)), limit)


def _indexed(home: Home) -> Iterator[str]:
    if not home.documents:
        yield "Nothing is indexed yet that you may read."
    else:
        kinds = ", ".join(_kind(kind, home.kinds[kind]) for kind in _in_order(home.kinds))
        yield f"{counted(home.documents)}{f': {kinds}' if kinds else ''}."
    if home.indexed_at:
        yield f"Last brought up to date on {_moment(home.indexed_at)}."
    for title, published in home.newest[:_NEWEST]:
        yield f"• {_line(title, _LINE - 40)}, {_day(published) if published else 'undated'}"
    if home.can_add:
        yield "You are one of those who may add documents."


def _in_order(kinds: Iterable[str]) -> list[str]:
    order = [kind.value for kind in _KINDS]
    return sorted(kinds, key=lambda kind: order.index(kind) if kind in order else len(order))


def _kind(kind: str, count: int) -> str:
    one, many = _KINDS.get(Kind(kind), (kind, kind)) if kind in set(Kind) else (kind, kind)
    return f"{count:,} {one if count == 1 else many}"


def _readable(home: Home) -> Iterator[str]:
    if not home.collections:
        yield "No collection. Ask the people who run Rejoinder for access."
        return
    yield f"Collections: {', '.join(home.collections)}."
    if home.roles:
        yield f"Your roles: {', '.join(home.roles)}."
    yield "In a channel I use only what everyone in it may read."


def _suggestions(questions: Sequence[str]) -> list[Block]:
    # A question that a button cannot carry whole would be asked in other words.
    whole = [one for one in map(text.one_line, questions) if 0 < limits.size(one) <= limits.VALUE]
    buttons = [
        kit.button(question, f"suggest:{number}", question)
        for number, question in enumerate(whole[:_SUGGESTIONS], start=1)
    ]
    return [kit.words("Or begin with one of these:"), kit.row("suggestions", buttons)] * bool(
        buttons
    )


def _recent(asked: Sequence[Recent]) -> list[Block]:
    if not asked:
        return _part("Your recent answers", ["None yet."])
    shown = [
        block
        for number, one in enumerate(asked[:_RECENT], start=1)
        for block in (_answer(one, number), kit.grey(_outcome(one)))
    ]
    return [kit.heading("Your recent answers"), *shown]


def _outcome(one: Recent) -> str:
    return f"{_line(one.status_words)} · {_moment(one.asked_at)}"


def _answer(one: Recent, number: int) -> Block:
    words = _line(one.question) or "(no words)"
    if not one.link.startswith(("https://", "http://")) or len(one.link) > limits.ADDRESS:
        return kit.words(words)
    opens = {
        "type": "button",
        "text": kit.label("Open"),
        "action_id": f"{actions.LINK}{number}",
        "url": one.link,
    }
    return kit.words(words, accessory=opens, block_id=f"recent:{number}")


def _help(home: Home) -> Iterator[str]:
    yield from _HELP
    if home.person_available:
        yield "“Ask a person” under an answer passes the question on to a colleague."


def _moment(moment: datetime) -> str:
    there = moment.astimezone(_LONDON)
    return f"{_day(there)} at {there:%H:%M}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
