"""Files: announced, uploaded, shared and read back. Their bytes come by addresses of their own."""

import mimetypes
from pathlib import PurePath

from tests.fakes import slack_blocks
from tests.fakes.slack_messages import destination, threaded
from tests.fakes.slack_rooms import Method
from tests.fakes.slack_state import Facts, Refused, State, Upload
from tests.fakes.slack_workspace import BOT_USER


def announce(state: State, name: str, length: int, user: str = BOT_USER) -> Facts:
    """A file that is to come, as Slack describes it."""
    id = state.id("F")
    kind = PurePath(name).suffix.lstrip(".") or "text"
    facts = {
        "id": id,
        "created": int(state.clock()),
        "name": name,
        "title": name,
        "mimetype": mimetypes.guess_type(name)[0] or "application/octet-stream",
        "filetype": kind,
        "user": user,
        "size": length,
        "mode": "hosted",
        "file_access": "visible",
        "url_private": f"{state.address}/files-pri/{id}/{PurePath(name).name}",
        "url_private_download": f"{state.address}/files-pri/{id}/download/{PurePath(name).name}",
        "permalink": f"https://{state.workspace.domain}.slack.com/files/{user}/{id}",
    }
    state.files[id] = Upload(facts, length)
    return facts


def receive(state: State, id: str, data: bytes) -> bool:
    """Take the bytes of an announced file; False when they are not as long as announced."""
    upload = state.files.get(id)
    if upload is None or upload.data is not None or len(data) != upload.length:
        return False
    upload.data = data
    return True


def share(state: State, files: list[Facts], room: str, user: str, **facts: str) -> Facts:
    """Put files into a channel as one message."""
    for one in files:
        state.files[one["id"]].rooms += (room,)
    kind = {} if user == BOT_USER else {"subtype": "file_share"}
    return state.post(room, user, files=[dict(one) for one in files], **kind, **facts)


def _url(state: State, args: Facts) -> Facts:
    name, length = str(args.get("filename") or ""), str(args.get("length") or "")
    if not name or not length.isdigit() or not int(length):
        raise Refused("invalid_arguments")
    facts = announce(state, name, int(length))
    return {"upload_url": f"{state.address}/upload/{facts['id']}", "file_id": facts["id"]}


def _complete(state: State, args: Facts) -> Facts:
    given = slack_blocks.read(args.get("files"), "invalid_arguments")
    if not isinstance(given, list) or not given:
        raise Refused("invalid_arguments")
    uploads = [_uploaded(state, str(one.get("id"))) for one in given]
    rooms = _rooms(state, args)
    for one, upload in zip(given, uploads, strict=True):
        upload.facts["title"] = one.get("title") or upload.facts["name"]
    facts = [upload.facts for upload in uploads]
    for room, thread in rooms:
        share(state, facts, room, BOT_USER, text=str(args.get("initial_comment") or ""), **thread)
    return {"files": [dict(one) for one in facts]}


def _uploaded(state: State, id: str) -> Upload:
    upload = state.files.get(id)
    if upload is None or upload.data is None:
        raise Refused("file_not_found")
    return upload


def _rooms(state: State, args: Facts) -> list[tuple[str, Facts]]:
    named = str(args.get("channels") or args.get("channel_id") or "")
    found = [destination(state, "files.completeUploadExternal", {"channel": one})
             for one in named.split(",") if one]  # fmt: skip
    return [(room.id, threaded(state, room, args)) for room in found]


def _info(state: State, args: Facts) -> Facts:
    """The bot knows of files in channels it is in, and of its own."""
    upload = state.files.get(str(args.get("file")))
    if upload is None or not seen(state, upload):
        raise Refused("file_not_found")
    return {"file": upload.facts | {"channels": list(upload.rooms)}, "comments": []}


def seen(state: State, upload: Upload) -> bool:
    """Whether the app may see a file."""
    shared = any(BOT_USER in state.rooms[room].members for room in upload.rooms)
    return shared or upload.facts["user"] == BOT_USER


METHODS: dict[str, Method] = {
    "files.completeUploadExternal": _complete,
    "files.getUploadURLExternal": _url,
    "files.info": _info,
}
