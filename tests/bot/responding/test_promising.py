from datetime import date

import pytest

from bot.responding import promising


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I will publish the figures.", True),
        ("My office will check twenty interviews.", True),
        ("I have asked the Chief Constable to report to me.", True),
        ("Superintendent Reed is to report to me.", True),
        ("The Commissioner will look at this again.", True),
        ("The force will recruit thirty people.", False),
        ("I welcome the report.", False),
        ("I have met the Chief Constable.", False),
    ],
)
def test_a_promise_is_what_the_commissioner_says_will_be(text: str, said: bool) -> None:
    assert promising.is_promise(text) is said


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("I will publish it by 30 June 2031.", "30 June 2031"),
        ("I will publish it within three months.", "within three months"),
        ("I will publish it every quarter.", "every quarter"),
        ("I will pay for it in 2031/32.", "2031/32"),
        ("I will do it immediately.", "immediately"),
        ("I will act on the report of 4 March 2031.", ""),
        ("I will monitor this closely.", ""),
    ],
)
def test_a_time_is_a_day_to_come_or_a_period(text: str, when: str) -> None:
    assert promising.when(text, date(2031, 4, 1)) == when


@pytest.mark.parametrize(
    ("text", "owner", "measure"),
    [
        ("I will monitor this closely.", True, False),
        ("Figures will be published.", False, True),
        ("I will publish the share of reviews.", True, True),
        ("I will work with partners.", True, False),
        ("The training will be given by Superintendent Reed.", True, True),
    ],
)
def test_an_owner_and_a_measure_are_told_apart(text: str, owner: bool, measure: bool) -> None:
    assert (promising.has_owner(text), promising.has_measure(text)) == (owner, measure)


def test_the_last_day_named_is_when_it_is_due() -> None:
    text = "From 1 May 2031 I will count them, and report by 30 June 2031."
    assert promising.due(text) == date(2031, 6, 30)
    assert promising.due("I will count them.") is None
