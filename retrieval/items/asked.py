"""Turn one asking section into its items: what is asked, the limbs, why, of whom, by when."""

import re
from dataclasses import dataclass, field

from retrieval.documents import BlockKind, Item, ItemKind, Limb
from retrieval.items.heads import Section, Sort
from retrieval.items.parts import Part
from retrieval.items.wording import (
    addressee,
    asks,
    deadline,
    introduces,
    is_over,
    recommends,
    run_together,
    says_nothing,
    unjoined,
)

_KINDS = {
    Sort.PRIORITY: ItemKind.PRIORITY_ACTION,
    Sort.IMPROVEMENT: ItemKind.AREA_FOR_IMPROVEMENT,
    Sort.CONCERN: ItemKind.CAUSE_OF_CONCERN,
    Sort.RECOMMENDATION: ItemKind.RECOMMENDATION,
}
_SHORT = 60
# What follows an old recommendation in a follow-up, which only restates it.
_PROGRESS = re.compile(r"(?:progress|update|position|status)\b[^.]{0,40}[:.]", re.IGNORECASE)


def items(section: Section) -> list[Item]:
    """The items under one heading; none where it says that there are none."""
    told = [part for part in section.parts if not says_nothing(part.text)]
    if section.sort is Sort.CONCERN:
        return _concern(section, told)
    drafts = _Sorter(section, told).drafts()
    return [_item(section, draft) for draft in drafts if not draft.is_restated]


@dataclass
class _Draft:
    """An item while its parts are gathered."""

    lead: Part
    more: list[Part] = field(default_factory=list)
    limbs: list[Part] = field(default_factory=list)
    why: list[Part] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(part.text for part in [self.lead, *self.more])

    @property
    def is_restated(self) -> bool:
        return any(_PROGRESS.match(part.text) for part in self.why)

    @property
    def opens_a_list(self) -> bool:
        return bool(re.search(r"(?::|\b(?:that|to|by|should|includes?))$", self.text))


def _concern(section: Section, told: list[Part]) -> list[Item]:
    """A cause of concern and the recommendations made in the same breath."""
    asked = next(
        (place for place, part in enumerate(told) if place and _turns_to_asking(part)), len(told)
    )
    if not told or is_over(" ".join(part.text for part in told[:asked])):
        return []
    concern = _item(section, _Draft(told[0], why=told[1:asked]))
    words = " ".join(part.text for part in told[:asked])
    rest = Section(Sort.RECOMMENDATION, section.heading, section.level, single=True, before=words)
    drafts = _Sorter(rest, told[asked:]).drafts()
    return [concern, *(_item(rest, draft) for draft in drafts)]


def _turns_to_asking(part: Part) -> bool:
    return part.kind is BlockKind.PARAGRAPH and (
        recommends(part.text) or (asks(part.text) and part.text.endswith(":"))
    )


class _Sorter:
    """Sorts the parts of a section into drafts, by how the section puts things."""

    def __init__(self, section: Section, told: list[Part]) -> None:
        self._section = section
        self._told = told
        self._made: list[_Draft] = []
        self._waiting: list[Part] = []
        listed = any(part.is_bullet for part in told)
        first = next((part for part in told if not introduces(part.text)), None)
        asking = first is not None and asks(first.text)
        self._by_paragraph = not listed and not asking and section.sort is not Sort.RECOMMENDATION

    def drafts(self) -> list[_Draft]:
        """The drafts in order; a section that asks nothing outright gives its first words."""
        for part in self._told:
            if part.is_bullet:
                self._bullet(part)
            elif part.kind is BlockKind.TABLE_ROW:
                self._row(part)
            else:
                self._paragraph(part)
        if not self._made and self._section.single and self._waiting:
            self._made.append(_Draft(self._waiting[0], why=self._waiting[1:]))
        return self._made

    def _begin(self, part: Part) -> None:
        self._made.append(_Draft(part, why=self._waiting))
        self._waiting = []

    def _bullet(self, part: Part) -> None:
        last = self._made[-1] if self._made else None
        if last and self._hangs_below(last, part):
            last.limbs.append(part)
            return
        self._waiting = [one for one in self._waiting if not introduces(one.text)]
        if not last and self._waiting and self._section.single:
            self._begin(self._waiting.pop(0))
            self._made[-1].limbs.append(part)
        else:
            self._begin(part)

    def _hangs_below(self, last: _Draft, part: Part) -> bool:
        if last.lead.is_bullet:
            return part.level > last.lead.level
        return last.opens_a_list or bool(last.limbs) or self._section.single

    def _row(self, part: Part) -> None:
        first, _, rest = part.text.partition("\t")
        if re.fullmatch(r"(?:\w+ ){0,3}\d{1,3}[a-z]?\.?", first) and rest:
            text = rest.split("\t")[0]
            label = first.split(" ")[-1]
            self._begin(Part(BlockKind.PARAGRAPH, text, part.page, label=label))

    def _paragraph(self, part: Part) -> None:
        last = self._made[-1] if self._made else None
        if introduces(part.text) and not self._asks_itself(part):
            self._waiting.append(part)
        elif self._by_paragraph:
            self._plain(part, last)
        elif not asks(part.text):
            self._told_of(part, last)
        elif last and self._section.single and not last.lead.is_bullet:
            self._second(part, last)
        else:
            self._begin(part)

    def _asks_itself(self, part: Part) -> bool:
        single = self._section.single or self._section.sort is Sort.PRIORITY
        return asks(part.text) and single

    def _plain(self, part: Part, last: _Draft | None) -> None:
        if last and self._section.single:
            last.why.append(part)
        else:
            self._begin(part)

    def _told_of(self, part: Part, last: _Draft | None) -> None:
        """Words that ask nothing: a bullet's own second paragraph, or why something is asked."""
        if last is None:
            self._waiting.append(part)
        elif last.lead.is_bullet and not (last.limbs or last.more) and _is_short(part):
            last.more.append(part)
        else:
            last.why.append(part)

    def _second(self, part: Part, last: _Draft) -> None:
        """A second asking paragraph under one heading: part of a recommendation, else told."""
        if self._section.sort is Sort.RECOMMENDATION or part.text.endswith(":"):
            last.more.append(part)
        else:
            last.why.append(part)


def _is_short(part: Part) -> bool:
    return len(part.text.split()) <= _SHORT


def _item(section: Section, draft: _Draft) -> Item:
    text, limbs = draft.text, [Limb(unjoined(part.text), part.page) for part in draft.limbs]
    if not limbs:
        text, listed = run_together(text)
        limbs = [Limb(unjoined(words), draft.lead.page) for words in listed]
    why = [section.before, *(part.text for part in draft.why)]
    whole = [text, *(limb.text for limb in limbs[:1])]
    return Item(
        kind=_KINDS[section.sort],
        number=draft.lead.label.strip("().") or section.number,
        text=text,
        limbs=tuple(limbs),
        page=draft.lead.page,
        section=section.heading,
        group=section.group,
        finding="\n".join(words for words in why if words),
        addressee=next((who for words in whole if (who := addressee(words))), ""),
        deadline=deadline(" ".join(whole)),
    )
