"""The few kinds of Slack's blocks that everything shown is made of.

Words are cleaned here: whatever is passed in is text, never mark-up.
"""

from typing import Any

from bot.slack.blocks import limits, text

Block = dict[str, Any]


def words(said: str, *, accessory: Block | None = None, block_id: str = "") -> Block:
    """A stretch of text, exactly as it is; at most ``limits.SECTION``, not empty."""
    block: Block = {"type": "section", "text": label(said), "expand": True}
    if block_id:
        block["block_id"] = block_id
    return block | ({"accessory": accessory} if accessory else {})


def strong(said: str) -> Block:
    """One line in bold; at most ``limits.SECTION - 2`` when escaped, not empty."""
    shown = f"*{text.escaped(text.one_line(said))}*"
    # Without ``verbatim`` Slack looks for names and addresses in it.
    return {
        "type": "section",
        "text": {"type": "mrkdwn", "text": shown, "verbatim": True},
        "expand": True,
    }


def marked(mrkdwn: str) -> Block:
    """Mark-up of our own around words that were made inert; at most ``limits.SECTION``."""
    told = {"type": "mrkdwn", "text": mrkdwn, "verbatim": True}
    return {"type": "section", "text": told, "expand": True}


def heading(said: str) -> Block:
    """A heading of our own."""
    return {"type": "header", "text": label(text.cut(text.one_line(said), limits.HEADER))}


def grey(said: str) -> Block:
    """A small grey line; at most ``limits.SECTION``, not empty."""
    return {"type": "context", "elements": [label(said)]}


def rule() -> Block:
    """A line across."""
    return {"type": "divider"}


def row(block_id: str, buttons: list[Block]) -> Block:
    """Buttons beside each other."""
    return {"type": "actions", "block_id": block_id, "elements": buttons}


def button(said: str, action_id: str, value: str) -> Block:
    """A button; ``value`` is what it says when it is pressed."""
    shown = label(text.cut(text.one_line(said), limits.BUTTON))
    return {"type": "button", "text": shown, "action_id": action_id, "value": value}


def label(said: str) -> Block:
    """Plain text, as every field takes it that does not format."""
    return {"type": "plain_text", "text": text.plain(said), "emoji": False}


def option(said: str, value: str) -> Block:
    """One choice of a list."""
    return {"text": label(said), "value": value}
