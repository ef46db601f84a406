"""What a writer is: it turns evidence into draft sentences, each with the lines it rests on.

There are two: ``extractive`` quotes, ``modelled`` asks a language model. Neither is trusted: every
draft sentence passes ``bot.grounding`` before anybody sees it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.answering.evidence import Line
from retrieval.search import Found


@dataclass(frozen=True)
class Evidence:
    """What a writer may use for one part of a question (one place of a comparison).

    ``lines`` are sentences, the most telling first; ``passages`` are what was found with its
    neighbours, best first. ``label`` names the part ("" when there is one part only).
    """

    label: str
    lines: tuple[Line, ...]
    passages: tuple[Found, ...]


@dataclass(frozen=True)
class Draft:
    """A sentence as a writer wants it, and the lines it says it rests on, nearest first."""

    text: str
    lines: tuple[Line, ...]
    verbatim: bool


class Unwritten(Exception):
    """The writer could not write; the message says in words why and what to do."""


class Writer(Protocol):
    """Writes draft sentences, one after the other as they come."""

    name: str
    prompt: str
    """The hash of the prompt, "" for none."""
    decides: bool
    """Whether it can itself say that the passages hold no answer."""

    def write(self, question: str, evidence: Sequence[Evidence]) -> Iterator[Draft]:
        """Draft sentences in reading order; none at all means "not in the documents".

        Unwritten when it could not be done.
        """
