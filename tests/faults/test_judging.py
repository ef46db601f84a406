"""The judge sees what it is there to see, in a workspace into which each wrong is put by hand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from bot.slack.blocks.answer import SENT_AGAIN
from bot.store.asking import Asking, Place, Question, State
from tests.builders import Office
from tests.fakes.slack import Slack, serving_slack
from tests.fakes.slack_workspace import BOT_USER, OFFICE, TOM, TOM_IM
from tests.faults.driving import Asked, Kind
from tests.faults.judging import Fate, Judge

NOW = datetime(2031, 5, 1, 12, tzinfo=UTC)
KEY = "q:C0OFFICE:1.1"
WORDS = "There were 12 cases."
ONE = Asked(Kind.MENTION, TOM.id, OFFICE.id, "1.1", KEY, taken=True)


def said(slack: Slack, text: str = WORDS, room: str = OFFICE.id, part: int = 0) -> None:
    """A message of the bot's for the question."""
    mark = {"event_type": "x", "event_payload": {"mark": f"{KEY}#{part}"}}
    thread = ONE.thread if room == OFFICE.id else ""
    slack.state.post(room, BOT_USER, text=text, thread_ts=thread, metadata=mark)


def nothing(_: Slack) -> None:
    """Nobody was told anything."""


def once(slack: Slack) -> None:
    said(slack)


def twice(slack: Slack) -> None:
    said(slack)
    said(slack)


def a_stream_left_behind(slack: Slack) -> None:
    said(slack)
    slack.state.post(OFFICE.id, BOT_USER, text="", thread_ts=ONE.thread)


def again_without_a_word(slack: Slack) -> None:
    said(slack)
    said(slack, room=TOM_IM.id)


def again_with_a_word(slack: Slack) -> None:
    said(slack)
    said(slack, f"{WORDS} {SENT_AGAIN}", TOM_IM.id)


def only_a_sign(slack: Slack) -> None:
    said(slack, "Searching 3 documents")


def a_beginning(slack: Slack) -> None:
    said(slack)
    said(slack, "(continued)", part=1)


def parts(slack: Slack) -> None:
    said(slack)
    said(slack, "(continued) Searched 3 documents.", part=1)


def a_failure(slack: Slack) -> None:
    said(slack, "Something went wrong here: R-7K3Q-2M")


@pytest.mark.parametrize(
    ("shown", "fate"),
    [
        (nothing, Fate.SILENT),
        (once, Fate.ANSWERED),
        (twice, Fate.DOUBLE),
        (a_stream_left_behind, Fate.DOUBLE),
        (again_without_a_word, Fate.DOUBLE),
        (again_with_a_word, Fate.ANSWERED),
        (only_a_sign, Fate.SILENT),
        (a_beginning, Fate.SILENT),
        (parts, Fate.ANSWERED),
        (a_failure, Fate.FAILED),
    ],
)
def test_what_a_person_sees_decides(
    office: Office, shown: Callable[[Slack], None], fate: Fate
) -> None:
    assert judged(office.engine, shown, State.REFUSED) == fate


@pytest.mark.parametrize(
    ("state", "logged", "fate"),
    [
        (None, False, Fate.LOST),
        (State.RECEIVED, False, Fate.LOST),
        (State.REFUSED, False, Fate.SILENT),
        (State.REFUSED, True, Fate.LOGGED),
    ],
)
def test_what_nobody_sees_is_lost_silent_or_logged(
    office: Office, state: State | None, logged: bool, fate: Fate
) -> None:
    assert judged(office.engine, nothing, state, logged=logged) == fate


@pytest.mark.parametrize(("taken", "fate"), [(False, Fate.REFUSED_BY_SLACK), (True, Fate.LOST)])
def test_a_command_that_is_not_acknowledged_has_failed_before_its_asker(
    office: Office, taken: bool, fate: Fate
) -> None:
    one = replace(ONE, kind=Kind.COMMAND, taken=taken)
    assert judged(office.engine, nothing, None, one=one) == fate


def test_a_message_that_answers_nothing_is_found(office: Office) -> None:
    with serving_slack() as slack:
        said(slack)
        (line,) = Judge(slack, Asking(office.engine), []).verdict([]).wrong
    assert line.startswith("stray")


def judged(
    engine: Engine,
    shown: Callable[[Slack], None],
    state: State | None,
    *,
    logged: bool = False,
    one: Asked = ONE,
) -> Fate:
    """The fate of one question, kept in that state, after this was shown."""
    asking = Asking(engine)
    if state:
        _keep(asking, state)
    events = [{"event": "answer undelivered", "question": KEY, "reference": "R-7K3Q-2M"}]
    with serving_slack() as slack:
        shown(slack)
        verdict = Judge(slack, asking, events if logged else []).verdict([one])
    ((fate, _),) = verdict.counts[one.kind].items()
    return fate


def _keep(asking: Asking, state: State) -> None:
    question = Question(
        KEY, "T0FERNSHIRE", OFFICE.id, "1.1", "1.1", TOM.id, Place.CHANNEL, "How many?", NOW
    )
    asking.record(question, now=NOW)
    if state is not State.RECEIVED:
        asking.settle(KEY, 1, state, reason="no", now=NOW)
