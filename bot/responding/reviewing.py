"""Taking a draft through its review: the tasks that Slack and the command line call.

Each ends in an outcome with words for the person, whether it was taken or refused, and however
often the same press arrives. Who somebody is, is asked anew at every press.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.responding import approving, pressing, told
from bot.responding.approving import Source
from bot.responding.pressing import CODES, Asked, Press, Standing
from bot.responding.workflow import Status, Step
from bot.store.drafted import Draft, Event
from bot.store.drafts import Done, Drafts
from bot.store.wordings import Wording

__all__ = ["CODES", "Office", "Outcome", "Press", "Reviewing", "Standing"]


@dataclass(frozen=True)
class Office:
    """What reviewing asks of the office, each time anew.

    ``roles`` of a person; ``sources`` what has become of what a text cites; ``reviewers`` by name;
    ``name`` of a person's id; ``approvals`` that an item of a case needs; ``limbs`` that it has;
    ``to_open`` the sentences (from 1) whose evidence a reviewer has to open.
    """

    roles: Callable[[str], Collection[str]]
    sources: Callable[[Wording, datetime], Mapping[str, Source]]
    reviewers: Callable[[], Sequence[str]] = tuple
    name: Callable[[str], str] = str
    approvals: Callable[[str, int], int] = lambda _case, _item: 1
    limbs: Callable[[str, int], int] = lambda _case, _item: 0
    to_open: Callable[[Draft], Collection[int]] = lambda _draft: ()


@dataclass(frozen=True)
class Outcome:
    """What came of a press. ``again``: it had been taken before, and nothing was done now.

    ``standing`` is None where there is no draft.
    """

    event: Event
    standing: Standing | None
    words: str
    again: bool = False

    @property
    def taken(self) -> bool:
        """Whether the step was taken, now or before."""
        return not self.event.refused


class Reviewing:
    """The review of all drafts of one record."""

    def __init__(self, drafts: Drafts, office: Office) -> None:
        self._drafts = drafts
        self._office = office

    def standing(self, case: str, item: int, now: datetime) -> Standing:
        """A draft with all that it rests on asked anew. NoSuchDraft."""
        return self._standing(self._drafts.get(case, item), now)

    def all_of(self, case: str, now: datetime) -> list[Standing]:
        """The drafts of a case in the same way, by item."""
        return [self._standing(one, now) for one in self._drafts.of(case)]

    def request(
        self, case: str, item: int, wording: Wording, pack: Mapping[str, Any], press: Press
    ) -> Outcome:
        """Keep a draft that somebody asked for: the first of an item, or another in its place."""
        return self._take(case, item, Step.REQUEST, press, wording=wording, pack=pack)

    def edit(
        self, case: str, item: int, wording: Wording, press: Press, words: str = ""
    ) -> Outcome:
        """Keep what somebody made of the text, on the same evidence."""
        return self._take(case, item, Step.EDIT, press, wording=wording, words=words)

    def ask_changes(self, case: str, item: int, code: str, words: str, press: Press) -> Outcome:
        """Send a draft back: ``code`` is one of ``CODES``, and words are needed too."""
        return self._take(case, item, Step.ASK_CHANGES, press, reason=code, words=words)

    def approve(self, case: str, item: int, press: Press) -> Outcome:
        """Approve the revision that the person was shown."""
        return self._take(case, item, Step.APPROVE, press)

    def withdraw(self, case: str, item: int, words: str, press: Press) -> Outcome:
        """Take back what reviewers decided, an approval or a request for changes."""
        return self._take(case, item, Step.WITHDRAW, press, words=words)

    def take_over(self, case: str, item: int, press: Press) -> Outcome:
        """Become the one who has the draft in hand, and who may therefore not approve it."""
        return self._take(case, item, Step.TAKE_OVER, press)

    def opened_evidence(self, case: str, item: int, sentence: int, press: Press) -> Outcome:
        """Note that somebody opened the evidence of a sentence (from 1) of that revision."""
        return self._take(case, item, Step.OPEN, press, of=sentence)

    def waive(self, case: str, item: int, limb: int, words: str, press: Press) -> Outcome:
        """Leave a limb (from 1) unanswered in this revision, with the reason."""
        return self._take(case, item, Step.WAIVE, press, words=words, of=limb)

    def let_past(self, case: str, item: int, check: str, words: str, press: Press) -> Outcome:
        """Let a failed check of this revision past; it counts when a second person agrees."""
        return self._take(case, item, Step.LET_PAST, press, words=words, of=check)

    def second(self, case: str, item: int, check: str, press: Press) -> Outcome:
        """Agree to what another person let past."""
        return self._take(case, item, Step.SECOND, press, of=check)

    def void_stale(self, now: datetime, case: str | None = None) -> list[Outcome]:
        """Record which approvals no longer hold, each once; what was found, for the threads."""
        listed = self._drafts.all() if case is None else self._drafts.of(case)
        found = [self._void(one, now) for one in listed]
        return [one for one in found if one and one.taken and not one.again]

    def _void(self, draft: Draft, now: datetime) -> Outcome | None:
        if draft.status not in (Status.APPROVED, Status.NEEDS_SECOND):
            return None
        reasons = self._standing(draft, now).reasons
        if not reasons:
            return None
        turned = draft.turned.number
        key = f"void/{draft.case}/{draft.item}/{turned}"
        press = Press(key, "", now, draft.latest.number, turned, bot=True)
        words = " ".join(one.words for one in reasons)
        return self._take(draft.case, draft.item, Step.VOID, press, words=words)

    def _take(self, case: str, item: int, step: Step, press: Press, **brought: Any) -> Outcome:
        """Find out, then decide and write while nobody else does, then say what came of it."""
        asked = self._asked(case, item, step, press, **brought)
        done = self._drafts.step(
            case, item, press.key, lambda draft: pressing.decide(case, item, asked, draft)
        )
        return self._outcome(done, press.at)

    def _asked(self, case: str, item: int, step: Step, press: Press, **brought: Any) -> Asked:
        """Nothing is asked of the office while the record is locked: it may be slow."""
        office, draft = self._office, self._drafts.find(case, item)
        wording = brought.get("wording")
        return Asked(
            step,
            press,
            roles=() if press.bot else tuple(sorted(office.roles(press.person))),
            before=self._standing(draft, press.at) if draft else None,
            needed=self._needed(case, item),
            limbs=office.limbs(case, item),
            to_open=frozenset(office.to_open(draft)) if draft else frozenset(),
            sources=office.sources(wording, press.at) if wording else None,
            **brought,
        )

    def _standing(self, draft: Draft, now: datetime) -> Standing:
        sources = self._office.sources(draft.latest.wording, now)
        reasons = approving.void_reasons(draft, sources)
        return pressing.standing(draft, reasons, self._needed(draft.case, draft.item))

    def _needed(self, case: str, item: int) -> int:
        return max(1, self._office.approvals(case, item))

    def _outcome(self, done: Done, now: datetime) -> Outcome:
        standing = self._standing(done.draft, now) if done.draft else None
        name = self._office.name
        if done.event.refused:
            words = told.refused(done.event, done.draft, self._office.reviewers(), name)
        else:
            words = told.happened(done.event, name)
        return Outcome(done.event, standing, words, done.again)
