"""A draft as text: each voice under its label, quotations with their pages."""

from collections.abc import Iterator

from bot.responding.drafting.scaffold import letter
from bot.responding.drafting.style import USUAL, Style
from bot.responding.locating import same_words
from bot.store.cases import Choice, Item
from bot.store.wordings import Sentence, Voice, Wording

_CHOSEN = {
    Choice.TAKEN: "action taken.",
    Choice.PROPOSED: "action proposed.",
    Choice.NONE: "no action.",
}


def text(said: Wording, item: Item, style: Style = USUAL) -> str:
    """The draft, one paragraph for each voice; ``rebinding.rebind`` reads it back."""
    return "\n\n".join(filter(None, map("\n".join, _sections(said, item, style))))


def _sections(said: Wording, item: Item, style: Style) -> Iterator[list[str]]:
    theirs = [one for one in said.sentences if one.voice is Voice.INSPECTORATE]
    asked = (item.text, *(limb.text for limb in item.limbs))
    found = [one for one in theirs if not any(same_words(_bare(one), words) for words in asked)]
    yield _labelled(style.found_label, map(_cited, found))
    listed = [_asked(one, item) for one in theirs if one not in found]
    yield _labelled(style.asked_label, listed)
    for label, voice in (
        (style.chief_label, Voice.CHIEF_OFFICER),
        (style.own_label, Voice.COMMISSIONER),
    ):
        mine = [one for one in said.sentences if one.voice is voice and not _decides(one, style)]
        yield _labelled(label, map(_cited, mine))
    yield list(_decision(said, style))


def _labelled(label: str, lines: Iterator[str] | list[str]) -> list[str]:
    told = list(lines)
    return [label, *told] if told else []


def _cited(one: Sentence) -> str:
    """A quotation with its page; own words stand for themselves."""
    quotes = "“" in one.text and one.cited and one.voice is not Voice.CHIEF_OFFICER
    return f"{one.text} (page {one.cited[0].page})" if quotes else one.text


def _asked(one: Sentence, item: Item) -> str:
    places = (
        place for place, limb in enumerate(item.limbs, 1) if same_words(limb.text, _bare(one))
    )
    limb = next(places, 0)
    return f"({letter(limb)}) {_cited(one)}" if limb else _cited(one)


def _decides(one: Sentence, style: Style) -> bool:
    return one.text.startswith(f"{style.decision_label}:")


def _decision(said: Wording, style: Style) -> Iterator[str]:
    if said.choice:
        reason = f" {said.reason}" if said.reason else ""
        yield f"{style.decision_label}: {_CHOSEN[said.choice]}{reason}"
    else:
        yield from (one.text for one in said.sentences if _decides(one, style))


def _bare(one: Sentence) -> str:
    return one.text.strip("“”")
