"""Reminders of cases: looked for every few minutes, each sent once, where its case lives.

A job has one message: it is posted, then noted. One that a crash cut off between the two finds its
message again; one that Slack would not take is tried again in the next hour.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from bot.jobs import Facts, GaveUp
from bot.operating import logs
from bot.responding import reminders
from bot.responding.duty import london_date
from bot.responding.reminders import Reminder
from bot.slack.blocks import reminders as blocks
from bot.slack.blocks.message import Message, Profile
from bot.slack.calling import Refused
from bot.slack.cases import admitting, card, standing, threads
from bot.slack.desk import REMINDERS, Desk
from bot.slack.gateway import Spot
from bot.store.cases import Case

_TIMES = "*/10 * * * *"
_TRIES = 9  # some minutes; the next hour tries again
_ROLES = ("reviewer", "publisher")
_LONDON = ZoneInfo("Europe/London")
_LOG = "log"  # where a reminder went that nobody in Slack can be sent

Place = Callable[[Desk, Case], Spot | None]
Steps = list[list[str]]  # the step and the day of each reminder


def register(desk: Desk) -> None:
    """Say what the jobs do, and when reminders are looked for."""
    desk.jobs.add("remind", partial(_look, desk))
    desk.jobs.add("remind_case", partial(_remind, desk))
    desk.jobs.every(REMINDERS, "remind", _TIMES)


def _look(desk: Desk, _: Facts) -> None:
    """Start a job for each case of which something is due; while it is not noted, the same one."""
    for facts in desk.jobs.step("look", partial(_found, desk)):
        key = f"{facts['case']}.{facts['number']}.{facts['day']}.{facts['hour']}"
        desk.jobs.start(REMINDERS, "remind_case", key, facts)


def _found(desk: Desk) -> list[Facts]:
    now = desk.now()
    day, hour = london_date(now).isoformat(), now.astimezone(_LONDON).hour
    return [
        {"case": one.id, "number": len(desk.reminders.of(one.id)), "day": day, "hour": hour}
        for one in desk.casebook.all()
        if _due(desk, one, now)
    ]


def _due(desk: Desk, case: Case, now: datetime) -> tuple[Reminder, ...]:
    sent = desk.reminders.of(case.id)
    return reminders.due(standing.of(desk, case, now), sent, now, desk.settings.reminder_hour)


# The job of one case


def _remind(desk: Desk, facts: Facts) -> None:
    wanted = desk.jobs.step("due", partial(_wanted, desk, facts["case"]))
    where, sent = _sent(desk, facts, wanted) if wanted else ("", [])
    if not sent:
        return
    if where == "thread":
        _tell_owner(desk, facts, sent)
    desk.jobs.step("note", partial(_note, desk, facts["case"], sent, where))


def _wanted(desk: Desk, case: str) -> Steps:
    """What this job sends, remembered: it sends nothing else, however late it goes on."""
    return [_named(one) for one in _due(desk, desk.casebook.get(case), desk.now())]


def _still(desk: Desk, case: Case, wanted: Steps) -> list[Reminder]:
    """What is due of it now: some may be done meanwhile, or moved."""
    return [one for one in _due(desk, case, desk.now()) if _named(one) in wanted]


def _named(one: Reminder) -> list[str]:
    return [one.step, one.on.isoformat()]


def _sent(desk: Desk, facts: Facts, wanted: Steps) -> tuple[str, Steps]:
    """What was sent, and where: the first place that there is and that Slack takes."""
    refused: Refused | None = None
    for name, place in _PLACES.items():
        work = partial(_post, desk, facts, wanted, place)
        try:
            sent: Steps | None = desk.jobs.step(name, work, tries=_TRIES)
        except Refused as no:
            refused = no
            continue
        except GaveUp as no:
            return "", _undelivered(facts, no)
        if sent is not None:
            return name, sent
    return ("", _undelivered(facts, refused)) if refused else (_LOG, _logged(facts, wanted))


def _undelivered(facts: Facts, why: Exception) -> Steps:
    """The operator is told; nothing was sent, so it is tried again in the next hour."""
    code = why.code if isinstance(why, Refused) else ""
    about = threads.key(facts["case"])
    logs.get().error("reminder undelivered", delivery=about, reason=code or "none", error=why)
    return []


def _logged(facts: Facts, wanted: Steps) -> Steps:
    """No thread, no owner in Slack, no channel: the operator is the one who is reminded."""
    about = threads.key(facts["case"])
    logs.get().error("reminder without a place", delivery=about, count=len(wanted))
    return wanted


def _post(desk: Desk, facts: Facts, wanted: Steps, place: Place) -> Steps | None:
    """What was posted: nothing when it is due no more or a later job has it, None for no place."""
    key, case = _key(facts), desk.casebook.get(facts["case"])
    due = _still(desk, case, wanted)
    is_old = facts["day"] != london_date(desk.now()).isoformat()
    if not due or (is_old and not desk.gateway.begun(key)):
        return []
    spot = place(desk, case)
    if spot is None:
        return None
    desk.gateway.put(partial(_messages, desk, case, due, spot), key=key, spot=spot)
    return [_named(one) for one in due]


def _tell_owner(desk: Desk, facts: Facts, sent: Steps) -> None:
    """Few days before the end the owner is told directly too; always where the thread is not seen.

    That is a direct message with somebody else.
    """
    try:
        desk.jobs.step("directly", partial(_post_directly, desk, facts, sent), tries=_TRIES)
    except (GaveUp, Refused) as no:
        logs.get().warning("owner not reminded", delivery=threads.key(facts["case"]), error=no)


def _post_directly(desk: Desk, facts: Facts, sent: Steps) -> None:
    case = desk.casebook.get(facts["case"])
    due, thread = _still(desk, case, sent), threads.thread(desk, case.id)
    hidden = thread is None or thread.channel.startswith("D")
    if not due or not (hidden or any(one.escalates for one in due)):
        return
    spot = _owner(desk, case)
    if spot is None or (thread and thread.channel == spot.channel):
        return
    link = "" if hidden else card.link(desk, case.id)
    render = partial(_messages, desk, case, due, spot, link=link)
    desk.gateway.put(render, key=f"{_key(facts)}.owner", spot=spot)


def _note(desk: Desk, case: str, sent: Steps, where: str) -> None:
    steps = [(step, date.fromisoformat(on)) for step, on in sent]
    desk.reminders.note(case, steps, where=where, now=desk.now())


def _key(facts: Facts) -> str:
    """The key of a job's message: the same for all jobs of a day that have the same to say."""
    return f"{threads.key(facts['case'])}.reminder.{facts['number']}.{facts['day']}"


# Where it is sent, and what is shown there


def _owner(desk: Desk, case: Case) -> Spot | None:
    owner = case.content.owner
    return desk.gateway.direct(owner) if blocks.is_person(owner) else None


def _channel(desk: Desk, _: Case) -> Spot | None:
    channel = desk.settings.reports_channel
    return Spot(channel) if channel else None


def _thread(desk: Desk, case: Case) -> Spot | None:
    return threads.thread(desk, case.id)


_PLACES: dict[str, Place] = {"thread": _thread, "owner": _owner, "channel": _channel}


def _messages(
    desk: Desk, case: Case, due: list[Reminder], spot: Spot, profile: Profile, *, link: str = ""
) -> list[Message]:
    """The reminder, with the title where all who see it may read the report."""
    told = standing.of(desk, case)
    escalates = any(one.escalates for one in due)
    also = _who_can_act(desk) if escalates else []
    # The thread of a case in a direct message is that of whoever took the report in.
    person = case.added_by if spot.thread else case.content.owner
    if admitting.may_show(desk, case, spot.channel, person):
        return blocks.messages(told, due, also, profile, link=link)
    return blocks.unnamed(told, due, also, profile)


def _who_can_act(desk: Desk) -> list[str]:
    return [id for role in _ROLES for id in desk.settings.roles.get(role, ())]
