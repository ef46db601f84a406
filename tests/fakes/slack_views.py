"""Modals and the App Home: opened for a person by a trigger that is fresh and used once."""

from tests.fakes import slack_blocks
from tests.fakes.slack_rooms import Method
from tests.fakes.slack_state import Facts, Refused, State
from tests.fakes.slack_workspace import APP, BOT

_TRIGGER_SECONDS = 3
_STACK = 3


def _open(state: State, args: Facts) -> Facts:
    view = _given(args, "modal")
    user = _triggered(state, args)
    made = _kept(state, view)
    state.open_views[user] = [made["id"]]
    return {"view": made}


def _push(state: State, args: Facts) -> Facts:
    view = _given(args, "modal")
    user = _triggered(state, args)
    stack = state.open_views.get(user)
    if not stack:
        raise Refused("not_found")
    if len(stack) >= _STACK:
        raise Refused("push_limit_reached")
    made = _kept(state, view, root_view_id=stack[0], previous_view_id=stack[-1])
    stack.append(made["id"])
    return {"view": made}


def _update(state: State, args: Facts) -> Facts:
    view = _given(args, "modal", "home")
    before = _meant(state, args)
    _unchanged(before, args)
    same = {name: before[name] for name in ("id", "root_view_id", "previous_view_id")}
    return {"view": _kept(state, view, **same)}


def _publish(state: State, args: Facts) -> Facts:
    view = _given(args, "home")
    user = str(args.get("user_id"))
    if user not in state.people:
        raise Refused("user_not_found")
    before = state.views.get(state.homes.get(user, ""))
    if before:
        _unchanged(before, args)
    made = _kept(state, view, **({"id": before["id"]} if before else {}))
    state.homes[user] = made["id"]
    return {"view": made}


def _given(args: Facts, *kinds: str) -> Facts:
    view = slack_blocks.read(args.get("view"), "invalid_arguments")
    if not isinstance(view, dict):
        raise Refused("invalid_arguments")
    slack_blocks.check_view(view, *kinds)
    return view


def _triggered(state: State, args: Facts) -> str:
    """Whose trigger it is; it is used up."""
    id = str(args.get("trigger_id"))
    if id not in state.triggers:
        raise Refused("invalid_trigger_id")
    user, made, used = state.triggers[id]
    if used:
        raise Refused("exchanged_trigger_id")
    if state.clock() - made > _TRIGGER_SECONDS:
        raise Refused("expired_trigger_id")
    state.triggers[id] = (user, made, True)
    return user


def _meant(state: State, args: Facts) -> Facts:
    if args.get("external_id"):
        named = [one for one in state.views.values() if one["external_id"] == args["external_id"]]
        if named:
            return named[0]
    found = state.views.get(str(args.get("view_id")))
    if found is None:
        raise Refused("not_found")
    return found


def _unchanged(before: Facts, args: Facts) -> None:
    if args.get("hash") and args["hash"] != before["hash"]:
        raise Refused("hash_conflict")


def _kept(state: State, view: Facts, **same: str | None) -> Facts:
    """Store a view in the form in which Slack gives it back."""
    id = same.get("id") or state.id("V")
    external = view.get("external_id") or ""
    if external and any(one["external_id"] == external != "" and one["id"] != id
                        for one in state.views.values()):  # fmt: skip
        raise Refused("duplicate_external_id")
    usual = {"private_metadata": "", "callback_id": "", "external_id": "", "title": None,
             "submit": None, "close": None, "clear_on_close": False,
             "notify_on_close": False}  # fmt: skip
    made: Facts = usual | view | {
        "id": id,
        "team_id": state.workspace.team,
        "app_installed_team_id": state.workspace.team,
        "app_id": APP,
        "bot_id": BOT,
        "blocks": slack_blocks.named(view["blocks"], f"v{state.number()}."),
        "state": {"values": {}},
        "hash": f"{int(state.clock())}.{state.number():08x}",
        "root_view_id": same.get("root_view_id") or id,
        "previous_view_id": same.get("previous_view_id"),
    }  # fmt: skip
    state.views[id] = made
    return made


METHODS: dict[str, Method] = {
    "views.open": _open,
    "views.publish": _publish,
    "views.push": _push,
    "views.update": _update,
}
