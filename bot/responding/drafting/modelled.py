"""The commissioner's paragraph by a language model, which is believed in nothing.

It sees only what may be published, under keys drawn by chance. A sentence stays when the gate bears
it out by what it cites and no check of facts and voices is against it; a promise stays as a
proposal that asks a person for owner, measure and date.
"""

import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from bot.answering.keys import drawn, parted
from bot.answering.modelled import sentences
from bot.answering.plain import plain
from bot.answering.writing import Unwritten
from bot.grounding import Support, check, figures, names
from bot.model import ChatModel, ModelError
from bot.responding import promising
from bot.responding.checking import facts, limbs, voices
from bot.responding.checking.draft import OFFICES, Draft
from bot.responding.drafting.rebinding import cut
from bot.responding.drafting.scaffold import chief, found, open_limbs, quoted, said_on, undecided
from bot.responding.drafting.style import DATE, MEASURE, OWNER, PROPOSAL, USUAL, Style
from bot.responding.evidence import Pack, Piece, Sort
from bot.store.cases import Item
from bot.store.wordings import Sentence, Voice, Wording, Writer
from prompts import draft as prompt
from prompts.draft import Evidence
from retrieval.words import folded

_WORDS = 2500  # of evidence in one prompt
_PROPOSAL = re.compile(rf"^\W*{prompt.PROPOSAL}\s*", re.IGNORECASE)
_FIRST = (Sort.FINDING, Sort.COMMENT, Sort.PROMISE, Sort.ANSWER, Sort.EARLIER, Sort.OUTCOME,
          Sort.PLAN, Sort.OFFICE, Sort.FORCE, Sort.GRADE, Sort.REPORT)  # fmt: skip
_WHOSE = {
    Voice.INSPECTORATE: "the inspectorate",
    Voice.CHIEF_OFFICER: "the chief officer",
    Voice.COMMISSIONER: "our office",
}


@dataclass(frozen=True)
class Drafted:
    """A draft, and the sentences of the model that were not let in, each with the reason."""

    wording: Wording
    withheld: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Drafting:
    """Drafts with ``model``; ``chance`` picks the signs of keys."""

    model: ChatModel
    chance: Callable[[str], str] = secrets.choice

    def drafted(self, item: Item, pack: Pack, style: Style = USUAL, wish: str = "") -> Drafted:
        """The draft on an item, its gaps where the model had nothing. Unwritten when it failed.

        ``wish`` is what a person wants of it.
        """
        keyed = self._keyed(pack)
        told: list[Sentence] = []
        withheld: list[tuple[str, str]] = []
        for line in self._lines(item, keyed, style, wish):
            for sentence, why in _judged(line, keyed, item, pack, style):
                if why:
                    withheld.append((sentence.text, why))
                else:
                    told.append(sentence)
        return Drafted(self._whole(told, item, pack, style), tuple(withheld))

    def _keyed(self, pack: Pack) -> dict[str, Piece]:
        """What may be published, the most telling first, as much as fits."""
        left, keyed = _WORDS, dict[str, Piece]()
        for one in (one for sort in _FIRST for one in pack.of(sort) if one.open):
            left -= len(one.words.split())
            if left >= 0:
                keyed[drawn(self.chance, keyed)] = one
        return keyed

    def _lines(
        self, item: Item, keyed: Mapping[str, Piece], style: Style, wish: str
    ) -> Iterator[str]:
        listed = [Evidence(name, _about(one), one.words) for name, one in keyed.items()]
        if not listed:
            return
        voice = "first person, “I”" if style.speaker == "I" else f"third person, “{style.speaker}”"
        key, parts = drawn(self.chance, keyed), [limb.text for limb in item.limbs]
        asked = prompt.render(key, item.text, parts, listed, voice, style.most, wish)
        try:
            yield from sentences(self.model.stream(asked.system, asked.user))
        except ModelError as error:
            raise Unwritten(f"The language model could not draft. {error}") from None

    def _whole(self, told: list[Sentence], item: Item, pack: Pack, style: Style) -> Wording:
        """The three voices, the model's sentences, then a gap for each limb that it left open."""
        said = (
            *quoted(found(item, pack, style), Voice.INSPECTORATE),
            *quoted(pack.of(Sort.ASKED), Voice.INSPECTORATE),
            *chief(pack, style),
            *told,
        )
        written = limbs.marked(Wording(said), item)
        named = {limb for one in written.sentences if one.promise for limb in one.limbs}
        left = [row.limb for row in limbs.coverage(written, item).open if row.limb not in named]
        whole = (*written.sentences, *open_limbs(item, left, style), undecided(style))
        return Wording(whole, writer=Writer.MODEL, prompt=prompt.digest(), model=self.model.name)


def _about(one: Piece) -> str:
    """Whose words, of when, on which limb."""
    whose = _WHOSE[one.voice] if one.voice else "somebody else"
    limb = f", limb {one.limb}" if one.limb else ""
    return f"{whose}, {said_on(one)}{limb}"


def _judged(
    line: str, keyed: Mapping[str, Piece], item: Item, pack: Pack, style: Style
) -> Iterator[tuple[Sentence, str]]:
    """The sentences of one line of the reply, each with why it is not let in, "" when it is."""
    proposal = bool(_PROPOSAL.match(line))
    text, keys = parted(plain(_PROPOSAL.sub("", line)))
    if prompt.NOTHING.casefold() in text.casefold():
        return
    cited = tuple(keyed[key] for key in keys if key in keyed)
    for said in cut(text):
        if proposal or promising.is_promise(said):
            yield _proposal(said, cited, item), _made_up(said, cited, pack)
        else:
            sentence = Sentence(said, Voice.COMMISSIONER, tuple(one.cited for one in cited))
            yield sentence, _unborne(sentence, cited, item, pack, style)


def _proposal(said: str, cited: tuple[Piece, ...], item: Item) -> Sentence:
    """A promise for a person to own: the places to fill say what is missing."""
    named = limbs.marked(Wording((Sentence(said, Voice.COMMISSIONER),)), item).sentences[0].limbs
    ask = " ".join((OWNER, MEASURE, DATE))
    return Sentence(
        f"{PROPOSAL} {said} {ask}", Voice.COMMISSIONER, tuple(one.cited for one in cited), named,
        gap=True, promise=True,
    )  # fmt: skip


def _made_up(said: str, cited: tuple[Piece, ...], pack: Pack) -> str:
    """Why a proposal is not let in: a figure, date or name of the model's own."""
    sources = [folded(one.words) for one in (*cited, *pack.of(Sort.ASKED))]
    text = folded(said)
    found_there = (
        *figures.numbers(text, sources, ()),
        *figures.dates(text, sources, ()),
        *names.names(text, sources, [OFFICES, *map(folded, pack.about)]),
    )
    return next(iter(found_there), "")


def _unborne(
    sentence: Sentence, cited: tuple[Piece, ...], item: Item, pack: Pack, style: Style
) -> str:
    """Why a sentence is not let in: what it cites does not bear it out, or a voice is another's."""
    about = (OFFICES, *pack.about, *pack.dated)
    verdict = check(sentence.text, [one.words for one in cited], about)
    if verdict.support is Support.WITHHELD:
        return "; ".join(verdict.reasons)
    draft = Draft(Wording((sentence,)), item, pack, style)
    wrong = [*facts.seen(draft), *voices.seen(draft)]
    return wrong[0].what if wrong else ""
