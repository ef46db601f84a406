"""Posting, changing and deleting messages, privately or for all, and reactions to them."""

import json

from tests.fakes import slack_blocks
from tests.fakes.slack_rooms import Method
from tests.fakes.slack_state import Facts, Refused, State
from tests.fakes.slack_workspace import BOT_USER, Room

_TEXT = 40_000
_MARKDOWN = 12_000
_METADATA = 16_000


def content(state: State, args: Facts) -> Facts:
    """What a message is to say, checked: text, blocks and metadata, those that were given.

    An empty list of blocks is kept: it takes blocks away.
    """
    text, markdown = str(args.get("text") or ""), str(args.get("markdown_text") or "")
    blocks = slack_blocks.read(args.get("blocks"))
    if markdown and (text or blocks):
        raise Refused("markdown_text_conflict")
    if not (text.strip() or markdown.strip() or blocks or args.get("attachments")):
        raise Refused("no_text")
    if len(text) > _TEXT or len(markdown) > _MARKDOWN:
        raise Refused("msg_too_long")
    said: Facts = {"text": text or markdown}
    if blocks is not None:
        slack_blocks.check_message(blocks)
        said["blocks"] = slack_blocks.named(blocks, f"b{state.number()}.")
    return said | metadata(args)


def metadata(args: Facts) -> Facts:
    """The metadata of a message, checked, if it was given."""
    given = slack_blocks.read(args.get("metadata"), "invalid_metadata_format")
    if given is None:
        return {}
    if not isinstance(given, dict) or (given and set(given) != {"event_type", "event_payload"}):
        raise Refused("invalid_metadata_schema")
    if len(json.dumps(given)) > _METADATA:
        raise Refused("metadata_too_large")
    return {"metadata": given}


def threaded(state: State, room: Room, args: Facts) -> Facts:
    """Where in a channel a message goes; a reply to a reply goes to the thread's first message."""
    ts = args.get("thread_ts")
    if not ts:
        return {}
    parent = state.messages.get((room.id, str(ts)))
    if parent is None:
        raise Refused("thread_not_found")
    root = str(parent.get("thread_ts", parent["ts"]))
    user = state.messages.get((room.id, root), parent)["user"]
    broadcast = {"subtype": "thread_broadcast"} if args.get("reply_broadcast") else {}
    return {"thread_ts": root, "parent_user_id": user, **broadcast}


def destination(state: State, method: str, args: Facts) -> Room:
    """The channel to write in; a person's id is the conversation with them."""
    id = str(args.get("channel") or "")
    person = state.people.get(id)
    if person is not None and person.deleted:
        raise Refused("user_disabled")
    return state.writable(method, state.im(id).id if person else id)


def _post(state: State, args: Facts) -> Facts:
    room = destination(state, "chat.postMessage", args)
    said = content(state, args)
    made = state.post(room.id, BOT_USER, **said, **threaded(state, room, args))
    return {"channel": room.id, "ts": made["ts"], "message": dict(made)}


def _ephemeral(state: State, args: Facts) -> Facts:
    room = state.writable("chat.postEphemeral", str(args.get("channel")))
    user = str(args.get("user"))
    if user not in room.members:
        raise Refused("user_not_in_channel")
    made = whisper(state, user, room.id, content(state, args), str(args.get("thread_ts") or ""))
    return {"message_ts": made["ts"]}


def whisper(state: State, user: str, room: str, said: Facts, thread: str = "") -> Facts:
    """Put a message where one person alone sees it, and nobody can read it back."""
    made = {"ts": state.ts(), "room": room, "to": user, "user": BOT_USER, **said}
    if thread:
        made["thread_ts"] = thread
    state.ephemerals.append(made)
    return made


def _update(state: State, args: Facts) -> Facts:
    room = state.joined("chat.update", str(args.get("channel")))
    if room.archived:
        raise Refused("is_inactive")
    message = _own(state, room, args, "cant_update_message")
    if state.streaming(room.id, str(message["ts"])):
        raise Refused("streaming_state_conflict")
    said = content(state, {**args, "text": args.get("text") or _only_metadata(message, args)})
    _replace(state, message, said)
    return {"channel": room.id, "ts": message["ts"], "text": message["text"],
            "message": dict(message)}  # fmt: skip


def _only_metadata(message: Facts, args: Facts) -> str:
    """A change of metadata alone leaves the text as it was."""
    alone = "metadata" in args and "blocks" not in args and "markdown_text" not in args
    return str(message["text"]) if alone else ""


def _replace(state: State, message: Facts, said: Facts) -> None:
    """Blocks and metadata stay when they are not mentioned; empty ones go."""
    for name in ("blocks", "metadata"):
        if name in said and not said[name]:
            del said[name]
            message.pop(name, None)
    message |= said
    message["edited"] = {"user": BOT_USER, "ts": f"{int(state.clock())}.000000"}


def _delete(state: State, args: Facts) -> Facts:
    room = state.joined("chat.delete", str(args.get("channel")))
    message = _own(state, room, args, "cant_delete_message")
    if state.streaming(room.id, str(message["ts"])):
        raise Refused("cant_delete_message")
    remove(state, room.id, message)
    return {"channel": room.id, "ts": message["ts"]}


def remove(state: State, room: str, message: Facts) -> None:
    """Take a message away; of one with replies a stone stays, to hold the thread."""
    ts = message["ts"]
    del state.messages[room, ts]
    if any(one.get("thread_ts") == ts for one in state.in_room(room)):
        state.messages[room, ts] = {"type": "message", "subtype": "tombstone", "hidden": True,
                                    "user": "USLACKBOT", "text": "This message was deleted.",
                                    "ts": ts, "thread_ts": ts}  # fmt: skip


def _own(state: State, room: Room, args: Facts, otherwise: str) -> Facts:
    message = state.message(room.id, str(args.get("ts")))
    if message["user"] != BOT_USER:
        raise Refused(otherwise)
    return message


def _permalink(state: State, args: Facts) -> Facts:
    room = state.room("chat.getPermalink", str(args.get("channel")))
    message = state.message(room.id, str(args.get("message_ts")))
    link = f"https://{state.workspace.domain}.slack.com/archives/{room.id}/p"
    link += str(message["ts"]).replace(".", "")
    if message.get("thread_ts", message["ts"]) != message["ts"]:
        link += f"?thread_ts={message['thread_ts']}&cid={room.id}"
    return {"channel": room.id, "permalink": link}


def _pin(state: State, args: Facts) -> Facts:
    room = state.joined("pins.add", str(args.get("channel")))
    message = state.message(room.id, str(args.get("timestamp")))
    if message.get("pinned_to"):
        raise Refused("already_pinned")
    message["pinned_to"] = [room.id]
    return {}


def _react(state: State, args: Facts) -> Facts:
    message, name = _reacted(state, "reactions.add", args)
    given = message.setdefault("reactions", [])
    mine = [one for one in given if one["name"] == name and BOT_USER in one["users"]]
    if mine:
        raise Refused("already_reacted")
    add_reaction(message, name, BOT_USER)
    return {}


def add_reaction(message: Facts, name: str, user: str) -> None:
    """Add one person's reaction to those of a message."""
    given = message.setdefault("reactions", [])
    for one in given:
        if one["name"] == name:
            one["users"].append(user)
            one["count"] += 1
            return
    given.append({"name": name, "users": [user], "count": 1})


def _unreact(state: State, args: Facts) -> Facts:
    message, name = _reacted(state, "reactions.remove", args)
    for one in message.get("reactions", []):
        if one["name"] == name and BOT_USER in one["users"]:
            one["users"].remove(BOT_USER)
            one["count"] -= 1
            message["reactions"] = [left for left in message["reactions"] if left["count"]]
            return {}
    raise Refused("no_reaction")


def _reacted(state: State, method: str, args: Facts) -> tuple[Facts, str]:
    room = state.writable(method, str(args.get("channel")))
    name = str(args.get("name") or "")
    if not name or ":" in name or name != name.lower():
        raise Refused("invalid_name")
    return state.message(room.id, str(args.get("timestamp"))), name


METHODS: dict[str, Method] = {
    "chat.delete": _delete,
    "chat.getPermalink": _permalink,
    "chat.postEphemeral": _ephemeral,
    "chat.postMessage": _post,
    "chat.update": _update,
    "pins.add": _pin,
    "reactions.add": _react,
    "reactions.remove": _unreact,
}
