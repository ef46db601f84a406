"""emulate (Vercel Labs, Apache-2.0): a Slack that checks scopes, ids and who is in a channel.

It has no Socket Mode, no slash commands and no buttons. It keeps the metadata of messages.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from slack_sdk import WebClient

from bot.playground.workspace import CHANNELS, OFFICE, PEOPLE, REJOINDER
from tests.peers.servers import serving

_ADMIN_TOKEN = "xoxp-admin"
_ADMIN_SCOPES = (
    "chat:write,users:read,channels:read,channels:history,channels:manage,"
    "groups:read,groups:history,groups:write,im:read,im:write,im:history"
)


@dataclass(frozen=True)
class Emulated:
    """A workspace with our office's people and channels, whose ids are its own.

    ``client`` is the app's, with the scopes asked for; ``admin`` somebody's who may do all.
    The app is in the office channel only.
    """

    client: WebClient
    admin: WebClient
    channels: dict[str, str]
    people: dict[str, str]


@contextmanager
def emulated(node_modules: Path, folder: Path, scopes: Sequence[str]) -> Iterator[Emulated]:
    """emulate with strict scopes, the app's token carrying ``scopes`` as in its manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    seed = folder / "seed.json"
    seed.write_text(json.dumps({"slack": _seed(scopes)}), encoding="utf-8")
    script = node_modules / "emulate" / "dist" / "index.js"
    switches = ("start", "--service", "slack", "--seed", str(seed))
    with serving(script, *switches, log=folder / "emulate.log") as address:
        admin = WebClient(_ADMIN_TOKEN, base_url=f"{address}/api/")
        client = WebClient(REJOINDER.token, base_url=f"{address}/api/")
        kinds = "public_channel,private_channel"
        found = admin.conversations_list(types=kinds)["channels"]
        channels = {one["name"]: one["id"] for one in found}
        people = {one["name"]: one["id"] for one in admin.users_list()["members"]}
        admin.conversations_invite(channel=channels[OFFICE.name], users=REJOINDER.user)
        yield Emulated(client, admin, channels, people)


def _seed(scopes: Sequence[str]) -> dict[str, Any]:
    """What emulate starts with; every person is put into every channel."""
    return {
        "strict_scopes": True,
        "team": {"name": "Fernshire OPCC", "domain": "fernshire-opcc"},
        "users": [
            {"name": one.handle, "real_name": one.name, "email": f"{one.handle}@fernshire.example"}
            for one in PEOPLE
        ],
        "channels": [{"name": one.name, "is_private": one.private} for one in CHANNELS],
        "oauth_apps": [
            {
                "client_id": "1.1",
                "client_secret": "none",
                "app_id": REJOINDER.app,
                "name": REJOINDER.name,
                "redirect_uris": ["http://127.0.0.1/none"],
                "scopes": list(scopes),
                "bot_name": REJOINDER.name.lower(),
                "bot_id": "B0REJOINDER",
                "bot_user_id": REJOINDER.user,
            }
        ],
        "tokens": [
            _token(REJOINDER.token, "bot", REJOINDER.user, list(scopes)),
            _token(_ADMIN_TOKEN, "user", PEOPLE[0].handle, _ADMIN_SCOPES.split(",")),
        ],
    }


def _token(token: str, kind: str, user: str, scopes: list[str]) -> dict[str, Any]:
    return {"token": token, "type": kind, "user": user, "scopes": scopes}
