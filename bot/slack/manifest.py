"""The app as Slack is told of it, and the scopes that what we do there needs.

Scopes are from the pages of Slack's documentation of each method, event and feature.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("manifest.json")

SCOPES: Mapping[str, tuple[str, ...]] = {
    "apps.connections.open": (),  # the app-level token's own scope, APP_SCOPE
    "assistant.threads.setStatus": ("assistant:write",),
    "assistant.threads.setSuggestedPrompts": ("assistant:write",),
    "auth.test": (),
    "chat.appendStream": ("chat:write",),
    "chat.delete": ("chat:write",),
    "chat.getPermalink": (),
    "chat.postEphemeral": ("chat:write",),
    "chat.postMessage": ("chat:write",),
    "chat.startStream": ("chat:write",),
    "chat.stopStream": ("chat:write",),
    "chat.update": ("chat:write",),
    # Where a message may stand that has to be looked for: channels, and direct messages to us.
    "conversations.history": ("channels:history", "groups:history", "im:history"),
    # The command can be given in a conversation of several people too.
    "conversations.info": ("channels:read", "groups:read", "mpim:read"),
    "conversations.members": ("channels:read", "groups:read"),
    "conversations.open": ("im:write",),
    "conversations.replies": ("channels:history", "groups:history", "im:history"),
    "files.info": ("files:read",),
    "pins.add": ("pins:write",),
    "reactions.add": ("reactions:write",),
    "usergroups.users.list": ("usergroups:read",),
    "users.info": ("users:read",),
    "views.open": (),
    "views.publish": (),
}
"""The methods that we call, each with the scopes of all kinds of conversation it is called on."""

EVENTS: Mapping[str, tuple[str, ...]] = {
    "app_home_opened": (),
    "app_mention": ("app_mentions:read",),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
}
"""The events that we listen to, each with the scopes without which Slack does not send it."""

FEATURES: Mapping[str, tuple[str, ...]] = {
    "agent_view": ("assistant:write",),
    "app_home": (),
    "bot_user": (),
    "shortcuts": ("commands",),
    "slash_commands": ("commands",),
}
"""The features that the app has, each with its scopes."""

APP_SCOPE = "connections:write"


def needed() -> frozenset[str]:
    """All scopes that the bot's token needs."""
    tables = (SCOPES, EVENTS, FEATURES)
    return frozenset(scope for table in tables for scopes in table.values() for scope in scopes)


def manifest(url: str = "") -> dict[str, Any]:
    """The manifest, as Slack takes it for a new app.

    With a ``url`` Slack posts everything to it, else all comes over Socket Mode.
    """
    made: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    if url:
        settings = made["settings"]
        settings["socket_mode_enabled"] = False
        settings["event_subscriptions"]["request_url"] = url
        settings["interactivity"]["request_url"] = url
        for command in made["features"]["slash_commands"]:
            command["url"] = url
    return made
