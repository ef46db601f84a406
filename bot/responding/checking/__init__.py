"""Checks of a draft: what is wrong, where, how to mend it, and whether it stands in the way.

Rules over words: they see slips that can be pointed at. Contradictions in other words and figures
given to another thing of the same sentence pass; a person reads the draft beside its evidence.
"""

from collections.abc import Sequence
from datetime import date

from bot.responding.checking import facts, positions, promised, voices
from bot.responding.checking.draft import Draft
from bot.responding.checking.limbs import Matrix, Row, coverage, marked
from bot.responding.checking.rules import TABLE, Finding, Rule, Weight, weighed
from bot.responding.drafting.style import USUAL, Style
from bot.responding.duty import Clock
from bot.responding.evidence import Pack
from bot.store.cases import Item
from bot.store.wordings import Wording

__all__ = [
    "TABLE", "Finding", "Matrix", "Row", "Rule", "Weight", "check", "coverage", "marked",
]  # fmt: skip


def check(
    wording: Wording,
    item: Item,
    pack: Pack,
    *,
    style: Style = USUAL,
    clock: Clock | None = None,
    on: date | None = None,
    responses: Sequence[str] = (),
) -> tuple[Finding, ...]:
    """Everything that is wrong with a draft on an item, what blocks first.

    ``clock`` gives the legal sentence, None while no day of publication is confirmed; ``on`` is the
    day of the draft, the pack's without one; ``responses`` are the office's other responses, for
    wording that is used again.
    """
    draft = Draft(wording, item, pack, style, clock, on, tuple(responses))
    found = dict.fromkeys(one for part in _PARTS for one in part(draft))
    weights = [weighed(one, item.kind) for one in found]
    return tuple(sorted(weights, key=lambda one: (not one.blocks, one.sentence, one.limb)))


_PARTS = (promised.seen, facts.seen, voices.seen, positions.seen)
