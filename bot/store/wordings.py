"""What a draft says on one item: its sentences with the words they rest on, and the decision.

``data`` and ``wording`` turn it into JSON and back.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from bot.store.contents import Choice
from retrieval.documents import Kind, Span


class Voice(StrEnum):
    """Whose words a sentence is; the three are never blended in one sentence."""

    INSPECTORATE = "inspectorate"
    CHIEF_OFFICER = "chief_officer"
    COMMISSIONER = "commissioner"


class Writer(StrEnum):
    """Who put the words together."""

    SCAFFOLD = "scaffold"
    MODEL = "model"
    PERSON = "person"


@dataclass(frozen=True)
class Cited:
    """An exact stretch of a document: ``quote`` is its words, white space folded."""

    document: str  # digest
    title: str
    kind: Kind
    published: date | None
    page: int
    quote: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Sentence:
    """A sentence of a draft.

    ``limbs`` are the places (from 1) of the limbs it answers; ``gap`` says that a person still has
    to write it ("[say what will be done …]"); ``promise`` that it says what will be done.
    """

    text: str
    voice: Voice
    cited: tuple[Cited, ...] = ()
    limbs: tuple[int, ...] = ()
    gap: bool = False
    promise: bool = False


@dataclass(frozen=True)
class Wording:
    """All that a draft says on an item. ``choice`` is None while nobody has decided.

    ``reason`` is why no action is taken; ``prompt`` the prompt's hash and ``model`` the model's
    name, "" without one.
    """

    sentences: tuple[Sentence, ...]
    choice: Choice | None = None
    reason: str = ""
    writer: Writer = Writer.SCAFFOLD
    prompt: str = ""
    model: str = ""


@cache
def _form() -> TypeAdapter[Wording]:
    return TypeAdapter(Wording)


def data(said: Wording) -> dict[str, Any]:
    """What a draft says, as plain JSON."""
    told: dict[str, Any] = _form().dump_python(said, mode="json")
    return told


def wording(told: dict[str, Any]) -> Wording:
    """What a draft says, from the JSON of ``data``."""
    return _form().validate_python(told)
