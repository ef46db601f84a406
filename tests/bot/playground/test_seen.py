"""What can be pressed and what can be filled in."""

from typing import Any

import pytest

from bot.playground import seen
from bot.playground.seen import View

BUTTON = {
    "type": "button",
    "action_id": "approve",
    "value": "7",
    "text": {"type": "plain_text", "text": "Approve"},
}
OPTIONS = [
    {"value": one, "text": {"type": "plain_text", "text": one}} for one in ("accept", "refuse")
]
SELECT = {"type": "static_select", "action_id": "decide", "options": OPTIONS}
INPUTS: dict[str, dict[str, Any]] = {
    "text": {"type": "plain_text_input", "action_id": "a"},
    "date": {"type": "datepicker", "action_id": "a"},
    "choice": SELECT,
    "choices": {"type": "checkboxes", "action_id": "a", "options": OPTIONS},
    "person": {"type": "users_select", "action_id": "a"},
}
FORM = View(
    id="V1",
    callback_id="form",
    title="Edit",
    metadata="",
    blocks=tuple(
        {"type": "input", "block_id": name, "element": element} for name, element in INPUTS.items()
    ),
)


@pytest.mark.parametrize(
    "block",
    [
        {"type": "actions", "block_id": "b", "elements": [SELECT, BUTTON]},
        {"type": "section", "block_id": "b", "accessory": BUTTON},
    ],
)
def test_a_button_goes_out_as_it_stands(block: dict[str, Any]) -> None:
    assert seen.pressed((block,), "approve", None) == {**BUTTON, "block_id": "b"}


def test_a_choice_goes_out_as_its_option() -> None:
    block = {"type": "actions", "block_id": "b", "elements": [SELECT]}
    found = seen.pressed((block,), "decide", "refuse")
    assert (found["type"], found["selected_option"]) == ("static_select", OPTIONS[1])


@pytest.mark.parametrize(("action", "value"), [("approve", "8"), ("publish", None)])
def test_what_does_not_stand_there_is_not_pressed(action: str, value: str | None) -> None:
    with pytest.raises(LookupError, match="nothing to press"):
        seen.pressed(({"type": "actions", "elements": [BUTTON]},), action, value)


def test_of_two_buttons_with_one_action_the_value_says_which() -> None:
    other = BUTTON | {"value": "8"}
    block = {"type": "actions", "elements": [BUTTON, other]}
    assert seen.pressed((block,), "approve", "8")["value"] == "8"


@pytest.mark.parametrize(
    ("name", "answer", "given"),
    [
        ("text", "We will.", {"value": "We will."}),
        ("date", "2024-02-01", {"selected_date": "2024-02-01"}),
        ("choice", "accept", {"selected_option": OPTIONS[0]}),
        ("choices", ["refuse"], {"selected_options": [OPTIONS[1]]}),
        ("person", "U0TOM", {"selected_user": "U0TOM"}),
    ],
)
def test_each_kind_of_input_is_answered_in_its_own_form(
    name: str, answer: Any, given: dict[str, Any]
) -> None:
    element = INPUTS[name]
    expected = {name: {element["action_id"]: {"type": element["type"]} | given}}
    assert seen.filled(FORM, {name: answer}) == expected


@pytest.mark.parametrize("answers", [{"nothing": "x"}, {"choice": "perhaps"}])
def test_an_answer_that_fits_nothing_is_refused(answers: dict[str, Any]) -> None:
    with pytest.raises(LookupError):
        seen.filled(FORM, answers)
