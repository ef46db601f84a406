"""A file that somebody dropped: the card that says what becomes of it, in the place of one card."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.slack.blocks import kit, limits, message, text
from bot.slack.blocks.kit import Block
from bot.slack.blocks.message import Message, Piece, Profile
from retrieval.documents import CatalogueEntry, Kind

INDEX = re.compile(r"^index_document$")
LATER = re.compile(r"^document_not_now$")
OUT = re.compile(r"^take_document_out$")

LONDON = ZoneInfo("Europe/London")
KINDS = {
    Kind.INSPECTION_REPORT: "Inspection report",
    Kind.JOINT_INSPECTION_LETTER: "Joint inspection letter",
    Kind.FOLLOW_UP_LETTER: "Follow-up letter",
    Kind.RESPONSE: "Response of the office",
    Kind.POLICE_AND_CRIME_PLAN: "Police and crime plan",
    Kind.OTHER: "Other document",
}
READING = "Reading the file."
WAITING = "Confirmed. Waiting for its turn to be indexed."
GONE = "This file is no longer kept here. Send it again to have it indexed."
_PROPOSED = "proposed, not confirmed: "
_HELD = "; held back because "
_NAME = 120
_VALUE = re.compile(r"([A-Z][A-Z0-9]{2,30})\|(\d{1,12}\.\d{1,9})\|([0-9a-f]{16})")


@dataclass(frozen=True)
class Press:
    """What the buttons of a card carry: Slack's file, the thread of the card, our folder."""

    file: str
    thread: str
    shelf: str


def value(press: Press) -> str:
    """What a button carries, as text."""
    return f"{press.file}|{press.thread}|{press.shelf}"


def pressed(value: str) -> Press | None:
    """What a button carries, None for what we never wrote."""
    found = _VALUE.fullmatch(value)
    return Press(*found.groups()) if found else None


@dataclass(frozen=True)
class Card:
    """A line in bold, what there is to say under it, small print, and buttons."""

    heading: str
    lines: tuple[str, ...] = ()
    small: tuple[str, ...] = ()
    buttons: tuple[Block, ...] = ()

    def messages(self, profile: Profile) -> list[Message]:
        """The card in a profile."""
        pieces = [*message.strong(text.cut(text.one_line(self.heading), limits.SECTION - 2))]
        pieces += _pieces(self)
        row = (kit.row("document", list(self.buttons)),) if self.buttons else ()
        return message.packed(pieces, profile, row)


def _pieces(card: Card) -> list[Piece]:
    told = [piece for line in card.lines for piece in message.told(line)]
    small = [piece for line in card.small for piece in message.grey(line)]
    return told + small


def words(said: str) -> Card:
    """A card of one sentence."""
    return Card(said)


def offered(name: str, pages: int, entry: CatalogueEntry, note: str, press: Press) -> Card:
    """What a file seems to be, and whether to index it."""
    body = f" · {entry.body}" if entry.body else ""
    return Card(
        f"Index this? {_short(name)}, {_counted(pages, 'page')} read",
        (
            f"It looks like: {KINDS[entry.kind]} · {entry.title}{body}",
            f"{dated(note, entry)} Collection: {entry.collection}.",
        ),
        tuple(filter(None, (held(note),))),
        (_index(press), kit.button("Not now", "document_not_now", value(press))),
    )


def dated(note: str, entry: CatalogueEntry) -> str:
    """The date of an entry; with the note of a proposal, the words that it was read from."""
    if not entry.published:
        return "No publication date found."
    read = note.removeprefix(_PROPOSED).removeprefix("date ").partition(_HELD)[0]
    return f"{day(entry.published)}{f', {read}' if read else ''}."


def held(note: str) -> str:
    """Why a document was proposed to be held back, "" when it was not."""
    because = note.partition(_HELD)[2]
    return f"Held back, for nobody to read until it is checked, because {because}." * bool(because)


def refused(said: str, press: Press | None = None) -> Card:
    """Why a file is not taken in; with a press, to be tried again."""
    return Card("Not indexed", (said,), buttons=(_index(press),) if press else ())


def already(entry: CatalogueEntry) -> Card:
    """That a document with this content is there."""
    return Card(f"Already indexed: {_titled(entry)}")


def indexing(name: str, pages: int) -> Card:
    """While a document is read, embedded and put into the index."""
    return Card(f"Indexing {_short(name)}", (f"Reading and embedding {_counted(pages, 'page')}.",))


@dataclass(frozen=True)
class Done:
    """How indexing ended: its state in words, how much there is of it, and notes for the person."""

    state: str
    pages: int
    passages: int = 0
    notes: Sequence[str] = ()


def indexed(entry: CatalogueEntry, done: Done, press: Press, start: Sequence[Block] = ()) -> Card:
    """That a document is in the index; ``start`` are buttons for what may be done with it."""
    return Card(
        f"{done.state}: {_titled(entry)}",
        (f"{_size(done)}. Collection: {entry.collection}.",),
        tuple(done.notes),
        (*start, _out(press)),
    )


def indexed_unseen(name: str, done: Done, until: datetime | None, press: Press) -> Card:
    """The same where not everyone may read the document: nothing of what it says is told.

    ``until`` is the end of its embargo, None when that is over.
    """
    said = "Only those who may read it are shown it."
    embargo = f"Nobody is shown it before {moment(until)}." if until else said
    return Card(f"{done.state}: {_short(name)}", (f"{_size(done)}. {embargo}",), (), (_out(press),))


def taken_out(name: str, press: Press) -> Card:
    """That a document is no longer in the index."""
    return Card(f"Taken out of the index: {_short(name)}", buttons=(_index(press),))


def not_now(name: str) -> Card:
    """That nobody wants it indexed."""
    return Card(f"Not indexed: {_short(name)}", ("I have not kept the file.",))


def day(one: date) -> str:
    """A date as it is read."""
    return f"{one.day} {one:%B %Y}"


def moment(one: datetime) -> str:
    """A moment as London's clocks show it."""
    there = one.astimezone(LONDON)
    return f"{day(there)} at {there:%H:%M}"


def _index(press: Press) -> Block:
    return kit.button("Index this…", "index_document", value(press))


def _out(press: Press) -> Block:
    return kit.button("Take it out again", "take_document_out", value(press))


def _size(done: Done) -> str:
    passages = f", {_counted(done.passages, 'passage')}" if done.passages else ""
    return f"{_counted(done.pages, 'page')}{passages}"


def _titled(entry: CatalogueEntry) -> str:
    return f"{entry.title}, {day(entry.published) if entry.published else 'undated'}"


def _short(name: str) -> str:
    return text.cut(text.one_line(name), _NAME)


def _counted(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"
