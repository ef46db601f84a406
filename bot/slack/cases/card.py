"""The card of a case: one message, kept current, with the case's thread under it.

It is made from the record at that moment, so whichever job shows it last shows the truth.
"""

from functools import partial

from bot.jobs import Facts, GaveUp
from bot.operating import logs
from bot.slack.blocks import casecards
from bot.slack.blocks.message import Message, Profile
from bot.slack.calling import Refused
from bot.slack.cases import admitting, standing, threads
from bot.slack.desk import CHORES, Desk
from bot.slack.gateway import Spot
from bot.store.cases import Case

_TIMES = "*/10 * * * *"


def register(desk: Desk) -> None:
    """Say what the jobs do: a card shows what day it is, and what was said on the command line."""
    desk.jobs.add("case_card", partial(_refresh, desk))
    desk.jobs.add("case_cards", partial(_refresh_all, desk))
    desk.jobs.every(CHORES, "case_cards", _TIMES)


def refresh(desk: Desk, case: Case) -> None:
    """See that the card of a case shows how it stands now; nothing where it has none.

    Once a case is answered its card says the same every day.
    """
    if place(desk, case.id) is None:
        return
    told = standing.of(desk, case)
    state = (case.latest.number, len(case.chief), len(case.statuses), told.answered_on or told.on)
    key = ".".join(map(str, (case.id, *state)))
    desk.jobs.start(CHORES, "case_card", key, {"case": case.id})


def _refresh_all(desk: Desk, _: Facts) -> None:
    for case in desk.casebook.all():
        refresh(desk, case)


def show(desk: Desk, case: Case, person: str, wanted: str) -> None:
    """Post the card of a case, or bring it up to date where it stands.

    A new one goes to the channel ``wanted`` if all there may read the report, else to the one that
    the settings name, else to the person alone. Raises what the gateway raises.
    """
    there = place(desk, case.id)
    spot = there or _spot(desk, case, person, wanted)
    desk.gateway.put(partial(_messages, desk, case, spot), key=threads.key(case.id), spot=spot)
    if there is None:
        _pin(desk, case)


def say(desk: Desk, case: Case, words: str, once: str) -> None:
    """Say in the thread of a case what has happened; nothing where it has none."""
    spot = threads.thread(desk, case.id)
    if spot:
        key = f"{threads.key(case.id)}.{once}"
        desk.gateway.put(lambda _: [casecards.line(words)], key=key, spot=spot)


def place(desk: Desk, case: str) -> Spot | None:
    """Where the card of a case stands, None while it has none."""
    return desk.gateway.place(threads.key(case))


def link(desk: Desk, case: str) -> str:
    """The address of the card of a case, "" where there is none."""
    there = threads.thread(desk, case)
    return desk.gateway.link(Spot(there.channel), there.thread) if there else ""


def _refresh(desk: Desk, facts: Facts) -> None:
    try:
        desk.jobs.step("show", partial(_show_again, desk, facts["case"]))
    except (GaveUp, Refused) as no:
        logs.get().warning("card not shown", delivery=threads.key(facts["case"]), error=no)


def _show_again(desk: Desk, case: str) -> None:
    spot = place(desk, case)
    if spot:
        found = desk.casebook.get(case)
        desk.gateway.put(partial(_messages, desk, found, spot), key=threads.key(case), spot=spot)


def _messages(desk: Desk, case: Case, spot: Spot, profile: Profile) -> list[Message]:
    told = standing.of(desk, case)
    if not admitting.may_show(desk, case, spot.channel, case.added_by):
        return casecards.hidden(told, profile)
    names = {one: admitting.name(desk, one) for one in _people(case)}
    return casecards.messages(told, names, profile)


def _people(case: Case) -> set[str]:
    said = {case.standing.person, case.content.owner, case.added_by}
    return said | {one.person for one in case.chief}


def _spot(desk: Desk, case: Case, person: str, wanted: str) -> Spot:
    for channel in (wanted, desk.settings.reports_channel):
        if channel and admitting.may_show(desk, case, channel, person):
            return Spot(channel)
    return desk.gateway.direct(person)


def _pin(desk: Desk, case: Case) -> None:
    """Pin the card, where Slack lets us: it can be found without."""
    thread = threads.thread(desk, case.id)
    if thread is None:
        return
    try:
        desk.calls.call("pins.add", channel=thread.channel, timestamp=thread.thread)
    except Refused as no:
        logs.get().info("card not pinned", delivery=threads.key(case.id), error=no)
