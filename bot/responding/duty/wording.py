"""The working of a clock in sentences that a commissioner could read out."""

from collections.abc import Iterator
from datetime import date

from bot.responding.duty import Clock, Force, Standing, plain
from bot.responding.duty.rules import Unit

_WEEKEND = 5


def working(clock: Clock, on: date) -> str:
    """How the last day comes about, what was in force, and how the day ``on`` stands to it."""
    return " ".join(_sentences(clock, on))


def full(day: date) -> str:
    """A date with its weekday: Thursday 2 March 2017."""
    return f"{day:%A} {plain(day)}"


def _sentences(clock: Clock, on: date) -> Iterator[str]:
    verb = "was" if clock.published <= on else "is to be"
    yield f"The report {verb} published on {full(clock.published)}, which is day 1."
    yield _last_day(clock)
    yield _last_working_day(clock)
    yield from _force(clock)
    yield _standing(clock, on)


def _last_day(clock: Clock) -> str:
    rule, last = clock.rule, full(clock.last_day)
    if rule.unit is Unit.STATED:
        return f"It states {last} as the last day, which is day {clock.length}."
    first = "beginning with that day" if rule.inclusive else "after that day"
    rolled = ", moved on to a working day" if rule.rolls_over else ""
    counted = f"{rule.length} {rule.unit} {first}{rolled}"
    if clock.in_force:
        return f"The law, {rule.name}, gives {counted}, so the last day is {last}."
    return f"Counted by {rule.name}, {counted}, the last day would be {last}."


def _last_working_day(clock: Clock) -> str:
    last = clock.last_day
    if last == clock.last_working_day:
        return "That is a working day."
    what = f"a {last:%A}" if last.weekday() >= _WEEKEND else "a bank holiday"
    return (
        f"That is {what}, and the last day does not move for it: "
        f"the last working day before it is {full(clock.last_working_day)}."
    )


def _force(clock: Clock) -> Iterator[str]:
    rule = clock.rule
    if clock.in_force:
        return
    if rule.valid_from and clock.published < rule.valid_from:
        yield _began(clock, rule.valid_from)
        if rule.before:
            yield rule.before
    elif rule.valid_to:
        yield _ended(clock, rule.valid_to)
    if clock.force is Force.PARTLY:
        yield "Whether the rule reaches this report is a question for legal advice."


def _began(clock: Clock, first: date) -> str:
    began = f"That rule came into force on {plain(first)}"
    if clock.force is Force.NOT:
        return f"{began}: it was not in force when the report was published, nor on that last day."
    return f"{began}, after the report was published and before the time so counted had ended."


def _ended(clock: Clock, last: date) -> str:
    ended = f"That rule was in force until {plain(last)}"
    if clock.force is Force.NOT:
        return f"{ended}: it was no longer in force when the report was published."
    return f"{ended}, which is before the time so counted ends."


def _standing(clock: Clock, on: date) -> str:
    match clock.standing(on):
        case Standing.NOT_PUBLISHED:
            return (
                f"On {full(on)} the clock has not started: nothing is counted before publication."
            )
        case Standing.NO_RULE:
            return _no_rule(clock, on)
        case Standing.RUNNING:
            return _running(clock, on)
        case Standing.LAST_DAY:
            return f"{full(on)} is day {clock.length} of {clock.length}, the last day."
        case Standing.OVER:
            return _over(clock, on)


def _no_rule(clock: Clock, on: date) -> str:
    why, verb = "the rule was not in force", "is"
    if clock.force is Force.PARTLY:
        why, verb = "it is open whether the rule reaches this report", "can be called"
    return (
        f"{full(on)} is day {clock.day(on)}, but as {why}, "
        f"a response published on it {verb} neither {clock.rule.late} nor on time."
    )


def _running(clock: Clock, on: date) -> str:
    left = clock.days_left(on)
    more = f"{_days(left)} {'is' if left == 1 else 'are'} left after it"
    return f"{full(on)} is day {clock.day(on)} of {clock.length}: {more}."


def _over(clock: Clock, on: date) -> str:
    after = _days(-clock.days_left(on))
    return (
        f"{full(on)} is day {clock.day(on)}, {after} after the last day: "
        f"a response published on it is {clock.rule.late}."
    )


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
