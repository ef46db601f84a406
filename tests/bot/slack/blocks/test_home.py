from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.responding import progress
from bot.slack.blocks import actions, home
from bot.slack.blocks.cases import Shown
from bot.slack.blocks.home import Home, Recent
from tests.bot.responding.cases import case
from tests.bot.slack.blocks import checking
from tests.bot.slack.blocks.making import hostile

MINE = Shown(progress.of(case(), date(2031, 3, 6)))
NOON = datetime(2031, 7, 1, 11, 30, tzinfo=UTC)
FULL = Home(
    documents=35,
    newest=[("PEEL 2031", date(2031, 3, 4)), ("The letter", None)],
    indexed_at=NOON,
    kinds={"inspection_report": 31, "response": 1, "minutes": 3},
    collections=["public", "office"],
    roles=["policy officer"],
    suggestions=["What waits?", "What did we promise?"],
    recent=[Recent("What of calls?", "answered", NOON, "https://office.example/p1")],
    person_available=True,
    can_add=True,
)


def words(given_home: Home) -> list[str]:
    found = home.view(given_home)
    checking.check_view(found)
    return [one["text"] for one in checking.texts(found["blocks"])]


@pytest.mark.parametrize(
    "said",
    [
        "35 documents: 31 inspection reports, 1 response, 3 minutes.",
        "Last brought up to date on 1 July 2031 at 12:30.",
        "• PEEL 2031, 4 March 2031",
        "• The letter, undated",
        "You are one of those who may add documents.",
        "What waits?",
        "Collections: public, office.",
        "Your roles: policy officer.",
        "What of calls?",
        "answered · 1 July 2031 at 12:30",
        "Reports being answered",
        "“Ask a person” under an answer passes the question on to a colleague.",
    ],
)
def test_home_says(said: str) -> None:
    assert said in words(FULL)


def test_an_empty_home_says_what_is_not_there() -> None:
    said = words(Home())
    assert "Nothing is indexed yet that you may read." in said
    assert "No collection. Ask the people who run Rejoinder for access." in said
    assert "None yet." in said
    assert not any("person" in one or "add documents" in one for one in said)


def test_what_waits_and_ones_own_cases_come_first_with_their_clocks() -> None:
    said = words(replace(FULL, mine=[MINE], waiting=["Invite the chief officer."], cases=["B."]))
    first = ["What waits for you", "• Invite the chief officer.", "My cases"]
    assert said[:3] == first
    assert "*PEEL 2031: Fernshire Police (peel-2031-fernshire)*" in said
    assert "●●┃○──────────○───○──○───○─○○" in said
    assert "B." in said


def test_without_cases_of_ones_own_nothing_is_said_of_them() -> None:
    said = words(replace(FULL, cases=["B."]))
    assert "My cases" not in said
    assert "What waits for you" not in said
    assert "No others." in words(replace(FULL, mine=[MINE]))


def test_what_there_is_no_room_for_is_counted() -> None:
    said = words(replace(FULL, mine=[MINE] * 5, waiting=["Wait."] * 12, cases=["B."] * 30))
    for count in (2, 4, 20):
        assert f"{count} more: /reports lists them all." in said


def test_a_suggestion_is_a_button_that_carries_its_question_whole() -> None:
    long = f"What {'of this ' * 30}?"
    row = _row(replace(FULL, suggestions=[long, "y" * 2001, "What waits?"]))
    assert [one["value"] for one in row["elements"]] == [" ".join(long.split()), "What waits?"]
    assert all(actions.SUGGEST.search(one["action_id"]) for one in row["elements"])


def _row(given_home: Home) -> dict[str, Any]:
    blocks: list[dict[str, Any]] = home.view(given_home)["blocks"]
    return next(block for block in blocks if block["type"] == "actions")


@pytest.mark.parametrize("link", ["", "javascript:alert(1)", f"https://x.example/{'a' * 3000}"])
def test_what_is_no_address_is_no_link(link: str) -> None:
    found = home.view(replace(FULL, recent=[Recent("What?", "answered", NOON, link)]))
    assert not any("accessory" in block for block in found["blocks"])


@settings(max_examples=60, deadline=None)
@given(hostile(), st.integers(0, 150))
def test_any_words_and_any_number_make_a_home_that_slack_takes(text: str, many: int) -> None:
    words(
        Home(
            mine=[replace(MINE, link="https://office.example/p1", names={text: text})] * many,
            waiting=[text] * many,
            cases=[text] * many,
            documents=many,
            newest=[(text, None)] * many,
            indexed_at=NOON,
            kinds={text: many},
            collections=[text] * many,
            roles=[text] * many,
            suggestions=[text] * many,
            recent=[Recent(text, text, NOON, "https://office.example/p1")] * many,
        )
    )
