"""The card of a file: made from what lies on the disk and in the library at that moment.

So whichever job shows it last shows the truth.
"""

from collections.abc import Callable, Mapping
from typing import Any

from bot.jobs import Facts, GaveUp
from bot.slack import offers, officers
from bot.slack.blocks import casecards
from bot.slack.blocks import documents as blocks
from bot.slack.blocks.documents import Card, Done, Press
from bot.slack.blocks.kit import Block
from bot.slack.calling import Refused
from bot.slack.cases import starting
from bot.slack.desk import Desk
from bot.slack.gateway import Spot
from bot.slack.offers import Offer
from retrieval.indexing import State
from retrieval.library import Filed, Scope

_STATES = {
    State.ADDED: "Indexed",
    State.CHANGED: "Indexed, with the changes",
}
_BEFORE = "Already indexed"


def show(desk: Desk, facts: Facts, done: Mapping[str, Any] | None = None) -> bool:
    """Show what became of a file; ``done`` is how indexing it ended.

    True when nothing can be done with the file any more.
    """
    offer = kept(desk, facts)
    card = blocks.words(blocks.GONE) if offer is None else _card(desk, facts, offer, done or {})
    put(desk, facts, card)
    return not card.buttons


def show_for_now(desk: Desk, facts: Facts, card: Callable[[], Card]) -> None:
    """A sign on the way: another card takes its place, so it is no harm when it does not come."""
    try:
        desk.jobs.step("sign", lambda: put(desk, facts, card()), tries=2)
    except (GaveUp, Refused):
        return


def indexing(desk: Desk, facts: Facts) -> Card:
    """The card while a file is indexed."""
    offer = kept(desk, facts)
    return blocks.indexing(offer.file.name, offer.pages) if offer else blocks.words(blocks.GONE)


def put(desk: Desk, facts: Facts, card: Card) -> None:
    """Post a card in the thread of the file's message, or show it in place of the one there."""
    spot = Spot(facts["channel"], facts["card"])
    desk.gateway.put(card.messages, key=key(facts), spot=spot)


def kept(desk: Desk, facts: Facts) -> Offer | None:
    """The file of these facts, None when it is no longer kept."""
    return offers.load(desk.settings.home, facts["shelf"])


def key(facts: Facts) -> str:
    """The key of a file's card in a channel."""
    return f"d:{facts['channel']}:{facts['file']}"


def _card(desk: Desk, facts: Facts, offer: Offer, done: Mapping[str, Any]) -> Card:
    filed, press = _filed(desk, offer), _press(facts)
    readable = filed is not None and _here(desk, facts).admits(filed)
    if done.get("state") == State.REFUSED:
        return blocks.refused(" ".join(done["notes"]), press)
    if filed and filed.file == str(offer.file) and (readable or done):
        return _indexed(desk, filed, done, press, readable=readable)
    if filed and readable:
        return blocks.already(filed.entry)
    listed = offers.confirmed(offer)
    if listed and listed.withdrawn:
        return blocks.taken_out(offer.file.name, press)
    if done:
        return blocks.refused(officers.HIDDEN)
    return blocks.offered(offer.file.name, offer.pages, offer.entry, offer.note, press)


def _indexed(
    desk: Desk, filed: Filed, done: Mapping[str, Any], press: Press, *, readable: bool
) -> Card:
    state = _STATES.get(done.get("state", ""), _BEFORE)
    ended = Done(state, filed.page_count, done.get("passages", 0), filed.notes)
    if readable:
        return blocks.indexed(filed.entry, ended, press, _start(desk, filed))
    embargoed = filed.entry.embargoed(desk.now())
    until = filed.entry.embargo_until if embargoed else None
    return blocks.indexed_unseen(filed.name, ended, until, press)


def _start(desk: Desk, filed: Filed) -> list[Block]:
    """The button that makes a case of a report, where nobody has."""
    is_report = filed.entry.kind in starting.REPORTS
    return [casecards.start(filed.digest)] * (is_report and not desk.casebook.of(filed.digest))


def _filed(desk: Desk, offer: Offer) -> Filed | None:
    same = (one for one in desk.library.documents() if one.digest == offer.digest)
    return next(same, None)


def _here(desk: Desk, facts: Facts) -> Scope:
    """What all who see the card may read now."""
    if facts["channel"].startswith("D"):
        return Scope(desk.members.collections(facts["person"]), desk.now())
    return Scope(desk.members.for_channel(facts["channel"]) or frozenset(), desk.now())


def _press(facts: Facts) -> Press:
    return Press(facts["file"], facts["card"], facts["shelf"])
