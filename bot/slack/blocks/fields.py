"""The fields of a window, and what was put into them; block and action have one name."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.slack.blocks import kit, limits, text
from bot.slack.blocks.kit import Block

BAD_DATE = "Write the date as year-month-day, such as 2023-12-08."
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_HINT = 300


def line(name: str, label: str, said: str, most: int, *, hint: str = "", optional: bool = False
) -> Block:  # fmt: skip
    """One line to type; what is proposed is cut to ``most`` characters."""
    element: Block = {"type": "plain_text_input", "action_id": name, "max_length": most}
    if proposed := fitted(said, most):
        element["initial_value"] = proposed
    return field(name, label, element, hint=hint, optional=optional)


def paragraph(name: str, label: str, said: str, *, hint: str = "", optional: bool = False) -> Block:
    """Several lines to type; ``said`` is at most ``limits.INPUT``."""
    element: Block = {"type": "plain_text_input", "action_id": name, "multiline": True}
    if proposed := text.plain(said).strip():
        element["initial_value"] = proposed
    return field(name, label, element, hint=hint, optional=optional)


def choice(name: str, label: str, choices: Mapping[str, str], first: str, *, hint: str = ""
) -> Block:  # fmt: skip
    """One of several; nothing is chosen beforehand where ``first`` is none of them."""
    options = {one: kit.option(text.cut(said, limits.BUTTON), one) for one, said in choices.items()}
    element: Block = {"type": "static_select", "action_id": name, "options": [*options.values()]}
    if first in options:
        element["initial_option"] = options[first]
    return field(name, label, element, hint=hint)


def day(name: str, label: str, on: date | None, *, picks: bool, hint: str = "",
    optional: bool = True,
) -> Block:  # fmt: skip
    """A date, picked, or typed where Slack has no picker."""
    kind = "datepicker" if picks else "plain_text_input"
    element: Block = {"type": kind, "action_id": name}
    if not picks:
        element["max_length"] = 10
    if on:
        element["initial_date" if picks else "initial_value"] = on.isoformat()
    shown = label if picks else f"{label} (year-month-day)"
    return field(name, shown, element, hint=hint, optional=optional)


def field(
    name: str, label: str, element: Block, *, hint: str = "", optional: bool = False
) -> Block:
    """A field with its label; a hint of over 300 characters is cut."""
    return {
        "type": "input",
        "block_id": name,
        "label": kit.label(text.cut(text.one_line(label), limits.HEADER)),
        "element": element,
        **({"hint": kit.label(text.cut(text.one_line(hint), _HINT))} if hint else {}),
        **({"optional": True} if optional else {}),
    }


def window(
    callback: str, title: str, submit: str, blocks: Sequence[Block], private_metadata: str
) -> Block:
    """A window with a button that sends it off."""
    return {
        "type": "modal",
        "callback_id": callback,
        "private_metadata": private_metadata,
        "title": kit.label(title),
        "submit": kit.label(submit),
        "close": kit.label("Cancel"),
        "blocks": [*blocks],
    }


def said(values: Mapping[str, Any], name: str) -> str | None:
    """What a field says, None for null."""
    found = (values.get(name) or {}).get(name) or {}
    chosen = (found.get("selected_option") or {}).get("value")
    told = chosen or found.get("selected_date") or found.get("value")
    return None if told is None else str(told)


def read_day(told: str) -> date | None:
    """The date that was put in, None for nothing. ValueError for no date."""
    words = told.strip()
    if not words:
        return None
    # ``fromisoformat`` alone would take weeks and days without hyphens too.
    return date.fromisoformat(words if _DATE.fullmatch(words) else "")


def fitted(told: str, most: int) -> str:
    """Words on one line, as long as a field takes them."""
    return text.one_line(told)[:most].strip()
