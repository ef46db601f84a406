"""``/reports``: the cases that a person may see, for that person alone."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any

from bot.jobs import Facts, GaveUp
from bot.operating import logs
from bot.responding import progress, visible
from bot.responding.progress import Progress
from bot.slack import failing, parsing
from bot.slack.blocks import cases, message, notices
from bot.slack.blocks.answer import DIVERTED, SENT_AGAIN
from bot.slack.blocks.cases import Shown
from bot.slack.blocks.message import Message, Profile
from bot.slack.calling import Refused, Unauthorised, Unsure
from bot.slack.cases import admitting, card, standing, starting
from bot.slack.desk import CHORES, Desk
from bot.slack.gateway import Render, Spot
from bot.store.asking import Place, Question
from bot.store.cases import Case
from retrieval.library import Filed, Scope

_WHISPER = "whisper"
_NEAR = 5


def register(desk: Desk) -> None:
    """Say what the job does."""
    desk.jobs.add("reports", partial(_reports, desk))


def asked(desk: Desk, body: Mapping[str, Any]) -> None:
    """Show a person the cases, or the one that is named, once for each command."""
    command = parsing.from_command(body, desk.now())
    facts = {
        "key": f"l{command.key[1:]}",
        "person": command.person,
        "team": command.team,
        "channel": command.channel,
        "case": command.text,
        "reply_url": command.reply_url,
    }
    desk.jobs.start(CHORES, "reports", facts["key"], facts)


def readable(desk: Desk, collections: Collection[str]) -> list[Case]:
    """The cases all of whose documents are in these collections and under no embargo."""
    admitted = desk.library.admitted(Scope(frozenset(collections), desk.now()))
    return visible.of(desk.casebook.all(), {one.digest for one in admitted})


def told(desk: Desk, found: Collection[Case]) -> list[Progress]:
    """How cases stand today, the most urgent first."""
    return sorted((standing.of(desk, one) for one in found), key=progress.urgency)


def shown(desk: Desk, one: Progress, person: str) -> Shown:
    """A case as this person sees it: with names instead of ids, and the way to its thread."""
    people = {id: admitting.name(desk, id) for id in _people(one.case)}
    return Shown(one, _link(desk, one.case, person), _cardless(desk, one.case, person), people)


def _cardless(desk: Desk, case: Case, person: str) -> str:
    """The report of a case that has no card yet, for an officer; such as one begun by command."""
    there = card.place(desk, case.id) is not None or admitting.turned_away(desk, person)
    return "" if there else case.documents[0].digest


def _people(case: Case) -> set[str]:
    """Everybody who is named in what is shown of a case."""
    steps, statuses = case.chief[-1:], case.statuses
    noted = [*(one.person for one in steps), *(one.person for one in statuses)]
    return {case.content.owner, case.standing.person, *noted}


def _link(desk: Desk, case: Case, person: str) -> str:
    """The address of a case's card, "" for none; a direct message is of one person alone."""
    spot = card.place(desk, case.id)
    is_mine = spot and (not spot.channel.startswith("D") or person == case.added_by)
    return card.link(desk, case.id) if is_mine else ""


# The command


def _reports(desk: Desk, facts: Facts) -> None:
    """Show it where it was asked for; failing that, in a direct message."""
    try:
        desk.jobs.step("show", partial(_show, desk, facts))
    except GaveUp:
        _show_elsewhere(desk, facts, unclear=True)
    except Refused as no:
        _show_elsewhere(desk, facts, unclear=no.where == _WHISPER)


def _show(desk: Desk, facts: Facts) -> None:
    try:
        desk.gateway.whisper(
            _render(desk, facts),
            person=facts["person"],
            spot=Spot(facts["channel"]),
            key=facts["key"],
            reply_url=facts["reply_url"],
        )
    except (Unsure, Unauthorised) as unclear:
        raise Refused(_WHISPER, str(unclear)) from None


def _show_elsewhere(desk: Desk, facts: Facts, *, unclear: bool) -> None:
    """Once, where it lasts; else it is said in the log. ``unclear``: it may have come already."""
    try:
        desk.jobs.step("elsewhere", partial(_direct, desk, facts, unclear))
    except (GaveUp, Refused) as no:
        failing.lost(facts["key"], logs.reference(), no)


def _direct(desk: Desk, facts: Facts, unclear: bool) -> None:
    render, why = _render(desk, facts), SENT_AGAIN if unclear else DIVERTED

    def again(profile: Profile) -> list[Message]:
        first, *rest = render(profile)
        (note,) = message.grey(why)
        blocks = (*first.blocks, *note.blocks) if first.blocks else ()
        return [Message(f"{note.text}\n\n{first.text}", blocks), *rest]

    desk.gateway.put(again, key=facts["key"], spot=desk.gateway.direct(facts["person"]))


def _render(desk: Desk, facts: Facts) -> Render:
    """What is shown now, to this person, where it was asked for."""
    admission = desk.members.admit(_question(desk, facts))
    if admission.refused:
        return lambda _: [notices.refusal(admission.refused)]
    found = told(desk, readable(desk, admission.collections))
    person = facts["person"]
    if not facts["case"]:
        entries = [shown(desk, one, person) for one in found]
        return partial(cases.listed, entries, _to_start(desk, person, admission.collections))
    named = _named(found, facts["case"])
    if len(named) != 1:
        near = [one.case.id for one in named[:_NEAR]]
        return lambda _: [cases.unknown(facts["case"], near)]
    return partial(cases.whole, shown(desk, named[0], person))


def _to_start(desk: Desk, person: str, collections: frozenset[str]) -> list[Filed]:
    """Reports that nobody answers yet, for somebody who may begin."""
    return [] if admitting.turned_away(desk, person) else starting.unanswered(desk, collections)


def _named(found: Sequence[Progress], name: str) -> list[Progress]:
    """The case of that name; failing one, those in whose name or title its words stand."""
    words = name.casefold().split()
    exact = [one for one in found if one.case.id == name.casefold()]
    return exact or [one for one in found if all(word in _known_as(one) for word in words)]


def _known_as(one: Progress) -> str:
    return f"{one.case.id} {one.case.content.title}".casefold()


def _question(desk: Desk, facts: Facts) -> Question:
    """The command as a question: who may ask, and what is read for it, is the same."""
    return Question(
        key=facts["key"],
        team=facts["team"],
        channel=facts["channel"],
        thread="",
        message="",
        person=facts["person"],
        place=Place.PRIVATE,
        text=facts["case"],
        asked_at=desk.now(),
    )
