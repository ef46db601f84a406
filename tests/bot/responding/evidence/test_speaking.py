"""Who speaks in a response is told by headings, labels and columns."""

import pytest

from bot.responding.evidence.speaking import said
from bot.store.wordings import Voice
from retrieval.documents import quoted
from retrieval.passages import split
from tests.builders import reading
from tests.corpus import samples

THEY, FORCE, OWN = Voice.INSPECTORATE, Voice.CHIEF_OFFICER, Voice.COMMISSIONER


def voices(markup: str) -> list[tuple[Voice | None, str]]:
    read = reading(markup)
    return [(one.voice, one.text) for one in said(split(read), read.pages)]


def test_headings_name_the_voice() -> None:
    told = voices(
        """
# Response
I welcome this.
## Recommendation 1
The force should act.
### Force response
It has acted.
### PCC response
I will check.
"""
    )
    assert told == [
        (OWN, "I welcome this."),
        (THEY, "The force should act."),
        (FORCE, "It has acted."),
        (OWN, "I will check."),
    ]


def test_labels_name_the_voice_and_are_no_part_of_what_is_said() -> None:
    told = voices("## Area for improvement: calls\nChief Constable: It is done.\nMore is to come.")
    assert told == [(FORCE, "It is done."), (FORCE, "More is to come.")]


def test_a_sentence_about_the_forces_response_is_no_label() -> None:
    told = voices("## Recommendation 1\nThe force’s response to abuse is a cause of concern.")
    assert told == [(THEY, "The force’s response to abuse is a cause of concern.")]


def test_columns_name_the_voice() -> None:
    told = voices(
        """
What HMICFRS asks || Force response || Commissioner’s response
Answer calls sooner. || Twelve people moved. || Action proposed. I will watch it.
"""
    )
    assert told == [
        (THEY, "Answer calls sooner."),
        (FORCE, "Twelve people moved."),
        (OWN, "Action proposed."),
        (OWN, "I will watch it."),
    ]


@pytest.mark.parametrize("name", [one for one in samples.NAMES if "-response-" in one])
def test_every_sentence_stands_where_its_spans_say(name: str) -> None:
    read = samples.read(name)
    for one in said(split(read), read.pages):
        words = " ".join(" ".join(quoted(read.pages, span).split()) for span in one.spans)
        assert words == " ".join(one.text.split())


def test_the_sample_responses_keep_the_force_and_the_commissioner_apart() -> None:
    read = samples.read("2017-01-12-response-peel-effectiveness-2016.pdf")
    told = {one.text: one.voice for one in said(split(read), read.pages)}
    assert told["The force accepts this recommendation."] is FORCE
    assert told["I agree with the Chief Constable’s decision."] is OWN
