"""Who and where: auth.test, team, users, user groups, conversations and their pages."""

from collections.abc import Callable, Sequence
from typing import Any

from tests.fakes.slack_state import Facts, Refused, State
from tests.fakes.slack_workspace import BOT, BOT_USER, Group, Kind, Person, Room

Method = Callable[[State, Facts], Facts]

_MOST = 1000


def paged(items: Sequence[Any], args: Facts, usual: int = 100) -> tuple[list[Any], Facts]:
    """One page of items and what the answer says of the next; a cursor is where it begins."""
    cursor, limit = str(args.get("cursor") or ""), int(args.get("limit") or usual)
    if not 0 < limit <= _MOST:
        raise Refused("invalid_limit")
    if cursor and not cursor.removeprefix("next:").isdigit():
        raise Refused("invalid_cursor")
    start = int(cursor.removeprefix("next:") or 0)
    end = start + limit
    more = f"next:{end}" if end < len(items) else ""
    return list(items[start:end]), {"response_metadata": {"next_cursor": more}}


def _auth_test(state: State, args: Facts) -> Facts:
    team = state.workspace.team
    return {"url": f"https://{state.workspace.domain}.slack.com/", "team": "Fernshire OPCC",
            "user": "rejoinder", "team_id": team, "user_id": BOT_USER, "bot_id": BOT,
            "is_enterprise_install": False}  # fmt: skip


def _team_info(state: State, args: Facts) -> Facts:
    domain = state.workspace.domain
    return {"team": {"id": state.workspace.team, "name": "Fernshire OPCC", "domain": domain}}


def _connections_open(state: State, args: Facts) -> Facts:
    """There is no websocket here: payloads are given to Bolt's dispatch directly."""
    raise Refused("socket_mode_not_supported_by_this_fake")


def _user(state: State, person: Person) -> Facts:
    told = {
        "id": person.id,
        "team_id": person.team,
        "name": person.name,
        "deleted": person.deleted,
        "real_name": person.name.replace(".", " ").title(),
        "profile": {"display_name": person.name, "team": person.team},
        "is_bot": person.bot,
        "is_app_user": False,
        "updated": 0,
    }
    if person.deleted:
        return told
    if person.team != state.workspace.team:
        told["is_stranger"] = True
    return told | {
        "tz": "Europe/London",
        "is_restricted": person.guest,
        "is_ultra_restricted": person.single_channel,
    }


def _users_info(state: State, args: Facts) -> Facts:
    person = state.people.get(str(args.get("user")))
    if person is None:
        raise Refused("user_not_found")
    return {"user": _user(state, person)}


def _users_list(state: State, args: Facts) -> Facts:
    ours = [one for one in state.people.values() if one.team == state.workspace.team]
    page, more = paged(ours, args)
    return {"members": [_user(state, one) for one in page], **more}


def _group(state: State, group: Group, args: Facts) -> Facts:
    told = {"id": group.id, "team_id": state.workspace.team, "is_usergroup": True,
            "handle": group.handle, "name": group.handle.title(),
            "date_delete": 0 if group.enabled else 1, "user_count": len(group.members)}  # fmt: skip
    with_users = {"users": sorted(group.members)} if _yes(args, "include_users") else {}
    return told | with_users


def _usergroups_list(state: State, args: Facts) -> Facts:
    shown = [one for one in state.groups.values() if one.enabled or _yes(args, "include_disabled")]
    return {"usergroups": [_group(state, one, args) for one in shown]}


def _usergroups_users_list(state: State, args: Facts) -> Facts:
    group = state.groups.get(str(args.get("usergroup")))
    if group is None:
        raise Refused("no_such_subteam")
    if not group.enabled and not _yes(args, "include_disabled"):
        raise Refused("subteam_disabled")
    return {"users": sorted(group.members)}


def _room(state: State, room: Room) -> Facts:
    if room.kind is Kind.IM:
        (user,) = room.members - {BOT_USER}
        return {"id": room.id, "is_im": True, "user": user, "is_archived": room.archived}
    return {
        "id": room.id,
        "name": room.name,
        "is_channel": room.kind is Kind.PUBLIC,
        "is_group": room.kind is Kind.PRIVATE,
        "is_im": False,
        "is_mpim": room.kind is Kind.MPIM,
        "is_private": room.kind is not Kind.PUBLIC,
        "is_archived": room.archived,
        "is_general": False,
        "is_member": BOT_USER in room.members,
        "is_shared": room.shared,
        "is_ext_shared": room.shared,
        "is_org_shared": False,
        "context_team_id": state.workspace.team,
    }


def _info(state: State, args: Facts) -> Facts:
    room = state.room("conversations.info", str(args.get("channel")))
    count = {"num_members": len(room.members)} if _yes(args, "include_num_members") else {}
    return {"channel": _room(state, room) | count}


_TYPES = {"public_channel": Kind.PUBLIC, "private_channel": Kind.PRIVATE, "im": Kind.IM,
          "mpim": Kind.MPIM}  # fmt: skip


def _list(state: State, args: Facts) -> Facts:
    types = str(args.get("types") or "public_channel").replace(" ", "").split(",")
    if not set(types) <= set(_TYPES):
        raise Refused("invalid_types")
    kinds = {_TYPES[one] for one in types}
    for kind in sorted(kinds):
        state.permit("conversations.list", kind)
    hide = _yes(args, "exclude_archived")
    shown = [room for room in state.rooms.values() if room.kind in kinds
             and (room.kind is Kind.PUBLIC or BOT_USER in room.members)
             and not (room.archived and hide)]  # fmt: skip
    page, more = paged(shown, args)
    return {"channels": [_room(state, room) for room in page], **more}


def _members(state: State, args: Facts) -> Facts:
    room = state.room("conversations.members", str(args.get("channel")))
    page, more = paged(sorted(room.members), args)
    return {"members": page, **more}


def _open(state: State, args: Facts) -> Facts:
    if args.get("channel"):
        return {"channel": _room(state, state.room("conversations.info", str(args["channel"])))}
    users = str(args.get("users") or "").split(",")
    if len(users) != 1:
        raise Refused("method_not_supported_for_channel_type")  # group conversations are not made
    person = state.people.get(users[0])
    if person is None:
        raise Refused("user_not_found")
    if person.deleted:
        raise Refused("user_disabled")
    return {"channel": _room(state, state.im(person.id))}


def _history(state: State, args: Facts) -> Facts:
    room = state.joined("conversations.history", str(args.get("channel")))
    shown = [one for one in state.in_room(room.id) if _top(one) and _within(one, args)]
    shown.reverse()
    page, more = paged(shown, args)
    there_is_more = bool(more["response_metadata"]["next_cursor"])
    return {"messages": [_seen(state, room.id, one, args) for one in page],
            "has_more": there_is_more, "pin_count": 0, **more}  # fmt: skip


def _replies(state: State, args: Facts) -> Facts:
    room = state.joined("conversations.replies", str(args.get("channel")))
    ts = str(args.get("ts"))
    if (room.id, ts) not in state.messages:
        raise Refused("thread_not_found")
    root = state.messages[room.id, ts].get("thread_ts", ts)
    family = [one for one in state.in_room(room.id) if root in (one["ts"], one.get("thread_ts"))]
    replies = [one for one in family if one["ts"] == root or _within(one, args)]
    page, more = paged(replies, args, usual=1000)
    there_is_more = bool(more["response_metadata"]["next_cursor"])
    return {"messages": [_seen(state, room.id, one, args) for one in page],
            "has_more": there_is_more, **more}  # fmt: skip


def _top(message: Facts) -> bool:
    """Replies are not in the history, unless sent to the channel too."""
    alone = message.get("thread_ts") in (None, message["ts"])
    return alone or message.get("subtype") == "thread_broadcast"


def _within(message: Facts, args: Facts) -> bool:
    ts = float(message["ts"])
    oldest, latest = float(args.get("oldest") or 0), float(args.get("latest") or "inf")
    if _yes(args, "inclusive"):
        return oldest <= ts <= latest
    return oldest < ts < latest


def _seen(state: State, room: str, message: Facts, args: Facts) -> Facts:
    """A message as the API shows it: with its thread, and its metadata only when asked for."""
    shown = dict(message)
    if not _yes(args, "include_all_metadata"):
        shown.pop("metadata", None)
    replies = [
        one for one in state.in_room(room) if one.get("thread_ts") == message["ts"] != one["ts"]
    ]
    if replies:
        users = sorted({str(one["user"]) for one in replies})
        shown |= {"thread_ts": message["ts"], "reply_count": len(replies), "reply_users": users,
                  "latest_reply": replies[-1]["ts"]}  # fmt: skip
    return shown


def _yes(args: Facts, name: str) -> bool:
    return args.get(name) in (True, "1", "true")


METHODS: dict[str, Method] = {
    "apps.connections.open": _connections_open,
    "auth.test": _auth_test,
    "conversations.history": _history,
    "conversations.info": _info,
    "conversations.list": _list,
    "conversations.members": _members,
    "conversations.open": _open,
    "conversations.replies": _replies,
    "team.info": _team_info,
    "usergroups.list": _usergroups_list,
    "usergroups.users.list": _usergroups_users_list,
    "users.info": _users_info,
    "users.list": _users_list,
}
