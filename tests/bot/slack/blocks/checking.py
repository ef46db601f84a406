"""Whether Slack would take a message or a view, and what a person would read in it."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.slack.blocks import limits
from bot.slack.blocks.message import Message, Profile

PLAIN_TYPES = {"section", "header", "divider", "context", "image", "actions", "input"}
_LOOKS_LIKE = str.maketrans("∗∼ˋ＿∶＠＜＞［］＼＃＋＝）․‐", "*~`_:@<>[]\\#+=).-")
_UNSEEN = set("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
_UNSEEN_FROM_TO = ((0x180B, 0x180F), (0xFE00, 0xFE0F), (0xE0000, 0xE0FFF))
_MEASURES = set(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)


def check_message(message: Message, profile: Profile) -> None:
    """Fail unless Slack takes it: by the SDK's own models, by its sizes, and for its ids."""
    assert 0 < limits.units(message.text) <= limits.MESSAGE_TEXT
    assert message.text.strip()
    check_mrkdwn(message.text)
    if profile is Profile.TEXT:
        assert message.blocks == ()
        return
    assert 0 < len(message.blocks) <= limits.MESSAGE_BLOCKS
    assert "block_id" not in message.blocks[0]
    assert sum(limits.units(one["text"]) for one in texts(message.blocks)) <= 12000
    check_blocks(message.blocks)
    if profile is Profile.PLAIN:
        assert {block["type"] for block in message.blocks} <= PLAIN_TYPES


def check_view(view: dict[str, Any]) -> None:
    """Fail unless Slack takes it as a view."""
    assert View(**view).to_dict() == view
    assert 0 < len(view["blocks"]) <= limits.VIEW_BLOCKS
    check_blocks(view["blocks"])
    for name in ("title", "submit", "close"):
        assert 0 < limits.units(view.get(name, {"text": "x"})["text"]) <= 24
    assert len(view.get("private_metadata", "")) <= limits.METADATA


def check_blocks(blocks: Sequence[dict[str, Any]]) -> None:
    """Fail unless each is valid; the SDK drops what it does not know, so nothing may differ."""
    for block in blocks:
        parsed = Block.parse(block)
        assert parsed is not None
        assert parsed.to_dict() == block
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    assert len(ids) == len(set(ids))
    for block in blocks:
        _check_actions(block)
    for one in texts(blocks):
        _check_text(one)


def _check_actions(block: dict[str, Any]) -> None:
    elements = [*block.get("elements", ()), block.get("accessory", {}), block.get("element", {})]
    names = [one["action_id"] for one in elements if "action_id" in one]
    assert len(names) == len(set(names))
    if block["type"] in ("actions", "context_actions"):
        assert 0 < len(elements) - 2 <= 25
    for button in (one for one in elements if one.get("type") == "button"):
        assert 0 < limits.units(button["text"]["text"]) <= 75
        assert limits.units(button.get("value", "")) <= 2000
    if block["type"] == "header":
        assert 0 < limits.units(block["text"]["text"]) <= 150


def _check_text(one: dict[str, Any]) -> None:
    assert one["text"].strip()
    assert limits.units(one["text"]) <= 3000
    if one["type"] == "mrkdwn":
        assert one["verbatim"] is True
        check_mrkdwn(re.sub(r"^\*(.*)\*$", r"\1", one["text"]))
    else:
        assert one["emoji"] is False
        check_plain(one["text"])


def check_mrkdwn(raw: str) -> None:
    """Fail when anything in it formats, links or calls."""
    assert not re.search("[<>*~`]", raw)
    assert not re.search("&(?!(?:amp|lt|gt);)", raw)
    assert not re.search(r"(?m)^ *&gt;", raw)
    assert not re.search(r"(?<![^\W_])_|_(?![^\W_])", raw)
    assert "://" not in raw
    _check_quiet(raw)


def check_plain(raw: str) -> None:
    """Fail when anything in it would call or link for a client that looks in plain text too."""
    assert not re.search(r"<[@#!]|<https?:", raw)
    _check_quiet(raw)


def _check_quiet(raw: str) -> None:
    assert not re.search(r"@(?:channel|here|everyone)\b", raw, re.IGNORECASE)
    unseen = {sign for sign in raw if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
    assert unseen <= {"\n"} | _MEASURES
    assert not _UNSEEN & set(raw)


def texts(part: Any) -> Iterator[dict[str, Any]]:
    """Every text object in blocks."""
    if isinstance(part, dict):
        if part.get("type") in ("plain_text", "mrkdwn") and "text" in part:
            yield part
        for value in part.values():
            yield from texts(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from texts(value)


def read(messages: Sequence[Message], profile: Profile) -> str:
    """All that is read in the messages, without the buttons, the way ``bare`` makes it."""
    if profile is Profile.TEXT:
        said = [re.sub(r"^\(continued\)\n\n", "", one.text) for one in messages]
        return bare("".join(map(_unescaped, said)))
    blocks = [block for one in messages for block in one.blocks]
    kept = [_without_buttons(block) for block in blocks if not _says_continued(block)]
    return bare("".join(words(one) for one in texts(kept)))


def _says_continued(block: dict[str, Any]) -> bool:
    return bool(block["type"] == "context" and block["elements"][0]["text"] == "continued")


def _without_buttons(block: dict[str, Any]) -> dict[str, Any]:
    if block["type"] in ("actions", "context_actions"):
        return {}
    return {name: value for name, value in block.items() if name != "accessory"}


def words(one: dict[str, Any]) -> str:
    """What is read in a text object; the asterisks of bold are left out."""
    raw = str(one["text"])
    return _unescaped(raw.replace("*", "")) if one["type"] == "mrkdwn" else raw


def _unescaped(raw: str) -> str:
    return raw.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def bare(text: str) -> str:
    """Only what is seen, without white space, each sign in its plainest form."""
    plain = text.translate(_LOOKS_LIKE)
    return "".join(sign for sign in plain if _seen(sign))


def _seen(sign: str) -> bool:
    if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp") or sign in _UNSEEN:
        return False
    return not any(first <= ord(sign) <= last for first, last in _UNSEEN_FROM_TO)


def buttons(messages: Sequence[Message]) -> dict[str, str]:
    """The value of every button by its action id."""
    found = {}
    for block in (block for one in messages for block in one.blocks):
        for element in (*block.get("elements", ()), block.get("accessory", {})):
            if element.get("type") == "button":
                found[element["action_id"]] = element["value"]
    return found
