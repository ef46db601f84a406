"""A draft without a model: the three voices quoted and kept apart, the record limb by limb, gaps.

Nothing is said that somebody has not said; where the record is silent a gap says what to write.
"""

from collections.abc import Iterator, Sequence

from bot.responding.binding import matter
from bot.responding.drafting.style import CHOOSE, USUAL, Style
from bot.responding.evidence import Pack, Piece, Sort
from bot.store.cases import Item
from bot.store.wordings import Sentence, Voice, Wording
from retrieval.words import terms

_SHARED = 2  # telling words
_BEFORE = 3  # of the office's own earlier words on one limb, or on the whole item


def scaffold(item: Item, pack: Pack, style: Style = USUAL) -> Wording:
    """The whole scaffold of an item; its decision is open."""
    return Wording(
        (
            *quoted(found(item, pack, style), Voice.INSPECTORATE),
            *quoted(pack.of(Sort.ASKED), Voice.INSPECTORATE),
            *chief(pack, style),
            *own(item, pack, style),
            undecided(style),
        )
    )


def found(item: Item, pack: Pack, style: Style) -> list[Piece]:
    """The findings nearest to what is asked, in the order of the report."""
    asked = set(terms(" ".join([item.text, *(limb.text for limb in item.limbs)])))
    listed = pack.of(Sort.FINDING)
    near = sorted(listed, key=lambda one: -len(asked & set(terms(one.words))))[: style.found]
    return [one for one in listed if one in near]


def quoted(pieces: Sequence[Piece], voice: Voice) -> Iterator[Sentence]:
    """Pieces as quotations."""
    yield from (Sentence(f"“{one.words}”", voice, (one.cited,)) for one in pieces)


def chief(pack: Pack, style: Style) -> Iterator[Sentence]:
    """The chief officer's comments word for word, or the placeholder."""
    comments = pack.of(Sort.COMMENT)
    for one in comments:
        limbs = (one.limb,) if one.limb else ()
        yield Sentence(f"“{one.words}”", Voice.CHIEF_OFFICER, (one.cited,), limbs)
    if not comments and pack.awaited:
        yield Sentence(style.awaiting, Voice.CHIEF_OFFICER, gap=True)


def own(item: Item, pack: Pack, style: Style) -> Iterator[Sentence]:
    """What the office has said on each limb, and a gap where it has not answered it yet."""
    yield from _on_record(pack, 0)
    if not item.limbs:
        yield from open_limbs(item, [1], style)
    for limb in range(1, len(item.limbs) + 1):
        yield from _on_record(pack, limb)
        if not _answers(pack, limb):
            yield from open_limbs(item, [limb], style)


def open_limbs(item: Item, places: Sequence[int], style: Style) -> Iterator[Sentence]:
    """A gap for each of these limbs; an item without limbs is one by itself."""
    for limb in places:
        text = f"On ({letter(limb)}): {style.gap}" if item.limbs else style.gap
        yield Sentence(text, Voice.COMMISSIONER, limbs=(limb,), gap=True)


def undecided(style: Style) -> Sentence:
    """The decision that a person has to choose."""
    return Sentence(f"{style.decision_label}: {CHOOSE}", Voice.COMMISSIONER, gap=True)


def letter(limb: int) -> str:
    """ "a" for the first limb."""
    return chr(ord("a") + limb - 1)


def said_on(one: Piece) -> str:
    """How the office's own earlier words are led in."""
    day = one.cited.published
    dated = f"{day.day} {day:%B %Y}" if day else ""
    title = one.cited.title
    return title if dated in title else f"{title}, {dated}"


def _on_record(pack: Pack, limb: int) -> Iterator[Sentence]:
    """Own earlier words that may be published: promises first, and answers that name the limb."""
    wanted = (Sort.PROMISE, Sort.PLAN, Sort.OFFICE, *((Sort.ANSWER,) if limb else ()))
    listed = [one for sort in wanted for one in pack.of(sort) if one.limb == limb and one.open]
    for one in [one for one in listed if _relates(one, pack)][:_BEFORE]:
        text = f"{said_on(one)}: “{one.words}”"
        yield Sentence(text, Voice.COMMISSIONER, (one.cited,))


def _relates(one: Piece, pack: Pack) -> bool:
    """Whether its words, or the heading over it, have anything of what is asked."""
    asked = {word for other in pack.of(Sort.ASKED) for word in matter(other.words)}
    asked -= matter(pack.names[0]) if pack.names else frozenset()
    return len(asked & matter(f"{one.about} {one.words}")) >= _SHARED


def _answers(pack: Pack, limb: int) -> bool:
    """Whether the office has spoken on a limb since the report asked for it."""
    asked = next((one.cited.published for one in pack.of(Sort.ASKED)), None)
    own_words = (one for one in pack.of(Sort.PROMISE, Sort.ANSWER) if one.limb == limb and one.open)
    days = (one.cited.published for one in own_words)
    return asked is not None and any(day > asked for day in days if day)
