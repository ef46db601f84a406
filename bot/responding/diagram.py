"""The statuses of a draft as a Mermaid diagram, made from the table."""

from collections.abc import Iterator

from bot.responding.workflow import TABLE, Move, Status, Step, Who

_NAMES = {
    Status.DRAFTED: "in review",
    Status.CHANGES_ASKED: "changes asked for",
    Status.NEEDS_SECOND: "needs a second reviewer",
    Status.APPROVED: "approved",
    Status.VOID: "approval void",
    Status.PUBLISHED: "published",
}
_STEPS = {
    Step.REQUEST: "draft asked for",
    Step.EDIT: "edited",
    Step.ASK_CHANGES: "changes asked for",
    Step.APPROVE: "approved",
    Step.WITHDRAW: "decision taken back",
    Step.VOID: "text or source differs",
    Step.PUBLISH: "published",
}
_FIRST = "approved, one more needed"


def mermaid() -> str:
    """The text of the diagram; steps between the same two statuses share an arrow."""
    names = [f"    {status}: {words}" for status, words in _NAMES.items()]
    arrows: dict[tuple[str, str], list[str]] = {}
    for before, after, words in _turns():
        told = arrows.setdefault((before, after), [])
        told += [words] if words not in told else []
    drawn = [f"    {one} --> {other}: {', '.join(w)}" for (one, other), w in arrows.items()]
    return "\n".join(["stateDiagram-v2", *names, *drawn]) + "\n"


def _turns() -> Iterator[tuple[str, str, str]]:
    """Every step that somebody may take and that changes the status."""
    for status in Status:
        for step in Step:
            for move in _moves(status, step):
                before = "[*]" if status is Status.NONE else status.value
                if move.short and move.short is not status:
                    yield before, move.short.value, _FIRST
                if move.next is not status:
                    yield before, move.next.value, _STEPS[step]
        if status is Status.PUBLISHED:
            yield status.value, "[*]", "kept as it is"


def _moves(status: Status, step: Step) -> list[Move]:
    cells = (TABLE[status, step, who] for who in Who)
    return list(dict.fromkeys(cell for cell in cells if isinstance(cell, Move)))
