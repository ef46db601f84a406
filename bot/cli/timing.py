"""``rejoinder duty``: the last day for a response, with the working. Nothing is read or stored."""

import argparse
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from bot.bootstrap import Parts
from bot.cli.running import DONE, WrongUse, say, show
from bot.responding import duty
from bot.responding.duty import Clock, DateWrong
from bot.responding.duty.rules import Regime
from bot.responding.duty.wording import full, working
from retrieval.dates import find_dates


def run(given: argparse.Namespace, _: Parts) -> int:
    """0 when the dates can be worked with; late or in time makes no difference."""
    clock = _clock(given)
    on = _date("--on", given.on) or duty.london_date(datetime.now(UTC))
    if given.json:
        show(data(clock, on))
    else:
        say(lines(clock, on))
    return DONE


def data(clock: Clock, on: date) -> dict[str, Any]:
    """As JSON has it: dates as YYYY-MM-DD; ``day`` and ``legal_sentence`` None if there is none."""
    asked = {"published": clock.published, "last_day": clock.last_day, "on": on}
    return {
        "rule": clock.rule.regime,
        "in_force": clock.in_force,
        "last_day": clock.last_day.isoformat(),
        "last_working_day": clock.last_working_day.isoformat(),
        "day": clock.day(on),
        "working": working(clock, on),
        "published": clock.published.isoformat(),
        "on": on.isoformat(),
        "length": clock.length,
        "days_left": clock.days_left(on),
        "standing": clock.standing(on),
        "in_force_on": {name: clock.rule.in_force(day) for name, day in asked.items()},
        "parts": [{"provision": one.provision, "words": one.words} for one in clock.rule.parts],
        "recipients": list(clock.rule.recipients),
        "legal_sentence": duty.legal_sentence(clock, on),
    }


def lines(clock: Clock, on: date) -> Iterator[str]:
    """As a person reads it."""
    rule = clock.rule
    name = rule.name[0].upper() + rule.name[1:]
    yield f"Rule: {name} ({rule.regime}){'' if clock.in_force else ', not in force'}"
    yield f"Last day: {full(clock.last_day)}"
    yield f"Last working day: {full(clock.last_working_day)}"
    yield f"Day: {clock.day(on) or 'none yet'}"
    yield ""
    yield working(clock, on)
    if sentence := duty.legal_sentence(clock, on):
        yield ""
        yield f"For the response: {sentence}"


def _clock(given: argparse.Namespace) -> Clock:
    published = _date("--published", given.published)
    if published is None:
        raise WrongUse("give the day on which the report was published: --published 2023-06-09")
    regime, by = _regime(given.rule), _date("--by", given.by)
    if regime is Regime.STATED_DATE and by is None:
        raise WrongUse("stated_date needs the day that the report states: --by 2023-10-23")
    if regime is not Regime.STATED_DATE and by is not None:
        raise WrongUse("--by goes with --rule stated_date only: the law sets the last day of s55")
    try:
        return duty.reckon(published, regime, by)
    except DateWrong as wrong:
        raise WrongUse(str(wrong)) from wrong


def _regime(name: str | None) -> Regime:
    try:
        return Regime(name or Regime.S55)
    except ValueError as cause:
        raise WrongUse(f"there is no rule {name!r}: use {' or '.join(Regime)}") from cause


def _date(option: str, words: str | None) -> date | None:
    """The one full date that was given: 2023-06-09, 9 June 2023 or 09/06/2023, the day first."""
    if words is None:
        return None
    text = words.strip()
    found = find_dates(text)
    if len(found) != 1 or found[0].words != text or found[0].date is None:
        raise WrongUse(f"{option} takes one date, as 2023-06-09 or 9 June 2023: not {words!r}")
    if found[0].weekday_wrong:
        raise WrongUse(f"{option}: {words} was not that weekday, but {full(found[0].date)}")
    return found[0].date
