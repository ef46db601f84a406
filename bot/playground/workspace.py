"""The fictional office's workspace: its people, channels and the app, every id fixed.

Settings can name these ids. Nothing here is real or secret: the tokens open nothing but a Slack
that runs on this machine.
"""

import json
from dataclasses import dataclass
from typing import Any

TEAM = "T0FERNSHIRE"


@dataclass(frozen=True)
class Person:
    """Somebody of the workspace. ``post`` is what they do; ``dm`` their channel with the app."""

    id: str
    name: str
    post: str
    dm: str

    @property
    def handle(self) -> str:
        """The short name: tom.garbutt."""
        return self.name.lower().replace(" ", ".")


@dataclass(frozen=True)
class Channel:
    """A channel and who is in it, beside the app."""

    id: str
    name: str
    topic: str
    members: tuple[Person, ...]
    private: bool = False


@dataclass(frozen=True)
class Bot:
    """The app as the workspace knows it."""

    app: str = "A0REJOINDER"
    user: str = "U0REJOINDER"
    name: str = "Rejoinder"
    token: str = "xoxb-playground"
    app_token: str = "xapp-playground"
    signing_secret: str = "playground-signing-secret"
    command: str = "/ask"  # the local Slack takes any command, so it is not told of this one


REJOINDER = Bot()
TOM = Person("U0TOM", "Tom Garbutt", "policy officer", "D0TOM")
PRIYA = Person("U0PRIYA", "Priya Nandakumar", "chief executive, reviewer", "D0PRIYA")
MEGAN = Person("U0MEGAN", "Megan Sorrell", "commissioner's chief of staff, reviewer", "D0MEGAN")
COLIN = Person("U0COLIN", "Colin Thackray", "staff officer at Fernshire Police", "D0COLIN")
PEOPLE = (TOM, PRIYA, MEGAN, COLIN)

NEWS = Channel("C0NEWS", "policing-news", "What has been published", PEOPLE)
OFFICE = Channel("C0OFFICE", "office-policy", "Reports and our responses", (TOM, PRIYA, MEGAN))
CUSTODY = Channel(
    "C0CUSTODY", "custody-embargo", "The custody report, under embargo", (TOM, PRIYA), private=True
)
CHANNELS = (NEWS, OFFICE, CUSTODY)


def config(request_url: str = "") -> str:
    """The workspace as local-slack reads it from a file whose name ends in .json.

    With a ``request_url`` everything is posted to it, signed; without, over Socket Mode.
    """
    return json.dumps(
        {
            "workspace": {"name": "Fernshire OPCC", "domain": "fernshire-opcc", "teamId": TEAM},
            "apps": [_app(REJOINDER, request_url)],
            "users": [_user(person) for person in PEOPLE],
            "channels": [*map(_channel, CHANNELS), *map(_dm, PEOPLE)],
        },
        indent=2,
    )


def _app(bot: Bot, request_url: str) -> dict[str, Any]:
    named = {
        "appId": bot.app,
        "botUserId": bot.user,
        "botName": bot.name,
        "botToken": bot.token,
        "appToken": bot.app_token,
        "signingSecret": bot.signing_secret,
        "mode": "events" if request_url else "socket",
    }
    return named | ({"requestUrl": request_url} if request_url else {})


def _user(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.handle,
        "real_name": person.name,
        "email": f"{person.handle}@fernshire.example",
        "tz": "Europe/London",
    }


def _channel(channel: Channel) -> dict[str, Any]:
    return {
        "id": channel.id,
        "name": channel.name,
        "topic": channel.topic,
        "is_private": channel.private,
        "members": [*(person.id for person in channel.members), REJOINDER.user],
    }


def _dm(person: Person) -> dict[str, Any]:
    """Made beforehand: one that local-slack makes gets an id from the clock."""
    return {
        "id": person.dm,
        "name": f"dm-{person.handle}",
        "is_channel": False,
        "is_im": True,
        "is_private": True,
        "members": [person.id, REJOINDER.user],
    }
