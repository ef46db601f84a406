"""A draft of one item, made whole: evidence, text, what it covers, what is wrong with it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot import grounding
from bot.responding import checking, confirming
from bot.responding.checking import Finding, Matrix
from bot.responding.drafting.modelled import Drafted, Drafting
from bot.responding.drafting.scaffold import scaffold
from bot.responding.evidence import Pack
from bot.responding.evidence.gathering import Sources, gathered, of_comments
from bot.store.cases import Case, Item
from bot.store.comments import Comment
from bot.store.wordings import Sentence, Wording
from retrieval.library import Filed

_WEAKEST = 3


@dataclass(frozen=True)
class Checked:
    """A text held against its item and evidence."""

    item: Item
    pack: Pack
    wording: Wording
    matrix: Matrix
    findings: tuple[Finding, ...]

    @property
    def ready(self) -> bool:
        """Whether nothing stands in the way of publishing it."""
        return not any(one.blocks for one in self.findings)


@dataclass(frozen=True)
class Made:
    """A draft as it was made; ``withheld`` are the model's sentences that were not let in."""

    checked: Checked
    withheld: tuple[tuple[str, str], ...] = ()


def made(
    case: Case,
    item: Item,
    sources: Sources,
    on: date,
    *,
    comments: Sequence[Comment],
    known: Sequence[Case],
    writer: Drafting | None,
    wish: str = "",
) -> Made:
    """The draft of an item on a day: by the model where there is one, else the scaffold.

    ``wish`` is what a person wants of it, for the model.

    NothingIndexed without an index; Unwritten when the model failed.
    """
    told = of_comments(comments, item, case)
    pack = gathered(sources, case, item, on, told=told, known=known, received=bool(comments))
    drafted = writer.drafted(item, pack, wish=wish) if writer else Drafted(scaffold(item, pack))
    return Made(checked(case, item, pack, drafted.wording), drafted.withheld)


def checked(case: Case, item: Item, pack: Pack, wording: Wording) -> Checked:
    """A text on an item with what it covers and what is wrong with it."""
    told = checking.marked(wording, item)
    findings = checking.check(told, item, pack, clock=confirming.clock(case.content))
    return Checked(item, pack, told, checking.coverage(told, item), findings)


def place(case: Case, filed: Iterable[Filed]) -> str:
    """The place that the report is about, as the catalogue has it, "" when it has none."""
    digests = {one.digest for one in case.documents}
    mine = (one for one in filed if one.digest in digests)
    return next((one.entry.place for one in mine if one.entry.place), "")


def weakest(wording: Wording, findings: Collection[Finding]) -> tuple[int, ...]:
    """The sentences (from 1) that a reviewer should look at first: the worst bound, at most three.

    Those that a check speaks of come first, then those of whose words the least stand in what they
    cite. What cites nothing is a person's own word, and has no evidence to open.
    """
    spoken = {one.sentence for one in findings if one.sentence}
    cited = [(n, one) for n, one in enumerate(wording.sentences, 1) if one.cited and not one.gap]
    ranked = sorted(cited, key=lambda one: (one[0] not in spoken, _bound(one[1]), one[0]))
    return tuple(sorted(number for number, _ in ranked[:_WEAKEST]))


def _bound(one: Sentence) -> float:
    """How much of a sentence stands in what it cites; 1 for the very words."""
    return grounding.check(one.text, [cited.quote for cited in one.cited]).covered
