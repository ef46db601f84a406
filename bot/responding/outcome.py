"""What was decided on an item and what became of it, in words; nothing of it is inferred."""

from bot.responding.duty import plain
from bot.store.cases import ChiefStep, Choice, Decided, ItemStatus, Status, Step

NONE = "none on record"
_CHOICES = {
    Choice.TAKEN: "action taken",
    Choice.PROPOSED: "action proposed",
    Choice.NONE: "no action",
}
_STEPS = {
    Step.INVITED: "invited to comment",
    Step.RECEIVED: "comments received",
    Step.NONE: "no comments received",
}


def decision(said: Decided | None) -> str:
    """ "action proposed, because …: “…”"."""
    if said is None:
        return NONE
    reason = f", because {said.reason}" if said.reason and said.reason != said.quote else ""
    return f"{_CHOICES[said.choice]}{reason}{_quoted(said.quote)}"


def status(said: ItemStatus | None, who: str = "") -> str:
    """ "closed on 4 March 2031, noted by Tom: “…”"; ``who`` is the name of who said so."""
    if said is None:
        return NONE
    noted = f", noted by {who or said.person}"
    return f"{state(said.status)} on {plain(said.on)}{noted}{_quoted(said.quote)}"


def state(said: Status) -> str:
    """ "submitted for closure"."""
    return said.value.replace("_", " ")


def chief(said: ChiefStep | None, who: str = "") -> str:
    """Where the chief officer's comments stand."""
    if said is None:
        return "Chief officer: not invited yet"
    until = f", until {plain(said.until)}" if said.until else ""
    noted = f", noted by {who or said.person}"
    return f"Chief officer: {_STEPS[said.step]} on {plain(said.on)}{until}{noted}"


def sentence(said: str) -> str:
    """With a full stop, unless it ends with one or with a quotation."""
    return said if said.endswith(("”", ".")) else f"{said}."


def _quoted(quote: str) -> str:
    return f": “{' '.join(quote.split())}”" if quote else ""
