"""Asking about somebody's message: the modal of the shortcut, and what was asked in it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from bot.slack.blocks import kit, limits, text
from bot.slack.blocks.kit import Block

CALLBACK = "ask_about"


class Where(StrEnum):
    """Where the answer goes."""

    THREAD = "thread"
    ME = "me"


_WORDS = {Where.THREAD: "In the thread of the message", Where.ME: "Only to me"}


def view(proposed: str, private_metadata: str = "") -> Block:
    """The modal, with a question proposed (a message's text; ``text.typed`` makes it plain).

    ``private_metadata`` is the listener's own, at most ``limits.METADATA``.
    """
    question = text.cut(text.one_line(proposed), limits.INPUT)
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": private_metadata,
        "title": kit.label("Ask about this"),
        "submit": kit.label("Ask"),
        "close": kit.label("Cancel"),
        "blocks": [_question(question), _where()],
    }


def read(values: Mapping[str, Any], proposed: str) -> tuple[str, bool]:
    """The question, and whether the answer is only for the person who asks.

    A field that nobody touched may come back as null: it is as it was proposed.
    """
    question = _field(values, "question").get("value")
    chosen = (_field(values, "where").get("selected_option") or {}).get("value")
    return text.one_line(proposed if question is None else str(question)), chosen == Where.ME


def _field(values: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return (values.get(name) or {}).get(name) or {}


def _question(question: str) -> Block:
    element: Block = {
        "type": "plain_text_input",
        "action_id": "question",
        "max_length": limits.INPUT,
    }
    if question:
        element["initial_value"] = question
    return {
        "type": "input",
        "block_id": "question",
        "label": kit.label("Question"),
        "element": element,
    }


def _where() -> Block:
    choices = {one: kit.option(words, one.value) for one, words in _WORDS.items()}
    return {
        "type": "input",
        "block_id": "where",
        "label": kit.label("Where to answer"),
        "element": {
            "type": "static_select",
            "action_id": "where",
            "options": list(choices.values()),
            "initial_option": choices[Where.THREAD],
        },
    }
