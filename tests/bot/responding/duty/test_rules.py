"""The records of rules, and which version a date chooses."""

from dataclasses import replace
from datetime import date

import pytest

from bot.responding.duty.rules import RULES, S55, STATED_DATE, Regime, Rule, Unit, rule

FIRST = replace(S55, valid_from=date(2017, 5, 2), valid_to=date(2028, 5, 3))
SECOND = replace(S55, length=42, valid_from=date(2028, 5, 4), valid_to=date(2030, 12, 31))
VERSIONS = (SECOND, STATED_DATE, FIRST)


def test_every_regime_has_a_rule() -> None:
    assert {one.regime for one in RULES} == set(Regime)


def test_the_law_counts_56_days_with_the_day_of_publication_and_never_rolls_over() -> None:
    assert (S55.length, S55.unit, S55.inclusive, S55.rolls_over) == (56, Unit.DAYS, True, False)


def test_the_law_names_its_parts_and_where_copies_go() -> None:
    named = [one.provision.removeprefix("section ") for one in S55.parts]
    assert named == ["55(4)", "55(5)(a)", "55(5)(b)", "55(5)(c)", "55(5B)"]
    assert S55.recipients == ("the inspectors of constabulary", "the Secretary of State")


@pytest.mark.parametrize(
    ("on", "in_force"),
    [
        (date(2017, 5, 1), False),
        (date(2017, 5, 2), True),
        (date(2028, 5, 3), True),
        (date(2028, 5, 4), False),
    ],
)
def test_the_first_and_the_last_day_of_validity_are_in_force(on: date, in_force: bool) -> None:
    assert FIRST.in_force(on) is in_force


def test_a_rule_without_dates_is_always_in_force() -> None:
    assert STATED_DATE.in_force(date.min)
    assert STATED_DATE.in_force(date.max)


@pytest.mark.parametrize(
    ("published", "chosen"),
    [
        (date(2017, 3, 2), FIRST),
        (date(2017, 5, 2), FIRST),
        (date(2028, 5, 3), FIRST),
        (date(2028, 5, 4), SECOND),
        (date(2031, 1, 1), SECOND),
    ],
)
def test_the_day_of_publication_chooses_the_version(published: date, chosen: Rule) -> None:
    assert rule(Regime.S55, published, VERSIONS) is chosen


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.regime)
def test_no_sentence_for_a_response_has_an_unknown_gap(one: Rule) -> None:
    said = one.sentence.format(published="2 March 2031", last_day="26 April 2031")
    assert "2 March 2031" in said
    assert "26 April 2031" in said


def test_no_old_number_of_days_stands_in_the_sentence_of_the_law() -> None:
    assert "56 days beginning with the day on which the report was published" in S55.sentence
    assert "30 days" not in S55.sentence
