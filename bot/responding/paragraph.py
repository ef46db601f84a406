"""An answer to the bones of a response paragraph: the three voices apart, the gaps said.

Nothing is written here: what was found and what the office said before are quoted, the rest is
for a person to say.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.answering.answers import Answer, Citation, Sentence, Status
from bot.responding.record import RECORD
from retrieval.documents import Kind

FOUND = (Kind.INSPECTION_REPORT, Kind.JOINT_INSPECTION_LETTER, Kind.FOLLOW_UP_LETTER)
CHIEF = "[awaiting the Chief Constable]"
GAP = "[say what will be done, by whom, by when]"
_SAID = (Status.ANSWERED, Status.PARTLY, Status.CONFLICTING)


@dataclass(frozen=True)
class Paragraph:
    """The parts of a draft paragraph; each quotation with where it stands."""

    found: tuple[Sentence, ...]
    said_before: tuple[Sentence, ...]


def fits(answer: Answer) -> bool:
    """Whether there is something in an answer that a response would reply to.

    An answer of the record tells what was asked for and decided before; it is no finding.
    """
    return answer.by != RECORD and answer.status in _SAID and bool(begun(answer).found)


def begun(answer: Answer) -> Paragraph:
    """What an answer gives a response: words of inspectorates, and words of the office."""
    kinds = {shown.filed.digest: shown.filed.entry.kind for shown in answer.searched}
    return Paragraph(
        tuple(_of(answer, lambda one: kinds.get(one.document) in FOUND)),
        tuple(_of(answer, lambda one: kinds.get(one.document) is Kind.RESPONSE)),
    )


def _of(answer: Answer, wanted: Callable[[Citation], bool]) -> Iterator[Sentence]:
    for sentence in answer.sentences:
        if sentence.citations and all(map(wanted, sentence.citations)):
            yield sentence
