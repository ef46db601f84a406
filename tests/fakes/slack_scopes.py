"""What each method of the Slack Web API needs: scopes and the rate it may be called at."""

from dataclasses import dataclass

from tests.fakes.slack_workspace import Kind

METHOD_SCOPES: dict[str, tuple[str, ...]] = {
    "apps.connections.open": ("connections:write",),
    "assistant.threads.setStatus": ("chat:write", "assistant:write"),
    "assistant.threads.setSuggestedPrompts": ("assistant:write",),
    "assistant.threads.setTitle": ("assistant:write",),
    "auth.test": (),
    "chat.appendStream": ("chat:write",),
    "chat.delete": ("chat:write",),
    "chat.getPermalink": (),
    "chat.postEphemeral": ("chat:write",),
    "chat.postMessage": ("chat:write",),
    "chat.startStream": ("chat:write",),
    "chat.stopStream": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.history": ("{kind}:history",),
    "conversations.info": ("{kind}:read",),
    "conversations.list": ("{kind}:read",),
    "conversations.members": ("{kind}:read",),
    "conversations.open": ("im:write",),
    "conversations.replies": ("{kind}:history",),
    "files.completeUploadExternal": ("files:write",),
    "files.getUploadURLExternal": ("files:write",),
    "files.info": ("files:read",),
    "pins.add": ("pins:write",),
    "reactions.add": ("reactions:write",),
    "reactions.remove": ("reactions:write",),
    "team.info": ("team:read",),
    "usergroups.list": ("usergroups:read",),
    "usergroups.users.list": ("usergroups:read",),
    "users.info": ("users:read",),
    "users.list": ("users:read",),
    "views.open": (),
    "views.publish": (),
    "views.push": (),
    "views.update": (),
}
"""Any one of the scopes will do; ``{kind}`` is the kind of the conversation asked about."""


@dataclass(frozen=True)
class Rate:
    """``burst`` calls at once and ``refill`` a second; ``each_room`` counts channels apart."""

    burst: int
    refill: float
    each_room: bool = False


_TIER_2, _TIER_3, _TIER_4 = (Rate(count, count / 60) for count in (20, 50, 100))

RATES: dict[str, Rate] = {
    "chat.postMessage": Rate(3, 1, each_room=True),
    **dict.fromkeys(
        ("chat.startStream", "chat.stopStream", "conversations.list", "usergroups.list",
         "pins.add", "usergroups.users.list", "users.list"),
        _TIER_2,
    ),
    **dict.fromkeys(
        ("chat.delete", "chat.update", "conversations.history", "conversations.info",
         "conversations.open", "conversations.replies", "reactions.add", "reactions.remove",
         "team.info"),
        _TIER_3,
    ),
    **dict.fromkeys(
        ("chat.appendStream", "chat.postEphemeral", "conversations.members",
         "files.completeUploadExternal", "files.getUploadURLExternal", "files.info", "users.info",
         "views.open", "views.publish", "views.push", "views.update"),
        _TIER_4,
    ),
}  # fmt: skip
"""From Slack's tiers (20, 50, 100 a minute). A burst of three posts is our guess."""


def scopes_for(method: str, kind: Kind | None = None) -> tuple[str, ...]:
    """The scopes of which a call needs one, for a kind of conversation where that matters."""
    return tuple(scope.format(kind=kind or Kind.PUBLIC) for scope in METHOD_SCOPES[method])
