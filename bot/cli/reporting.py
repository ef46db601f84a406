"""``rejoinder report``: take a report in, confirm its items, record what happens, look at it."""

import argparse
from collections.abc import Callable

from bot.bootstrap import Parts
from bot.cli import earlier, proposing, recording, reports, sheets, telling
from bot.cli.given import now, today, who
from bot.cli.running import DONE, NO, WrongUse, say, show
from bot.responding import confirming, corrections, progress
from bot.responding.sheet import Sheet, reading
from bot.store.casebook import Casebook, NoSuchCase, Stale, Taken
from bot.store.cases import Case, Content, Revision

Action = Callable[[argparse.Namespace, Parts, Casebook], int]


def run(given: argparse.Namespace, parts: Parts) -> int:
    """0 done; 1 where a case was confirmed and no clock runs. Each action is one transaction."""
    actions: dict[str, Action] = {
        "add": proposing.add,
        "link": proposing.link,
        "respond": proposing.respond,
        "sheet": proposing.sheet,
        "confirm": _confirm,
        "chief": recording.chief,
        "status": recording.status,
        "earlier": earlier.run,
        "show": reports.show_case,
        "open": reports.show_open,
    }
    try:
        return actions[given.action](given, parts, Casebook(parts.engine))
    except NoSuchCase as none:
        raise WrongUse(str(none)) from none
    except Taken as taken:
        raise WrongUse(
            f"this is case {taken.case} already: `rejoinder report sheet {taken.case}` "
            "writes its sheet"
        ) from taken
    except Stale as stale:
        raise WrongUse(f"the case has moved on to revision {stale.revision}: try again") from stale


def _confirm(given: argparse.Namespace, parts: Parts, record: Casebook) -> int:
    """1 when all is kept but no clock runs, for nobody confirmed the day of publication."""
    sheet = reading.read(given.sheet)
    case = _meant(sheet, record)
    others = {one.id: one for one in record.all()}
    content = confirming.checked(sheet, case, others, record.pages)
    again = case.latest.confirmed and content == case.latest.content
    if sheet.revision != case.latest.number and not again:
        raise sheet.wrong(
            "revision",
            f"the case is at revision {case.latest.number} by now: "
            f"write the sheet anew with `rejoinder report sheet {case.id}`",
        )
    revision = case.latest if again else _keep(given, record, case, content)
    sheets.move_on(sheet, revision.number)
    _tell(given, parts, record.get(case.id), revision, again=again)
    return DONE if confirming.clock(content) else NO


def _meant(sheet: Sheet, record: Casebook) -> Case:
    try:
        return record.get(sheet.case)
    except NoSuchCase as none:
        raise sheet.wrong("case", f"{none}") from none


def _keep(given: argparse.Namespace, record: Casebook, case: Case, content: Content) -> Revision:
    after, before = case.latest.number, case.proposal.content
    changed = corrections.made(before, content)
    return record.confirm(case.id, content, changed, after=after, person=who(given), now=now())


def _tell(
    given: argparse.Namespace, parts: Parts, case: Case, revision: Revision, *, again: bool
) -> None:
    told = progress.of(case, today(), telling.plan_days(parts))
    if given.json:
        show(telling.summary(told) | {"corrections": list(revision.corrections), "again": again})
    else:
        say(telling.confirmed(told, revision, again=again))
