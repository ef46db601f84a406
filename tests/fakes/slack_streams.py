"""Messages that grow while they are read, and what an agent shows beside a thread."""

import re

from slack_sdk.models.messages.chunk import Chunk

from tests.fakes import slack_blocks
from tests.fakes.slack_messages import metadata
from tests.fakes.slack_rooms import Method
from tests.fakes.slack_state import Facts, Refused, State, Stream
from tests.fakes.slack_workspace import BOT_USER, Kind, Room

_TEXT = 12_000
_TITLE = 256
_USER = re.compile(r"[UW][A-Z0-9]{2,}")
_TEAM = re.compile(r"[TE][A-Z0-9]{2,}")
_STATUSES = frozenset({"pending", "in_progress", "complete", "error"})
_TASK_MODES = frozenset({"timeline", "plan"})
_PROMPTS = 4
_LOADING = 10


def _start(state: State, args: Facts) -> Facts:
    _offered(state.workspace.streaming)
    room = state.writable("chat.startStream", str(args.get("channel")))
    _recipient(state, room, args)
    if args.get("task_display_mode", "timeline") not in _TASK_MODES:
        raise Refused("invalid_arguments")
    root = _root(state, room, args, "invalid_arguments")
    mode, chunks = _said(args)
    made = state.post(room.id, BOT_USER, thread_ts=root, streaming_state="in_progress")
    stream = Stream(room.id, made["ts"], state.clock(), str(args.get("recipient_user_id") or ""))
    state.streams[room.id, made["ts"]] = stream
    _take(state, stream, mode, chunks)
    return {"channel": room.id, "ts": made["ts"]}


def _append(state: State, args: Facts) -> Facts:
    _offered(state.workspace.streaming)
    stream = _open(state, "chat.appendStream", args)
    mode, chunks = _said(args)
    if not mode:
        raise Refused("no_text")
    _take(state, stream, mode, chunks)
    return {"channel": stream.room, "ts": stream.ts}


def _stop(state: State, args: Facts) -> Facts:
    _offered(state.workspace.streaming)
    stream = _open(state, "chat.stopStream", args)
    mode, chunks = _said(args)
    blocks = slack_blocks.read(args.get("blocks")) or []
    slack_blocks.check_message(blocks)
    more = metadata(args)
    _take(state, stream, mode, chunks)
    state.end_stream(stream)
    message = state.message(stream.room, stream.ts)
    message |= more
    if blocks:
        message["blocks"] = slack_blocks.named(blocks, f"b{state.number()}.")
    return {"channel": stream.room, "ts": stream.ts, "message": dict(message)}


def _offered(yes: bool) -> None:
    """Slack's reference: this method is currently not available."""
    if not yes:
        raise Refused("unknown_method")


def _recipient(state: State, room: Room, args: Facts) -> None:
    user, team = args.get("recipient_user_id"), args.get("recipient_team_id")
    if room.kind is not Kind.IM:
        if not user:
            raise Refused("missing_recipient_user_id")
        if not team:
            raise Refused("missing_recipient_team_id")
    if (user and not _USER.fullmatch(user)) or (team and not _TEAM.fullmatch(team)):
        raise Refused("invalid_arguments")
    if user and user not in state.people:
        raise Refused("user_not_found")


def _root(state: State, room: Room, args: Facts, missing: str) -> str:
    """The first message of the thread that is meant."""
    ts = str(args.get("thread_ts") or "")
    if not ts:
        raise Refused(missing)
    found = state.messages.get((room.id, ts))
    if found is None:
        raise Refused("invalid_thread_ts")
    return str(found.get("thread_ts", ts))


def _open(state: State, method: str, args: Facts) -> Stream:
    room = state.writable(method, str(args.get("channel")))
    message = state.message(room.id, str(args.get("ts")))
    if message["user"] != BOT_USER:
        raise Refused("message_not_owned_by_app")
    if not state.streaming(room.id, str(message["ts"])):
        raise Refused("message_not_in_streaming_state")
    return state.streams[room.id, str(message["ts"])]


def _said(args: Facts) -> tuple[str, list[Facts]]:
    """In which mode something is said, "" for nothing, and as chunks."""
    text, chunks = str(args.get("markdown_text") or ""), args.get("chunks") or []
    if text and chunks:
        raise Refused("cannot_provide_both_markdown_text_and_chunks")
    if text:
        _longest(text)
        return "text", [{"type": "markdown_text", "text": text}]
    for chunk in chunks:
        _check(chunk)
    return ("chunks" if chunks else ""), chunks


def _check(chunk: Facts) -> None:
    if not isinstance(chunk, dict) or "type" not in chunk:
        raise Refused("invalid_chunks")
    try:
        parsed = Chunk.parse(dict(chunk))
    except TypeError:
        parsed = None
    if parsed is None or chunk.get("status", "pending") not in _STATUSES:
        raise Refused("invalid_chunks")
    if len(chunk.get("title") or "") > _TITLE:
        raise Refused("invalid_chunks")
    _longest(str(chunk.get("text") or ""))
    if chunk["type"] == "blocks":
        slack_blocks.check_message(list(chunk["blocks"]))


def _longest(text: str) -> None:
    if len(text) > _TEXT:
        raise Refused("msg_too_long")


def _take(state: State, stream: Stream, mode: str, chunks: list[Facts]) -> None:
    """Add what was said. A stream stays in the mode of the first thing said in it."""
    if mode and stream.mode not in ("", mode):
        raise Refused("streaming_mode_mismatch")
    stream.mode = stream.mode or mode
    stream.chunks += chunks
    message = state.message(stream.room, stream.ts)
    message["text"] = "".join(str(one.get("text") or "") for one in stream.chunks)


def _set_status(state: State, args: Facts) -> Facts:
    room, root = _thread(state, "assistant.threads.setStatus", args)
    loading = args.get("loading_messages") or []
    if "status" not in args or len(loading) > _LOADING:
        raise Refused("invalid_arguments")
    state.statuses.append({"room": room.id, "thread_ts": root, "status": args["status"],
                           "loading_messages": loading})  # fmt: skip
    return {}


def _set_prompts(state: State, args: Facts) -> Facts:
    prompts = slack_blocks.read(args.get("prompts"), "invalid_arguments") or []
    right = all(isinstance(one, dict) and set(one) == {"title", "message"} for one in prompts)
    if not 0 < len(prompts) <= _PROMPTS or not right:
        raise Refused("invalid_arguments")
    room, root = _thread(state, "assistant.threads.setSuggestedPrompts", args, needed=False)
    state.prompts.append({"room": room.id, "thread_ts": root, "prompts": prompts,
                          "title": args.get("title")})  # fmt: skip
    return {}


def _set_title(state: State, args: Facts) -> Facts:
    room, root = _thread(state, "assistant.threads.setTitle", args)
    state.titles.append({"room": room.id, "thread_ts": root, "title": args.get("title")})
    return {}


def _thread(state: State, method: str, args: Facts, needed: bool = True) -> tuple[Room, str]:
    _offered(state.workspace.agents)
    room = state.joined(method, str(args.get("channel_id")))
    if not needed and not args.get("thread_ts"):
        return room, ""
    return room, _root(state, room, args, "invalid_thread_ts")


METHODS: dict[str, Method] = {
    "assistant.threads.setStatus": _set_status,
    "assistant.threads.setSuggestedPrompts": _set_prompts,
    "assistant.threads.setTitle": _set_title,
    "chat.appendStream": _append,
    "chat.startStream": _start,
    "chat.stopStream": _stop,
}
