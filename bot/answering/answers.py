"""What an answer is: statuses, sentences, citations, what was withheld and why."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.grounding import Support
from retrieval.documents import Span
from retrieval.library import Filed


class Status(StrEnum):
    """How an answer ended. Every answer has exactly one."""

    ANSWERED = "answered"
    PARTLY = "partly"
    CONFLICTING = "conflicting"
    NOT_IN_DOCUMENTS = "not_in_documents"
    REFUSED = "refused"


@dataclass(frozen=True)
class Citation:
    """An exact stretch of a page: ``quote`` is that stretch, white space folded."""

    document: str
    file: str
    title: str
    published: date | None
    span: Span
    quote: str

    @property
    def page(self) -> int:
        """The physical page, from 1."""
        return self.span.page


@dataclass(frozen=True)
class Sentence:
    """A sentence of an answer. ``verbatim``: it is the document's own wording.

    ``under`` is the heading that it and its neighbours stand under, "" for none.
    """

    text: str
    citations: tuple[Citation, ...]
    support: Support
    verbatim: bool
    reasons: tuple[str, ...] = ()
    under: str = ""


@dataclass(frozen=True)
class Answer:
    """The outcome of a question, ready to be shown.

    ``opening`` is what is said first. ``sentences`` have all passed the gate; those that did not
    are in ``withheld`` and are not shown as part of the answer. ``nearest`` are passages that come
    close and are no answer. ``searched`` are the passages looked at, best first. ``certainty``
    (0-1) is how likely the documents hold an answer at all. ``by`` is "extractive" or the model's
    name, ``prompt`` the prompt's hash ("" without a model).
    """

    question: str
    status: Status
    opening: str
    sentences: tuple[Sentence, ...] = ()
    withheld: tuple[Sentence, ...] = ()
    nearest: tuple[Citation, ...] = ()
    searched: tuple["Shown", ...] = ()
    caveats: tuple[str, ...] = ()
    certainty: float = 0.0
    by: str = "extractive"
    prompt: str = ""


@dataclass(frozen=True)
class Shown:
    """A passage that was looked at."""

    key: str
    filed: Filed
    pages: tuple[int, ...]
    trail: tuple[str, ...]
    text: str
    score: float = field(compare=False)
