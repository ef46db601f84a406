"""``rejoinder reports``, ``report show`` and ``report open``: where every case stands."""

import argparse
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bot.bootstrap import Parts
from bot.cli import telling
from bot.cli.given import day, today
from bot.cli.running import DONE, NO, WrongUse, say, show
from bot.responding import plan, progress, proving, saying
from bot.responding.duty import plain
from bot.responding.duty.wording import full, working
from bot.responding.progress import Progress
from bot.store.casebook import Casebook
from bot.store.cases import Case, Item, State, data
from bot.store.recurrences import Recurrences


def run(given: argparse.Namespace, parts: Parts) -> int:
    """0 when there are cases, 1 when there are none. The most urgent case comes first."""
    on, days = _on(given), telling.plan_days(parts)
    cases = [progress.of(case, on, days) for case in Casebook(parts.engine).all()]
    cases.sort(key=progress.urgency)
    if given.ics:
        _write_diary(given.ics, cases)
    if given.json:
        show({"on": on.isoformat(), "cases": [telling.summary(one) for one in cases]})
    else:
        say(_lines(cases, given.ics))
    return DONE if cases else NO


def show_case(given: argparse.Namespace, parts: Parts, record: Casebook) -> int:
    """One case whole; its words are looked up on their pages again. 1 when some are not there."""
    case = record.get(given.case)
    told = progress.of(case, _on(given), telling.plan_days(parts))
    lost = proving.lost(case, record.pages)
    raised = telling.Raised(Recurrences(parts.engine).all(), record.all())
    if given.json:
        show(_whole(told) | {"earlier": raised.data(case), "not_on_their_page": lost})
    else:
        say(_shown(told, raised))
        say(f"No longer on its page: {path}" for path in lost)
    return NO if lost else DONE


def show_open(given: argparse.Namespace, _: Parts, record: Casebook) -> int:
    """The items open on the record; 1 when there are none."""
    cases = record.all()
    told = [one for one in cases if one.state is State.CONFIRMED and _in(one, given.year)]
    found = [(case, item) for case in told for item in case.content.items
             if progress.is_open(case, item)]  # fmt: skip
    waiting = [one.id for one in cases if one.state is not State.CONFIRMED]
    if given.json:
        items = [_open_data(case, item, cases) for case, item in found]
        show({"year": given.year, "open": items, "not_confirmed": waiting})
    else:
        say(_open_lines(found, cases, waiting, given.year))
    return DONE if found else NO


def _on(given: argparse.Namespace) -> date:
    return day("--on", given.on) or today()


def _write_diary(file: Path, cases: Sequence[Progress]) -> None:
    from bot.responding import diary

    try:
        file.write_bytes(diary.written(cases))
    except OSError as cause:
        raise WrongUse(f"--ics: {file} cannot be written ({cause.strerror})") from cause


def _lines(cases: Sequence[Progress], diary: Path | None) -> Iterator[str]:
    if not cases:
        yield "There are no cases yet: `rejoinder report add FILE`."
    for one in cases:
        yield f"{one.case.id}: {one.case.content.title}"
        yield from (f"  {line}" for line in _stand(one))
    if diary:
        yield f"The deadlines are in {diary}."


def _stand(one: Progress) -> Iterator[str]:
    words = progress.standing(one)
    yield f"{words[0].upper()}{words[1:]}"
    if one.clock:
        yield f"Last day {full(one.clock.last_day)}"
        yield f"Last working day {full(one.clock.last_working_day)}"
    yield f"Decided: {one.decided} of {one.asked} items; {one.limbs} limbs, none drafted yet"
    if (step := one.next) and not one.answered_on:
        due = "was due" if step.on < one.on else "by"
        yield f"Next: {step.words}, {due} {full(step.on)} (day {step.day}), with {step.who}"


def _shown(told: Progress, raised: telling.Raised) -> Iterator[str]:
    case, said = told.case, told.case.content
    yield f"{case.id}: {said.title}"
    yield f"State: {case.state}, revision {case.latest.number}; owner: {said.owner or 'nobody yet'}"
    for one in case.documents:
        yield f"Document {one.number} ({one.role}): {one.title}"
    yield from _stand(told)
    if told.clock:
        yield working(told.clock, told.answered_on or told.on)
        yield from _planned(told.planned)
    yield telling.chief(plan.chief(case))
    for grade in said.grades:
        yield f"Grade: {grade.area}: {grade.grade} (page {grade.page})"
    for item in said.items:
        yield ""
        yield from telling.item(case, item)
        yield from raised.lines(case, item)
    if case.state is State.CONFIRMED:
        yield ""
        yield from _said(case)


def _planned(planned: Sequence[plan.Planned]) -> Iterator[str]:
    for step in planned:
        done = f"done {plain(step.done_on)}" if step.done_on else f"with {step.who}"
        yield f"  day {step.day:>2}  {step.on}  {step.words}: {done}"


def _said(case: Case) -> Iterator[str]:
    """Who said what, people and moments together."""
    by: dict[tuple[str, date], list[str]] = {}
    for path, said in saying.of(case).items():
        by.setdefault((said.person, said.at.date()), []).append(path)
    for (person, when), paths in by.items():
        yield f"Said by {person} on {plain(when)}: {', '.join(paths)}"


def _whole(told: Progress) -> dict[str, Any]:
    case = told.case
    said = saying.of(case)
    return telling.summary(told) | {
        "content": data(case.content),
        "proposed": None if case.latest.confirmed else data(case.latest.content),
        "documents": [
            {"number": one.number, "digest": one.digest, "file": one.file, "title": one.title,
             "kind": one.kind, "role": one.role}
            for one in case.documents
        ],
        "chief": [
            {"step": one.step, "on": one.on.isoformat(), "person": one.person,
             "until": one.until.isoformat() if one.until else None, "at": one.at.isoformat()}
            for one in case.chief
        ],
        "statuses": [telling.status_data(one) for one in case.statuses],
        "said": {p: {"person": one.person, "at": one.at.isoformat()} for p, one in said.items()},
        "corrections": [
            {"revision": one.number, "corrections": list(one.corrections)} for one in case.confirmed
        ],
    }  # fmt: skip


def _in(case: Case, year: int | None) -> bool:
    day = case.content.counted_from
    return year is None or (day is not None and day.year == year)


def _open_lines(
    found: Sequence[tuple[Case, Item]], cases: Sequence[Case], waiting: Sequence[str],
    year: int | None,
) -> Iterator[str]:  # fmt: skip
    if not found:
        yield f"Nothing is open on the record{f' from {year}' if year else ''}."
    for case, item in found:
        day = case.content.counted_from
        dated = plain(day) if day else "date not confirmed"
        yield f"{case.id}, item {item.id}: {case.content.title}, {dated}, page {item.page}"
        yield f"   {item.text}"
        yield f"   Decision: {telling.decision(item)}"
        said = case.status(item.id)
        yield f"   Status: {telling.status(said) if said else 'none on record'}"
        for name in progress.repeated_in(case, item, cases):
            yield f"   Raised again: {name}"
    if waiting:
        yield f"Not confirmed, and so not counted: {', '.join(waiting)}"


def _open_data(case: Case, item: Item, cases: Sequence[Case]) -> dict[str, Any]:
    said = case.status(item.id)
    day = case.content.counted_from
    return {
        "case": case.id,
        "title": case.content.title,
        "published": day.isoformat() if day else None,
        "item": item.id,
        "kind": item.kind,
        "number": item.number,
        "text": item.text,
        "page": item.page,
        "decision": telling.decision(item) if item.decision else None,
        "status": telling.status_data(said) if said else None,
        "repeated_in": progress.repeated_in(case, item, cases),
    }
