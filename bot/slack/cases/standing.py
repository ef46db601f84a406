"""How a case stands now, by the office's plan and clock."""

from datetime import datetime

from bot.responding import plan, progress
from bot.responding.duty import london_date
from bot.responding.progress import Progress
from bot.slack.desk import Desk
from bot.store.cases import Case


def of(desk: Desk, case: Case, now: datetime | None = None) -> Progress:
    """How a case stands at a moment, now without one."""
    days = {**plan.DAYS, **desk.settings.plan}
    return progress.of(case, london_date(now or desk.now()), days)
