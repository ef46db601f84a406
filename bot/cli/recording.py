"""``rejoinder report chief`` and ``status``: what happened, with its day and who says so."""

import argparse
from datetime import date

from bot.bootstrap import Parts
from bot.cli import sources, telling
from bot.cli.given import day, now, past, today, who
from bot.cli.running import DONE, WrongUse, say, show
from bot.responding import inviting
from bot.responding.inviting import StepWrong
from bot.responding.locating import Words
from bot.store.casebook import Casebook
from bot.store.cases import Case, ChiefStep, ItemStatus, Read, Role, Status, Step


def chief(given: argparse.Namespace, _: Parts, record: Casebook) -> int:
    """Record where the chief officer's comments stand."""
    case = record.get(given.case)
    step = ChiefStep(
        Step(given.step), past("--on", given.on), day("--until", given.until), who(given), now()
    )
    try:
        inviting.check(case, step, today())
    except StepWrong as wrong:
        lead = "--until " if wrong.of == "until" else ""
        raise WrongUse(f"{lead}{wrong}") from wrong
    record.note_chief(case.id, step)
    if given.json:
        until = step.until.isoformat() if step.until else None
        show({"case": case.id, "step": step.step, "on": step.on.isoformat(), "until": until})
    else:
        say([telling.chief(step)])
    return DONE


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
