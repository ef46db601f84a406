"""People and channels of a test's own, so that tests which share one bot do not meet."""

from itertools import count

from tests.bot.slack.desks import Bot
from tests.fakes.slack_workspace import BOT_USER, Kind, Person, Room

_NUMBERS = count(1)


def somebody(bot: Bot, guest: bool = False) -> str:
    """A new member of the workspace, who reads what is public; the id."""
    person = Person(f"U0NEW{next(_NUMBERS)}", "new.colleague", guest=guest)
    bot.slack.state.people[person.id] = person
    return person.id


def room(bot: Bot, *members: str, kind: Kind = Kind.PUBLIC, shared: bool = False) -> str:
    """A new channel with the bot and these members; the id."""
    made = Room(
        f"C0NEW{next(_NUMBERS)}", "new-channel", kind, frozenset({*members, BOT_USER}),
        shared=shared,
    )  # fmt: skip
    bot.slack.state.rooms[made.id] = made
    return made.id
