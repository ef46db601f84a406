"""Block Kit as Slack checks it: by slack_sdk's own models, and by what those let through."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from tests.fakes.slack_state import Facts, Refused

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MESSAGE_TEXT = 13_200
_VIEW_BYTES = 250_000
_TEXT = 3_000
_FIELD = 2_000
_ROWS, _COLUMNS = 100, 20

_ONLY_MESSAGES = frozenset({"context_actions", "markdown", "plan", "table", "task_card"})
_ONLY_PLAIN = frozenset({"close", "hint", "label", "placeholder", "submit", "title"})
_SHORT: dict[str, int] = {"button": 75, "header": 150, "option": 75}
_ELEMENTS = {
    "context": frozenset({"image", "mrkdwn", "plain_text"}),
    "context_actions": frozenset({"feedback_buttons", "icon_button"}),
}
_WORDS = frozenset({"text", "title", "alt_text", "label", "hint"})


def check_message(blocks: list[Facts]) -> None:
    """Refuse blocks that a message may not hold."""
    problems = list(_problems(blocks, MESSAGE_BLOCKS))
    if sum(block.get("type") == "table" for block in blocks if isinstance(block, dict)) > 1:
        problems.append("only_one_table_allowed [json-pointer:/blocks]")
    if problems:
        raise _refusal("invalid_blocks", problems)
    if sum(len(text) for text in _texts(blocks)) > MESSAGE_TEXT:
        raise Refused("msg_blocks_too_long")


def check_view(view: Facts, *kinds: str) -> None:
    """Refuse a view that Slack would not show; ``kinds`` are what may be shown here."""
    problems = [*_shell(view, kinds), *_problems(view.get("blocks"), VIEW_BLOCKS)]
    if not view.get("blocks"):
        problems.append("no fewer than 1 items allowed [json-pointer:/view/blocks]")
    for place, block in enumerate(view.get("blocks") or ()):
        if isinstance(block, dict) and block.get("type") in _ONLY_MESSAGES:
            problems.append(
                f"unsupported type: {block['type']} [json-pointer:/view/blocks/{place}]"
            )
    if problems:
        raise _refusal("invalid_arguments", problems)
    if len(json.dumps(view)) > _VIEW_BYTES:
        raise Refused("view_too_large")


def read(value: Any, error: str = "invalid_blocks_format") -> Any:
    """A value that may have come as JSON in a string."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise Refused(error) from None


def named(blocks: Iterable[Facts], name: str) -> list[Facts]:
    """The blocks with an id each, as Slack stores them; ``name`` makes the ids new."""
    return [{"block_id": f"{name}{place}", **block} for place, block in enumerate(blocks)]


def _refusal(error: str, problems: list[str]) -> Refused:
    told = [f"[ERROR] {problem}" for problem in problems]
    return Refused(error, errors=problems, response_metadata={"messages": told})


def _shell(view: Facts, kinds: tuple[str, ...]) -> Iterator[str]:
    if view.get("type") not in kinds:
        yield f"must be one of {kinds} [json-pointer:/view/type]"
        return
    try:
        View(**{**view, "blocks": [{"type": "divider"}]}).to_dict()
    except (SlackObjectFormationError, TypeError, AttributeError) as error:
        yield f"{error} [json-pointer:/view]"
    if view["type"] == "modal" and not view.get("title"):
        yield "missing required field: title [json-pointer:/view]"
    inputs = [one for one in view.get("blocks") or () if one.get("type") == "input"]
    if view["type"] == "modal" and inputs and not view.get("submit"):
        yield "missing required field: submit [json-pointer:/view]"
    yield from _wrong_text({name: view.get(name) for name in ("title", "submit", "close")}, "/view")


def _problems(blocks: Any, limit: int) -> Iterator[str]:
    if not isinstance(blocks, list) or not all(isinstance(one, dict) for one in blocks):
        yield "must provide an array of blocks [json-pointer:/blocks]"
        return
    if len(blocks) > limit:
        yield f"no more than {limit} items allowed [json-pointer:/blocks]"
    for place, block in enumerate(blocks):
        yield from _wrong_block(block, f"/blocks/{place}")
    ids = [block["block_id"] for block in blocks if block.get("block_id")]
    if len(set(ids)) < len(ids):
        yield "block_id must be unique [json-pointer:/blocks]"


def _wrong_block(block: Facts, pointer: str) -> Iterator[str]:
    try:
        parsed = Block.parse(block)
        whole = parsed.to_dict() if parsed else None
    except (SlackObjectFormationError, TypeError, AttributeError, KeyError, ValueError) as error:
        yield f"{error} [json-pointer:{pointer}]"
        return
    if whole is None:
        yield f"unsupported type: {block.get('type')} [json-pointer:{pointer}]"
        return
    yield from _lost(block, whole, pointer)
    yield from _wrong_text(block, pointer)
    yield from _wrong_table(block, pointer)
    yield from _wrong_elements(block, pointer)


def _lost(given: Any, kept: Any, pointer: str) -> Iterator[str]:
    """What the models dropped: unknown properties and elements, and what is empty."""
    if isinstance(given, dict):
        for name, value in given.items():
            if not isinstance(kept, dict) or name not in kept:
                yield f"not allowed or empty: {name} [json-pointer:{pointer}]"
            else:
                yield from _lost(value, kept[name], f"{pointer}/{name}")
    elif isinstance(given, list | tuple):
        for place, (one, other) in enumerate(zip(given, kept or (), strict=False)):
            yield from _lost(one, other, f"{pointer}/{place}")


def _wrong_text(part: Any, pointer: str, inside: str = "") -> Iterator[str]:
    """Text objects of the wrong kind or length, however deep."""
    if isinstance(part, list):
        for place, one in enumerate(part):
            yield from _wrong_text(one, f"{pointer}/{place}", inside)
    if not isinstance(part, dict):
        return
    kind = str(part.get("type", "option" if "value" in part else ""))
    for name, value in part.items():
        if isinstance(value, dict) and value.get("type") in ("plain_text", "mrkdwn"):
            yield from _wrong_object(name, value, kind, f"{pointer}/{name}")
        else:
            yield from _wrong_text(value, f"{pointer}/{name}", name)
    if kind in ("plain_text", "mrkdwn") and inside in ("fields", "elements"):
        longest = _FIELD if inside == "fields" else _TEXT
        if not 0 < len(part["text"]) <= longest:
            yield f"must be 1 to {longest} characters [json-pointer:{pointer}/text]"


def _wrong_object(name: str, value: Facts, holder: str, pointer: str) -> Iterator[str]:
    plain = name in _ONLY_PLAIN or holder in ("button", "header") or "confirm" in pointer
    if plain and value["type"] != "plain_text" and not (name == "text" and "confirm" in pointer):
        yield f"must be plain_text [json-pointer:{pointer}/type]"
    text = value.get("text")
    longest = _SHORT.get(holder, _TEXT)
    if not isinstance(text, str) or not 0 < len(text) <= longest:
        yield f"must be 1 to {longest} characters [json-pointer:{pointer}/text]"


def _wrong_table(block: Facts, pointer: str) -> Iterator[str]:
    rows = block.get("rows") if block["type"] == "table" else None
    if rows and (len(rows) > _ROWS or max(map(len, rows)) > _COLUMNS):
        yield f"no more than {_ROWS} rows of {_COLUMNS} cells [json-pointer:{pointer}/rows]"


def _wrong_elements(block: Facts, pointer: str) -> Iterator[str]:
    elements = [one for one in block.get("elements", ()) if isinstance(one, dict)]
    ids = [one["action_id"] for one in elements if one.get("action_id")]
    if len(set(ids)) < len(ids):
        yield f"action_id must be unique in a block [json-pointer:{pointer}/elements]"
    allowed = _ELEMENTS.get(block["type"])
    for place, one in enumerate(elements):
        if allowed and one.get("type") not in allowed:
            yield f"unsupported element [json-pointer:{pointer}/elements/{place}]"


def _texts(part: Any, name: str = "") -> Iterator[str]:
    """Every string that is shown: the texts, not ids, values or addresses."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield from _texts(value, key)
    elif isinstance(part, list):
        for one in part:
            yield from _texts(one, name)
    elif isinstance(part, str) and name in _WORDS:
        yield part
