"""``rejoinder report chief`` and ``status``: what happened, with its day and who says so."""

import argparse
from datetime import date

from bot.bootstrap import Parts
from bot.cli import sources, telling
from bot.cli.given import day, now, past, who
from bot.cli.running import DONE, WrongUse, say, show
from bot.responding import duty
from bot.responding.locating import Words
from bot.store.casebook import Casebook
from bot.store.cases import Case, ChiefStep, ItemStatus, Read, Role, Status, Step


def chief(given: argparse.Namespace, _: Parts, record: Casebook) -> int:
    """Record where the chief officer's comments stand."""
    case = record.get(given.case)
    step = ChiefStep(
        Step(given.step), past("--on", given.on), day("--until", given.until), who(given), now()
    )
    _check_chief(case, step)
    record.note_chief(case.id, step)
    if given.json:
        until = step.until.isoformat() if step.until else None
        show({"case": case.id, "step": step.step, "on": step.on.isoformat(), "until": until})
    else:
        say([telling.chief(step)])
    return DONE


def _check_chief(case: Case, step: ChiefStep) -> None:
    invited = [one.on for one in case.chief if one.step is Step.INVITED]
    if step.until and step.step is not Step.INVITED:
        raise WrongUse("--until goes with invited: it is the day set for the comments")
    if step.until and step.until <= step.on:
        raise WrongUse("--until is after the day of the invitation")
    if step.step is not Step.INVITED and not invited:
        raise WrongUse("record first when the chief officer was invited: section 55(4) asks for it")
    if step.step is not Step.INVITED and step.on < invited[-1]:
        raise WrongUse(f"the chief officer was invited later, on {duty.plain(invited[-1])}")


def status(given: argparse.Namespace, parts: Parts, record: Casebook) -> int:
    """Record what a document says has become of an item."""
    case = record.get(given.case)
    if case.content.item(given.item) is None:
        ids = ", ".join(str(one.id) for one in case.content.items)
        raise WrongUse(f"{case.id} has no item {given.item}: its items are {ids or 'none yet'}")
    if given.status not in set(Status):
        raise WrongUse(f"--status is one of {', '.join(Status)}")
    on = past("--on", given.on)
    source = sources.find(given.source, parts, given.person)
    status, read = _proved(given, case, on, source)
    record.note_status(case.id, status, read)
    if given.json:
        show({"case": case.id} | telling.status_data(status))
    else:
        say([f"Item {status.item}: {telling.status(status)}"])
    return DONE


def _proved(
    given: argparse.Namespace, case: Case, on: date, source: sources.Source
) -> tuple[ItemStatus, Read]:
    """The status with the source's own words, looked up on the page."""
    words = Words(source.reading.pages)
    spans = words.find(given.quote, given.page)
    if not spans:
        elsewhere = words.find(given.quote)
        where = f"they stand on page {elsewhere[0].page}" if elsewhere else "nor on another"
        raise WrongUse(f"--quote: these words do not stand on page {given.page}: {where}")
    read = source.read(Role.SOURCE, case.document(source.reading.digest))
    status = ItemStatus(
        given.item, Status(given.status), on, read.digest, read.title, given.page,
        words.quote(spans), spans, who(given), now(),
    )  # fmt: skip
    return status, read
