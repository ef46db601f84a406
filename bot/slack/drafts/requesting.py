"""``/draft``: a draft is made on an item of a case, kept, and shown in the case's thread."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from bot.answering.writing import Unwritten
from bot.jobs import Facts, GaveUp
from bot.responding.evidence import data
from bot.responding.reviewing import Press
from bot.slack import acting, parsing
from bot.slack.cases import admitting, threads
from bot.slack.desk import CHORES, Desk
from bot.slack.drafts import card, office
from bot.store.cases import State
from retrieval.search import NothingIndexed

HELP = (
    "/draft and the name of a report drafts on its items; /draft peel-2023-25-fernshire 6 drafts "
    "on item 6 alone. The drafts come in the report's thread."
)
NO_CASE = "There is no report {name!r} that you may read here. /reports lists them."
NO_ITEM = "{case} has no item {item} that is for the office."
NO_CARD = "This report has no card in Slack yet. Press “Start a response” in /reports first."
UNCONFIRMED = "The items of this report are not confirmed yet. Check and confirm them first."
NOT_NOW = "The draft could not be made now. Try again in a while."
BEGUN = "Drafting on {count}. Each comes in the report's thread."
_TRIES = 4


def register(desk: Desk) -> None:
    """Say what the jobs do."""
    desk.jobs.add("draft", partial(_begin, desk))
    desk.jobs.add("draft_item", partial(_draft, desk))


def commanded(desk: Desk, body: Mapping[str, Any]) -> None:
    """See that drafts are made as a command says, once for each command."""
    command = parsing.from_command(body, desk.now())
    facts = {"person": command.person, "channel": command.channel, "asked": command.text}
    start(desk, facts, f"l{command.key[1:]}")


def start(desk: Desk, facts: Facts, once: str) -> None:
    """See that drafts are made; ``asked`` is the case and, for one alone, the item."""
    desk.jobs.start(CHORES, "draft", once, facts | {"press": once})


def _begin(desk: Desk, facts: Facts) -> None:
    """A job for each item, so that one that fails holds up no other."""
    found = desk.jobs.step("find", partial(_found, desk, facts))
    if "refused" in found:
        acting.tell(desk, facts, found["refused"])
        return
    for item in found["items"]:
        told = {"case": found["case"], "item": item, "wish": facts.get("wish", "")}
        press = f"{facts['press']}.{item}"
        desk.jobs.start(desk.answers, "draft_item", press, facts | told | {"press": press})
    count = len(found["items"])
    acting.tell(desk, facts, BEGUN.format(count="1 item" if count == 1 else f"{count} items"))


def _found(desk: Desk, facts: Facts) -> Facts:
    """The case and the items to draft on, or why there are none."""
    name, _, number = facts["asked"].strip().partition(" ")
    refused = admitting.turned_away(desk, facts["person"])
    if refused or name in ("", "help"):
        return {"refused": refused or HELP}
    case = admitting.readable(desk, name.casefold(), facts["person"])
    if isinstance(case, str):
        return {"refused": NO_CASE.format(name=name)}
    if case.state is not State.CONFIRMED:
        return {"refused": UNCONFIRMED}
    if threads.thread(desk, case.id) is None:
        return {"refused": NO_CARD}
    ours = [one.id for one in case.content.items if one.ours]
    wanted = number.strip().removeprefix("item").strip()
    items = ours if wanted in ("", "all") else [one for one in ours if str(one) == wanted]
    if not items:
        return {"refused": NO_ITEM.format(case=case.id, item=wanted or "")}
    return {"case": case.id, "items": items}


def _draft(desk: Desk, facts: Facts) -> None:
    try:
        done = desk.jobs.step("draft", partial(_drafted, desk, facts), tries=_TRIES)
    except GaveUp:
        done = {"refused": NOT_NOW}
    if done["refused"]:
        acting.tell(desk, facts, done["refused"])
        return
    case, item = facts["case"], facts["item"]
    desk.jobs.step("card", partial(card.show, desk, case, item))
    once = f"{case}.{item}.{done['event']}"
    desk.jobs.step("say", partial(card.say, desk, case, done["words"], once))


def _drafted(desk: Desk, facts: Facts) -> Facts:
    """Make the draft and keep it, once for each press; why it is refused, "" when it is not."""
    case = desk.casebook.get(facts["case"])
    item = case.content.item(facts["item"])
    there = threads.thread(desk, case.id)
    collections = there and admitting.collections(desk, there.channel, case.added_by)
    if item is None or not collections:
        return {"refused": card.HIDDEN}
    try:
        made = office.made(desk, case, item, collections, facts.get("wish", ""))
    except (NothingIndexed, Unwritten):
        return {"refused": NOT_NOW}
    before = desk.drafts.find(case.id, item.id)
    press = Press(
        f"draft/{facts['press']}", facts["person"], desk.now(),
        before.latest.number if before else 0, before.turned.number if before else 0,
    )  # fmt: skip
    outcome = office.reviewing(desk).request(
        case.id, item.id, made.checked.wording, data(made.checked.pack), press
    )
    number = outcome.event.number
    return {
        "refused": "" if outcome.taken else outcome.words,
        "words": f"Item {item.id}: {outcome.words}",
        "event": number,
    }
