"""``rejoinder duty``: the last day for a response, with the working. Nothing is read or stored."""

import argparse
from collections.abc import Iterator
from datetime import date
from typing import Any

from bot.bootstrap import Parts
from bot.cli.given import day, today
from bot.cli.running import DONE, WrongUse, say, show
from bot.responding import duty
from bot.responding.duty import Clock, DateWrong
from bot.responding.duty.rules import Regime
from bot.responding.duty.wording import full, working


def run(given: argparse.Namespace, _: Parts) -> int:
    """0 when the dates can be worked with; late or in time makes no difference."""
    clock = _clock(given)
    on = day("--on", given.on) or today()
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
        "in_force_on": {name: clock.rule.in_force(one) for name, one in asked.items()},
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
    published = day("--published", given.published)
    if published is None:
        raise WrongUse("give the day on which the report was published: --published 2023-06-09")
    regime, by = _regime(given.rule), day("--by", given.by)
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
