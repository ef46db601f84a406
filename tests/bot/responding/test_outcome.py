"""What was decided and what became of it is said as it was said, with who and when."""

from datetime import date

import pytest

from bot.responding import outcome
from bot.store.cases import Choice, Decided, Status, Step
from tests.bot.responding.cases import chief, status


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (None, "none on record"),
        (Decided(Choice.TAKEN), "action taken"),
        (Decided(Choice.PROPOSED, quote="We  will\nact."), "action proposed: “We will act.”"),
        (Decided(Choice.NONE, "It is done."), "no action, because It is done."),
        (Decided(Choice.NONE, "It is done.", quote="It is done."), "no action: “It is done.”"),
    ],
)
def test_a_decision(said: Decided | None, words: str) -> None:
    assert outcome.decision(said) == words


def test_a_status_has_date_person_and_words() -> None:
    said = status(1, Status.SUBMITTED, date(2031, 5, 1))
    assert outcome.status(None) == "none on record"
    assert outcome.status(said) == ("submitted for closure on 1 May 2031, noted by U1: “It is so.”")
    assert "noted by Tom: " in outcome.status(said, "Tom")


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (Step.INVITED, "Chief officer: invited to comment on 5 March 2031, noted by Tom"),
        (Step.RECEIVED, "Chief officer: comments received on 5 March 2031, noted by Tom"),
        (Step.NONE, "Chief officer: no comments received on 5 March 2031, noted by Tom"),
    ],
)
def test_the_chief_officer(step: Step, words: str) -> None:
    assert outcome.chief(chief(step, date(2031, 3, 5)), "Tom") == words
    assert outcome.chief(None) == "Chief officer: not invited yet"
