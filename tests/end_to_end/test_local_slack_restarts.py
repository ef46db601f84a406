"""The bot stopped and killed in the middle of its work: nothing is lost, nothing said twice."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.playground.workspace import OFFICE, TOM
from tests.end_to_end.serving import Office, serving

QUESTIONS = (
    "How many stalking protection orders did Fernshire Police apply for?",
    "How many cases were in the backlog of the Domestic Abuse Review Team in 2016?",
    "How many callers gave up on 101 calls in Fernshire in 2021/22?",
)


@pytest.fixture(scope="module")
def office(
    local_slack_program: Path, indexed: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    """An office whose bot is stopped and started again."""
    folder = tmp_path_factory.mktemp("office")
    with serving(local_slack_program, folder, indexed) as made:
        yield made


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 0), (signal.SIGKILL, -signal.SIGKILL)]
)
def test_questions_under_way_are_answered_once_after_a_restart(
    office: Office, number: int, code: int
) -> None:
    said = [office.ask(TOM, OFFICE, question) for question in QUESTIONS]
    assert office.stop(number) == code
    office.start()
    for one in said:
        office.answered(OFFICE.id, one.ts)
    for one in said:  # a follow-up's answer comes after whatever would have come twice
        office.slack.say(TOM.id, OFFICE.id, "And in Sallowshire?", one.ts)
        assert len(office.answered(OFFICE.id, one.ts, 2)) == 2


def test_what_was_answered_before_a_restart_stays_as_it_is(office: Office) -> None:
    said = office.ask(TOM, OFFICE, QUESTIONS[0])
    before = office.answered(OFFICE.id, said.ts)
    assert office.stop() == 0
    office.start()
    office.slack.press(TOM.id, OFFICE.id, before[0].ts, "show_passage:1")
    view = office.opened()
    assert "stalking protection orders" in str(view.blocks)
    assert office.answers(OFFICE.id, said.ts) == before
