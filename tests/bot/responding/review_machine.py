"""A review at random: people, roles, clicks, edits, redeliveries, source changes, restarts.

What must hold is reckoned here by simpler means than the program's and compared after every step.
Run it long: python -m tests.bot.responding.review_machine --steps 50000 [--seed N] [--database URL]
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine, text

from bot.responding.approving import Place, Source
from bot.responding.publishable import Failed
from bot.responding.publishing import NotAsPublished, NotReady
from bot.responding.reviewing import Outcome, Press
from bot.store.audit import Audit
from bot.store.drafted import Publication, Revision, Step
from bot.store.engine import connect, migrate
from bot.store.wordings import Wording
from tests.bot.responding.reviews import DIGEST, LEGAL, PACK, Bench, page, source, wording

ROLES = ("officer", "reviewer", "publisher")
HELD = {
    "ann": {"officer"},
    "ben": {"officer", "reviewer"},
    "cat": {"reviewer"},
    "dan": {"reviewer", "publisher"},
    "eve": {"reviewer"},
}
PEOPLE = tuple(HELD)
ITEMS = (1, 2)
SOURCES: tuple[tuple[Source | None, bool], ...] = (
    (source(), True),
    (source(), True),
    (None, False),
    (Source(Place.GONE, successor=True), False),
    (source(place=Place.KEPT, collection=""), True),
    (source(collection="restricted:gold"), False),
    (source(embargoed=True), False),
    (source(pages=(page("Intro. Somebody else should act. More words."),)), False),
)
COUNTS: Counter[str] = Counter()
"""How often each rule was carried out and what came of it, over all runs in this process."""

people = st.sampled_from(PEOPLE)
items = st.sampled_from(ITEMS)
mostly = st.sampled_from((True, True, True, False))
seldom = st.sampled_from((False,) * 5 + (True,))


@dataclass
class Told:
    """What ought to be so of one item. ``card`` counts what has changed its card."""

    text: str = ""
    revision: int = 0
    card: int = 0
    requester: str = ""
    holder: str = ""
    editor: str = ""
    place: str = ""
    asked: bool = False
    void: bool = False
    published: bool = False
    tampered: bool = False
    approvers: set[str] = field(default_factory=set)
    waived: set[int] = field(default_factory=set)
    past: dict[str, list[str]] = field(default_factory=dict)
    seconded: set[str] = field(default_factory=set)
    opened: set[str] = field(default_factory=set)

    def begin(self, text: str, place: str, requester: str, editor: str) -> None:
        """A new revision: nothing that was decided on the one before it counts."""
        self.text, self.place, self.requester, self.editor = text, place, requester, editor
        self.revision += 1
        self.asked = self.void = self.tampered = False
        self.approvers, self.waived, self.opened = set(), set(), set()
        self.past, self.seconded = {}, set()


@dataclass(frozen=True)
class Shown:
    """What a card shows: the numbers it names, and the count of what changed it."""

    revision: int
    event: int
    card: int


class ReviewMachine(RuleBasedStateMachine):
    """One case of two recommendations. ``url`` is the database, used for one run after another."""

    url = ""
    number = 0

    def __init__(self) -> None:
        super().__init__()
        ReviewMachine.number += 1
        self.bench = Bench(self.engine(), case=f"case-{ReviewMachine.number}")
        self.bench.roles = {name: {*roles} for name, roles in HELD.items()}
        self.bench.add_case(len(ITEMS))
        self.told = {number: Told() for number in ITEMS}
        self.cards: dict[int, list[Shown]] = {number: [Shown(0, 0, 0)] for number in ITEMS}
        self.done: list[tuple[Callable[[], Outcome], Outcome]] = []
        self.kept: dict[tuple[int, int], Revision] = {}
        self.out: list[tuple[Publication, bytes]] = []
        self.broken: set[tuple[int, int]] = set()
        self.good = True

    def engine(self) -> Engine:
        """The database, with no guard against who may write to it by other means."""
        made = connect(self.url)
        migrate(made)
        if made.dialect.name == "sqlite":
            with made.begin() as connection:
                connection.execute(text("DROP TRIGGER IF EXISTS draft_revisions_keeps_rows"))
        return made

    def teardown(self) -> None:
        """Every press has one event, and the audit tells of each."""
        drafts = self.bench.drafts.of(self.bench.case)
        presses = [one.press for draft in drafts for one in draft.events]
        assert len(presses) == len(set(presses))
        audit = Audit(self.bench.engine)
        for draft in drafts:
            assert len(audit.entries(f"{draft.case}/{draft.item}")) == len(draft.events)
        self.bench.engine.dispose()

    @initialize(drafts=st.sampled_from((True,) * 7 + (False,)))
    def begin(self, drafts: bool) -> None:
        for item in ITEMS if drafts else ():
            self.asked_for("ann", item, 0, False, 0)

    # What people and the world do.

    @rule(person=people, role=st.sampled_from(ROLES), has=mostly)
    def rank(self, person: str, role: str, has: bool) -> None:
        COUNTS["roles changed"] += 1
        held = self.bench.roles[person]
        (held.add if has else held.discard)(role)

    @rule(number=st.integers(0, len(SOURCES) - 1), comes_back=mostly)
    def source_changes(self, number: int, comes_back: bool) -> None:
        COUNTS["sources changed"] += 1
        now, self.good = SOURCES[0 if comes_back and not self.good else number]
        self.bench.sources = {DIGEST: now} if now else {}

    @rule(number=st.sampled_from((1, 1, 2)))
    def setting_changes(self, number: int) -> None:
        COUNTS["settings changed"] += 1
        self.bench.needed = number

    @rule(must=st.booleans())
    def opening_is_asked_for(self, must: bool) -> None:
        COUNTS["settings changed"] += 1
        self.bench.to_open = (1,) if must else ()

    @rule(now=st.booleans())
    def restart(self, now: bool) -> None:
        if now:
            COUNTS["restarts"] += 1
            self.bench.engine.dispose()
            self.bench.restart(connect(self.url))

    @precondition(lambda self: any(one.revision for one in self.told.values()))
    @rule(item=items, now=seldom)
    def somebody_changes_the_database(self, item: int, now: bool) -> None:
        told = self.told[item]
        able = now and self.bench.engine.dialect.name == "sqlite"
        if not able or not told.revision or told.tampered:
            return
        COUNTS["texts changed in the database"] += 1
        with self.bench.engine.begin() as connection:
            connection.execute(
                text(
                    "UPDATE draft_revisions SET wording = REPLACE(wording, 'Text', 'Other') "
                    'WHERE "case" = :case AND item = :item AND number = :number'
                ),
                {"case": self.bench.case, "item": item, "number": told.revision},
            )
        told.tampered = True
        self.broken.add((item, told.revision))
        self.kept[item, told.revision] = self.bench.draft(item).latest

    @rule()
    def sweep(self) -> None:
        expected = {
            item
            for item, told in self.told.items()
            if told.approvers and not self.stands(told) and not told.published and not told.void
        }
        found = self.bench.review.void_stale(self.bench.now, self.bench.case)
        COUNTS["approvals recorded as void"] += len(found)
        assert {int(one.event.press.split("/")[2]) for one in found} == expected
        for item in expected:
            self.told[item].void, self.told[item].approvers = True, set()
            self.turn(item)

    # Clicks, each from a card of now or of before.

    @rule(person=people, item=items, old=st.integers(0, 12), bot=seldom, n=st.integers(0, 2))
    def request(self, person: str, item: int, old: int, bot: bool, n: int) -> None:
        self.asked_for(person, item, old, bot, n)

    def asked_for(self, person: str, item: int, old: int, bot: bool, n: int) -> None:
        said, told = self.said(n), self.told[item]
        shown, place = self.shown(item, old), self.place()
        may = self.in_office(person) and not bot and not told.published and self.fresh(item, shown)

        def call(press: Press) -> Outcome:
            return self.bench.review.request(self.bench.case, item, said, PACK, press)

        if self.click(Step.REQUEST, item, person, bot, shown, call, may):
            told.begin(said.sentences[1].text, place, person, "")
            told.holder = person
            self.turn(item)

    @rule(person=people, item=items, old=st.integers(0, 6), n=st.integers(0, 4))
    def edit(self, person: str, item: int, old: int, n: int) -> None:
        said, told = self.said(n), self.told[item]
        shown, place = self.shown(item, old), self.place()
        new = told.tampered or said.sentences[1].text != told.text
        may = self.in_office(person) and self.is_open(item) and self.fresh(item, shown)

        def call(press: Press) -> Outcome:
            return self.bench.review.edit(self.bench.case, item, said, press)

        if self.click(Step.EDIT, item, person, False, shown, call, may and new):
            told.begin(said.sentences[1].text, place, told.requester, person)
            self.turn(item)

    @rule(
        person=people,
        item=items,
        old=st.integers(0, 6),
        bot=seldom,
    )
    def approve(self, person: str, item: int, old: int, bot: bool) -> None:
        shown = self.shown(item, old)
        may = self.may_approve(person, item, shown) and not bot
        if self.click(Step.APPROVE, item, person, bot, shown, self.approval(item), may):
            self.approved(person, item)

    @rule(one=people, other=people, item=items, asks=st.booleans())
    def two_at_once(self, one: str, other: str, item: int, asks: bool) -> None:
        """The second press is carried out whole while the first is on its way."""
        shown = self.shown(item, 0)
        first = self.approval(item)
        second = self.asking("fact", "It is 38.", item) if asks else self.approval(item)
        told = self.told[item]
        may = self.may_approve(one, item, shown)
        before = Counter(self.bench.asked)

        def meanwhile() -> None:
            allowed = (
                self.may_ask(other, item, shown) if asks else self.may_approve(other, item, shown)
            )
            step = Step.ASK_CHANGES if asks else Step.APPROVE
            if self.click(step, item, other, False, shown, second, allowed):
                if asks:
                    told.asked, told.approvers, told.void = True, set(), False
                    self.turn(item)
                else:
                    self.approved(other, item)

        self.bench.between = meanwhile
        press = self.press(item, one, False, shown)
        turned = told.card
        outcome = first(press)
        assert Counter(self.bench.asked)[one] > before[one]
        taken = may and turned == told.card
        COUNTS["two at once: " + ("both" if taken and turned != told.card else "one or none")] += 1
        self.judge(Step.APPROVE, outcome, taken, lambda: first(press))
        if taken:
            self.approved(one, item)

    @rule(
        person=people, item=items, old=st.integers(0, 6),
        code=st.sampled_from(("fact", "limb", "", "unknown")),
        words=st.sampled_from(("It is 38.", "", "  ")),
    )  # fmt: skip
    def ask_changes(self, person: str, item: int, old: int, code: str, words: str) -> None:
        shown, told = self.shown(item, old), self.told[item]
        reason = code in ("fact", "limb") and bool(words.strip())
        may = reason and self.may_ask(person, item, shown)
        call = self.asking(code, words, item)
        if self.click(Step.ASK_CHANGES, item, person, False, shown, call, may):
            told.asked, told.approvers, told.void = True, set(), False
            self.turn(item)

    @rule(
        person=people, item=items, old=st.integers(0, 6), words=st.sampled_from(("I misread.", " "))
    )
    def withdraw(self, person: str, item: int, old: int, words: str) -> None:
        shown, told = self.shown(item, old), self.told[item]
        wrote = person in (told.requester, told.holder, told.editor)
        decided = (told.asked and not wrote) or (bool(told.approvers) and self.stands(told))
        ranked = "reviewer" in self.bench.roles[person] and self.is_open(item)
        may = ranked and self.fresh(item, shown) and decided and bool(words.strip())

        def call(press: Press) -> Outcome:
            return self.bench.review.withdraw(self.bench.case, item, words, press)

        if self.click(Step.WITHDRAW, item, person, False, shown, call, may):
            told.asked, told.approvers = False, set()
            self.turn(item)

    @rule(person=people, item=items, old=st.integers(0, 6))
    def take_over(self, person: str, item: int, old: int) -> None:
        shown, told = self.shown(item, old), self.told[item]
        has = person == told.holder or (person in told.approvers and self.stands(told))
        may = self.in_office(person) and self.is_open(item) and self.fresh(item, shown) and not has

        def call(press: Press) -> Outcome:
            return self.bench.review.take_over(self.bench.case, item, press)

        if self.click(Step.TAKE_OVER, item, person, False, shown, call, may):
            told.holder = person
            self.turn(item)

    @rule(person=people, item=items, sentence=st.integers(0, 3))
    def open_evidence(self, person: str, item: int, sentence: int) -> None:
        shown, told = self.shown(item, 0), self.told[item]

        def call(press: Press) -> Outcome:
            return self.bench.review.opened_evidence(self.bench.case, item, sentence, press)

        may = told.revision > 0 and sentence in (1, 2)
        if self.click(Step.OPEN, item, person, False, shown, call, may) and sentence == 1:
            told.opened.add(person)

    @rule(
        person=people, item=items, limb=st.integers(0, 3), words=st.sampled_from(("Not ours.", ""))
    )
    def waive(self, person: str, item: int, limb: int, words: str) -> None:
        shown = self.shown(item, 0)

        def call(press: Press) -> Outcome:
            return self.bench.review.waive(self.bench.case, item, limb, words, press)

        may = self.ranks(person) and self.is_open(item) and limb in (1, 2) and bool(words)
        if self.click(Step.WAIVE, item, person, False, shown, call, may):
            self.told[item].waived.add(limb)

    @rule(person=people, item=items, words=st.sampled_from(("The figure is of 2016.", "")))
    def let_past(self, person: str, item: int, words: str) -> None:
        shown, told = self.shown(item, 0), self.told[item]

        def call(press: Press) -> Outcome:
            return self.bench.review.let_past(self.bench.case, item, "figures", words, press)

        may = self.ranks(person) and self.is_open(item) and bool(words)
        if self.click(Step.LET_PAST, item, person, False, shown, call, may):
            told.past.setdefault("figures", []).append(person)

    @rule(person=people, item=items)
    def second(self, person: str, item: int) -> None:
        shown, told = self.shown(item, 0), self.told[item]
        wrote = person in (told.requester, told.holder, told.editor)
        others = set(told.past.get("figures", ())) - {person}
        may = self.ranks(person) and self.is_open(item) and bool(others) and not wrote

        def call(press: Press) -> Outcome:
            return self.bench.review.second(self.bench.case, item, "figures", press)

        if self.click(Step.SECOND, item, person, False, shown, call, may):
            told.seconded.add("figures")

    @rule(pick=st.integers(0, 40))
    def the_same_press_again(self, pick: int) -> None:
        if not self.done:
            return
        call, before = self.done[-1 - pick % len(self.done)]
        events = [draft.events for draft in self.bench.drafts.of(self.bench.case)]
        COUNTS["presses delivered again"] += 1
        again = call()
        assert again.again
        assert again.event == before.event
        assert [draft.events for draft in self.bench.drafts.of(self.bench.case)] == events

    @rule(
        person=people, fails=st.booleans(), limbs=st.sampled_from(((), (), (1,), (1, 2))),
        invited=mostly,
        legal=st.sampled_from((LEGAL, LEGAL, LEGAL, "Section 55(1) asks for it in 30 days.")),
        old=seldom, bot=seldom,
    )  # fmt: skip
    def publish(
        self, person: str, fails: bool, limbs: tuple[int, ...], invited: bool, legal: str,
        old: bool, bot: bool,
    ) -> None:  # fmt: skip
        going = [item for item in ITEMS if self.is_approved(item)]
        done = all(self.is_approved(item) or self.told[item].published for item in ITEMS)
        checked = not fails or all("figures" in self.told[item].seconded for item in going)
        answered = all(set(limbs) <= self.told[item].waived for item in going)
        ranked = "publisher" in self.bench.roles[person] and not bot
        may = ranked and done and bool(going) and checked and answered and invited
        may = may and legal == LEGAL and not old
        failed = (Failed("figures", "A figure has no source."),) if fails else ()
        prepared = self.bench.prepared(
            legal=legal, open_limbs=dict.fromkeys(ITEMS, limbs), failed=dict.fromkeys(ITEMS, failed)
        )
        if old:
            prepared = replace(prepared, revisions=dict.fromkeys(ITEMS, 0))
        if not invited:
            prepared = replace(prepared, case=replace(prepared.case, chief=()))
        press = Press(
            f"{self.bench.case}/out/{next(self.bench.keys)}", person, self.bench.now, bot=bot
        )
        self.publication(prepared, press, may, going, fails)

    # What would be rare by chance: people who do what they may.

    @rule(item=items, first=st.integers(0, 4), edits=seldom)
    def somebody_who_may_approves(self, item: int, first: int, edits: bool) -> None:
        if edits:
            self.edit("ann", item, 0, first)
        for person in (*PEOPLE[first:], *PEOPLE[:first]):
            if self.may_approve(person, item, self.shown(item, 0), opens=True):
                self.open_evidence(person, item, 1)
                self.approve(person, item, 0, False)

    @rule(item=items, number=st.integers(0, 2))
    def who_wrote_it_tries_to_approve_it(self, item: int, number: int) -> None:
        told = self.told[item]
        if number == 0:
            self.edit("ben", item, 0, told.revision % 5)
        if number == 2:
            self.take_over("eve", item, 0)
        if person := (told.editor, told.requester, told.holder)[number]:
            self.bench.roles[person].add("reviewer")
            self.open_evidence(person, item, 1)
            self.approve(person, item, 0, False)

    @rule(person=people, item=items, number=st.integers(0, 2))
    def who_is_no_longer_a_reviewer_tries(self, person: str, item: int, number: int) -> None:
        self.bench.roles[person].discard("reviewer")
        self.open_evidence(person, item, 1)
        if number == 0:
            self.approve(person, item, 0, False)
        elif number == 1:
            self.ask_changes(person, item, 0, "fact", "It is 38.")
        else:
            self.bench.roles[person].add("reviewer")
            self.approve(person, item, 0, True)
            self.approve(person, item, 0, False)

    @rule(item=items, asks=st.booleans(), words=st.sampled_from((" ", "I misread.")))
    def a_decision_is_taken_back(self, item: int, asks: bool, words: str) -> None:
        self.bench.roles["cat"].add("reviewer")
        if asks:
            self.ask_changes("cat", item, 0, "fact", words)
        else:
            self.somebody_who_may_approves(item, 2, False)
        self.withdraw("cat", item, 0, words)

    @rule(item=items, sure=mostly)
    def one_person_lets_a_check_past_alone(self, item: int, sure: bool) -> None:
        self.bench.roles["dan"].add("publisher")
        self.let_past("dan", item, "The figure is of 2016." if sure else "")
        self.second("dan", item)

    @rule(item=items, number=st.integers(0, len(SOURCES) - 1), swept=mostly)
    def a_source_changes_after_an_approval(self, item: int, number: int, swept: bool) -> None:
        self.somebody_who_may_approves(item, 1, False)
        self.source_changes(number, False)
        self.open_evidence("cat", item, 1)
        self.approve("cat", item, 0, False)
        if swept:
            self.sweep()
        self.somebody_who_may_approves(item, 3, False)
        self.source_changes(0, False)

    @rule(fails=seldom, limbs=st.sampled_from(((), (), (2,))))
    def all_is_made_ready_and_published(self, fails: bool, limbs: tuple[int, ...]) -> None:
        for item in ITEMS:
            self.somebody_who_may_approves(item, 2, False)
            if fails:
                self.let_past("dan", item, "The figure is of 2016.")
                self.second("cat", item)
            if limbs:
                self.waive("dan", item, limbs[0], "Not ours.")
        self.publish("dan", fails, limbs, True, LEGAL, False, False)

    # How a click is carried out and judged.

    def click(
        self, step: Step, item: int, person: str, bot: bool, shown: Shown,
        call: Callable[[Press], Outcome], may: bool,
    ) -> bool:  # fmt: skip
        """Press, and compare what came of it with what ought to have; whether it was taken."""
        press = self.press(item, person, bot, shown)
        outcome = call(press)
        return self.judge(step, outcome, may, lambda: call(press))

    def press(self, item: int, person: str, bot: bool, shown: Shown) -> Press:
        return self.bench.press(person, item, revision=shown.revision, event=shown.event, bot=bot)

    def judge(self, step: Step, outcome: Outcome, may: bool, again: Callable[[], Outcome]) -> bool:
        COUNTS[f"{step}: {outcome.event.refused or 'taken'}"] += 1
        assert outcome.taken == may, (step, outcome.event.refused, may)
        assert not outcome.again
        assert outcome.words.endswith((".", "It is 38.", "Not ours."))
        if outcome.event.number:
            self.done.append((again, outcome))
        return outcome.taken

    def publication(
        self, prepared: Any, press: Press, may: bool, going: list[int], fails: bool
    ) -> None:
        publishing = self.bench.publishing
        if not may:
            COUNTS["publishing: refused"] += 1
            with pytest.raises(NotReady):
                publishing.publish(prepared, press)
            return
        COUNTS["publishing: taken"] += 1
        made = publishing.publish(prepared, press)
        assert publishing.publish(prepared, press) == made
        assert [one["item"] for one in made.content["items"]] == going
        past = {(one["item"], one["check"]) for one in made.content["past"]}
        assert past == ({(item, "figures") for item in going} if fails else set())
        assert all(one["person"] != one["second"] and one["reason"] for one in made.content["past"])
        self.out.append((made, publishing.rebuilt(self.bench.case, made.number)))
        for item in going:
            self.told[item].published = True
            self.turn(item)

    def turn(self, item: int) -> None:
        """A new card; its numbers are those of the record."""
        draft, told = self.bench.draft(item), self.told[item]
        told.card += 1
        self.cards[item].append(Shown(draft.latest.number, draft.turned.number, told.card))

    def approved(self, person: str, item: int) -> None:
        """Each approval, by the invariants themselves."""
        told, event = self.told[item], self.bench.draft(item).taken[-1]
        assert event.step is Step.APPROVE
        assert person not in (told.requester, told.holder, told.editor)
        assert "reviewer" in event.roles
        assert event.revision == told.revision
        told.approvers.add(person)
        told.void = False
        self.turn(item)

    # What ought to be so.

    def said(self, n: int) -> Wording:
        return wording(f"Text {n}.")

    def place(self) -> str:
        now = self.bench.sources.get(DIGEST)
        return now.place.value if now else ""

    def shown(self, item: int, old: int) -> Shown:
        """The card as it is now, most often; else one from before."""
        cards = self.cards[item]
        return cards[-1 - (old % len(cards) if old > 3 else 0)]

    def fresh(self, item: int, shown: Shown) -> bool:
        return shown.card == self.told[item].card

    def stands(self, told: Told) -> bool:
        lost = told.place == "library" and self.place() == "kept"
        return self.good and not lost and not told.tampered

    def in_office(self, person: str) -> bool:
        return bool(self.bench.roles[person])

    def ranks(self, person: str) -> bool:
        return bool(self.bench.roles[person] & {"reviewer", "publisher"})

    def is_open(self, item: int) -> bool:
        return self.told[item].revision > 0 and not self.told[item].published

    def is_approved(self, item: int) -> bool:
        told = self.told[item]
        enough = len(told.approvers) >= self.bench.needed
        return enough and self.stands(told) and not told.published

    def may_approve(self, person: str, item: int, shown: Shown, *, opens: bool = False) -> bool:
        told = self.told[item]
        wrote = person in (told.requester, told.holder, told.editor)
        twice = person in told.approvers
        opened = opens or not self.bench.to_open or person in told.opened
        undecided = not told.asked and not self.is_approved(item)
        ranked = "reviewer" in self.bench.roles[person] and self.is_open(item)
        seen = self.fresh(item, shown) and opened
        return ranked and undecided and seen and not wrote and not twice and self.stands(told)

    def may_ask(self, person: str, item: int, shown: Shown) -> bool:
        told = self.told[item]
        ranked = "reviewer" in self.bench.roles[person] and self.is_open(item)
        undecided = not told.asked and not self.is_approved(item)
        return ranked and undecided and self.fresh(item, shown)

    def approval(self, item: int) -> Callable[[Press], Outcome]:
        return lambda press: self.bench.review.approve(self.bench.case, item, press)

    def asking(self, code: str, words: str, item: int) -> Callable[[Press], Outcome]:
        return lambda press: self.bench.review.ask_changes(
            self.bench.case, item, code, words, press
        )

    @invariant()
    def an_approval_holds_for_its_text_and_its_sources_alone(self) -> None:
        """And revisions are only added."""
        for one in self.bench.review.all_of(self.bench.case, self.bench.now):
            item, told = one.draft.item, self.told[one.draft.item]
            assert one.status.value == self.status(item, told)
            numbers = [one.number for one in one.draft.revisions]
            assert numbers == list(range(1, told.revision + 1))
            for revision in one.draft.revisions:
                assert self.kept.setdefault((item, revision.number), revision) == revision

    def status(self, item: int, told: Told) -> str:
        if told.published:
            return "published"
        if told.asked:
            return "changes_asked"
        if told.void or (told.approvers and not self.stands(told)):
            return "void"
        if told.approvers:
            return "approved" if self.is_approved(item) else "needs_second"
        return "drafted"

    @invariant()
    def what_was_published_is_made_again_byte_for_byte(self) -> None:
        for made, before in self.out:
            named = {(one["item"], one["revision"]) for one in made.content["items"]}
            try:
                again = self.bench.publishing.rebuilt(self.bench.case, made.number)
            except NotAsPublished:
                assert named & self.broken
            else:
                assert again == before
                assert not named & self.broken


def run(
    url: str, steps: int, *, length: int = 50, seed: int | None = None, shrink: bool = False
) -> None:
    """About that many steps on one database, in runs of ``length``; ``shrink`` takes minutes."""
    chosen = settings(
        max_examples=max(1, steps // length),
        stateful_step_count=length,
        deadline=None,
        database=None,
        derandomize=seed is None,
        phases=(Phase.generate, *((Phase.shrink,) if shrink else ())),
        suppress_health_check=list(HealthCheck),
    )
    machine = type("Machine", (ReviewMachine,), {"url": url})
    factory = machine if seed is None else seeded(seed)(machine)
    run_state_machine_as_test(factory, settings=chosen)


def main() -> int:
    """Go on until that many steps were made; what was done and what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.bot.responding.review_machine")
    parser.add_argument("--steps", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    parser.add_argument("--database", default="", help="address; empty: SQLite in a folder")
    parser.add_argument("--shrink", action="store_true", help="look for the shortest failure")
    given = parser.parse_args()
    began, seed = time.monotonic(), given.seed
    with tempfile.TemporaryDirectory() as folder:
        while COUNTS.total() < given.steps:
            url = given.database or f"sqlite:///{Path(folder) / f'{seed}.db'}"
            steps = min(10_000, given.steps - COUNTS.total() + 100)
            run(url, steps, seed=seed, shrink=given.shrink)
            print(f"{COUNTS.total()} steps, {time.monotonic() - began:.0f} s", flush=True)
            seed += 1
    print(f"seeds from {given.seed}; {ReviewMachine.number} runs")
    print("\n".join(f"  {count:7} {name}" for name, count in sorted(COUNTS.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
