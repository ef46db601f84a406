"""The prompt that asks a second model whether passages bear a sentence out."""

from collections.abc import Sequence

from prompts import template
from prompts.fencing import fenced
from prompts.template import Prompt


def render(sentence: str, cited: Sequence[str], key: str) -> Prompt:
    """The prompt; ``key`` is drawn by chance. ValueError without a sentence or anything cited."""
    if not sentence.strip():
        raise ValueError("prompts/judge.md was given nothing for ['sentence']")
    return template.filled(
        "judge",
        sentence=fenced(key, "the sentence", sentence),
        passages="\n\n".join(fenced(key, "a passage", text) for text in cited),
    )


def digest() -> str:
    """The hash of the wording."""
    return template.digest("judge")
