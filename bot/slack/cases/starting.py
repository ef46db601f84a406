"""An indexed report becomes a case: what it asks is read, proposed, and shown on a card."""

from datetime import date
from functools import partial

from bot.jobs import Facts
from bot.responding import intake
from bot.slack import acting
from bot.slack.cases import admitting, card
from bot.slack.desk import CHORES, Desk
from bot.store.casebook import Taken
from retrieval.documents import Kind, Reading
from retrieval.library import Filed, Scope

REPORTS = (Kind.INSPECTION_REPORT, Kind.JOINT_INSPECTION_LETTER, Kind.FOLLOW_UP_LETTER)
NOT_THERE = "That document is not indexed any more, or you may not read it now."
NO_REPORT = "That is no inspection report: its entry in the catalogue says what it is."
HERE = "The report's card is in this channel. Check what was read of it, then confirm."
ELSEWHERE = "The report's card is not in this channel. /reports has the way to it."


def register(desk: Desk) -> None:
    """Say what the job does."""
    desk.jobs.add("case_start", partial(_start, desk))


def begin(desk: Desk, digest: str, facts: Facts, once: str) -> None:
    """See that a report is taken in, for whoever asked for it."""
    desk.jobs.start(CHORES, "case_start", f"{digest}.{once}", facts | {"digest": digest})


def unanswered(desk: Desk, collections: frozenset[str]) -> list[Filed]:
    """The reports in these collections that no case answers, the newest first."""
    readable = desk.library.admitted(Scope(collections, desk.now()))
    known = {one.digest for case in desk.casebook.all() for one in case.documents}
    found = [one for one in readable if one.entry.kind in REPORTS and one.digest not in known]
    return sorted(found, key=lambda one: one.entry.published or date.min, reverse=True)


def _start(desk: Desk, facts: Facts) -> None:
    found = desk.jobs.step("propose", partial(_proposed, desk, facts))
    if "refused" in found:
        acting.tell(desk, facts, found["refused"])
        return
    case = desk.casebook.get(found["case"])
    desk.jobs.step("card", partial(card.show, desk, case, facts["person"], facts["channel"]))
    for number, note in enumerate(found["notes"]):
        words = f"Look here first: {note}"
        desk.jobs.step(f"note {number}", partial(card.say, desk, case, words, f"note{number}"))
    acting.tell(desk, facts, desk.jobs.step("where", partial(_where, desk, case.id, facts)))


def _proposed(desk: Desk, facts: Facts) -> Facts:
    """The case that answers the report, a new one where there was none; or why there is none."""
    person = facts["person"]
    refused = admitting.turned_away(desk, person)
    filed = _filed(desk, facts["digest"], person)
    if refused or filed is None:
        return {"refused": refused or NOT_THERE}
    if filed.entry.kind not in REPORTS:
        return {"refused": NO_REPORT}
    if known := desk.casebook.of(filed.digest):
        return {"case": known, "notes": []}
    return _added(desk, filed, person)


def _added(desk: Desk, filed: Filed, person: str) -> Facts:
    read = Reading(filed.digest, filed.reader, desk.library.pages(filed.digest), filed.notes)
    cases = desk.casebook.all()
    known = [one for one in cases if admitting.may_read(desk, one, person)]
    taken = {one.id for one in cases}
    proposal = intake.propose(
        read, filed.file, listed=filed.entry, force=desk.settings.force, known=known, taken=taken
    )
    try:
        desk.casebook.add(
            proposal.case, proposal.content, proposal.read, person=person, now=desk.now()
        )
    except Taken as other:
        return {"case": other.case, "notes": []}
    return {"case": proposal.case, "notes": list(proposal.notes)}


def _filed(desk: Desk, digest: str, person: str) -> Filed | None:
    if desk.members.turned_away(desk.members.person(person)):
        return None
    readable = desk.library.admitted(Scope(desk.members.collections(person), desk.now()))
    return next((one for one in readable if one.digest == digest), None)


def _where(desk: Desk, case: str, facts: Facts) -> str:
    """Where the card is, in words for whoever wanted it."""
    spot = card.place(desk, case)
    if spot is None or spot.channel == facts["channel"]:
        return HERE
    return ELSEWHERE
