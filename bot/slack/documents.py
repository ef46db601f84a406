"""A file dropped into Slack on its way into the index: read, offered, confirmed, indexed, undone.

Each job can be cut off anywhere and run again. Its facts hold ids and names of folders, no words
of a document.
"""

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from bot.jobs import Facts, GaveUp, TryAgain
from bot.slack import acting, cards, offers, officers, receiving
from bot.slack.blocks import documents as blocks
from bot.slack.blocks.documents import Press
from bot.slack.desk import CHORES, INDEXING, Desk
from bot.slack.offers import Offer
from retrieval.indexing import Outcome, State

ELSEWHERE = (
    "Documents are added in the office's channel or in a direct message to me. Send the file there."
)
OUTSIDE = (
    "Documents are not added in a channel that is shared with people outside this workspace, or "
    "whose members I cannot see. Send the file to me in a direct message."
)
_LATER = "Slack did not give me the file. Send it again in a while."
_NOT_NOW = "It could not be indexed now. Press “Index this…” again in a while."
_OFFICE = "office"
_ID = re.compile(r"[A-Z][A-Z0-9]{2,30}")
_TRIES = 6


def register(desk: Desk) -> None:
    """Say what the jobs do."""
    for name, work in (
        ("document_offer", _offer),
        ("document_confirmed", _confirmed),
        ("document_index", _index),
        ("document_not_now", _not_now),
        ("document_out", _take_out),
    ):
        desk.jobs.add(name, partial(work, desk))


def take(desk: Desk, event: Mapping[str, Any], *, named: bool) -> None:
    """See that the files of a message are offered for indexing, where documents are added.

    ``named``: the message names the bot, which then says where that is.
    """
    channel, ts = str(event["channel"]), str(event["ts"])
    facts = {
        "person": str(event["user"]),
        "channel": channel,
        "thread": str(event.get("thread_ts") or ""),
        "card": str(event.get("thread_ts") or ts),
        "message": ts,
    }
    if not _is_taken_here(desk, channel):
        if named:
            acting.start(desk, "say", f"files.{channel}.{ts}", facts | {"words": ELSEWHERE})
        return
    for file in dict.fromkeys(str(one.get("id") or "") for one in event["files"]):
        if _ID.fullmatch(file):
            key = f"{channel}:{file}:{ts}"
            desk.jobs.start(CHORES, "document_offer", key, facts | {"file": file})


def confirm(desk: Desk, where: Facts, window: str) -> None:
    """See that a document is indexed whose entry was confirmed in a window."""
    desk.jobs.start(CHORES, "document_confirmed", window, where | {"window": window})


def press(desk: Desk, name: str, once: str, where: Facts) -> None:
    """Do what another button of a card asks: ``document_not_now`` or ``document_out``."""
    desk.jobs.start(INDEXING if name == "document_out" else CHORES, name, once, where)


def where(press: Press, channel: str, person: str) -> Facts:
    """The facts of a press: who, which file, and where its card stands."""
    told = {"file": press.file, "card": press.thread, "shelf": press.shelf}
    return {"person": person, "channel": channel, "thread": press.thread, **told}


def _is_taken_here(desk: Desk, channel: str) -> bool:
    return channel.startswith("D") or _OFFICE in desk.settings.channels.get(channel, ())


# Reading and offering


def _offer(desk: Desk, facts: Facts) -> None:
    refused = desk.jobs.step("admit", partial(_refusal, desk, facts))
    if refused:
        acting.tell(desk, facts, refused)
        return
    cards.show_for_now(desk, facts, lambda: blocks.words(blocks.READING))
    try:
        found = desk.jobs.step("read", partial(receiving.receive, desk, facts), tries=_TRIES)
    except GaveUp:
        found = {"refused": _LATER}
    if found.get("shelf"):
        facts = facts | found
        _note(desk, "offered", facts)
        _show_and_tidy(desk, facts, {})
    else:
        _note(desk, "refused", facts)
        desk.jobs.step("show", partial(cards.put, desk, facts, blocks.refused(found["refused"])))


def _refusal(desk: Desk, facts: Facts) -> str:
    words = officers.turned_away(desk, facts["person"])
    if words or facts["channel"].startswith("D"):
        return words
    return OUTSIDE if desk.members.for_channel(facts["channel"]) is None else ""


def _not_now(desk: Desk, facts: Facts) -> None:
    """Keep nothing of a file that nobody has confirmed."""
    refused = desk.jobs.step("admit", partial(officers.turned_away, desk, facts["person"]))
    if refused:
        acting.tell(desk, facts, refused)
        return
    if desk.jobs.step("show", partial(_show_dropped, desk, facts)):
        desk.jobs.step("forget", lambda: offers.forget(desk.settings.home, facts["shelf"]))


def _show_dropped(desk: Desk, facts: Facts) -> bool:
    """Whether the file may go: nobody has confirmed it meanwhile."""
    offer = cards.kept(desk, facts)
    if offer is None or offers.confirmed(offer):
        return cards.show(desk, facts)
    cards.put(desk, facts, blocks.not_now(offer.file.name))
    return True


# Indexing and taking out


def _confirmed(desk: Desk, facts: Facts) -> None:
    """Say that it waits, then let it wait: the lane of indexing does one document at a time."""
    cards.show_for_now(desk, facts, lambda: blocks.words(blocks.WAITING))
    desk.jobs.start(INDEXING, "document_index", facts["window"], facts)


def _index(desk: Desk, facts: Facts) -> None:
    cards.show_for_now(desk, facts, partial(cards.indexing, desk, facts))
    done: dict[str, Any] = {"state": State.REFUSED.value, "notes": [_NOT_NOW]}
    try:
        done = desk.jobs.step("index", partial(_bring_in, desk, facts), tries=_TRIES)
    except GaveUp:
        pass  # the card offers another try, as it does when something unforeseen happens
    finally:
        _note(desk, "refused" if done["state"] == State.REFUSED else "indexed", facts)
        _show_and_tidy(desk, facts, done)


def _show_and_tidy(desk: Desk, facts: Facts, done: Mapping[str, Any]) -> None:
    """Show what became of a file; one with which nothing can be done any more does not stay."""
    if desk.jobs.step("show", partial(cards.show, desk, facts, done)):
        desk.jobs.step("forget", lambda: offers.forget(desk.settings.home, facts["shelf"]))


def _bring_in(desk: Desk, facts: Facts) -> dict[str, Any]:
    """Index one file as its catalogue says; its state, sizes and, when it is refused, why."""
    offer = cards.kept(desk, facts)
    if offer is None:
        return {"state": State.REFUSED.value, "notes": [blocks.GONE]}
    try:
        outcome = _outcome(desk, offer)
    except OSError as cause:
        raise TryAgain(f"index: {type(cause).__name__}") from None
    refused = outcome.state is State.REFUSED
    return {
        "state": outcome.state.value,
        "passages": outcome.passages,
        "notes": list(outcome.notes) if refused else [],
    }


def _outcome(desk: Desk, offer: Offer) -> Outcome:
    return list(desk.index([offer.file]))[-1]


def _take_out(desk: Desk, facts: Facts) -> None:
    """Undo: the document leaves the index, its file and entry stay for another try."""
    refused = desk.jobs.step("admit", partial(_keeps_in, desk, facts))
    if refused:
        acting.tell(desk, facts, refused)
        return
    desk.jobs.step("take out", partial(_withdraw, desk, facts))
    _note(desk, "withdrawn", facts)
    desk.jobs.step("show", partial(cards.show, desk, facts))


def _keeps_in(desk: Desk, facts: Facts) -> str:
    """Why a person may not take a document out, "" when they may."""
    offer = cards.kept(desk, facts)
    if offer is None:
        return blocks.GONE
    person = facts["person"]
    words = officers.turned_away(desk, person)
    return words or (officers.HIDDEN if officers.is_hidden(desk, offer, person) else "")


def _withdraw(desk: Desk, facts: Facts) -> None:
    offer = cards.kept(desk, facts)
    if offer:
        offers.withdraw(offer)
        _bring_in(desk, facts)


def _note(desk: Desk, event: str, facts: Facts) -> None:
    """Put into the audit what happened to a file: ids, its hash and its collection."""
    offer = cards.kept(desk, facts) if facts.get("shelf") else None
    entry = offer and (offers.confirmed(offer) or offer.entry)
    told = {
        "file": facts["file"],
        "digest": offer.digest if offer else "",
        "collection": entry.collection if entry else "",
    }
    subject, person = cards.key(facts), facts["person"]
    filed = partial(desk.filing.filed, f"document.{event}", subject=subject, person=person)
    desk.jobs.step(f"note {event}", lambda: filed(facts=told, now=desk.now()))
