"""Payloads as Slack sends them when somebody does something, for Bolt's ``App.dispatch``.

Wrap one in ``BoltRequest(body=payload, mode="socket_mode")``. Messages are those that the running
workspace holds, so that what an event tells of can also be read back.
"""

from typing import Any

from tests.fakes.slack import Slack
from tests.fakes.slack_state import Facts
from tests.fakes.slack_workspace import APP, BOT_USER, Kind

_CHANNEL_TYPES = {Kind.PUBLIC: "channel", Kind.PRIVATE: "group", Kind.IM: "im", Kind.MPIM: "mpim"}
_PRIVATE_FACTS = frozenset({"room", "to"})


def event(slack: Slack, facts: Facts, *, room: str = "", event_id: str = "") -> Facts:
    """Any event in its envelope; the same ``event_id`` again is the same event sent again."""
    team = slack.state.workspace.team
    who = {"enterprise_id": None, "team_id": team, "user_id": BOT_USER, "is_bot": True,
           "is_enterprise_install": False}  # fmt: skip
    shared = bool(room) and slack.state.rooms[room].shared
    return {
        "token": "verification",
        "team_id": team,
        "context_team_id": team,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": {"event_ts": facts.get("ts") or slack.state.ts(), **facts},
        "type": "event_callback",
        "event_id": event_id or slack.state.id("Ev"),
        "event_time": int(slack.state.clock()),
        "authorizations": [who],
        "is_ext_shared_channel": shared,
        "event_context": f"4-{slack.state.id('E')}",
    }


def retry(number: int = 1, reason: str = "http_timeout") -> dict[str, str]:
    """The headers of an event that is sent again."""
    return {"x-slack-retry-num": str(number), "x-slack-retry-reason": reason}


def app_mention(slack: Slack, room: str, message: Facts, *, event_id: str = "") -> Facts:
    """Somebody names the app; in a channel ``message`` is sent too, for the same message."""
    told = {**message, "type": "app_mention", "channel": room}
    told.pop("subtype", None)
    return event(slack, told, room=room, event_id=event_id)


def mention(slack: Slack, user: str, room: str, text: str, thread: str = "") -> Facts:
    """Somebody says something to the app in a channel, as ``app_mention``."""
    said = slack.say(user, room, f"<@{BOT_USER}> {text}", thread)
    return app_mention(slack, room, said)


def message(slack: Slack, room: str, said: Facts, *, event_id: str = "") -> Facts:
    """A message in any conversation: of a person, another bot, the app itself, or with files."""
    kind = _CHANNEL_TYPES[slack.state.rooms[room].kind]
    told = {**said, "channel": room, "channel_type": kind}
    return event(slack, told, room=room, event_id=event_id)


def message_changed(slack: Slack, room: str, before: Facts, after: Facts) -> Facts:
    """A message was edited (see ``Slack.edit``)."""
    facts = {"subtype": "message_changed", "message": after, "previous_message": before}
    return _hidden(slack, room, facts)


def message_deleted(slack: Slack, room: str, before: Facts) -> Facts:
    """A message was deleted (see ``Slack.remove``)."""
    facts = {"subtype": "message_deleted", "deleted_ts": before["ts"], "previous_message": before}
    return _hidden(slack, room, facts)


def _hidden(slack: Slack, room: str, facts: Facts) -> Facts:
    kind = _CHANNEL_TYPES[slack.state.rooms[room].kind]
    told = {"type": "message", "hidden": True, "channel": room, "channel_type": kind,
            "ts": slack.state.ts(), **facts}  # fmt: skip
    return event(slack, told, room=room)


def file_shared(slack: Slack, room: str, said: Facts) -> Facts:
    """A file was put into a channel; this tells of its id alone, ``message`` of all of it."""
    (file,) = said["files"]
    facts = {"type": "file_shared", "file_id": file["id"], "file": {"id": file["id"]},
             "user_id": said["user"], "channel_id": room}  # fmt: skip
    return event(slack, facts, room=room)


def member_joined_channel(slack: Slack, user: str, room: str, inviter: str = "") -> Facts:
    """Somebody, perhaps the app, came into a channel."""
    slack.join(user, room)
    facts = {"type": "member_joined_channel", "user": user, "channel": room, "channel_type": "C",
             "team": slack.state.workspace.team}  # fmt: skip
    return event(slack, facts | ({"inviter": inviter} if inviter else {}), room=room)


def reaction_added(slack: Slack, user: str, room: str, ts: str, name: str) -> Facts:
    """Somebody reacted to a message."""
    slack.react(user, room, ts, name)
    item = {"type": "message", "channel": room, "ts": ts}
    owner = slack.state.message(room, ts)["user"]
    facts = {"type": "reaction_added", "user": user, "reaction": name, "item": item,
             "item_user": owner}  # fmt: skip
    return event(slack, facts, room=room)


def app_home_opened(slack: Slack, user: str, tab: str = "home") -> Facts:
    """Somebody opened the app, on the tab ``home`` or ``messages``."""
    room = slack.state.im(user).id
    facts: Facts = {"type": "app_home_opened", "user": user, "channel": room, "tab": tab}
    home = slack.home(user) if tab == "home" else None
    return event(slack, facts | ({"view": home} if home else {}), room=room)


def app_context_changed(slack: Slack, user: str, looking_at: str) -> Facts:
    """Somebody who has the app open looks at another channel."""
    entity = {"type": "slack#/types/channel_id", "value": looking_at,
              "team_id": slack.state.workspace.team}  # fmt: skip
    room = slack.state.im(user).id
    facts = {"type": "app_context_changed", "user": user, "channel": room,
             "context": {"entities": [entity]}}  # fmt: skip
    return event(slack, facts, room=room)


def agent_session_stopped(slack: Slack, user: str, room: str, thread: str) -> Facts:
    """Somebody pressed Stop while the app was at work in a thread."""
    facts = {"type": "agent_session_stopped", "user": user, "channel": room, "thread_ts": thread}
    return event(slack, facts, room=room)


def assistant_thread_started(slack: Slack, user: str, looking_at: str = "") -> Facts:
    """Somebody opened a thread with the app in its older form."""
    return _assistant(slack, "assistant_thread_started", user, looking_at)


def assistant_thread_context_changed(slack: Slack, user: str, looking_at: str) -> Facts:
    """Somebody with such a thread open looks at another channel."""
    return _assistant(slack, "assistant_thread_context_changed", user, looking_at)


def _assistant(slack: Slack, kind: str, user: str, looking_at: str) -> Facts:
    room = slack.state.im(user).id
    opened = slack.say(BOT_USER, room, "New thread", subtype="assistant_app_thread")
    context = {"channel_id": looking_at, "team_id": slack.state.workspace.team}
    thread = {"user_id": user, "channel_id": room, "thread_ts": opened["ts"],
              "context": context if looking_at else {}}  # fmt: skip
    return event(slack, {"type": kind, "assistant_thread": thread}, room=room)


def slash_command(slack: Slack, user: str, room: str, command: str, text: str = "") -> Facts:
    """Somebody typed a command in a channel."""
    state = slack.state
    return {
        "token": "verification",
        "team_id": state.workspace.team,
        "team_domain": state.workspace.domain,
        "channel_id": room,
        "channel_name": "directmessage" if state.rooms[room].kind is Kind.IM
        else state.rooms[room].name,
        "user_id": user,
        "user_name": state.people[user].name,
        "command": command,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": state.hook(user, room),
        "trigger_id": state.trigger(user),
    }  # fmt: skip


def block_actions(
    slack: Slack, user: str, room: str, pressed: Facts, action_id: str, **action: Any
) -> Facts:
    """Somebody pressed an element of a message, whether all see it or one person does.

    ``action`` adds what the element alone does not say: ``selected_option``, or ``value`` where
    the element has several. An element that is not there raises ``LookupError``.
    """
    private = "to" in pressed
    shown = {name: value for name, value in pressed.items() if name not in _PRIVATE_FACTS}
    container = {"type": "message", "message_ts": pressed["ts"], "channel_id": room,
                 "is_ephemeral": private}  # fmt: skip
    if "thread_ts" in pressed:
        container["thread_ts"] = pressed["thread_ts"]
    return _interaction(slack, "block_actions", user) | {
        "container": container,
        "channel": _named(slack, room),
        **({} if private else {"message": shown}),
        "state": {"values": {}},
        "response_url": slack.state.hook(user, room, str(pressed["ts"])),
        "actions": [_action(slack, pressed["blocks"], action_id, action)],
    }


def view_actions(slack: Slack, user: str, view: Facts, action_id: str, **action: Any) -> Facts:
    """Somebody pressed an element of a modal or of their App Home."""
    return _interaction(slack, "block_actions", user) | {
        "container": {"type": "view", "view_id": view["id"]},
        "view": view,
        "actions": [_action(slack, view["blocks"], action_id, action)],
    }


def message_shortcut(slack: Slack, user: str, room: str, said: Facts, callback_id: str) -> Facts:
    """Somebody chose a shortcut from the menu of a message."""
    return _interaction(slack, "message_action", user) | {
        "action_ts": slack.state.ts(),
        "callback_id": callback_id,
        "channel": _named(slack, room),
        "message_ts": said["ts"],
        "message": said,
        "response_url": slack.state.hook(user, room),
    }


def shortcut(slack: Slack, user: str, callback_id: str) -> Facts:
    """Somebody chose a shortcut that belongs to no message."""
    own = {"action_ts": slack.state.ts(), "callback_id": callback_id}
    return _interaction(slack, "shortcut", user) | own


def view_submission(slack: Slack, user: str, view: Facts, values: Facts) -> Facts:
    """Somebody sent a modal off; ``values`` are by block_id and action_id. The modal closes."""
    _close(slack, user, view)
    filled = view | {"state": {"values": values}}
    return _interaction(slack, "view_submission", user) | {"view": filled, "response_urls": []}


def view_closed(slack: Slack, user: str, view: Facts) -> Facts:
    """Somebody closed a modal without sending it."""
    _close(slack, user, view)
    whole = _interaction(slack, "view_closed", user) | {"view": view, "is_cleared": False}
    del whole["trigger_id"]
    return whole


def _close(slack: Slack, user: str, view: Facts) -> None:
    stack = slack.state.open_views.get(user, [])
    if view["id"] in stack:
        stack.remove(view["id"])


def _interaction(slack: Slack, kind: str, user: str) -> Facts:
    state = slack.state
    person = state.people[user]
    return {
        "type": kind,
        "user": {"id": user, "username": person.name, "name": person.name, "team_id": person.team},
        "api_app_id": APP,
        "token": "verification",
        "trigger_id": state.trigger(user),
        "team": {"id": state.workspace.team, "domain": state.workspace.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _named(slack: Slack, room: str) -> Facts:
    here = slack.state.rooms[room]
    names = {Kind.IM: "directmessage", Kind.PRIVATE: "privategroup"}
    return {"id": room, "name": names.get(here.kind, here.name)}


def _action(slack: Slack, blocks: list[Facts], action_id: str, more: Facts) -> Facts:
    for block in blocks:
        accessory, element = block.get("accessory"), block.get("element")
        for one in [*block.get("elements", []), accessory, element]:
            if isinstance(one, dict) and one.get("action_id") == action_id:
                told = {name: one[name] for name in ("type", "action_id", "text", "value", "style")
                        if name in one}  # fmt: skip
                own = {"block_id": block["block_id"], "action_ts": slack.state.ts()}
                return told | own | more
    raise LookupError(f"no element {action_id}")
