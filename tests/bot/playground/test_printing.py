from typing import Any

import pytest

from bot.playground import printing
from bot.playground.seen import Message


def said(*blocks: dict[str, Any], text: str = "") -> list[str]:
    shown = Message("C1", "1.0", "U1", text, blocks, None, None, False, {}, ())
    return list(printing.message(shown))


def section(words: str, kind: str = "plain_text") -> dict[str, Any]:
    return {"type": "section", "text": {"type": kind, "text": words}}


def button(words: str) -> dict[str, Any]:
    return {"type": "button", "text": {"type": "plain_text", "text": words}}


@pytest.mark.parametrize(
    ("line", "wrapped"),
    [
        ("", [""]),
        ("  short", ["  short"]),
        ("  " + "word " * 20, ["  " + " ".join(["word"] * 17), "  word word word"]),
    ],
)
def test_a_long_line_goes_on_as_far_in_as_it_began(line: str, wrapped: list[str]) -> None:
    assert list(printing.wrapped(line)) == wrapped


def test_no_two_empty_lines_stand_together() -> None:
    lines = list(printing.block(["", "", "one", "", " ", "two"]))
    assert lines == ["    one", "", "    two"]


def test_a_message_without_blocks_is_its_text() -> None:
    assert said(text="R&amp;D\n&lt;5") == ["    R&D", "    <5"]


def test_headings_notes_and_buttons_stand_apart() -> None:
    actions = {"type": "actions", "elements": [button("Yes"), button("Not at all")]}
    notes = [
        {"type": "context", "elements": [{"type": "plain_text", "text": text}]} for text in "ab"
    ]
    lines = said(section("*Found &amp; read*", "mrkdwn"), section("It is."), *notes, actions)
    assert lines == [
        "    Found & read",
        "    It is.",
        "",
        "    a",
        "    b",
        "",
        "    [Yes]  [Not at all]",
    ]


def test_the_words_of_a_button_stay_together() -> None:
    actions = {"type": "actions", "elements": [button("Share with all")] * 6}
    assert all(line.endswith("[Share with all]") for line in said(actions))
