"""A case's clock at a glance: a line, a bar with the plan's steps on it, and the same in words."""

from collections.abc import Iterator
from enum import StrEnum

from bot.responding import progress as standing
from bot.responding.duty import Clock, Standing
from bot.responding.duty.wording import full
from bot.responding.plan import Planned
from bot.responding.progress import Progress
from bot.slack.blocks import kit, limits, message, text
from bot.slack.blocks.message import Piece

CELLS = 28  # of the bar: two days each, and as wide as a phone
TODAY, PASSED, LEFT = "┃", "━", "─"
NO_CLOCK = "No clock yet · the day of publication is not confirmed"


class Mark(StrEnum):
    """How a step stands, as the sign that it has on the bar; the worst first."""

    OVERDUE = "◆"
    DUE = "◇"
    AHEAD = "○"
    UNKNOWN = "□"  # it is not on record, and a later step is done
    DONE = "●"


_WORDS = {
    Mark.OVERDUE: "Overdue",
    Mark.DUE: "Due today",
    Mark.AHEAD: "To come",
    Mark.DONE: "Done",
    Mark.UNKNOWN: "Not on record",
}


def pieces(progress: Progress) -> list[Piece]:
    """The line in bold; under it, with a clock, the bar and what its signs stand for, in words.

    The bar is in the blocks alone: to a screen reader, which reads the text, it says nothing.
    """
    told = message.strong(line(progress))
    if progress.clock is None:
        return told
    said = [text.cut(one, limits.SECTION) for one in _legend(progress)]
    # A block for each line: not every client keeps a line break.
    blocks = (kit.words(bar(progress)), *map(kit.grey, said))
    return [*told, Piece(text.escaped("\n".join(said)), blocks)]


def line(progress: Progress) -> str:
    """Where the clock stands, and by when to publish: one line without mark-up."""
    running = progress.clock
    if running is None:
        return NO_CLOCK
    words = standing.standing(progress)
    first = f"{words[0].upper()}{words[1:]}"
    return first if progress.answered_on else f"{first} · {_last_day(progress, running)}"


def bar(progress: Progress) -> str:
    """The days of a clock as one line of signs; "" without a clock."""
    running = progress.clock
    if running is None:
        return ""
    until = running.day(progress.answered_on or progress.on) or 0
    cells = [PASSED if day <= until else LEFT for day in _first_days(running)]
    for step in sorted(progress.planned, key=lambda one: _worst_last(mark(progress, one))):
        cells[_cell(running, step.day)] = mark(progress, step)
    if not progress.answered_on:
        cells.insert(_before_today(running, until, cells), TODAY)
    return "".join(cells)


def mark(progress: Progress, step: Planned) -> Mark:
    """How a step of the plan stands."""
    if step.done_on:
        return Mark.DONE
    following = progress.next
    if progress.answered_on or following is None or _is_before(progress, step, following):
        return Mark.UNKNOWN
    if step.on == progress.on:
        return Mark.DUE
    return Mark.OVERDUE if step.on < progress.on else Mark.AHEAD


def _last_day(progress: Progress, running: Clock) -> str:
    last = full(running.last_day)
    match running.standing(progress.on):
        case Standing.OVER:
            return f"the last day was {last}"
        case Standing.NO_RULE:
            return f"counted to {last}"
        case Standing.LAST_DAY:
            return f"publish today, {last}"
        case _:
            return f"publish by {last}"


def _legend(progress: Progress) -> Iterator[str]:
    """What the signs of the bar stand for, each kind in a line."""
    for kind, words in _words(progress).items():
        steps = [one for one in _told(progress) if mark(progress, one) is kind]
        if steps:
            yield f"{kind} {words}: {' · '.join(_step(one, kind) for one in steps)}"
    if not progress.answered_on:
        yield f"{TODAY} Today: {' · '.join(_days(progress))}"


def _days(progress: Progress) -> Iterator[str]:
    """Today, and the last working day where the last day is none."""
    yield full(progress.on)
    running = progress.clock
    if running and running.last_working_day != running.last_day:
        yield f"last working day {full(running.last_working_day)}"


def _told(progress: Progress) -> tuple[Planned, ...]:
    """The steps; once it is answered nobody does anything on the last day."""
    planned = progress.planned
    return planned[:-1] if progress.answered_on else planned


def _words(progress: Progress) -> dict[Mark, str]:
    """What the signs mean; by a rule that was not in force nothing is overdue."""
    in_force = progress.clock and progress.clock.in_force
    return _WORDS if in_force else _WORDS | {Mark.OVERDUE: "Day passed"}


def _step(step: Planned, kind: Mark) -> str:
    dated = kind in (Mark.OVERDUE, Mark.AHEAD)
    return f"{step.words}, day {step.day}" if dated else step.words


def _first_days(running: Clock) -> list[int]:
    """The first day of each cell of the bar."""
    width = _width(running)
    return [-(-cell * running.length // width) + 1 for cell in range(width)]


def _width(running: Clock) -> int:
    return min(CELLS, running.length)


def _cell(running: Clock, day: int) -> int:
    """The cell in which a day lies."""
    return (min(day, running.length) - 1) * _width(running) // running.length


def _before_today(running: Clock, until: int, cells: list[str]) -> int:
    """Where today stands among the cells: behind its own, unless what that shows is to come."""
    if until == 0:
        return 0
    cell = _cell(running, until)
    return cell if cells[cell] == Mark.AHEAD else cell + 1


def _worst_last(one: Mark) -> int:
    return -list(Mark).index(one)


def _is_before(progress: Progress, step: Planned, other: Planned) -> bool:
    return progress.planned.index(step) < progress.planned.index(other)
