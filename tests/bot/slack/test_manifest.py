"""The manifest is one that Slack takes, with the scopes that are needed and no other."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

import bot.slack
from bot.slack.blocks import asking as asking_blocks
from bot.slack.manifest import EVENTS, FEATURES, SCOPES, manifest, needed
from tests.bot.slack import desks
from tests.bot.slack.desks import DASH, Bot, Facts
from tests.fakes import slack_payloads as payloads
from tests.fakes.slack_answers import Call
from tests.fakes.slack_workspace import (
    BOT_USER,
    CUSTODY,
    NEWS,
    OFFICE,
    PRIYA,
    REVIEWERS,
    TOM,
    TOM_IM,
    Kind,
    Room,
    office,
)

HERE = "https://rejoinder.example.org/slack/events"
SOURCES = Path(bot.slack.__file__).parent
SEVERAL = Room("G0SEVERAL", kind=Kind.MPIM, members=frozenset({TOM.id, PRIYA.id, BOT_USER}))
NOT_OF_A_CALL = {"app_mentions:read", "commands"}
"""Without these Slack sends no mention and no command; no call of ours is refused for them."""


@dataclass(frozen=True)
class Words:
    """A text of so many characters, and of a form."""

    most: int
    least: int = 1
    form: str = ""

    def wrong(self, value: Any) -> bool:
        right = isinstance(value, str) and self.least <= len(value) <= self.most
        return not (right and re.search(self.form, value))


@dataclass(frozen=True)
class Flag:
    """True or false."""

    def wrong(self, value: Any) -> bool:
        return not isinstance(value, bool)


URL = Words(3500, form=r"^https?://")
# From Slack's schema of manifests (version 1) and its reference; "*" stands for each of a list.
RULES: Mapping[str, Words | Flag] = {
    "display_information.name": Words(35),
    "display_information.description": Words(140),
    "display_information.background_color": Words(7, 4, r"^#([0-9a-fA-F]{3}){1,2}$"),
    "features.app_home.home_tab_enabled": Flag(),
    "features.app_home.messages_tab_enabled": Flag(),
    "features.app_home.messages_tab_read_only_enabled": Flag(),
    "features.bot_user.display_name": Words(80),
    "features.bot_user.always_online": Flag(),
    "features.agent_view.agent_description": Words(300),
    "features.shortcuts.*.name": Words(24),
    "features.shortcuts.*.type": Words(7, form="^(message|global)$"),
    "features.shortcuts.*.callback_id": Words(255),
    "features.shortcuts.*.description": Words(150),
    "features.slash_commands.*.command": Words(32, 2, r"^/[a-z0-9_-]+$"),
    "features.slash_commands.*.url": Words(3000, form=r"^https?://"),
    "features.slash_commands.*.description": Words(2000),
    "features.slash_commands.*.usage_hint": Words(1000),
    "features.slash_commands.*.should_escape": Flag(),
    "oauth_config.scopes.bot.*": Words(50, form=r"^[a-z_.]+(:[a-z.]+)?$"),
    "settings.event_subscriptions.request_url": URL,
    "settings.event_subscriptions.bot_events.*": Words(50, form=r"^[a-z_.]+$"),
    "settings.interactivity.is_enabled": Flag(),
    "settings.interactivity.request_url": URL,
    "settings.org_deploy_enabled": Flag(),
    "settings.socket_mode_enabled": Flag(),
    "settings.token_rotation_enabled": Flag(),
}
MOST = {"features.shortcuts": 10, "features.slash_commands": 50,
        "oauth_config.scopes.bot": 255, "settings.event_subscriptions.bot_events": 100}  # fmt: skip


def wrongs(value: Any, path: str = "") -> list[str]:
    """The places at which a manifest is not as Slack wants it."""
    if isinstance(value, Mapping):
        dot = f"{path}." if path else ""
        return [one for name, inner in value.items() for one in wrongs(inner, f"{dot}{name}")]
    if isinstance(value, list):
        once = len({str(one) for one in value}) == len(value)
        long = [] if 0 < len(value) <= MOST.get(path, 0) and once else [path]
        return long + [one for inner in value for one in wrongs(inner, f"{path}.*")]
    rule = RULES.get(path)
    return [path] if rule is None or rule.wrong(value) else []


@pytest.mark.parametrize("url", ["", HERE])
def test_slack_takes_the_manifest(url: str) -> None:
    assert wrongs(manifest(url)) == []


def test_what_slack_does_not_take_is_seen() -> None:
    """The rules above can fail."""
    made = manifest()
    made["display_information"]["name"] = "R" * 36
    made["features"]["assistant_view"] = {"assistant_description": "old"}
    made["features"]["shortcuts"][0]["name"] = "Ask about this message now"
    made["features"]["slash_commands"][0]["command"] = "ask"
    made["settings"]["event_subscriptions"]["bot_events"] *= 2
    made["settings"]["socket_mode_enabled"] = "yes"
    assert wrongs(made) == [
        "display_information.name",
        "features.shortcuts.*.name",
        "features.slash_commands.*.command",
        "features.assistant_view.assistant_description",
        "settings.event_subscriptions.bot_events",
        "settings.socket_mode_enabled",
    ]


def test_by_socket_mode_there_is_no_address() -> None:
    assert manifest()["settings"]["socket_mode_enabled"] is True
    assert "url" not in str(manifest())


def test_over_http_everything_comes_to_one_address() -> None:
    made = manifest(HERE)
    settings = made["settings"]
    assert settings["socket_mode_enabled"] is False
    assert settings["event_subscriptions"]["request_url"] == HERE
    assert settings["interactivity"]["request_url"] == HERE
    assert {one["url"] for one in made["features"]["slash_commands"]} == {HERE}
    assert "url" not in str(manifest()), "one manifest does not change the next"


def test_the_scopes_are_those_that_are_needed_and_no_other() -> None:
    asked = manifest()["oauth_config"]["scopes"]
    assert asked == {"bot": sorted(needed())}


def test_the_events_and_features_are_those_of_the_table() -> None:
    made = manifest()
    assert made["settings"]["event_subscriptions"]["bot_events"] == sorted(EVENTS)
    assert set(made["features"]) == set(FEATURES)


def _nodes() -> Iterator[ast.AST]:
    for file in sorted(SOURCES.rglob("*.py")):
        if file.name != "manifest.py":
            yield from ast.walk(ast.parse(file.read_text(encoding="utf-8")))


def _is_method(name: str) -> bool:
    dotted = re.fullmatch(r"[a-z]+(\.[a-zA-Z]+)+", name)
    return bool(dotted) and hasattr(WebClient, name.replace(".", "_"))


def _called() -> set[str]:
    """The methods named in the code: as text, and as functions of Slack's client."""
    names: list[str] = []
    for node in _nodes():
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            names.append(node.value)
        elif isinstance(node, ast.Attribute):
            names.append(node.attr.replace("_", "."))
    return {name for name in names if _is_method(name)}


def test_every_method_that_is_called_is_in_the_table_and_the_other_way_round() -> None:
    assert _called() == set(SCOPES)


def test_a_method_is_always_named_where_it_is_called() -> None:
    """Or one could be called that the test above does not see."""
    said = [
        ast.unparse(node.args[0])
        for node in _nodes()
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("call", "pages")
        and node.args
        and "calls" in ast.unparse(node.func.value)
    ]
    assert said
    assert [one for one in said if not one.startswith(("'", '"'))] == []


def test_every_event_has_a_listener_and_every_listener_its_event() -> None:
    assert {name.partition(".")[0] for name in EVENTS} == set(_listened("event"))


def test_every_command_and_shortcut_has_a_listener() -> None:
    features = manifest()["features"]
    assert _listened("command") == [one["command"] for one in features["slash_commands"]]
    assert [one["callback_id"] for one in features["shortcuts"]] == [asking_blocks.CALLBACK]
    assert "asking_blocks.CALLBACK" in _names("shortcut")


def _listened(kind: str) -> list[str]:
    return [name.strip("'") for name in _names(kind) if name.startswith("'")]


def _names(kind: str) -> list[str]:
    """The first arguments of ``app.event(…)`` and the like."""
    return [
        ast.unparse(node.args[0])
        for node in _nodes()
        if isinstance(node, ast.Call) and ast.unparse(node.func) == f"app.{kind}" and node.args
    ]


@pytest.fixture(scope="module")
def worked(indexed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """A bot with the manifest's scopes that has done a bit of everything."""
    usual = office(scopes=frozenset(manifest()["oauth_config"]["scopes"]["bot"]))
    workspace = replace(usual, rooms=(*usual.rooms, SEVERAL))
    both = ("public", "office")
    readers = {TOM.id: both, PRIYA.id: both, REVIEWERS.id: both}
    home = tmp_path_factory.mktemp("scopes")
    with desks.working(indexed, home, workspace, readers=readers) as made:
        _a_bit_of_everything(made)
        made.quiet()
        yield made


def _a_bit_of_everything(bot: Bot) -> None:
    for tab in ("home", "messages"):
        bot.hear(payloads.app_home_opened(bot.slack, TOM.id, tab))
    for room in (OFFICE.id, CUSTODY.id):
        _ask_and_go_on(bot, bot.mention(DASH, room), room)
    _ask_and_go_on(bot, bot.say(DASH, TOM_IM.id), TOM_IM.id)
    for room in (OFFICE.id, TOM_IM.id, SEVERAL.id):
        bot.command(DASH, room)
        bot.quiet()
    bot.hear(payloads.slash_command(bot.slack, TOM.id, NEWS.id, "/reports", ""))
    bot.quiet()
    bot.press(bot.slack.whispers(TOM.id)[-1], "case_start", NEWS.id)
    bot.quiet()
    file = bot.slack.upload(TOM.id, OFFICE.id, "letter.md", b"# A letter\n\nThe force must act.\n")
    bot.hear(payloads.message(bot.slack, OFFICE.id, file))


def _ask_and_go_on(bot: Bot, said: Facts, room: str) -> None:
    answer = bot.answer(said, room)
    bot.press(answer, "show_passage:1", room)
    bot.press(answer, "ask_person", room)
    bot.say("And in 2014?", room, said["ts"])
    bot.say("Thank you.", room, said["ts"])
    bot.quiet()
    before, after = bot.slack.edit(room, said["ts"], f"<@{BOT_USER}> {DASH} Why?")
    bot.hear(payloads.message_changed(bot.slack, room, before, after))
    bot.quiet()


def test_with_the_scopes_of_the_manifest_nothing_is_refused(worked: Bot) -> None:
    told = {(call.method, call.outcome) for call in worked.slack.journal}
    assert [one for one in told if one[1] != "ok"] == []
    assert worked.slack.methods_called() <= set(SCOPES)


@pytest.mark.parametrize("scope", sorted(needed() - NOT_OF_A_CALL))
def test_without_one_of_its_scopes_something_is_refused(worked: Bot, scope: str) -> None:
    calls = {(call.method, str(call.arguments)): call for call in worked.slack.journal}
    worked.slack.state.scopes.discard(scope)
    try:
        refused = [call.method for call in calls.values() if _is_missing(worked, call, scope)]
    finally:
        worked.slack.restore(scope)
    assert refused
    assert all(scope in SCOPES[method] for method in refused)


def _is_missing(bot: Bot, call: Call, scope: str) -> bool:
    """Whether the same call again is refused for want of the scope."""
    if call.method not in SCOPES:
        return False
    try:
        bot.slack.client().api_call(call.method, json=call.arguments)
    except SlackApiError as no:
        return bool(no.response["error"] == "missing_scope" and no.response["needed"] == scope)
    return False
