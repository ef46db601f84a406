from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from bot.bootstrap import Parts
from bot.playground import conversation, playing, printing
from bot.playground.conversation import TURNS, Way
from bot.playground.workspace import Person
from bot.settings import Settings
from retrieval.library import Scope


@pytest.fixture(scope="module")
def played(indexed: Path) -> Iterator[list[str]]:
    """The conversation as it is played in a terminal."""
    parts = Parts(Settings(home=indexed, ocr=False))

    def scope_of(person: Person) -> Scope:
        return Scope(frozenset(playing.READERS[person.id]), datetime.now(UTC))

    with parts.searching() as search:
        yield list(conversation.in_terminal(parts.answering(search), scope_of))
    parts.engine.dispose()


@pytest.fixture(scope="module")
def answers(played: list[str]) -> list[str]:
    """What is answered to each turn, as one line of words."""
    starts = [number for number, line in enumerate(played) if line.startswith("> ")]
    ends = [*starts[1:], len(played)]
    return [
        " ".join(" ".join(played[start:end]).split())
        for start, end in zip(starts, ends, strict=True)
    ]


@pytest.mark.parametrize(
    ("turn", "words"),
    [
        (0, "applied for nine stalking protection orders.” [1]"),
        (0, "Police and Crime Plan"),
        (1, "applied for 31 stalking protection orders"),
        (2, "was 38 on the day of our visit"),
        (2, "Commissioner's response"),
        (3, "The documents I can read here do not say."),
        (4, "There may be documents on this that cannot be shown here."),
    ],
)
def test_each_turn_shows_what_it_is_there_for(answers: list[str], turn: int, words: str) -> None:
    assert words in answers[turn]


def test_a_refused_turn_shows_no_source(answers: list[str]) -> None:
    assert ["Sources" in answer for answer in answers] == [True, True, True, False, False]


def test_every_way_to_ask_is_shown() -> None:
    assert {turn.way for turn in TURNS} == set(Way)


def test_it_fits_a_terminal_and_has_no_doubled_empty_lines(played: list[str]) -> None:
    assert max(map(len, played)) <= printing.WIDTH
    assert not any(not a and not b for a, b in pairwise(played))
