"""The prompt that drafts the commissioner's reply to an item from its evidence."""

from collections.abc import Sequence
from dataclasses import dataclass

from prompts import template
from prompts.fencing import fenced, one_line
from prompts.template import Prompt

PROPOSAL = "PROPOSAL:"
NOTHING = "NOTHING TO SAY"


@dataclass(frozen=True)
class Evidence:
    """A piece of evidence as the model sees it: under ``key``, with whose words it is and of when.

    ``about`` is one line: "the Chief Constable's comments, 12 January 2024, limb 2".
    """

    key: str
    about: str
    words: str


def render(
    key: str,
    asked: str,
    limbs: Sequence[str],
    evidence: Sequence[Evidence],
    voice: str,
    words: int,
    wish: str = "",
) -> Prompt:
    """The prompt; ``key`` fences the item and the wish. ValueError for no evidence, nothing asked.

    ``wish`` is what a person wants of this draft, "" for nothing in particular.
    """
    listed = [asked, *(f"limb {number}: {limb}" for number, limb in enumerate(limbs, 1))]
    item = "\n".join(map(one_line, listed)) if asked.strip() else ""
    blocks = [fenced(one.key, one.about, one.words) for one in evidence]
    return template.filled(
        "draft",
        voice=one_line(voice),
        words=str(words),
        item=fenced(key, "what the report asks", item) if item else "",
        evidence="\n\n".join(blocks),
        wish=fenced(key, "the wish", one_line(wish)) if wish.strip() else "Nothing in particular.",
    )


def digest() -> str:
    """The hash of the wording."""
    return template.digest("draft")
