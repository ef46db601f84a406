from typing import Any

import pytest

from tests.fakes.slack_blocks import MESSAGE_TEXT, check_message, check_view, named
from tests.fakes.slack_state import Refused

Block = dict[str, Any]


def mrkdwn(text: str = "x") -> Block:
    return {"type": "mrkdwn", "text": text}


def plain(text: str = "x") -> Block:
    return {"type": "plain_text", "text": text, "emoji": True}


def section(text: str = "x", **more: Any) -> Block:
    return {"type": "section", "text": mrkdwn(text), **more}


def header(text: str = "x") -> Block:
    return {"type": "header", "text": plain(text)}


def context(*elements: Block) -> Block:
    return {"type": "context", "elements": list(elements)}


def button(text: str = "Show", action_id: str = "show", **more: Any) -> Block:
    return {"type": "button", "action_id": action_id, "text": plain(text), **more}


def actions(*elements: Block) -> Block:
    return {"type": "actions", "elements": list(elements)}


def table(rows: int = 1, columns: int = 1, text: str = "x") -> Block:
    cell = {"type": "raw_text", "text": text}
    return {"type": "table", "rows": [[cell] * columns] * rows}


def select(*options: str) -> Block:
    listed = [{"text": plain(one), "value": "v"} for one in options]
    return {"type": "static_select", "action_id": "reason", "options": listed}


def entry(**more: Any) -> Block:
    typed = {"type": "plain_text_input", "action_id": "words"}
    return {"type": "input", "block_id": "words", "label": plain("Words"), "element": typed, **more}


def feedback(**more: Any) -> Block:
    both = {"positive_button": {"text": plain("Helpful"), "value": "helpful|k"},
            "negative_button": {"text": plain("Not"), "value": "not_helpful|k"}}  # fmt: skip
    element = {"type": "feedback_buttons", "action_id": "feedback", **both, **more}
    return {"type": "context_actions", "elements": [element]}


CONFIRM = {"title": plain("Share"), "text": mrkdwn("Sure?"), "confirm": plain("Yes"),
           "deny": plain("No")}  # fmt: skip

RIGHT: list[list[Block]] = [
    [section("x" * 3000)],
    [section(accessory=button(value="v" * 2000, style="primary", confirm=CONFIRM))],
    [{"type": "section", "fields": [mrkdwn("x" * 2000)] * 6}],
    [header("x" * 150), {"type": "divider"}],
    [context(mrkdwn("x" * 1000), *[plain()] * 9)],
    [context({"type": "image", "image_url": "https://example.org/a.png", "alt_text": "a"})],
    [actions(*(button("x" * 75, f"a{n}") for n in range(25)))],
    [actions(button(), select("One", "Two"))],
    [actions(button()), actions(button())],
    [feedback()],
    [table(100, 20, "x")],
    [{"type": "markdown", "text": "**Three** reports"}],
    [{"type": "image", "image_url": "https://example.org/a.png", "alt_text": "a"}],
    [{"type": "rich_text", "elements": [
        {"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}]}],
    [{"type": "divider"}] * 50,
    [section("x" * 2640)] * 5,
    [entry(), {**entry(optional=True), "block_id": "more"}],
]  # fmt: skip


@pytest.mark.parametrize("blocks", RIGHT)
def test_what_slack_takes_is_taken(blocks: list[Block]) -> None:
    check_message(blocks)


WRONG: dict[str, tuple[list[Any], str]] = {
    "section too long": ([section("x" * 3001)], "invalid_blocks"),
    "section empty": ([section("")], "invalid_blocks"),
    "section without text": ([{"type": "section"}], "invalid_blocks"),
    "field too long": ([{"type": "section", "fields": [mrkdwn("x" * 2001)]}], "invalid_blocks"),
    "fields too many": ([{"type": "section", "fields": [mrkdwn()] * 11}], "invalid_blocks"),
    "header too long": ([header("x" * 151)], "invalid_blocks"),
    "header not plain": ([{"type": "header", "text": mrkdwn()}], "invalid_blocks"),
    "context too many": ([context(*[mrkdwn()] * 11)], "invalid_blocks"),
    "context none": ([context()], "invalid_blocks"),
    "context empty text": ([context(mrkdwn(""))], "invalid_blocks"),
    "context a button": ([context(button())], "invalid_blocks"),
    "context actions a button": ([{"type": "context_actions", "elements": [button()]}],
                                 "invalid_blocks"),
    "actions too many": ([actions(*(button("x", f"a{n}") for n in range(26)))], "invalid_blocks"),
    "actions none": ([actions()], "invalid_blocks"),
    "actions without elements": ([{"type": "actions"}], "invalid_blocks"),
    "button too long": ([actions(button("x" * 76))], "invalid_blocks"),
    "button not plain": ([actions({**button(), "text": mrkdwn()})], "invalid_blocks"),
    "accessory too long": ([section(accessory=button("x" * 76))], "invalid_blocks"),
    "value too long": ([actions(button(value="v" * 2001))], "invalid_blocks"),
    "style unknown": ([actions(button(style="huge"))], "invalid_blocks"),
    "option too long": ([actions(select("x" * 76))], "invalid_blocks"),
    "option none": ([actions(select())], "invalid_blocks"),
    "action twice": ([actions(button(), button())], "invalid_blocks"),
    "block twice": ([section(block_id="a"), section(block_id="a")], "invalid_blocks"),
    "block id too long": ([section(block_id="a" * 256)], "invalid_blocks"),
    "unknown block": ([{"type": "banner"}], "invalid_blocks"),
    "unknown element": ([actions({"type": "lever", "action_id": "a"})], "invalid_blocks"),
    "unknown accessory": ([section(accessory={"type": "lever"})], "invalid_blocks"),
    "unknown property": ([section(colour="red")], "invalid_blocks"),
    "unknown property inside": ([actions(button(tooltip="x"))], "invalid_blocks"),
    "no type": ([{"text": mrkdwn()}], "invalid_blocks"),
    "not blocks": (["x"], "invalid_blocks"),
    "too many": ([{"type": "divider"}] * 51, "invalid_blocks"),
    "two tables": ([table(), table()], "invalid_blocks"),
    "rows too many": ([table(rows=101)], "invalid_blocks"),
    "columns too many": ([table(columns=21)], "invalid_blocks"),
    "feedback too long": ([feedback(negative_button={"text": plain("x" * 76), "value": "v"})],
                          "invalid_blocks"),
    "markdown too long": ([{"type": "markdown", "text": "x" * 12_001}], "invalid_blocks"),
    "image without words": ([{"type": "image", "image_url": "https://a.org"}], "invalid_blocks"),
    "input without label": ([{"type": "input", "element": entry()["element"]}], "invalid_blocks"),
    "confirm too long": ([actions(button(confirm={**CONFIRM, "deny": plain("x" * 31)}))],
                         "invalid_blocks"),
    "all too long": ([*[section("x" * 3000)] * 4, section("x" * 1201)], "msg_blocks_too_long"),
    "table too long": ([table(text="x" * (MESSAGE_TEXT + 1))], "msg_blocks_too_long"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_slack_refuses_is_refused(name: str) -> None:
    blocks, error = WRONG[name]
    with pytest.raises(Refused) as told:
        check_message(blocks)
    assert told.value.error == error


def test_a_refusal_says_where_and_why() -> None:
    with pytest.raises(Refused) as told:
        check_message([section(), header("x" * 151)])
    (first, *_) = told.value.more["response_metadata"]["messages"]
    assert first.startswith("[ERROR]")
    assert "/blocks/1" in first


def modal(**changes: Any) -> Block:
    usual = {"type": "modal", "title": plain("The page"), "blocks": [section()]}
    return {**usual, **changes}


def test_a_view_at_its_limits_is_taken() -> None:
    whole = modal(
        title=plain("x" * 24), submit=plain("x" * 24), close=plain("x" * 24), callback_id="c",
        private_metadata="m" * 3000, blocks=[{"type": "divider"}] * 99 + [entry()],
        notify_on_close=True,
    )  # fmt: skip
    check_view(whole, "modal")
    check_view({"type": "home", "blocks": [section("x" * 3000)] * 60}, "home")


VIEWS: dict[str, tuple[Block, str]] = {
    "title too long": (modal(title=plain("x" * 25)), "invalid_arguments"),
    "title not plain": (modal(title=mrkdwn()), "invalid_arguments"),
    "no title": ({"type": "modal", "blocks": [section()]}, "invalid_arguments"),
    "submit too long": (modal(submit=plain("x" * 25)), "invalid_arguments"),
    "close too long": (modal(close=plain("x" * 25)), "invalid_arguments"),
    "metadata too long": (modal(private_metadata="m" * 3001), "invalid_arguments"),
    "callback too long": (modal(callback_id="c" * 256), "invalid_arguments"),
    "too many blocks": (modal(blocks=[{"type": "divider"}] * 101), "invalid_arguments"),
    "no blocks": ({"type": "modal", "title": plain()}, "invalid_arguments"),
    "wrong block": (modal(blocks=[header("x" * 151)]), "invalid_arguments"),
    "a block for messages": (modal(blocks=[table()]), "invalid_arguments"),
    "input without submit": (modal(blocks=[entry()]), "invalid_arguments"),
    "home as modal": ({"type": "home", "blocks": [section()]}, "invalid_arguments"),
    "too large": (modal(blocks=[section("x" * 3000)] * 90), "view_too_large"),
}


@pytest.mark.parametrize("name", VIEWS)
def test_what_a_modal_may_not_be_is_refused(name: str) -> None:
    view, error = VIEWS[name]
    with pytest.raises(Refused) as told:
        check_view(view, "modal")
    assert told.value.error == error


def test_blocks_keep_their_ids_and_the_others_get_one() -> None:
    kept, made = named([section(block_id="mark"), section()], "b1.")
    assert (kept["block_id"], made["block_id"]) == ("mark", "b1.1")
