"""A reading as one run of headings, paragraphs and bullets, whole across page ends."""

import re
from dataclasses import dataclass, replace

from retrieval.documents import BlockKind, Reading

_ASIDE = frozenset({BlockKind.FURNITURE, BlockKind.FOOTNOTE})
_MARKERS = re.compile(r"(?<=\S)[⁰¹²³⁴-⁹]+")


@dataclass(frozen=True)
class Part:
    """A heading, paragraph, bullet or table row with the page on which it begins.

    ``label`` is as printed ("4a)"); ``level`` is as in Block. Footnote markers are taken out.
    """

    kind: BlockKind
    text: str
    page: int
    level: int = 0
    label: str = ""
    boxed: bool = False

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading."""
        return self.kind is BlockKind.HEADING

    @property
    def is_bullet(self) -> bool:
        """Whether it is a list item."""
        return self.kind is BlockKind.BULLET


def parts(reading: Reading) -> list[Part]:
    """The running text in reading order, without footnotes and furniture."""
    made: list[Part] = []
    for page in reading.pages:
        for block in page.blocks:
            if block.kind in _ASIDE:
                continue
            text = _MARKERS.sub("", page.text[block.start : block.end]).strip()
            part = Part(block.kind, text, page.number, block.level, block.label, block.boxed)
            place = _carried_on(made, block.boxed) if block.continues else None
            if place is None:
                made.append(part)
            else:
                made[place] = replace(made[place], text=f"{made[place].text} {text}")
    return [part for part in made if part.text]


def _carried_on(made: list[Part], boxed: bool) -> int | None:
    """The place of the part that a continuing block belongs to: the last one in or out of boxes."""
    for place in range(len(made) - 1, -1, -1):
        if made[place].boxed == boxed:
            return place
    return None
