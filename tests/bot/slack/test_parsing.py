"""Slack's events become questions; what only looks like one is told apart."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.slack import parsing
from bot.slack.blocks import actions
from bot.store.asking import LONGEST_KEY, Place
from tests.builders import NOW

BOT = "U0BOT"
MENTION = {"channel": "C1", "ts": "1788000000.000100", "user": "U1", "text": "<@U0BOT> Why?"}
COMMAND = {
    "channel_id": "C1", "user_id": "U1", "team_id": "T1", "text": "Why?",
    "trigger_id": "12.34.ab", "response_url": "https://hooks.example.org/1",
}  # fmt: skip


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("<@U0BOT> what was promised?", "what was promised?"),
        ("what <@U0BOT> was promised?", "what was promised?"),
        ("<@U0BOT|rejoinder>  what\n\nwas   promised?", "what was promised?"),
        ("R&amp;D &lt;5 &gt;4", "R&D <5 >4"),
        ("see <https://example.org/a|this report> and <https://example.org>",
         "see this report and https://example.org"),
        ("in <#C123|policing>?", "in #policing?"),
        ("call <!here> <!channel>", "call"),
        ("<@U0BOT>", ""),
        ("   ", ""),
        ("what\u200b was\u202e promised\u2066?", "what was promised?"),
    ],
)  # fmt: skip
def test_the_words_of_a_message_are_what_a_person_typed(written: str, asked: str) -> None:
    assert parsing.asked(written, BOT) == asked


def test_a_pasted_report_is_asked_as_far_as_a_question_goes() -> None:
    assert parsing.asked("word " * 5000) == ("word " * 400)[: parsing.LONGEST]


@pytest.mark.parametrize(
    ("written", "named", "for_others"),
    [
        ("<@U0BOT> why?", True, False),
        ("<@U0BOT|rejoinder> why?", True, False),
        ("<@U0PRIYA> could you look?", False, True),
        ("<@U0PRIYA> <@U0BOT> why?", True, False),
        ("why?", False, False),
        ("<@U0BOTHER> why?", False, True),
        ("&lt;@U0BOT&gt; why?", False, False),
    ],
)
def test_a_message_names_the_bot_or_somebody_else(
    written: str, named: bool, for_others: bool
) -> None:
    assert parsing.mentions(written, BOT) is named
    assert parsing.is_for_others(written, BOT) is for_others


@pytest.mark.parametrize(
    "words",
    ["thanks", "Thanks!", "Thank you very much.", "ok great", "Cheers, all", "many thanks",
     "Perfect, thank you", "Got it, thanks.", "OK, noted", "thanks for that"],
)  # fmt: skip
def test_thanks_are_no_question(words: str) -> None:
    assert parsing.is_courtesy(words)


@pytest.mark.parametrize(
    "words",
    ["", "Thanks, and in 2023?", "ok but why?", "What is noted about custody?", "tasers",
     "okay to publish?", "great expectations", "Thanks for what?"],
)  # fmt: skip
def test_a_question_that_begins_with_thanks_is_a_question(words: str) -> None:
    assert not parsing.is_courtesy(words)


def test_both_events_of_a_mention_give_the_same_question() -> None:
    told = parsing.from_message(MENTION | {"type": "app_mention"}, "T1", BOT, NOW)
    also = parsing.from_message(MENTION | {"channel_type": "channel"}, "T1", BOT, NOW)
    assert told == also
    assert (told.key, told.thread, told.text) == ("q:C1:1788000000.000100", MENTION["ts"], "Why?")
    assert told.asked_at == datetime.fromtimestamp(1788000000.0001, UTC)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, ("C1", "1788000000.000100", Place.CHANNEL, "U1")),
        ({"thread_ts": "5.0"}, ("C1", "5.0", Place.CHANNEL, "U1")),
        ({"channel": "D1"}, ("D1", "1788000000.000100", Place.DIRECT, "U1")),
        ({"channel_type": "im"}, ("C1", "1788000000.000100", Place.DIRECT, "U1")),
        ({"channel_type": "mpim"}, ("C1", "1788000000.000100", Place.CHANNEL, "U1")),
        ({"user": None, "bot_id": "B9"}, ("C1", "1788000000.000100", Place.CHANNEL, "B9")),
    ],
)
def test_a_question_knows_where_it_was_asked_and_by_whom(
    more: dict[str, Any], expected: tuple[str, str, Place, str]
) -> None:
    asked = parsing.from_message(MENTION | more, "T1", BOT, NOW)
    assert (asked.channel, asked.thread, asked.place, asked.person) == expected


def test_a_person_of_another_workspace_keeps_their_team() -> None:
    assert parsing.from_message(MENTION | {"user_team": "T2"}, "T1", BOT, NOW).team == "T2"


def test_a_command_is_asked_in_private() -> None:
    asked = parsing.from_command(COMMAND, NOW)
    assert (asked.key, asked.place) == ("c:C1:12.34.ab", Place.PRIVATE)
    assert (asked.thread, asked.message, asked.asked_at) == ("", "", NOW)
    assert asked.reply_url == COMMAND["response_url"]


def test_the_key_of_a_command_can_be_carried_by_a_button_whatever_slack_sends() -> None:
    asked = parsing.from_command(COMMAND | {"trigger_id": "a|b#c " * 100}, NOW)
    assert actions.key(asked.key) == asked.key
    assert len(asked.key) < LONGEST_KEY


@pytest.mark.parametrize("ts", ["", "soon", "nan", "inf", "1e300"])
def test_what_is_no_time_is_none(ts: str) -> None:
    assert parsing.moment(ts) is None


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("help", True), ("Help me please!", True), ("Hello", True), ("hi there.", True),
        ("How does this work?", True), ("What can you do?", True),
        ("help for victims of stalking", False), ("", False),
    ],
)  # fmt: skip
def test_a_greeting_asks_how_to_begin(text: str, asks: bool) -> None:
    assert parsing.asks_for_help(text) is asks
