"""What earlier reports raised: looked through on demand, and judged by an officer in the thread."""

from collections.abc import Sequence
from functools import partial

from bot.jobs import Facts
from bot.responding.recurrence import Looking, Suggestion, counting
from bot.slack import acting
from bot.slack.blocks import earlier as blocks
from bot.slack.blocks.earlier import Judged
from bot.slack.cases import admitting, card, threads
from bot.slack.desk import CHORES, Desk
from bot.store.cases import Case, Item
from bot.store.recurrences import Recurrence
from retrieval.library import Scope
from retrieval.search import NothingIndexed

GONE = "That suggestion is no longer there. Press “Raised before?” on the report's card again."
NO_CARD = "This report has no card in Slack."


def register(desk: Desk) -> None:
    """Say what the jobs do."""
    desk.jobs.add("case_earlier", partial(_look, desk))
    desk.jobs.add("case_judged", partial(_judge, desk))


def begin(desk: Desk, case: str, facts: Facts, once: str) -> None:
    """See that earlier reports are looked through for the items of a case."""
    desk.jobs.start(CHORES, "case_earlier", f"{case}.{once}", facts | {"case": case})


def judge(desk: Desk, judged: Judged, facts: Facts, once: str) -> None:
    """See that what somebody says of a suggestion is kept."""
    told = {"case": judged.case, "item": judged.item, "name": judged.name, "same": judged.same}
    desk.jobs.start(CHORES, "case_judged", f"{judged.case}.{once}", facts | told)


def _look(desk: Desk, facts: Facts) -> None:
    refused = desk.jobs.step("admit", partial(_refusal, desk, facts))
    if refused:
        acting.tell(desk, facts, refused)
        return
    case = desk.casebook.get(facts["case"])
    # Not in a step: it may be read again after a crash, and each report is opened once for all.
    mine = [one for one in case.content.items if one.ours]
    found = {number: some for number, some in _suggested(desk, case, mine).items() if some}
    numbers = desk.jobs.step("find", lambda: list(found))
    for number in numbers:
        some = found.get(number, [])
        desk.jobs.step(f"show {number}", partial(_show, desk, case.id, number, some))
    if not numbers:
        acting.tell(desk, facts, blocks.NONE)


def _refusal(desk: Desk, facts: Facts) -> str:
    case = _case(desk, facts)
    return case if isinstance(case, str) else ""


def _case(desk: Desk, facts: Facts) -> Case | str:
    """The case, or why this person may not work on it here."""
    found = admitting.workable(desk, facts["case"], facts["person"])
    if isinstance(found, str):
        return found
    return found if threads.thread(desk, found.id) else NO_CARD


def _suggested(desk: Desk, case: Case, items: Sequence[Item]) -> dict[int, list[Suggestion]]:
    """What is suggested for each item, from what everyone in the thread may read."""
    said = desk.recurrences.of(case.id)
    looking = Looking(
        case, desk.answering.search, _scope(desk, case), desk.casebook.all(), desk.casebook.pages,
        desk.settings.force,
    )  # fmt: skip
    try:
        return {one.id: looking.suggestions(one, said) for one in items}
    except NothingIndexed:
        return {one.id: [] for one in items}


def _scope(desk: Desk, case: Case) -> Scope:
    """What everyone who sees the thread may read."""
    thread = threads.thread(desk, case.id)
    among = admitting.collections(desk, thread.channel, case.added_by) if thread else frozenset()
    return Scope(among, desk.now())


def _show(desk: Desk, name: str, number: int, found: Sequence[Suggestion] | None = None) -> None:
    """Show what is suggested for an item, in the place of what was shown before."""
    case, thread = desk.casebook.get(name), threads.thread(desk, name)
    item = case.content.item(number)
    if thread is None or item is None:
        return
    some = _suggested(desk, case, [item])[number] if found is None else found
    render = partial(blocks.messages, name, item, _sentence(desk, case, item), some)
    desk.gateway.put(render, key=f"e:{name}.{number}", spot=thread)


def _sentence(desk: Desk, case: Case, item: Item) -> str:
    readable = {one.digest for one in desk.library.admitted(_scope(desk, case))}
    said, cases = desk.recurrences.all(), desk.casebook.all()
    return counting.sentence(case, item, said, cases, readable=readable)


def _judge(desk: Desk, facts: Facts) -> None:
    done = desk.jobs.step("note", partial(_noted, desk, facts))
    if done["refused"]:
        acting.tell(desk, facts, done["refused"])
        return
    desk.jobs.step("show", partial(_show, desk, facts["case"], facts["item"]))
    case = desk.casebook.get(facts["case"])
    once = f"earlier.{facts['press']}"
    desk.jobs.step("say", partial(card.say, desk, case, done["words"], once))


def _noted(desk: Desk, facts: Facts) -> Facts:
    """Keep what a person says of a suggestion; the same word said again changes nothing."""
    case = _case(desk, facts)
    if isinstance(case, str):
        return {"refused": case}
    item = case.content.item(facts["item"])
    found = _suggested(desk, case, [item])[item.id] if item else []
    one = next((each for each in found if each.earlier.name == facts["name"]), None)
    if item is None or one is None:
        return {"refused": GONE}
    said = Recurrence(item.id, facts["same"], one.earlier, facts["person"], desk.now())
    desk.recurrences.note(case.id, said)
    verb = "confirmed that" if facts["same"] else "said that"
    whether = "raised the same" if facts["same"] else "did not raise the same"
    who = admitting.name(desk, facts["person"])
    told = f"Item {item.id}: {who} {verb} {one.earlier.title} {whether}."
    return {"refused": "", "words": f"{told} {_sentence(desk, case, item)}".strip()}
