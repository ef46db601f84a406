"""The card of a draft: one message in its case's thread, kept current, and lines beside it."""

from collections.abc import Mapping
from functools import partial

from bot.jobs import Facts, GaveUp
from bot.operating import logs
from bot.responding.drafting import making
from bot.responding.pressing import Standing
from bot.slack.blocks import draftcards
from bot.slack.blocks.draftcards import Shown
from bot.slack.blocks.message import Message, Profile
from bot.slack.calling import Refused
from bot.slack.cases import admitting, threads
from bot.slack.desk import CHORES, Desk
from bot.slack.drafts import office
from bot.slack.gateway import Spot
from bot.store.drafts import Draft

_TIMES = "*/10 * * * *"
HIDDEN = "This draft cannot be shown here now: not everyone may read what it rests on."


def register(desk: Desk) -> None:
    """Say what the jobs do."""
    desk.jobs.add("draft_card", partial(_show_again, desk))
    desk.jobs.add("draft_void", partial(_say_void, desk))
    desk.jobs.add("draft_voids", lambda _: void_stale(desk))
    desk.jobs.every(CHORES, "draft_voids", _TIMES)


def key(case: str, item: int) -> str:
    """The key under which the card of a draft is kept current."""
    return f"r:{case}.{item}"


def refresh(desk: Desk, draft: Draft) -> None:
    """See that the card of a draft shows how it stands."""
    once = f"{key(draft.case, draft.item)}.{len(draft.events)}"
    desk.jobs.start(CHORES, "draft_card", once, {"case": draft.case, "item": draft.item})


def void_stale(desk: Desk) -> None:
    """Record which approvals no longer hold, and see that it is said, with the reason."""
    for outcome in office.reviewing(desk).void_stale(desk.now()):
        if outcome.standing:
            draft = outcome.standing.draft
            facts = {"case": draft.case, "item": draft.item, "words": outcome.words}
            once = f"{key(draft.case, draft.item)}.{outcome.event.number}.void"
            desk.jobs.start(CHORES, "draft_void", once, facts | {"event": outcome.event.number})


def show(desk: Desk, case: str, item: int) -> None:
    """Show a draft in its case's thread, in the place of its card. Raises as the gateway does."""
    thread = threads.thread(desk, case)
    if thread is not None:
        standing = office.reviewing(desk).standing(case, item, desk.now())
        render = partial(_messages, desk, standing, thread)
        desk.gateway.put(render, key=key(case, item), spot=thread)


def say(desk: Desk, case: str, words: str, once: str) -> None:
    """Say in the thread of a case what has happened to a draft."""
    thread = threads.thread(desk, case)
    if thread is not None:
        desk.gateway.put(lambda _: [draftcards.line(words)], key=f"r:{once}", spot=thread)


def _show_again(desk: Desk, facts: Facts) -> None:
    try:
        desk.jobs.step("show", partial(show, desk, facts["case"], facts["item"]))
    except (GaveUp, Refused) as no:
        logs.get().warning("card not shown", delivery=key(facts["case"], facts["item"]), error=no)


def _say_void(desk: Desk, facts: Facts) -> None:
    case, item = facts["case"], facts["item"]
    once = f"{case}.{item}.{facts['event']}"
    desk.jobs.step("card", partial(show, desk, case, item))
    desk.jobs.step("say", partial(say, desk, case, f"Item {item}: {facts['words']}", once))


def _messages(desk: Desk, standing: Standing, spot: Spot, profile: Profile) -> list[Message]:
    draft = standing.draft
    case = desk.casebook.get(draft.case)
    if not admitting.may_show(desk, case, spot.channel, case.added_by):
        return [draftcards.line(HIDDEN)]
    checked = office.checked(desk, case, draft)
    weakest = making.weakest(checked.wording, checked.findings)
    return draftcards.messages(Shown(standing, checked, weakest, _names(desk, draft)), profile)


def _names(desk: Desk, draft: Draft) -> Mapping[str, str]:
    people = {draft.latest.requested_by, draft.latest.edited_by, draft.holder}
    people |= {one.person for one in draft.approvals}
    return {one: admitting.name(desk, one) for one in people if one}
