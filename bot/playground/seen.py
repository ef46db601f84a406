"""What a person sees in the local Slack: messages, views, and what went to and from the app."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.playground.wire import Fact

# The key of a view's state under which the answer to each kind of input comes.
_ANSWERS = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "static_select": "selected_option",
    "radio_buttons": "selected_option",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
}


@dataclass(frozen=True)
class Message:
    """A message. ``thread`` is the ts of the message it answers; ``only_for`` names the one person
    that an ephemeral one is meant for, although local-slack shows it to everybody and keeps it.
    ``blocks`` are as they were posted: a missing block_id stays missing.
    """

    channel: str
    ts: str
    user: str
    text: str
    blocks: tuple[Fact, ...]
    thread: str | None
    only_for: str | None
    edited: bool
    reactions: Mapping[str, tuple[str, ...]]
    files: tuple[Fact, ...]


@dataclass(frozen=True)
class View:
    """A modal or a Home as the app published it."""

    id: str
    callback_id: str
    title: str
    blocks: tuple[Fact, ...]
    metadata: str


@dataclass(frozen=True)
class Entry:
    """A line of the log: ``direction`` is to_bot, from_bot or internal; ``kind`` web_api,
    events_api, slash_commands, interactive, ack, files or socket.
    """

    direction: str
    kind: str
    summary: str
    detail: Any


def message(found: Fact) -> Message:
    """A message as the control API gives it."""
    said = {one["name"]: tuple(one["users"]) for one in found.get("reactions", ())}
    return Message(
        channel=found["channel"],
        ts=found["ts"],
        user=found.get("user", ""),
        text=found.get("text") or "",
        blocks=tuple(found.get("blocks") or ()),
        thread=found.get("thread_ts"),
        only_for=found.get("ephemeral_to"),
        edited="edited" in found,
        reactions=said,
        files=tuple(found.get("files", ())),
    )


def view(found: Fact) -> View:
    """A view as the web page is given it."""
    return View(
        id=found["id"],
        callback_id=found.get("callback_id", ""),
        title=(found.get("title") or {}).get("text", ""),
        blocks=tuple(found["blocks"]),
        metadata=found.get("private_metadata", ""),
    )


def entry(found: Fact) -> Entry:
    """A line of the log as the control API gives it."""
    return Entry(found["direction"], found["kind"], found["summary"], found.get("detail"))


def acknowledged(frame: Fact) -> bool:
    """Whether a frame says that the app has answered a press, or that there is no app."""
    if frame["t"] != "log":
        return False
    line = entry(frame["entry"])
    answered = line.direction == "from_bot" and line.kind in ("ack", "interactive")
    return answered or (line.direction == "internal" and line.kind in ("socket", "interactive"))


def pressed(blocks: tuple[Fact, ...], action_id: str, value: str | None) -> Fact:
    """What goes out for an element that is there: a button with its own value, or the option
    ``value`` of a select. LookupError when nobody could press it.
    """
    for block, element in _elements(blocks):
        if element.get("action_id") == action_id and value in (None, *_values(element)):
            kind = element["type"]
            action = {"type": kind, "action_id": action_id, "block_id": block.get("block_id")}
            if kind == "button":
                return action | {"value": element.get("value"), "text": element["text"]}
            return action | {_ANSWERS.get(kind, "selected_option"): _answer(element, value)}
    raise LookupError(f"there is nothing to press with the action {action_id!r}")


def filled(view: View, answers: Mapping[str, Any]) -> Fact:
    """The state of a view whose inputs, by block_id, got these answers: texts and dates as they
    are, options by their value. LookupError when there is no such input or option.
    """
    inputs = {
        block.get("block_id"): block["element"] for block in view.blocks if block["type"] == "input"
    }
    state: Fact = {}
    for name, answer in answers.items():
        if name not in inputs:
            raise LookupError(f"the view has no input {name!r}")
        element = inputs[name]
        kind = element["type"]
        given = {"type": kind, _ANSWERS[kind]: _answer(element, answer)}
        state[name] = {element["action_id"]: given}
    return state


def _elements(blocks: tuple[Fact, ...]) -> Iterator[tuple[Fact, Fact]]:
    for block in blocks:
        accessory = (block["accessory"],) if "accessory" in block else ()
        for element in (*block.get("elements", ()), *accessory):
            yield block, element


def _values(element: Fact) -> list[str]:
    options = [option.get("value") for option in element.get("options", ())]
    return [element["value"], *options] if "value" in element else options


def _answer(element: Fact, answer: Any) -> Any:
    if "options" not in element:
        return answer
    options = {option["value"]: option for option in element["options"]}
    if isinstance(answer, str):
        return options[answer]
    return [options[one] for one in answer]
