"""What waits for a person is the next step that is theirs, by name or by role, and nothing else."""

from datetime import date
from typing import Any

import pytest

from bot.responding import progress, waiting
from bot.responding.waiting import Reader
from bot.store.cases import Case, Step
from tests.bot.responding.cases import case, chief, content

TOM = Reader(("U0TOM", "Tom Garbutt"))
PRIYA = Reader(("U0PRIYA", "Priya"))
OFFICER = Reader(("U0NEW",), ("officer",))
PUBLISHER = Reader(("U0NEW",), ("publisher",))
EARLY, LATE = date(2031, 3, 6), date(2031, 4, 2)
INVITED = (chief(Step.INVITED, date(2031, 3, 7)),)
RECEIVED = (*INVITED, chief(Step.RECEIVED, date(2031, 3, 20)))


def owned(owner: str = "U0TOM", **changes: Any) -> Case:
    return case(content(owner=owner), **changes)


def waits(told: Case, reader: Reader, on: date = EARLY) -> list[str]:
    return waiting.of([progress.of(told, on)], reader)


@pytest.mark.parametrize("owner", ["U0TOM", "Tom Garbutt", " tom garbutt "])
def test_an_owner_is_known_by_id_or_by_name(owner: str) -> None:
    assert waiting.owns(TOM, owned(owner))
    assert not waiting.owns(PRIYA, owned(owner))


def test_a_case_without_owner_is_nobodys_own() -> None:
    assert not waiting.owns(Reader(("", "U0TOM")), owned(""))


def test_the_owner_has_the_next_step_with_its_day() -> None:
    assert waits(owned(), TOM) == [
        "Invite the chief officer to comment, for PEEL 2031: Fernshire Police: "
        "by Saturday 8 March 2031, day 5."
    ]
    assert waits(owned(), PRIYA) == waits(owned(), OFFICER) == []


def test_an_invitation_that_is_not_noted_in_time_is_overdue() -> None:
    (line,) = waits(owned(), TOM, LATE)
    assert line.endswith("overdue since Saturday 8 March 2031, day 5.")


def test_officers_have_what_nobody_has() -> None:
    assert len(waits(owned(""), OFFICER)) == 1
    assert waits(owned(""), TOM) == []


def test_the_chief_officers_step_waits_for_the_owner_once_it_is_due() -> None:
    assert waits(owned(chief=INVITED), TOM, date(2031, 3, 30)) == []
    (line,) = waits(owned(chief=INVITED), TOM, date(2031, 3, 31))
    assert line.startswith("Note whether the chief officer's comments came, for PEEL 2031")


def test_when_the_comments_are_there_drafts_are_next() -> None:
    (line,) = waits(owned(chief=RECEIVED), TOM)
    assert line.startswith("Drafts ready, for PEEL 2031")


def test_items_and_dates_to_confirm_wait_for_officers() -> None:
    proposed = case(content(), confirmed=False)
    undated = case(content(published_confirmed=False))
    assert waits(proposed, OFFICER) == ["Confirm the items of PEEL 2031: Fernshire Police."]
    assert waits(undated, OFFICER)[0].startswith("Confirm the day of publication of PEEL 2031")
    assert waits(proposed, TOM) == waits(undated, TOM) == []


def test_what_is_answered_waits_for_nobody() -> None:
    done = content(owner="U0TOM", response=date(2031, 4, 1), response_confirmed=True)
    assert waits(case(done), TOM, LATE) == []


def test_a_publisher_has_no_step_before_it_is_time_to_publish() -> None:
    assert waits(owned(), PUBLISHER) == []
