"""Which reminders of a case were sent, so that none is sent twice. Rows are only added."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine, insert, select

from bot.store import audit, case_rows
from bot.store import tables as t
from bot.store.engine import for_reading


@dataclass(frozen=True)
class Sent:
    """A reminder that was sent at a moment: of which step, and the day that it was for."""

    step: str
    on: date
    at: datetime


class Reminders:
    """The reminders in one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reads = for_reading(engine)

    def of(self, case: str) -> tuple[Sent, ...]:
        """The reminders sent of a case, in the order in which they were noted."""
        with self._reads.connect() as connection:
            listed = case_rows.numbered(connection, t.reminders, case)
        return tuple(Sent(row["step"], row["on"], row["at"]) for row in listed)

    def note(
        self, case: str, steps: Iterable[tuple[str, date]], *, where: str, now: datetime
    ) -> None:
        """Note what was sent, each step and its day once; ``where`` is the kind of place.

        NoSuchCase. What was noted before is left as it is, and nothing new is no event.
        """
        with audit.changing(self._engine) as connection:
            case_rows.refuse_unknown(connection, case)
            c = t.reminders.c
            query = select(c.step, c.on).where(c.case == case)
            known = [(row.step, row.on) for row in connection.execute(query)]
            new = [one for one in dict.fromkeys(steps) if one not in known]
            for number, (step, on) in enumerate(new, len(known) + 1):
                values = {"case": case, "number": number, "step": step, "on": on, "at": now}
                connection.execute(insert(t.reminders).values(values))
            if new:
                facts = {"steps": [[step, on.isoformat()] for step, on in new], "where": where}
                audit.append(connection, event="case.reminded", subject=case, facts=facts, at=now)
