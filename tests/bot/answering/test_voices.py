"""A question about what was found and what the office said is answered voice by voice."""

import doctest
from dataclasses import replace

import pytest

from bot.answering import telling, voices
from bot.answering.answers import Answer, Citation, Sentence, Status
from bot.answering.voices import FOUND, SAID, joined, parted
from bot.grounding import Support
from retrieval.documents import Span


def test_the_examples_hold() -> None:
    assert doctest.testmod(voices).failed == 0


@pytest.mark.parametrize(
    ("question", "two"),
    [
        (
            "What have inspectors said about missing children since 2014, and what did we promise?",
            (
                "What have inspectors said about missing children since 2014?",
                "what did we promise about missing children since 2014?",
            ),
        ),
        (
            "What was found about vetting and what did the commissioner say about it?",
            ("What was found about vetting?", "what did the commissioner say about it?"),
        ),
        ("What did we promise about custody, and by when?", None),
        ("What was found, and what did we promise?", None),
        ("What deadline was Halton given, and how was it counted?", None),
        ("How many officers and what kind of cars?", None),
        ("", None),
    ],
)
def test_only_a_question_about_both_voices_is_parted(
    question: str, two: tuple[str, str] | None
) -> None:
    assert parted(question) == two


def answer(status: Status, text: str = "", **more: object) -> Answer:
    cited = Citation("d", "d.md", "A report", None, Span(1, 0, 3), text)
    said = (Sentence(text, (cited,), Support.CLEAR, True),) if text else ()
    return replace(Answer("q", status, "This is what the documents say.", said), **more)  # type: ignore[arg-type]


def test_each_voice_stands_under_its_heading() -> None:
    whole = joined("Both?", answer(Status.ANSWERED, "Found."), answer(Status.ANSWERED, "Said."))
    assert [(one.under, one.text) for one in whole.sentences] == [
        (FOUND, "Found."),
        (SAID, "Said."),
    ]
    assert (whole.question, whole.status) == ("Both?", Status.ANSWERED)
    lines = list(telling.lines(whole))
    assert lines.index(f"  {FOUND}:") < lines.index("  “Found.” [1]") < lines.index(f"  {SAID}:")


@pytest.mark.parametrize(
    ("found", "said", "status", "words"),
    [
        (Status.ANSWERED, Status.NOT_IN_DOCUMENTS, Status.PARTLY, "What the office said to it"),
        (Status.NOT_IN_DOCUMENTS, Status.ANSWERED, Status.PARTLY, "What was found, they do not"),
        (Status.CONFLICTING, Status.ANSWERED, Status.CONFLICTING, "This is what"),
        (Status.ANSWERED, Status.PARTLY, Status.PARTLY, "This is what"),
    ],
)
def test_what_one_voice_lacks_is_said(
    found: Status, said: Status, status: Status, words: str
) -> None:
    no = (Status.NOT_IN_DOCUMENTS,)
    whole = joined(
        "Both?",
        answer(found, "" if found in no else "Found."),
        answer(said, "" if said in no else "Said."),
    )
    assert whole.status is status
    assert words in whole.opening


def test_with_neither_voice_there_is_no_answer() -> None:
    no = answer(Status.NOT_IN_DOCUMENTS, withheld=())
    assert joined("Both?", no, no).status is Status.NOT_IN_DOCUMENTS
    assert joined("Both?", no, no).sentences == ()
