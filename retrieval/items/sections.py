"""Cut a report into its asking sections, past case studies, praise and what is only told."""

import re
from dataclasses import replace

from retrieval.documents import BlockKind
from retrieval.items.heads import ASKED, Section, Sort, announced, run_in
from retrieval.items.parts import Part
from retrieval.items.wording import asks, recommends

# Headings that end whatever section is open, whatever their look.
_ENDS = re.compile(
    r"(?:\d+\.?\s+)?(?:next steps|what happens next|(?:main|headline|key|other|our) findings|"
    r"introduction|background|context|conclusions?|annex|appendix|appendices|contents|about\b|foreword|"
    r"methodology|definitions|glossary|overall summary|terminology|yours\b|"
    r".{0,60}\b(?:response|comments)$)",
    re.IGNORECASE,
)
_SENTENCE_WORDS = 6


def sections(run: list[Part]) -> list[Section]:
    """The asking sections of a report, in order."""
    reader = _Reader()
    for part in run:
        reader.take(part)
    reader.close()
    return reader.made


class _Reader:
    """Walks over the parts and keeps the section that is open."""

    def __init__(self) -> None:
        self.made: list[Section] = []
        self._open: Section | None = None
        self._topics: dict[int, str] = {}
        self._aside: Part | None = None

    def take(self, part: Part) -> None:
        """The next part of the report."""
        head = announced(part)
        if head and head.sort is Sort.STUDY:
            self._aside = part
        elif self._is_aside(part, head):
            pass
        elif head and head.sort in ASKED:
            self._begin(head)
        elif line := run_in(part):
            self._begin(self._within(line[0]))
            self._add(line[1])
        elif head:
            self._other_heading(part, head)
        elif self._open:
            self._add(part)
        elif recommends(part.text) and not part.boxed:
            self._begin(Section(Sort.RECOMMENDATION, "", 6, single=True))
            self._add(part)

    def close(self) -> None:
        """End the open section."""
        if self._open and self._open.parts:
            self.made.append(self._open)
        self._open = None

    def _is_aside(self, part: Part, head: Section | None) -> bool:
        """Whether the part belongs to a case study, which only interrupts a section."""
        study = self._aside
        if study is None:
            return False
        asked = bool(head and head.sort in ASKED) or bool(run_in(part))
        if study.boxed and part.boxed and not asked:
            return not (part.is_bullet and self._in_same_box())
        ends = study.boxed or asked or bool(head) or (part.is_bullet and self._has_bullets())
        self._aside = None if ends else study
        return not ends

    def _in_same_box(self) -> bool:
        """Whether the open section is boxed itself, so that its list goes on in the box."""
        return self._has_bullets() and self._open is not None and self._open.parts[-1].boxed

    def _has_bullets(self) -> bool:
        return self._open is not None and any(part.is_bullet for part in self._open.parts)

    def _within(self, head: Section) -> Section:
        """A run-in heading under the one that is open for its sort: "Recommendations"."""
        above = self._open
        if above and above.sort is head.sort and above.heading:
            return replace(head, heading=above.heading, level=above.level, group=above.group)
        return head

    def _begin(self, head: Section) -> None:
        above = self._open
        self.close()
        if head.sort is Sort.RECOMMENDATION and above and above.sort is Sort.CONCERN:
            words = " ".join(part.text for part in above.parts)
            head = replace(head, before=words, number=head.number)
        elif head.sort is Sort.RECOMMENDATION and above and _restates(above, head):
            self.made.pop()
            words = " ".join(part.text for part in above.parts)
            head = replace(head, before=words, number=above.number)
        above_it = [level for level in self._topics if level < head.level]
        group = self._topics[max(above_it)] if above_it and not head.group else head.group
        self._open = replace(head, group=group)

    def _add(self, part: Part) -> None:
        if self._open:
            self._open = replace(self._open, parts=(*self._open.parts, part))

    def _other_heading(self, part: Part, head: Section) -> None:
        if self._open and head.sort is Sort.TOLD and self._is_asking_line(part):
            self._add(replace(part, kind=BlockKind.PARAGRAPH))
            return
        if self._open and head.sort is Sort.TOLD and self._is_group(part):
            inner = replace(self._open, group=part.text, grouped=True, parts=())
            self.close()
            self._open = inner
            return
        self.close()
        if head.sort is Sort.TOLD:
            self._topics = {at: text for at, text in self._topics.items() if at < part.level}
            self._topics[part.level] = part.text

    def _is_asking_line(self, part: Part) -> bool:
        """A bold line that is itself what is asked: "The force needs to improve how it …"."""
        section = self._open
        if section is None or part.text.endswith("?") or _ENDS.match(part.text):
            return False
        first = section.single and not section.parts
        return asks(part.text) or (first and len(part.text.split()) >= _SENTENCE_WORDS)

    def _is_group(self, part: Part) -> bool:
        """A heading inside a section, not after it."""
        section = self._open
        if section is None or part.level < section.level or _ENDS.match(part.text):
            return False
        inside = part.level > section.level and not section.single
        return inside or section.grouped or not section.parts


def _restates(above: Section, head: Section) -> bool:
    """A numbered recommendation whose words follow under a plain "Recommendation"."""
    numbered = above.sort is Sort.RECOMMENDATION and bool(above.number) and not head.number
    return numbered and bool(above.parts) and not any(asks(part.text) for part in above.parts)
