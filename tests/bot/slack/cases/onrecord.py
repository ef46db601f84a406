"""Cases on the sample documents, for tests of what people are shown of them."""

from dataclasses import replace
from datetime import date
from typing import Any

from bot.responding import intake
from bot.store.cases import Content, Read, Role
from retrieval.documents import Kind
from tests.bot.slack.desks import Bot
from tests.corpus import samples
from tests.fakes.slack_workspace import TOM

PEEL = "2023-12-08-peel-2023-25-fernshire.pdf"
NOTE = "2024-01-09-briefing-note-peel-2023-25.md"
SALLOWSHIRE = "2022-03-31-peel-2021-22-sallowshire.html"
FERNSHIRE = "2022-04-14-peel-2021-22-fernshire.html"
PUBLISHED = date(2023, 12, 8)


def peel(bot: Bot, name: str = "peel", file: str = PEEL, **changes: Any) -> Content:
    """A public report as a confirmed case, Tom's and of 2023 where nothing else is said."""
    mine = intake.propose(samples.read(file), str(samples.DOCUMENTS / file))
    usual = replace(mine.content, published=PUBLISHED, published_confirmed=True, owner=TOM.id)
    said = replace(usual, **changes)
    add(bot, name, said, mine.read)
    return said


def restricted(bot: Bot, name: str = "custody") -> None:
    """The report under embargo as a confirmed case."""
    mine = intake.propose(samples.read(samples.RESTRICTED), samples.RESTRICTED)
    said = replace(mine.content, title="The custody report", published=PUBLISHED,
                   published_confirmed=True)  # fmt: skip
    add(bot, name, said, mine.read)


def office(bot: Bot, name: str = "note") -> None:
    """A paper that only the office may read, as a confirmed case of nobody's."""
    note = samples.read(NOTE)
    said = Content("The office's paper", Kind.OTHER, "s55", PUBLISHED, published_confirmed=True)
    read = Read(note.digest, NOTE, "The office's paper", Kind.OTHER, Role.REPORT, note.pages)
    add(bot, name, said, read)


def add(bot: Bot, name: str, said: Content, read: Read) -> None:
    book, now = bot.desk.casebook, bot.desk.now()
    book.add(name, said, read, person=TOM.id, now=now)
    book.confirm(name, said, (), after=1, person=TOM.id, now=now)
