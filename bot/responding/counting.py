"""What the kinds of item are called, and how many of each there are."""

from collections.abc import Sequence

from bot.store.cases import Item
from retrieval.documents import ItemKind

_NAMES = {
    ItemKind.CAUSE_OF_CONCERN: ("cause of concern", "causes of concern"),
    ItemKind.RECOMMENDATION: ("recommendation", "recommendations"),
    ItemKind.AREA_FOR_IMPROVEMENT: ("area for improvement", "areas for improvement"),
    ItemKind.PRIORITY_ACTION: ("area for priority action", "areas for priority action"),
}


def name(kind: ItemKind) -> str:
    """ "Cause of concern"."""
    return _NAMES[kind][0].capitalize()


def counted(items: Sequence[Item]) -> str:
    """ "2 causes of concern, 1 recommendation, of which 1 is not ours"."""
    counts = {kind: sum(one.kind is kind for one in items) for kind in _NAMES}
    told = [f"{n} {_NAMES[kind][n != 1]}" for kind, n in counts.items() if n]
    others = sum(not one.ours for one in items)
    apart = f", of which {others} {'is' if others == 1 else 'are'} not ours" if others else ""
    return (", ".join(told) or "no items") + apart
