"""A question's way to its answer in two jobs: a first sign, and the answer; then it is delivered.

Each job can be cut off anywhere and run again.
"""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from bot.answering import keeping
from bot.answering.answers import Answer
from bot.answering.writing import Unwritten
from bot.jobs import Facts, GaveUp
from bot.responding.record import RECORD
from bot.slack import context, delivering, parsing, streaming
from bot.slack.blocks import notices
from bot.slack.calling import Refused
from bot.slack.cases import recorded
from bot.slack.desk import SIGNS, Desk
from bot.slack.gateway import Spot
from bot.slack.people import Admission
from bot.store.asking import Kept, Place, Question, State
from retrieval.library import Scope
from retrieval.search import NothingIndexed

EMPTY = (
    "Ask me a question about the inspection reports and the office's responses, for example: "
    "What did inspectors say about missing children in 2016?"
)
NOTHING_INDEXED = "No documents are indexed yet, so there is nothing to answer from."
_MINUTE = timedelta(minutes=1)


def take(desk: Desk, question: Question) -> bool:
    """Note a question and see that it is answered; False for one that was noted before."""
    new = desk.asking.record(question, now=desk.now())
    if new:
        desk.metrics.received()
    _begin(desk, question)
    return new


def take_edit(desk: Desk, channel: str, message: str, text: str) -> bool:
    """Answer a question anew after its words were changed; False when nothing is to be done."""
    before = desk.asking.at(channel, message)
    edited = desk.asking.edit(before.key, text, now=desk.now()) if before else None
    if edited:
        _begin(desk, edited)
    return before is not None


def take_deletion(desk: Desk, channel: str, message: str) -> None:
    """Take an answer down after its question was deleted."""
    asked = desk.asking.at(channel, message)
    deleted = desk.asking.delete(asked.key, now=desk.now()) if asked else None
    if deleted:
        delivering.start(desk, deleted)


def resume(desk: Desk) -> int:
    """Go on with questions noted but not yet started when the process stopped; how many."""
    waiting = desk.asking.unfinished()
    for question in waiting:
        _begin(desk, question)
    return len(waiting)


def register(desk: Desk) -> None:
    """Say what the jobs do."""
    desk.jobs.add("sign", partial(_sign, desk))
    desk.jobs.add("answer", partial(_answer, desk))


def _begin(desk: Desk, question: Question) -> None:
    facts = {"key": question.key, "revision": question.revision}
    key = f"{question.key}@{question.revision}"
    desk.jobs.start(SIGNS, "sign", key, facts, within=question.channel)


def _deliver_settled(desk: Desk, facts: Facts) -> None:
    """See that what has become of a question is shown; a crash may have come before that."""
    question = _current(desk, facts)
    if question and question.state is not State.RECEIVED:
        delivering.start(desk, question)


# The first sign


def _sign(desk: Desk, facts: Facts) -> None:
    question = _current(desk, facts)
    if question is None:
        return
    try:
        refused, collections = desk.jobs.step("admit", partial(_admission, desk, question))
        if not refused:
            scope = Scope(frozenset(collections), desk.now())
            desk.jobs.step("show", partial(_show_sign, desk, question, scope), tries=3)
    except (GaveUp, Refused):
        refused = ""  # the answer looks again, and delivery knows other ways
    if refused:
        desk.jobs.step("refuse", partial(_settle, desk, question, State.REFUSED, refused))
        desk.metrics.refused("refused")
        _deliver_settled(desk, facts)
    else:
        desk.jobs.start(desk.answers, "answer", f"{question.key}@{question.revision}", facts)


def _current(desk: Desk, facts: Facts) -> Question | None:
    """The question, unless it was changed or deleted since."""
    question = desk.asking.get(facts["key"])
    if question is None or question.revision != facts["revision"]:
        return None
    return question if question.state is not State.DELETED else None


def _admission(desk: Desk, question: Question) -> tuple[str, list[str]]:
    """The words with which a question is refused, "" for one that is taken, and what is read."""
    admission = desk.members.admit(question)
    refused = admission.refused or _refusal(desk, question)
    return refused, sorted(admission.collections)


def _refusal(desk: Desk, question: Question) -> str:
    """Why a question of somebody who may ask is refused, "" for one that is taken."""
    if not question.text or parsing.asks_for_help(question.text):
        return EMPTY
    asked = desk.asking.asked_since(question.person, question.asked_at - _MINUTE)
    most = desk.settings.questions_a_minute
    if asked > most:
        return f"You may put {most} questions a minute to me. Ask this one again in a minute."
    return ""


def _settle(desk: Desk, question: Question, state: State, reason: str) -> None:
    desk.asking.settle(question.key, question.revision, state, reason=reason, now=desk.now())


def _show_sign(desk: Desk, question: Question, scope: Scope) -> None:
    """A status where Slack has one, else a message that the answer will take the place of."""
    if question.place is Place.PRIVATE:
        return  # the command was acknowledged in words
    spot = Spot(question.channel, question.thread)
    count = len(desk.library.admitted(scope))
    if question.revision > 1 or not streaming.status(desk, spot, count):
        desk.gateway.put(lambda _: [notices.searching(count)], key=question.key, spot=spot)
    desk.metrics.first_sign((desk.now() - question.asked_at).total_seconds())


# The answer


def _answer(desk: Desk, facts: Facts) -> None:
    question = _current(desk, facts)
    if question is None:
        return
    try:
        desk.jobs.step("answer", partial(_write, desk, question))
    except GaveUp as ended:
        raise RuntimeError("nobody could tell who may read the answer") from ended
    _deliver_settled(desk, facts)


def _write(desk: Desk, question: Question) -> None:
    """Find and write the answer and keep it, unless that was done before."""
    if question.state is not State.RECEIVED:
        return
    admission = desk.members.admit(question)
    if admission.refused:
        _settle(desk, question, State.REFUSED, admission.refused)
        return
    scope = _scope(desk, admission)
    earlier = context.earlier(desk, question)
    try:
        answer = _answered(desk, question, scope, earlier)
    except NothingIndexed:
        _settle(desk, question, State.REFUSED, NOTHING_INDEXED)
        return
    data = {
        "answer": keeping.data(answer),
        "elsewhere": admission.elsewhere,
        "documents": 0 if answer.by == RECORD else len(desk.library.admitted(scope)),
    }
    kept = Kept(
        question.key,
        question.revision,
        answer.status.value,
        data,
        answer.by,
        answer.prompt,
        desk.now(),
    )
    desk.asking.keep(kept, now=desk.now())


def _answered(desk: Desk, question: Question, scope: Scope, earlier: tuple[str, ...]) -> Answer:
    """The record's answer to a question about it, else the documents'.

    Where the language model gives none, it is the documents' own sentences.
    """
    of_record = recorded.answer(desk, question, scope)
    if of_record:
        return of_record
    if not desk.answering.writer.decides:
        return desk.answering.answer(question.text, scope=scope, earlier=earlier)
    try:
        answer = _modelled(desk, question, scope, earlier)
    except Unwritten as cause:
        desk.metrics.model_called("failed")
        answer = desk.quoting.answer(question.text, scope=scope, earlier=earlier)
        return replace(answer, caveats=(str(cause), *answer.caveats))
    desk.metrics.model_called("ok")
    return answer


def _modelled(desk: Desk, question: Question, scope: Scope, earlier: tuple[str, ...]) -> Answer:
    """The model's answer, its sentences shown as each has passed the gate. Unwritten for none."""
    with streaming.telling(desk, question) as heard:
        return desk.answering.answer(question.text, scope=scope, earlier=earlier, heard=heard)


def _scope(desk: Desk, admission: Admission) -> Scope:
    return Scope(admission.collections, desk.now())
