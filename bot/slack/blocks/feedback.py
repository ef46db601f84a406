"""Why an answer did not help: the modal that asks, and what was said in it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from bot.slack.blocks import kit, limits
from bot.slack.blocks.kit import Block

CALLBACK = "feedback"


class Reason(StrEnum):
    """What was the matter with an answer."""

    WRONG = "wrong"
    NOT_ASKED = "not_asked"
    NO_SOURCE = "no_source"
    TOO_LONG = "too_long"
    OTHER = "other"


_WORDS = {
    Reason.WRONG: "Wrong or misleading",
    Reason.NOT_ASKED: "Not what I asked",
    Reason.NO_SOURCE: "A source is missing",
    Reason.TOO_LONG: "Too long",
    Reason.OTHER: "Something else",
}


def view(key: str) -> Block:
    """The modal; the answer's key is in its ``private_metadata``."""
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": key,
        "title": kit.label("Not helpful"),
        "submit": kit.label("Send"),
        "close": kit.label("Cancel"),
        "blocks": [_reason(), _words()],
    }


def read(values: Mapping[str, Any]) -> tuple[Reason | None, str]:
    """The reason, None when none was chosen, and the words, from a submitted view's values."""
    chosen = (_field(values, "reason").get("selected_option") or {}).get("value")
    reason = Reason(chosen) if chosen in set(Reason) else None
    return reason, str(_field(values, "words").get("value") or "").strip()


def _field(values: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return (values.get(name) or {}).get(name) or {}


def _reason() -> Block:
    choices = [kit.option(words, reason.value) for reason, words in _WORDS.items()]
    # No radio buttons: some clients show no other choice than this one.
    chooser = {"type": "static_select", "action_id": "reason", "options": choices}
    return {
        "type": "input",
        "block_id": "reason",
        "label": kit.label("What was the matter?"),
        "element": chooser,
    }


def _words() -> Block:
    return {
        "type": "input",
        "block_id": "words",
        "optional": True,
        "label": kit.label("In your words"),
        "element": {
            "type": "plain_text_input",
            "action_id": "words",
            "max_length": limits.INPUT,
        },
    }
