"""``rejoinder report add``, ``link``, ``respond``, ``sheet``: proposals, each on a sheet.

The record is changed first, in one transaction; its sheet can be written again at any time.
"""

import argparse
from pathlib import Path

from bot.bootstrap import Parts
from bot.cli import sheets, sources, telling
from bot.cli.given import day, now, who
from bot.cli.running import DONE, WrongUse, say, show
from bot.responding import backwards, intake, naming
from bot.responding.duty.rules import Regime
from bot.responding.intake import Told
from bot.store.casebook import Casebook, NoSuchCase, Taken
from bot.store.cases import Case, Content, Read, data


def add(given: argparse.Namespace, parts: Parts, record: Casebook) -> int:
    """Propose a case from a report. Taken when the report has one."""
    source = sources.find(given.file, parts, given.person)
    told = _told(given)
    proposal = intake.propose(
        source.reading,
        source.file,
        listed=source.listed,
        force=parts.settings.force,
        told=told,
        known=record.all(),
    )
    if known := record.of(source.reading.digest):
        raise Taken(known)
    file = sheets.check(given.out, proposal.case, record)
    record.add(proposal.case, proposal.content, proposal.read, person=who(given), now=now())
    notes = (*source.notes, *proposal.notes)
    return _proposed(given, record, proposal.case, file, notes)


def link(given: argparse.Namespace, parts: Parts, record: Casebook) -> int:
    """Propose a second report's items for a case."""
    case = record.get(given.case)
    source = sources.find(given.file, parts, given.person)
    if known := record.of(source.reading.digest):
        raise Taken(known)
    others = [one for one in record.all() if one.id != case.id]
    proposal = intake.joined(
        case,
        source.reading,
        source.file,
        listed=source.listed,
        force=parts.settings.force,
        known=others,
    )
    notes = (*source.notes, *proposal.notes)
    return _taken_in(given, record, case, proposal.content, proposal.read, notes)


def respond(given: argparse.Namespace, parts: Parts, record: Casebook) -> int:
    """Propose the decisions that a published response gives."""
    source = sources.find(given.file, parts, given.person)
    try:
        case = record.get(given.case)
    except NoSuchCase:
        return _begin(given, parts, record, source)
    content, read = backwards.answered(case, source.reading, source.file)
    return _taken_in(given, record, case, content, read, source.notes)


def _begin(
    given: argparse.Namespace, parts: Parts, record: Casebook, source: sources.Source
) -> int:
    """A case of which only the response is at hand."""
    if not naming.FORM.fullmatch(given.case):
        raise WrongUse(f"{given.case!r} cannot name a case: use small letters, digits, hyphens")
    file = sheets.check(given.out, given.case, record)
    content, read = backwards.begun(source.reading, source.file, force=parts.settings.force)
    record.add(given.case, content, read, person=who(given), now=now())
    return _proposed(given, record, given.case, file, source.notes)


def _taken_in(
    given: argparse.Namespace,
    record: Casebook,
    case: Case,
    content: Content,
    read: Read,
    notes: tuple[str, ...],
) -> int:
    file = sheets.check(given.out, case.id, record)
    after = case.latest.number
    record.take_in(case.id, content, read, after=after, person=who(given), now=now())
    return _proposed(given, record, case.id, file, notes)


def sheet(given: argparse.Namespace, _: Parts, record: Casebook) -> int:
    """Write the sheet of a case as it is now."""
    case = record.get(given.case)
    return _proposed(given, record, case.id, sheets.check(given.out, case.id, record), ())


def _proposed(
    given: argparse.Namespace,
    record: Casebook,
    name: str,
    file: Path,
    notes: tuple[str, ...],
) -> int:
    case = record.get(name)
    sheets.write(file, case, record, notes)
    if given.json:
        told = data(case.latest.content)
        show({"case": name, "sheet": str(file), "notes": list(notes), "proposed": told})
    else:
        say(telling.proposed(case, file, notes))
    return DONE


def _told(given: argparse.Namespace) -> Told:
    rule, by = _rule(given.rule), day("--by", given.by)
    if by and rule is Regime.S55:
        raise WrongUse("--by goes with --rule stated_date: the law sets the last day of s55")
    published = day("--published", given.published)
    return Told(published, Regime.STATED_DATE if by else rule, by)


def _rule(name: str | None) -> Regime | None:
    if name is not None and name not in set(Regime):
        raise WrongUse(f"there is no rule {name!r}: use {' or '.join(Regime)}")
    return Regime(name) if name else None
