"""The plan follows the clock: for every publication date, rule and setting, in order and inside."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.responding import duty, plan
from bot.responding.duty import workdays
from bot.responding.duty.rules import Regime
from bot.settings import STEPS
from bot.store.cases import Case, Step
from tests.bot.responding.cases import NOW, PUBLISHED, case, chief, content

CLOCK = duty.reckon(PUBLISHED)


def dates(known: Case, **days: int) -> dict[str, str]:
    planned = plan.steps(known, CLOCK, {**plan.DAYS, **days})
    return {one.name: one.on.isoformat() for one in planned}


def test_the_default_plan_is_that_of_the_office() -> None:
    assert {one.name: one.day for one in plan.steps(case(), CLOCK)} == {
        "intake": 1, "items": 3, "invited": 5, "comments": 28, "drafts": 35, "chief_executive": 42,
        "commissioner": 49, "published": 53, "last_day": 56,
    }  # fmt: skip
    assert dates(case())["last_day"] == CLOCK.last_day.isoformat() == "2031-04-28"


def test_the_settings_know_the_same_steps() -> None:
    assert tuple(plan.DAYS) == STEPS


def test_a_setting_moves_one_step() -> None:
    moved, usual = dates(case(), invited=7), dates(case())
    assert moved["invited"] == "2031-03-10"
    assert {n for n in usual if usual[n] != moved[n]} == {"invited"}


@given(
    published=st.dates(date(2018, 1, 1), date(2090, 1, 1)),
    length=st.integers(0, 200),
    days=st.dictionaries(st.sampled_from(sorted(plan.DAYS)), st.integers(0, 56)),
)
def test_every_plan_is_in_order_and_within_the_clock(
    published: date, length: int, days: dict[str, int]
) -> None:
    by = published + timedelta(days=length)
    for clock in (duty.reckon(published), duty.reckon(published, Regime.STATED_DATE, by)):
        planned = plan.steps(case(), clock, {**plan.DAYS, **days})
        on = [one.on for one in planned]
        assert on == sorted(on)
        assert clock.published <= on[0]
        assert on[-1] <= clock.last_day
        assert all(one.working_day <= one.on for one in planned)
        assert all(
            workdays.is_working(one.working_day) or one.working_day == clock.published
            for one in planned
        )


@given(st.dates(date(2018, 1, 1), date(2090, 1, 1)))
def test_by_default_the_last_step_is_the_last_day(published: date) -> None:
    clock = duty.reckon(published)
    assert plan.steps(case(), clock)[-1].on == clock.last_day


def test_what_the_record_says_is_done_is_done() -> None:
    fresh = case(confirmed=False)
    assert [one.name for one in plan.steps(fresh, CLOCK) if one.done_on] == ["intake"]
    invited = case(chief=(chief(Step.INVITED, date(2031, 3, 7)),))
    done = {one.name: one.done_on for one in plan.steps(invited, CLOCK) if one.done_on}
    assert done == {"intake": NOW.date(), "items": NOW.date(), "invited": date(2031, 3, 7)}


@pytest.mark.parametrize("step", [Step.RECEIVED, Step.NONE])
def test_the_chief_officers_part_ends_with_comments_or_without(step: Step) -> None:
    steps = (chief(Step.INVITED, date(2031, 3, 7)), chief(step, date(2031, 3, 28)))
    following = plan.next_step(plan.steps(case(chief=steps), CLOCK))
    assert following is not None
    assert following.name == "drafts"


def test_the_next_step_is_with_the_owner_or_with_nobody_yet() -> None:
    following = plan.next_step(plan.steps(case(), CLOCK))
    assert following is not None
    assert (following.name, following.who) == ("invited", "nobody yet")
    owned = plan.next_step(plan.steps(case(content(owner="U7")), CLOCK))
    assert owned is not None
    assert owned.who == "U7"


def test_an_answered_case_has_no_next_step() -> None:
    answered = case(content(response=date(2031, 4, 20), response_confirmed=True))
    assert plan.next_step(plan.steps(answered, CLOCK)) is None
