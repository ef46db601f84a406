"""Reminders are due on their days, from their hour on, once, and only of what is not done."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.responding import plan, progress, reminders
from bot.responding.duty import london_date
from bot.responding.reminders import Reminder
from bot.store.cases import Case, Content, Revision, Step
from bot.store.reminders import Sent
from tests.bot.responding.cases import NOW, PUBLISHED, case, chief, content

LONDON = ZoneInfo("Europe/London")
HOUR = 9
DAY = timedelta(days=1)
LAST = date(2031, 4, 28)  # a Monday
USUAL = [
    ("comments", 28), ("chief_executive", 42), ("commissioner", 49), ("published", 53),
    ("three_days_left", 53), ("last_day", 55), ("one_day_left", 55),
]  # fmt: skip


def at(on: date, hour: int = HOUR, minute: int = 0) -> datetime:
    """A moment of the clocks in London."""
    return datetime.combine(on, time(hour, minute), LONDON).astimezone(UTC)


def day(number: int, published: date = PUBLISHED) -> date:
    return published + (number - 1) * DAY


def due(
    known: Case, now: datetime, *sent: Sent, hour: int = HOUR, **days: int
) -> tuple[Reminder, ...]:
    told = progress.of(known, london_date(now), {**plan.DAYS, **days})
    return reminders.due(told, sent, now, hour)


def lived(
    known: Case, moments: Iterator[datetime], *, hour: int = HOUR, **days: int
) -> Iterator[tuple[date, Reminder]]:
    """What is sent at these moments, one after another, and on which day it is."""
    sent: list[Sent] = []
    for now in moments:
        for one in due(known, now, *sent, hour=hour, **days):
            sent.append(Sent(one.step, one.on, now))
            yield london_date(now), one


def mornings(first: date, last: date) -> Iterator[datetime]:
    return (at(first + DAY * number) for number in range((last - first).days + 1))


def taken_in(on: date, *said: Content) -> Case:
    """A case added and confirmed on a day."""
    made = case(*said)
    moment = at(on)
    revisions = tuple(replace(one, at=moment) for one in made.revisions)
    return replace(made, added_at=moment, revisions=revisions)


def test_the_days_are_those_of_the_plan_and_the_last_ones() -> None:
    told = list(lived(case(), mornings(NOW.date(), day(90))))
    assert [(one.step, (on - PUBLISHED).days + 1) for on, one in told] == USUAL
    assert not any(one.late for _, one in told)
    assert {one.step for _, one in told if one.escalates} == {"three_days_left", "one_day_left"}


def test_a_moved_plan_moves_them_and_the_law_is_not_moved() -> None:
    told = lived(case(), mornings(NOW.date(), day(90)), comments=30, published=50, last_day=54)
    days = {one.step: (on - PUBLISHED).days + 1 for on, one in told}
    assert days == {
        "comments": 30, "chief_executive": 42, "commissioner": 49, "published": 50,
        "three_days_left": 53, "last_day": 53, "one_day_left": 55,
    }  # fmt: skip


@given(
    published=st.dates(date(2018, 1, 1), date(2090, 1, 1)),
    days=st.dictionaries(st.sampled_from(sorted(plan.DAYS)), st.integers(0, 56)),
    hour=st.integers(0, 23),
)
def test_each_is_sent_once_on_its_day_whatever_the_date_plan_and_hour(
    published: date, days: dict[str, int], hour: int
) -> None:
    known = taken_in(published, content(published=published))
    moments = (at(day(one, published), hour, 30) for one in range(1, 80))
    told = list(lived(known, moments, hour=hour, **days))
    assert [on for on, _ in told] == [one.on for _, one in told]
    steps = [one.step for _, one in told]
    assert len(steps) == len(set(steps))
    assert {"three_days_left", "one_day_left"} <= set(steps)
    first = {
        one.name: one.on for one in progress.of(known, published, {**plan.DAYS, **days}).planned
    }
    by_step = {one.step: one.on for _, one in told}
    for name, before in reminders.STEPS.items():
        wanted = first[name] - before * DAY
        assert by_step.get(name) == (wanted if wanted >= published else None)


@given(
    published=st.dates(date(2018, 1, 1), date(2090, 1, 1)),
    down=st.lists(st.tuples(st.integers(1, 70), st.integers(1, 30)), max_size=4),
)
def test_a_process_that_was_down_sends_each_once_and_says_which_day_it_was_for(
    published: date, down: list[tuple[int, int]]
) -> None:
    known = taken_in(published, content(published=published))
    up = [
        one for one in range(1, 120)
        if not any(begin <= one < begin + length for begin, length in down)
    ]  # fmt: skip
    told = list(lived(known, (at(day(one, published)) for one in up)))
    assert sorted(one.step for _, one in told) == sorted(step for step, _ in USUAL)
    for on, one in told:
        assert one.late is (on != one.on)
        assert ("This reminder is late" in one.words) is one.late
        assert on == next(day(n, published) for n in up if day(n, published) >= one.on)


@pytest.mark.parametrize(
    ("on", "utc"),
    [
        (date(2031, 3, 31), "08:00"),  # the day after the clocks went forward
        (date(2031, 3, 29), "09:00"),
        (date(2031, 10, 25), "08:00"),
        (date(2031, 10, 27), "09:00"),  # the day after they went back
    ],
)
def test_the_hour_is_londons_in_summer_and_in_winter(on: date, utc: str) -> None:
    published = on - 27 * DAY
    known = taken_in(published, content(published=published))
    moment = datetime.combine(on, time.fromisoformat(utc), UTC)
    assert due(known, moment - timedelta(seconds=1)) == ()
    assert [one.step for one in due(known, moment)] == ["comments"]


@given(st.integers(2020, 2089), st.integers(0, 23), st.sampled_from([3, 10]))
def test_on_the_days_when_the_clocks_change_each_hour_is_met_once(
    year: int, hour: int, month: int
) -> None:
    on = max(day for day in (date(year, month, n) for n in range(25, 32)) if day.weekday() == 6)
    known = taken_in(on - 27 * DAY, content(published=on - 27 * DAY))
    begin = datetime.combine(on - DAY, time(23), UTC)
    moments = (begin + timedelta(minutes=10 * n) for n in range(6 * 27))
    told = list(lived(known, moments, hour=hour))
    assert [(one.step, at) for at, one in told] == [("comments", on)]


def test_what_is_late_waits_for_the_hour_too() -> None:
    night = at(day(30), 3)
    assert due(case(), night) == ()
    (one,) = due(case(), at(day(30)))
    assert one.late


def test_a_case_taken_in_late_is_not_reminded_of_what_was_over_before() -> None:
    told = list(lived(taken_in(day(40)), mornings(day(40), day(90))))
    assert [one.step for _, one in told] == [step for step, on in USUAL if on >= 40]
    assert not any(one.late for _, one in told)


def test_one_confirmed_on_the_day_itself_is_reminded_that_day() -> None:
    known = taken_in(day(28))
    assert [one.step for one in due(known, at(day(28), 16))] == ["comments"]


def test_what_lay_unconfirmed_was_not_due() -> None:
    known = taken_in(day(1))
    later = replace(known, revisions=(replace(known.latest, at=at(day(30))),))
    assert due(later, at(day(31))) == ()
    assert [one.step for one in due(later, at(day(42)))] == ["chief_executive"]


@pytest.mark.parametrize(
    "known",
    [
        case(confirmed=False),
        case(content(published_confirmed=False)),
        case(content(response=day(20), response_confirmed=True)),
    ],
)
def test_without_a_confirmed_date_and_after_the_answer_nothing_is_due(known: Case) -> None:
    assert due(known, at(day(56))) == ()


def test_a_response_that_nobody_confirmed_ends_nothing() -> None:
    assert due(case(content(response=day(20))), at(day(28)))


@pytest.mark.parametrize("step", [Step.RECEIVED, Step.NONE])
def test_what_is_done_is_not_reminded_of(step: Step) -> None:
    steps = (chief(Step.INVITED, day(5)), chief(step, day(27)))
    told = lived(case(chief=steps), mornings(NOW.date(), day(90)))
    assert [one.step for _, one in told] == [step for step, _ in USUAL[1:]]


def corrected(known: Case, on: date, published: date) -> Case:
    """The case with another day of publication, confirmed on a day."""
    before = known.latest
    said = replace(before.content, published=published)
    revision = Revision(before.number + 1, True, said, ("published",), "U1", at(on))
    return replace(known, revisions=(*known.revisions, revision))


def test_a_corrected_date_moves_what_is_to_come() -> None:
    moved = corrected(case(), day(10), PUBLISHED + 7 * DAY)
    assert due(moved, at(day(28))) == ()
    assert [one.step for one in due(moved, at(day(35)))] == ["comments"]


def test_what_was_sent_is_sent_again_only_when_its_day_moves_on() -> None:
    sent = Sent("comments", day(28), at(day(28)))
    later = corrected(case(), day(30), PUBLISHED + 7 * DAY)
    assert due(later, at(day(34)), sent) == ()
    assert [one.step for one in due(later, at(day(35)), sent)] == ["comments"]
    sooner = corrected(case(), day(30), PUBLISHED - 3 * DAY)
    assert due(sooner, at(day(30)), sent) == ()


def test_a_day_moved_into_the_past_is_reminded_of_late() -> None:
    moved = corrected(case(), day(26), PUBLISHED - 3 * DAY)
    (one,) = due(moved, at(day(26)))
    assert (one.step, one.on, one.late) == ("comments", day(25), True)


WORDS = [
    (28, "comments", "The chief officer's comments due: today, day 28. The chief officer has "
     "not been invited to comment yet."),
    (30, "comments", "The chief officer's comments due: Monday 31 March 2031, day 28. This "
     "reminder is late: it was for that day. The chief officer has not been invited to comment "
     "yet."),
    (53, "published", "Publish and send copies: today, day 53."),
    (53, "three_days_left", "3 days are left."),
    (55, "last_day", "Last day: tomorrow, Monday 28 April 2031, day 56."),
    (55, "one_day_left", "1 day is left."),
    (57, "last_day", "Last day: Monday 28 April 2031, day 56. This reminder is late: it was "
     "for Sunday 27 April 2031, day 55."),
    (57, "one_day_left", "1 day was left on Sunday 27 April 2031, day 55. This reminder is "
     "late: it was for that day."),
]  # fmt: skip


@pytest.mark.parametrize(("now", "step", "words"), WORDS)
def test_the_words_say_what_is_due_and_of_a_late_one_for_which_day(
    now: int, step: str, words: str
) -> None:
    (one,) = [one for one in due(case(), at(day(now))) if one.step == step]
    assert one.words == words


def test_the_last_working_day_is_said_where_the_last_day_is_none() -> None:
    monday = date(2031, 3, 3)
    known = taken_in(monday, content(published=monday))
    said = [due(known, at(day(one, monday)))[-1].words for one in (53, 55)]
    assert said == [
        "3 days are left. The last working day is Friday 25 April 2031.",
        "1 day is left. The last working day was Friday 25 April 2031.",
    ]


def test_the_day_that_was_set_for_the_chief_officer_is_said() -> None:
    invited = replace(chief(Step.INVITED, day(5)), until=date(2031, 4, 4))
    (one,) = due(case(chief=(invited,)), at(day(28)))
    assert one.words.endswith("The chief officer was asked to comment before 4 April 2031.")


def test_a_letter_with_a_near_date_has_no_reminder_before_it_was_published() -> None:
    said = content(rule="stated_date", reply_by=PUBLISHED + DAY)
    told = [one for _, one in lived(taken_in(PUBLISHED, said), mornings(PUBLISHED, day(9)))]
    assert {one.step for one in told} >= {"last_day", "one_day_left"}
    assert "three_days_left" not in {one.step for one in told}
    assert not any(one.late for one in told)


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        reminders.due(progress.of(case(), PUBLISHED), (), datetime(2031, 4, 1, 9), HOUR)
