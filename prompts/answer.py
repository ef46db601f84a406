"""The prompt that answers a question from passages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from prompts import template
from prompts.fencing import fenced, one_line
from prompts.template import Prompt

NOT_IN_DOCUMENTS = "NOT IN DOCUMENTS"


@dataclass(frozen=True)
class Passage:
    """A passage as the model sees it: under ``key``, without address, path or file name.

    ``kind`` says what document it is from in words; ``place`` may be "", ``published`` None.
    ``lines`` are its sentences, the heading above it first if it has one.
    """

    key: str
    kind: str
    place: str
    published: date | None
    lines: tuple[str, ...]

    @property
    def about(self) -> str:
        """What it is from, in one line: "inspection report, Fernshire, 8 December 2023"."""
        published = self.published
        when = f"{published.day} {published:%B %Y}" if published else "no date"
        return ", ".join(filter(None, (self.kind, self.place, when)))


def render(question: str, passages: Sequence[Passage]) -> Prompt:
    """The prompt; ValueError for a blank question or no passages."""
    blocks = [fenced(one.key, one.about, "\n".join(one.lines)) for one in passages]
    return template.filled("answer", question=one_line(question), passages="\n\n".join(blocks))


def digest() -> str:
    """The hash of the wording, the same for every question."""
    return template.digest("answer")
