"""What nobody foresaw: the operator's log gets a reference, the person is told it."""

from functools import partial

from bot.jobs import Facts, GaveUp
from bot.operating import logs
from bot.slack import acting
from bot.slack.blocks import notices
from bot.slack.calling import Refused
from bot.slack.desk import DELIVERIES, Desk
from bot.slack.gateway import Spot
from bot.store.asking import Question, State

_OF_QUESTIONS = ("sign", "answer", "deliver")


def failed(desk: Desk, name: str, facts: Facts, error: Exception) -> None:
    """A job broke: whoever waits for it is told, with a reference that the log has too."""
    reference = str(desk.jobs.step("reference", logs.reference))
    key = str(facts.get("key") or "")
    logs.get().error("job failed", job=name, reference=reference, question=key, exc_info=error)
    question = desk.asking.get(key) if key and name in _OF_QUESTIONS else None
    if question and desk.jobs.step("settle", partial(_settled, desk, question, reference)):
        desk.jobs.start(DELIVERIES, "deliver", f"{key}@{question.revision}.failed", {"key": key})
    elif facts.get("person"):
        _tell(desk, facts, reference)
    else:
        lost(key, reference, error)


def lost(key: str, reference: str, why: Exception) -> None:
    """Nothing could be shown to whoever asked: the operator is told."""
    code = why.code if isinstance(why, Refused) else ""
    logs.get().error(
        "answer undelivered", question=key, reference=reference, reason=code or "none", error=why
    )


def _settled(desk: Desk, question: Question, reference: str) -> bool:
    """Whether it has failed under this reference; False when it had failed before."""
    if question.state is State.FAILED:
        return question.reason == reference  # a crash came between this step and its record
    desk.asking.settle(
        question.key, question.revision, State.FAILED, reason=reference, now=desk.now()
    )
    return True


def _tell(desk: Desk, facts: Facts, reference: str) -> None:
    try:
        desk.jobs.step("tell", partial(_whisper, desk, facts, reference))
    except (Refused, GaveUp) as no:
        lost(str(facts.get("key") or ""), reference, no)


def _whisper(desk: Desk, facts: Facts, reference: str) -> None:
    person = str(facts["person"])
    spot = Spot(str(facts["channel"])) if facts.get("channel") else desk.gateway.direct(person)
    acting.whisper(desk, notices.failure(reference), person, spot, acting.press_key(facts))
