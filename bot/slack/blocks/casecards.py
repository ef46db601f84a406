"""The card of a case: what was read of a report, or where its answering stands."""

import re
from collections.abc import Iterator, Mapping

from bot.responding import counting, plan
from bot.responding.duty import plain
from bot.responding.duty.wording import working
from bot.responding.progress import Progress
from bot.slack.blocks import clock, documents, draftcards, earlier, intake, kit, message, text
from bot.slack.blocks.kit import Block
from bot.slack.blocks.message import Message, Profile
from bot.store.cases import Case, State, Step

START = re.compile(r"^case_start$")
CHECK = re.compile(r"^case_check$")
CHIEF = re.compile(r"^case_chief$")
WORKING = re.compile(r"^case_working$")
HIDDEN = "The report of this case may not be shown here now."
_DIGEST = re.compile(r"[0-9a-f]{64}")
_CASE = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_TITLE = 200
_STEPS = {
    Step.INVITED: "The chief officer was invited on {on}",
    Step.RECEIVED: "The chief officer's comments came on {on}",
    Step.NONE: "It was noted on {on} that no comments came from the chief officer",
}


def start(digest: str, words: str = "Start a response") -> Block:
    """The button that makes a case of an indexed report, and puts its card into the channel."""
    return kit.button(words, "case_start", digest)


def started(value: str) -> str | None:
    """The digest that "Start a response" carries, None for what we never wrote."""
    return value if _DIGEST.fullmatch(value) else None


def pressed(value: str) -> str | None:
    """The case that a button of a card carries, None for what we never wrote."""
    return value if _CASE.fullmatch(value) else None


def messages(told: Progress, names: Mapping[str, str], profile: Profile) -> list[Message]:
    """The card; ``names`` are what the people of the case are called."""
    case = told.case
    pieces = message.strong(text.cut(text.one_line(case.content.title), _TITLE))
    if case.state is State.CONFIRMED:
        pieces += clock.pieces(told)
    lines = _lines(told, names) if case.state is State.CONFIRMED else _proposed(case)
    pieces += [piece for line in lines for piece in message.told(line)]
    pieces += [piece for line in _small(case, names) for piece in message.grey(line)]
    return message.packed(pieces, profile, (kit.row("case", list(_buttons(told))),))


def hidden(told: Progress, profile: Profile) -> list[Message]:
    """The card where not everyone may read the report: its clock alone."""
    said = clock.line(told)
    pieces = [*message.strong(said), *message.told(HIDDEN)]
    return message.packed(pieces, profile)


def line(words: str) -> Message:
    """What happened with a case, in a line of its thread."""
    return message.single(words)


def explained(told: Progress) -> Block:
    """How the last day comes about, in a window."""
    running = told.clock
    said = working(running, told.answered_on or told.on) if running else clock.NO_CLOCK
    return {
        "type": "modal",
        "title": kit.label("How it is counted"),
        "close": kit.label("Close"),
        "blocks": [kit.words(said)],
    }


def _proposed(case: Case) -> Iterator[str]:
    """What was read, and that nothing counts of it yet."""
    said, size = case.latest.content, len(case.documents)
    yield f"{documents.KINDS[said.kind]}. I read {counting.counted(said.items)}."
    yield f"{intake.dated(said)} Not checked yet, so no clock runs."
    if size > 1:
        yield f"It rests on {size} documents."


def _lines(told: Progress, names: Mapping[str, str]) -> Iterator[str]:
    said = told.case.content
    owner = names.get(said.owner, said.owner) or "nobody yet"
    yield f"{counting.counted(said.items)}. Decided: {told.decided} of {told.asked}. With {owner}."
    step = plan.chief(told.case)
    if step is None:
        yield "The chief officer has not been invited to comment yet."
    else:
        until = f", to comment before {plain(step.until)}" if step.until else ""
        yield f"{_STEPS[step.step].format(on=plain(step.on))}{until}."
    if (following := told.next) and not told.answered_on:
        whose = names.get(following.who, following.who)
        due = "was due on" if following.on < told.on else "by"
        yield f"Next: {following.words}, {due} {plain(following.on)}, with {whose}."


def _small(case: Case, names: Mapping[str, str]) -> Iterator[str]:
    if case.state is State.CONFIRMED:
        one = case.standing
        yield f"Case {case.id}. Confirmed by {names[one.person]} on {plain(one.at.date())}."
        if not case.latest.confirmed:
            yield "There are corrections that nobody has confirmed yet."
    else:
        yield f"Case {case.id}. Added by {names[case.added_by]} on {plain(case.added_at.date())}."


def _buttons(told: Progress) -> Iterator[Block]:
    case = told.case
    if case.state is not State.CONFIRMED:
        yield kit.button("Check and confirm…", "case_check", case.id)
        return
    yield kit.button("Correct…", "case_check", case.id)
    if not told.answered_on:
        yield kit.button(_chief(case), "case_chief", case.id)
        yield earlier.look(case.id)
        yield draftcards.ask(case.id)
    yield kit.button("How the day is counted", "case_working", case.id)


def _chief(case: Case) -> str:
    return "The chief officer's comments…" if case.chief else "Invite the chief officer…"
