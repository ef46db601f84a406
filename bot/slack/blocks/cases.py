"""Reports being answered, as a list with the most urgent first, and one of them whole."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.responding import counting, outcome, plan
from bot.responding.duty import plain
from bot.responding.duty.wording import full, working
from bot.responding.plan import Planned
from bot.responding.progress import Progress
from bot.slack.blocks import actions, casecards, clock, kit, limits, message, text
from bot.slack.blocks.kit import Block
from bot.slack.blocks.message import Message, Piece, Profile
from bot.store.cases import Case, Item, State
from retrieval.library import Filed

NONE = "No report is being answered whose documents you may all read here."
MORE = "/reports and a name shows one of them whole."
HELP = (
    "/reports lists the reports being answered, the most urgent first.",
    "/reports and the name of one, such as /reports peel-2023-25-fernshire, shows it whole: its "
    "clock, its plan, and each item with its decision and status.",
    "Only you see it, and only reports whose documents you may all read.",
)
_OPEN = "Open the thread"
_FEW = 5


@dataclass(frozen=True)
class Shown:
    """A case as one person sees it: ``link`` leads to its thread, "" for none.

    ``names`` are those of the people in it, by id; ``digest`` is its report's, for whoever may give
    it a card, "" where it has one.
    """

    progress: Progress
    link: str = ""
    digest: str = ""
    names: Mapping[str, str] = field(default_factory=dict)

    def name(self, person: str) -> str:
        """A person's name, or what the record has instead of an id."""
        return self.names.get(person, person)


def listed(shown: Sequence[Shown], to_start: Sequence[Filed], profile: Profile) -> list[Message]:
    """The cases, in order; those that are answered in a line each.

    ``to_start`` are reports that nobody answers yet: the first few have a button that begins.
    """
    pieces = [piece for one in shown for piece in _entry(one)] or message.told(NONE)
    more = message.grey(MORE) if shown else []
    return message.packed([*pieces, *more, *_to_start(to_start[:_FEW])], profile)


def whole(shown: Shown, profile: Profile) -> list[Message]:
    """One case with its clock, plan and items."""
    case = shown.progress.case
    pieces = [
        *titled(shown),
        *clock.pieces(shown.progress),
        *(piece for line in stand(shown) for piece in message.told(line)),
        *(piece for line in _about(shown) for piece in message.grey(line)),
        *_plan(shown),
        *(piece for item in case.content.items for piece in _item(shown, item)),
    ]
    return message.packed(pieces, profile)


def unknown(name: str, near: Sequence[str]) -> Message:
    """That there is no such case, and which were perhaps meant."""
    which = f" Perhaps: {', '.join(near)}." if near else " /reports lists them."
    asked = text.cut(text.one_line(name), limits.HEADER)
    return message.single(f"There is no report {asked} that you may read here.{which}")


def titled(shown: Shown, number: int = 1) -> list[Piece]:
    """The title with its name; beside it, a link to the thread when there is one."""
    case = shown.progress.case
    line = text.cut(text.one_line(f"{case.content.title} ({case.id})"), limits.SECTION - 2)
    block = kit.strong(line)
    if shown.link.startswith(("https://", "http://")) and len(shown.link) <= limits.ADDRESS:
        block |= {"accessory": _link(shown.link, number)}
    elif shown.digest:
        block |= {"accessory": casecards.start(shown.digest, "Put its card here")}
    return [Piece(text.escaped(line), (block,))]


def stand(shown: Shown) -> Iterator[str]:
    """What has a decision, and what comes next, by when, with whom."""
    told = shown.progress
    yield f"Decided: {told.decided} of {told.asked} {'item' if told.asked == 1 else 'items'}."
    if (step := told.next) and not told.answered_on:
        due = "was due" if step.on < told.on else "by"
        who = shown.name(step.who)
        yield f"Next: {step.words} (day {step.day}, {due} {full(step.on)}), with {who}."


def _entry(shown: Shown) -> Iterator[Piece]:
    told = shown.progress
    if told.answered_on:
        line = f"{told.case.content.title} ({told.case.id}): {clock.line(told)}"
        yield from message.grey(text.one_line(line))
        return
    yield from titled(shown)
    lines = [clock.line(told), *stand(shown)]
    yield from message.told(lines[0])
    if told.clock and told.clock.last_working_day != told.clock.last_day:
        lines.append(f"Last working day {full(told.clock.last_working_day)}.")
    yield from message.grey(" ".join(lines[1:]))


def _to_start(reports: Sequence[Filed]) -> Iterator[Piece]:
    if reports:
        yield from message.strong("Not being answered yet")
    for one in reports:
        day = plain(one.entry.published) if one.entry.published else "undated"
        line = text.cut(text.one_line(f"{one.entry.title}, {day}"), limits.SECTION)
        block = kit.words(line, accessory=casecards.start(one.digest))
        yield Piece(text.escaped(line), (block,))


def _link(address: str, number: int) -> Block:
    return {
        "type": "button",
        "text": kit.label(_OPEN),
        "action_id": f"{actions.LINK}{number}",
        "url": address,
    }


def _about(shown: Shown) -> Iterator[str]:
    """The working of the clock, who has the case, and where the chief officer's comments stand."""
    told = shown.progress
    case, owner = told.case, told.case.content.owner
    if told.clock:
        yield working(told.clock, told.answered_on or told.on)
    sure = f"confirmed by {shown.name(case.standing.person)}, revision {case.standing.number}"
    state = sure if case.state is State.CONFIRMED else "proposed, not confirmed yet"
    yield f"Owner: {shown.name(owner) if owner else 'nobody yet'}. Items: {state}."
    step = plan.chief(case)
    yield outcome.sentence(outcome.chief(step, shown.name(step.person) if step else ""))


def _plan(shown: Shown) -> Iterator[Piece]:
    planned = shown.progress.planned
    if planned:
        yield from message.strong("The plan")
    following = shown.progress.next
    for step in planned:
        yield from message.grey(_step(shown, step, is_next=step == following))


def _step(shown: Shown, step: Planned, *, is_next: bool) -> str:
    sign = clock.mark(shown.progress, step)
    done = f"done {plain(step.done_on)}" if step.done_on else f"with {shown.name(step.who)}"
    following = "next, " if is_next and not shown.progress.answered_on else ""
    return f"{sign} Day {step.day}, {full(step.on)}: {step.words}; {following}{done}"


def _item(shown: Shown, item: Item) -> Iterator[Piece]:
    case = shown.progress.case
    yield from message.strong(_heading(case, item))
    yield from message.told(text.one_line(item.text))
    for limb in item.limbs:
        yield from message.told(f"• {text.one_line(limb.text)}")
    yield from message.grey(" ".join(_ended(shown, item)))


def _heading(case: Case, item: Item) -> str:
    number = f" {item.number}" if item.number else ""
    document = f"document {item.document}, " if len(case.documents) > 1 else ""
    return f"Item {item.id}: {counting.name(item.kind)}{number} ({document}page {item.page})"


def _ended(shown: Shown, item: Item) -> Iterator[str]:
    if not item.ours:
        yield f"Not ours: {text.one_line(item.reason)}"
        return
    said = shown.progress.case.status(item.id)
    yield outcome.sentence(f"Decision: {outcome.decision(item.decision)}")
    who = shown.name(said.person) if said else ""
    yield outcome.sentence(f"Status: {outcome.status(said, who)}")
