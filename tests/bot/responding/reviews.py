"""Drafts under review with good defaults: an office of people, sources that change, a record."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Engine

from bot.responding import approving
from bot.responding.approving import Place, Source
from bot.responding.publishable import Prepared
from bot.responding.publishing import Publishing
from bot.responding.reviewing import Office, Outcome, Press, Reviewing
from bot.store.casebook import Casebook
from bot.store.cases import Case, Choice, Content, Read, Role, Step
from bot.store.drafted import Draft
from bot.store.drafts import Drafts, NoSuchDraft
from bot.store.wordings import Cited, Sentence, Voice, Wording
from retrieval.documents import ItemKind, Kind, Page, Span
from tests.bot.responding.cases import chief, item
from tests.bot.responding.cases import content as said

NOW = datetime(2031, 3, 20, 9, 0, tzinfo=UTC)
CASE = "peel-2031-fernshire"
DIGEST = "d" * 64
QUOTE = "The force should act 1."
LEGAL = "These comments are published under section 55(5)."
PACK = {"pieces": [{"words": QUOTE}]}
ROLES = {
    "asker": {"officer"},
    "editor": {"officer", "reviewer"},
    "reviewer": {"reviewer"},
    "second": {"reviewer"},
    "third": {"reviewer"},
    "publisher": {"publisher"},
    "nobody": set[str](),
}


def page(text: str = f"Intro. {QUOTE} More.") -> Page:
    """A page that holds the quotation."""
    return Page(1, text, ())


def source(**changes: Any) -> Source:
    """The cited report, public and in the library."""
    return replace(Source(Place.LIBRARY, "public", pages=(page(),)), **changes)


def cited(**changes: Any) -> Cited:
    """The words of the report at their span."""
    span = Span(1, 7, 7 + len(QUOTE))
    usual = Cited(DIGEST, "PEEL 2031", Kind.INSPECTION_REPORT, date(2031, 3, 4), 1, QUOTE, (span,))
    return replace(usual, **changes)


def wording(text: str = "I have asked for a review by 1 June.", **changes: Any) -> Wording:
    """Two sentences: what was found, quoted, and what the commissioner says."""
    found = Sentence(f"“{QUOTE}”", Voice.INSPECTORATE, (cited(),))
    own = Sentence(text, Voice.COMMISSIONER, limbs=(1,), promise=True)
    return replace(Wording((found, own), Choice.PROPOSED), **changes)


def case_content(items: int = 1, kind: ItemKind = ItemKind.RECOMMENDATION) -> Content:
    """What a report asks for, its day of publication confirmed."""
    return said(*(item(number, kind=kind) for number in range(1, items + 1)))


@dataclass
class Bench:
    """A case under review on one database. What the office would say can be changed."""

    engine: Engine
    case: str = CASE
    roles: dict[str, set[str]] = field(default_factory=lambda: {k: {*v} for k, v in ROLES.items()})
    sources: dict[str, Source] = field(default_factory=lambda: {DIGEST: source()})
    needed: int = 1
    to_open: tuple[int, ...] = ()
    limbs: int = 2
    asked: list[str] = field(default_factory=list)
    keys: Any = field(default_factory=lambda: count(1))
    now: datetime = NOW
    between: Callable[[], object] | None = None  # done while somebody's press is on its way

    def __post_init__(self) -> None:
        self.restart()

    def restart(self, engine: Engine | None = None) -> None:
        """Fresh objects on the same database."""
        self.engine = engine or self.engine
        self.drafts = Drafts(self.engine)
        office = Office(
            roles=self._roles,
            sources=lambda said, _: {
                one.document: self.sources[one.document]
                for one in approving.cited(said)
                if one.document in self.sources
            },
            reviewers=lambda: sorted(k for k, held in self.roles.items() if "reviewer" in held),
            approvals=lambda _case, _item: self.needed,
            limbs=lambda _case, _item: self.limbs,
            to_open=lambda _draft: self.to_open,
        )
        self.review = Reviewing(self.drafts, office)
        self.publishing = Publishing(self.drafts, self.review, self._roles)

    def add_case(self, items: int = 1, kind: ItemKind = ItemKind.RECOMMENDATION) -> Case:
        """Put the case into the record, confirmed, the chief officer invited."""
        record = Casebook(self.engine)
        digest = f"{self.case:x<64}"[:64]
        read = Read(digest, "/x.md", "PEEL", Kind.INSPECTION_REPORT, Role.REPORT, (page(),))
        told = case_content(items, kind)
        record.add(self.case, told, read, person="asker", now=NOW)
        record.confirm(self.case, told, (), after=1, person="asker", now=NOW)
        record.note_chief(self.case, chief(Step.INVITED, date(2031, 3, 8)))
        return record.get(self.case)

    def press(self, person: str, number: int = 1, key: str = "", **changes: Any) -> Press:
        """A click on the card as it is now, unless ``changes`` say what it showed."""
        self.now += timedelta(minutes=1)
        draft = self.drafts.find(self.case, number)
        usual = Press(
            key or f"{self.case}/{next(self.keys)}",
            person,
            self.now,
            draft.latest.number if draft else 0,
            draft.turned.number if draft else 0,
        )
        return replace(usual, **changes)

    def request(
        self, person: str = "asker", number: int = 1, said: Wording | None = None, **how: Any
    ) -> Outcome:
        press = self.press(person, number, **how)
        return self.review.request(self.case, number, said or wording(), PACK, press)

    def edit(self, person: str = "editor", text: str = "", number: int = 1, **how: Any) -> Outcome:
        press = self.press(person, number, **how)
        return self.review.edit(self.case, number, wording(text or f"Text {press.key}."), press)

    def approve(self, person: str = "reviewer", number: int = 1, **how: Any) -> Outcome:
        return self.review.approve(self.case, number, self.press(person, number, **how))

    def ask(
        self, person: str = "reviewer", code: str = "fact", words: str = "It is 38.", **how: Any
    ) -> Outcome:
        return self.review.ask_changes(self.case, 1, code, words, self.press(person, **how))

    def withdraw(self, person: str = "reviewer", words: str = "I misread.", **how: Any) -> Outcome:
        return self.review.withdraw(self.case, 1, words, self.press(person, **how))

    def take_over(self, person: str = "third", **how: Any) -> Outcome:
        return self.review.take_over(self.case, 1, self.press(person, **how))

    def draft(self, number: int = 1) -> Draft:
        return self.drafts.get(self.case, number)

    def has_draft(self, number: int = 1) -> bool:
        try:
            self.draft(number)
        except NoSuchDraft:
            return False
        return True

    def status(self, number: int = 1) -> str:
        """The status as it holds now."""
        return self.review.standing(self.case, number, self.now).status.value

    def prepared(self, **changes: Any) -> Prepared:
        """The case on its way out, all checks passed on the latest revisions."""
        revisions = {one.item: one.latest.number for one in self.drafts.of(self.case)}
        known = Casebook(self.engine).get(self.case)
        usual = Prepared(known, NOW.date(), LEGAL, LEGAL, revisions)
        return replace(usual, **changes)

    def _roles(self, person: str) -> frozenset[str]:
        self.asked.append(person)
        held = frozenset(self.roles.get(person, ()))
        meanwhile, self.between = self.between, None
        if meanwhile:
            meanwhile()
        return held


def bench(engine: Engine, items: int = 1, **changes: Any) -> Bench:
    """A case under review, nothing drafted yet."""
    made = Bench(engine, **changes)
    made.add_case(items)
    return made


def steps(draft: Draft) -> Sequence[str]:
    """What was taken, in order."""
    return [one.step.value for one in draft.taken]
