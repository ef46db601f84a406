"""What is posted to a response_url: five times in half an hour, in the channel or privately."""

from tests.fakes.slack_messages import content, whisper
from tests.fakes.slack_state import Facts, Hook, Refused, State
from tests.fakes.slack_workspace import BOT_USER

_USES = 5
_SECONDS = 30 * 60


def respond(state: State, id: str, body: Facts) -> None:
    """Do what a response says; ``Refused`` when the address is spent or the content is wrong."""
    hook = state.hooks.get(id)
    if hook is None:
        raise Refused("no_service")
    if state.clock() - hook.made > _SECONDS:
        raise Refused("expired_url")
    if hook.uses >= _USES:
        raise Refused("used_url")
    _do(state, hook, body)
    hook.uses += 1


def _do(state: State, hook: Hook, body: Facts) -> None:
    if body.get("delete_original"):
        _delete(state, hook)
        return
    said = content(state, body)
    if body.get("replace_original") and hook.message:
        _replace(state, hook, said)
    elif body.get("response_type") == "in_channel":
        thread = str(body.get("thread_ts") or "")
        state.post(hook.room, BOT_USER, **said, thread_ts=thread)
    else:
        whisper(state, hook.user, hook.room, said, str(body.get("thread_ts") or ""))


def _delete(state: State, hook: Hook) -> None:
    state.messages.pop((hook.room, hook.message), None)
    state.ephemerals[:] = [one for one in state.ephemerals if one["ts"] != hook.message]


def _replace(state: State, hook: Hook, said: Facts) -> None:
    """The message that was pressed, whether all see it or one person does."""
    message = state.messages.get((hook.room, hook.message))
    private = [one for one in state.ephemerals if one["ts"] == hook.message]
    for one in [*([message] if message else []), *private]:
        one.pop("blocks", None)
        one.update(said)
