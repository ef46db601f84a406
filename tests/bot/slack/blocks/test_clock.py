"""The clock is read at a glance, on a phone, in the plain profile, and aloud."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.responding import plan, progress
from bot.responding.progress import Progress
from bot.slack.blocks import clock, message
from bot.slack.blocks.clock import Mark
from bot.slack.blocks.message import Profile
from bot.store.cases import Step
from tests.bot.responding.cases import PUBLISHED, case, chief, content
from tests.bot.slack.blocks import checking

INVITED = (chief(Step.INVITED, date(2031, 3, 7)),)
ANSWERED = content(response=date(2031, 4, 25), response_confirmed=True)


def on(day: int, *said: Any, **changes: Any) -> Progress:
    """The sample case on a day of its clock."""
    told = case(*said, **changes)
    return progress.of(told, (told.content.published or PUBLISHED) + timedelta(days=day - 1))


@pytest.mark.parametrize(
    ("told", "line"),
    [
        (on(3), "Day 3 of 56 · publish by Monday 28 April 2031"),
        (on(56), "Day 56 of 56, the last day · publish today, Monday 28 April 2031"),
        (on(57), "Day 57 of 56, 1 after the last day: late in law · the last day was "
                 "Monday 28 April 2031"),
        (on(0), "Not published before Tuesday 4 March 2031 · publish by Monday 28 April 2031"),
        (on(3, content(published_confirmed=False)), clock.NO_CLOCK),
        (on(57, content(published=date(2017, 3, 2))),
         "Day 57 of 56, by a rule that was not in force · counted to Wednesday 26 April 2017"),
        (on(80, ANSWERED), "Answered on Friday 25 April 2031, day 53: in time"),
    ],
)  # fmt: skip
def test_the_line_says_where_the_clock_stands(told: Progress, line: str) -> None:
    assert clock.line(told) == line


@pytest.mark.parametrize(
    ("told", "drawn"),
    [
        (on(0), "┃●●○──────────○───○──○───○─○○"),
        (on(1), "●┃●○──────────○───○──○───○─○○"),
        (on(3), "●●┃○──────────○───○──○───○─○○"),
        (on(5), "●●◇┃──────────○───○──○───○─○○"),
        (on(17), "●●◆━━━━━━┃────○───○──○───○─○○"),
        (on(17, chief=INVITED), "●●●━━━━━━┃────○───○──○───○─○○"),
        (on(56, chief=INVITED), "●●●━━━━━━━━━━◆━━━◆━━◆━━━◆━◆◇┃"),
        (on(90, chief=INVITED), "●●●━━━━━━━━━━◆━━━◆━━◆━━━◆━◆◆┃"),
        (on(80, ANSWERED), "●●□━━━━━━━━━━□━━━□━━□━━━□━●●"),
        (on(3, content(published_confirmed=False)), ""),
    ],
)
def test_the_bar_has_the_steps_and_today_in_their_places(told: Progress, drawn: str) -> None:
    assert clock.bar(told) == drawn


@pytest.mark.parametrize(
    ("told", "lines"),
    [
        (on(17), ["◆ Overdue: Invite the chief officer to comment, day 5",
                  "● Done: Take the report in · Confirm the items",
                  "┃ Today: Thursday 20 March 2031"]),
        (on(5), ["◇ Due today: Invite the chief officer to comment"]),
        (on(80, ANSWERED), ["● Done: Take the report in · Confirm the items · "
                            "Publish and send copies"]),
        (on(1, content(published=date(2023, 6, 9))),
         ["┃ Today: Friday 9 June 2023"]),
        (on(1, content(published=date(2022, 11, 1))),
         ["┃ Today: Tuesday 1 November 2022 · last working day Friday 23 December 2022"]),
    ],
)  # fmt: skip
def test_each_sign_is_said_in_words(told: Progress, lines: list[str]) -> None:
    words = [one["text"] for one in checking.texts(_blocks(told))]
    assert set(lines) <= set(words)


def test_by_a_rule_that_was_not_in_force_nothing_is_overdue() -> None:
    told = on(57, content(published=date(2017, 3, 2)))
    words = " ".join(one["text"] for one in checking.texts(_blocks(told)))
    assert "Overdue" not in words
    assert "◆ Day passed: " in words


def test_a_screen_reader_gets_the_words_and_not_the_bar() -> None:
    told = on(17)
    (shown,) = message.packed(clock.pieces(told), Profile.PLAIN)
    assert clock.bar(told) not in shown.text
    assert "Overdue: Invite the chief officer to comment, day 5" in shown.text


def _blocks(told: Progress) -> list[dict[str, Any]]:
    return [block for piece in clock.pieces(told) for block in piece.blocks]


@given(
    day=st.integers(-5, 400),
    length=st.integers(1, 200),
    invited=st.booleans(),
    answered=st.booleans(),
)
def test_any_clock_is_drawn_whole_and_slack_takes_it(
    day: int, length: int, invited: bool, answered: bool
) -> None:
    last = PUBLISHED + timedelta(days=length - 1)
    said = content(rule="stated_date", reply_by=last, response=PUBLISHED,
                   response_confirmed=answered)  # fmt: skip
    told = on(day, said, chief=INVITED if invited else ())
    signs = clock.bar(told).replace(clock.TODAY, "")
    assert len(signs) == min(length, clock.CELLS)
    assert clock.bar(told).count(clock.TODAY) == (not answered)
    marks = {clock.mark(told, one) for one in told.planned}
    assert len(set(signs) & set(Mark)) <= len(marks)
    for profile in Profile:
        for shown in message.packed(clock.pieces(told), profile):
            checking.check_message(shown, profile)


def test_where_steps_fall_together_the_worst_is_shown() -> None:
    short = content(rule="stated_date", reply_by=PUBLISHED + timedelta(days=1))
    told = on(2, short)
    assert [one.day for one in told.planned] == [1, *([2] * (len(plan.DAYS) - 1))]
    assert clock.bar(told) == "●◇┃"
