"""A reminder calls people by their ids and by nothing else, and Slack takes it in every profile."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.responding import progress, reminders
from bot.responding.progress import Progress
from bot.responding.reminders import Reminder
from bot.slack.blocks import reminders as blocks
from bot.slack.blocks.message import Message, Profile
from tests.bot.responding.cases import case, content
from tests.bot.slack.blocks import checking
from tests.bot.slack.blocks.making import hostile

LINK = "https://office.slack.example/archives/C1/p1"
CALLED = re.compile(rf"<@U0\w+>|<!subteam\^S0\w+>|<{re.escape(LINK)}\|Open the thread>")


def told(on: int, title: str = "PEEL 2031", owner: str = "U0TOM") -> Progress:
    return progress.of(case(content(title=title, owner=owner)), date(2031, 4, on))


def due(of: Progress) -> tuple[Reminder, ...]:
    now = datetime.combine(of.on, datetime.min.time(), UTC).replace(hour=12)
    return reminders.due(of, (), now, 9)


def checked(messages: Sequence[Message], profile: Profile) -> str:
    """The text of all, when Slack takes them and nothing else than we mean is called or linked."""
    for one in messages:
        quiet = tuple(_quiet(block) for block in one.blocks)
        checking.check_message(replace(one, text=CALLED.sub("x", one.text), blocks=quiet), profile)
    return "\n".join(one.text for one in messages)


def _quiet(block: dict[str, object]) -> dict[str, object]:
    said = block.get("text")
    if not isinstance(said, dict):
        return block
    return block | {"text": said | {"text": CALLED.sub("x", said["text"])}}


@pytest.mark.parametrize("profile", Profile)
def test_it_says_where_the_clock_stands_what_is_due_and_who_has_it(profile: Profile) -> None:
    of = told(27)
    also = ["U0TOM", "U0PRIYA", "S0REVIEWERS", "U0PRIYA"]
    text = checked(blocks.messages(of, due(of)[-2:], also, profile, link=LINK), profile)
    assert text.split("\n\n") == [
        "Reminder: PEEL 2031 (peel-2031-fernshire)",
        "Day 55 of 56 · publish by Monday 28 April 2031",
        "Last day: tomorrow, Monday 28 April 2031, day 56.",
        "1 day is left.",
        "Owner: <@U0TOM>. Who can review and publish: <@U0PRIYA>, <!subteam^S0REVIEWERS>.",
        f"<{LINK}|Open the thread>",
    ]


@pytest.mark.parametrize("profile", Profile)
def test_where_it_may_not_be_named_there_is_neither_title_nor_name(profile: Profile) -> None:
    of = told(27)
    text = checked(blocks.unnamed(of, due(of), [], profile), profile)
    assert text.startswith(blocks.UNNAMED)
    assert text.endswith(blocks.HIDDEN)
    assert "peel" not in text.lower()
    assert "1 day is left." in text


def test_nobody_is_said_to_have_it_when_nobody_does() -> None:
    of = told(1, owner="")
    text = checked(blocks.messages(of, due(of), [], Profile.PLAIN), Profile.PLAIN)
    assert "Nobody has this report yet." in text


@settings(max_examples=50)
@given(title=hostile(3000), owner=hostile(3000), profile=st.sampled_from(Profile))
def test_a_title_or_a_name_calls_nobody(title: str, owner: str, profile: Profile) -> None:
    of = told(27, title=title, owner=owner)
    text = checked(blocks.messages(of, due(of), ["U0PRIYA"], profile), profile)
    assert CALLED.findall(text) == ["<@U0PRIYA>"]


@pytest.mark.parametrize("id", ["U0TOM", "W0TOM"])
def test_an_id_is_told_from_a_name(id: str) -> None:
    assert blocks.is_person(id)
    assert not any(map(blocks.is_person, ["", "S0GROUP", "Una", "UNA B", f"{id}>", f"<@{id}>"]))
