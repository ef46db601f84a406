"""Where a case stands is said from the record and from the rule, and nothing else."""

from datetime import date

import pytest

from bot.responding import progress
from bot.store.cases import Case, Choice, Content, Decided, Limb, Status
from tests.bot.responding.cases import case, content, item, status

DECIDED = item(1, decision=Decided(Choice.TAKEN), limbs=(Limb("a"), Limb("b")))
OTHERS = item(2, ours=False, reason="For the Home Office.", limbs=(Limb("c"),))
OPEN = item(3, limbs=(Limb("d"),))


def test_only_our_items_are_counted_and_no_limb_is_taken_for_answered() -> None:
    told = progress.of(case(content(DECIDED, OTHERS, OPEN)), date(2031, 3, 10))
    assert (told.asked, told.decided, told.limbs, told.limbs_answered) == (2, 1, 3, 0)


@pytest.mark.parametrize(
    ("said", "on", "words"),
    [
        (content(), date(2031, 3, 4), "day 1 of 56"),
        (content(), date(2031, 4, 28), "day 56 of 56, the last day"),
        (content(), date(2031, 4, 30), "day 58 of 56, 2 after the last day: late in law"),
        (content(), date(2031, 3, 1), "not published before Tuesday 4 March 2031"),
        (content(published_confirmed=False), date(2031, 4, 30), "no clock: a person has to"),
        (content(published=date(2017, 3, 2)), date(2017, 4, 27),
         "day 57 of 56, by a rule that was not in force"),
        (content(response=date(2031, 4, 28), response_confirmed=True), date(2032, 1, 1),
         "answered on Monday 28 April 2031, day 56: in time"),
        (content(response=date(2031, 4, 29), response_confirmed=True), date(2032, 1, 1),
         "answered on Tuesday 29 April 2031, day 57: late in law"),
        (content(response=date(2031, 4, 29)), date(2031, 4, 30), "day 58 of 56"),
        (content(published=date(2017, 3, 2), response=date(2017, 4, 27), response_confirmed=True),
         date(2032, 1, 1), "day 57: neither late in law nor on time, the rule was not in force"),
    ],
)  # fmt: skip
def test_the_standing_is_said_as_the_rule_has_it(said: Content, on: date, words: str) -> None:
    assert words in progress.standing(progress.of(case(said), on))


@pytest.mark.parametrize(
    ("told", "is_open"),
    [
        ((), True),
        ((Status.IN_PROGRESS,), True),
        ((Status.SUBMITTED,), True),
        ((Status.AWAITING_REVIEW,), True),
        ((Status.CLOSED,), False),
        ((Status.SUPERSEDED,), False),
        ((Status.WITHDRAWN,), False),
        ((Status.CLOSED, Status.IN_PROGRESS), True),
    ],
)
def test_an_item_is_open_until_something_said_ends_it(
    told: tuple[Status, ...], is_open: bool
) -> None:
    said = tuple(status(1, one, date(2031, 5, n)) for n, one in enumerate(told, 1))
    known = case(content(item(1)), statuses=said)
    assert progress.is_open(known, item(1)) is is_open


def test_the_latest_day_counts_whatever_was_recorded_last() -> None:
    later = status(1, Status.CLOSED, date(2032, 5, 1))
    sooner = status(1, Status.IN_PROGRESS, date(2031, 5, 1))
    assert not progress.is_open(case(content(item(1)), statuses=(later, sooner)), item(1))


def test_an_item_of_others_is_not_open_with_us() -> None:
    assert not progress.is_open(case(content(OTHERS)), OTHERS)


def test_a_repetition_counts_once_it_is_confirmed() -> None:
    again = content(item(5, repeats="peel-2031-fernshire/1"))
    old = case()

    def others(*, confirmed: bool) -> list[Case]:
        return [old, case(again, confirmed=confirmed, id="peel-2033-fernshire")]

    assert progress.repeated_in(old, item(1), others(confirmed=True)) == ["peel-2033-fernshire/5"]
    assert progress.repeated_in(old, item(1), others(confirmed=False)) == []
