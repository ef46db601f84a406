"""A question's way through three jobs: a first sign, the answer, and its delivery.

Each job can be cut off anywhere and run again. What is shown is always made from what is kept, so
whichever job shows last shows the truth.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any

from bot.answering import keeping
from bot.answering.answers import Answer, Status
from bot.answering.writing import Unwritten
from bot.jobs import Facts, GaveUp
from bot.operating import logs
from bot.responding import paragraph
from bot.slack import context, failing, revealing, streaming
from bot.slack.blocks import answer as answer_blocks
from bot.slack.blocks import notices
from bot.slack.blocks.answer import SENT_AGAIN, More
from bot.slack.blocks.message import Message, Profile
from bot.slack.calling import Refused, Unauthorised, Unsure
from bot.slack.desk import DELIVERIES, SIGNS, Desk
from bot.slack.gateway import Spot
from bot.slack.people import Admission
from bot.store.asking import Kept, Place, Question, State
from retrieval.library import Scope
from retrieval.search import NothingIndexed

EMPTY = (
    "Ask me a question about the inspection reports and the office's responses, for example: "
    "What did inspectors say about missing children in 2016?"
)
CHANGED = (
    "Who can see this place, or what may be shown in it, has changed since the question was "
    "asked, so the answer is not shown. Ask again."
)
NOTHING_INDEXED = "No documents are indexed yet, so there is nothing to answer from."
_WHISPER = "whisper"
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
        _deliver(desk, deleted)


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
    desk.jobs.add("deliver", partial(_deliver_job, desk))


def _begin(desk: Desk, question: Question) -> None:
    facts = {"key": question.key, "revision": question.revision}
    key = f"{question.key}@{question.revision}"
    desk.jobs.start(SIGNS, "sign", key, facts, within=question.channel)


def _deliver(desk: Desk, question: Question) -> None:
    key = f"{question.key}@{question.revision}.{question.state.value}"
    desk.jobs.start(DELIVERIES, "deliver", key, {"key": question.key})


def _deliver_settled(desk: Desk, facts: Facts) -> None:
    """See that what has become of a question is shown; a crash may have come before that."""
    question = _current(desk, facts)
    if question and question.state is not State.RECEIVED:
        _deliver(desk, question)


# The first sign


def _sign(desk: Desk, facts: Facts) -> None:
    question = _current(desk, facts)
    if question is None:
        return
    try:
        refused = desk.jobs.step("admit", partial(_refusal, desk, question))
        if not refused:
            desk.jobs.step("show", partial(_show_sign, desk, question), tries=3)
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


def _refusal(desk: Desk, question: Question) -> str:
    """The words with which a question is refused, "" for one that is taken."""
    admission = desk.members.admit(question)
    if admission.refused:
        return admission.refused
    if not question.text:
        return EMPTY
    asked = desk.asking.asked_since(question.person, question.asked_at - _MINUTE)
    most = desk.settings.questions_a_minute
    if asked > most:
        return f"You may put {most} questions a minute to me. Ask this one again in a minute."
    return ""


def _settle(desk: Desk, question: Question, state: State, reason: str) -> None:
    desk.asking.settle(question.key, question.revision, state, reason=reason, now=desk.now())


def _show_sign(desk: Desk, question: Question) -> None:
    """A status where Slack has one, else a message that the answer will take the place of."""
    if question.place is Place.PRIVATE:
        return  # the command was acknowledged in words
    spot = Spot(question.channel, question.thread)
    count = len(desk.library.admitted(_scope(desk, desk.members.admit(question))))
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
        "documents": len(desk.library.admitted(scope)),
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
    """The answer; where the language model gives none, the documents' own sentences."""
    telling = streaming.telling(desk, question)
    try:
        if telling is None:
            return desk.answering.answer(question.text, scope=scope, earlier=earlier)
        return desk.answering.answer(
            question.text, scope=scope, earlier=earlier, heard=telling.sentence
        )
    except Unwritten as cause:
        answer = desk.quoting.answer(question.text, scope=scope, earlier=earlier)
        return replace(answer, caveats=(str(cause), *answer.caveats))
    finally:
        if telling:
            telling.stop()


def _scope(desk: Desk, admission: Admission) -> Scope:
    return Scope(admission.collections, desk.now())


# Delivery


@dataclass(frozen=True)
class _Shown:
    """What is shown of a question now."""

    question: Question
    answer: Answer | None
    more: More

    def messages(self, profile: Profile) -> list[Message]:
        """The messages in a profile."""
        question = self.question
        again = f" {SENT_AGAIN}" if self.more.sent_again else ""
        if question.state is State.DELETED:
            return [notices.taken_down()]
        if question.state is State.FAILED:
            return [notices.failure(question.reason + (again and f".{again}"))]
        if self.answer is None:
            return [notices.refusal(question.reason + again)]
        return answer_blocks.messages(
            self.answer, key=question.key, profile=profile, more=self.more
        )


def _deliver_job(desk: Desk, facts: Facts) -> None:
    """Show what is kept where it was asked; failing that, in a direct message."""
    key = facts["key"]
    try:
        how = desk.jobs.step("show", partial(_show, desk, key))
    except GaveUp:
        how = _show_elsewhere(desk, key, unclear=True)
    except Refused as no:
        how = _show_elsewhere(desk, key, unclear=no.where == _WHISPER)
    desk.metrics.delivered(how)


def _show(desk: Desk, key: str) -> str:
    shown = _shown(desk, key)
    if shown is None:
        return "nothing"
    question = shown.question
    spot = Spot(question.channel, question.thread)
    if question.state is State.DELETED and not desk.gateway.begun(key):
        return "nothing"
    if question.place is not Place.PRIVATE:
        desk.gateway.put(shown.messages, key=key, spot=spot)
    else:
        _whisper(desk, shown, spot)
    if shown.answer:
        desk.metrics.answered(
            shown.answer.status.value, (desk.now() - question.asked_at).total_seconds()
        )
    return "there"


def _whisper(desk: Desk, shown: _Shown, spot: Spot) -> None:
    """To one person; when Slack leaves it open whether it came, it is said again where it lasts."""
    question = shown.question
    try:
        desk.gateway.whisper(
            shown.messages,
            person=question.person,
            spot=spot,
            key=question.key,
            reply_url=question.reply_url,
        )
    except (Unsure, Unauthorised) as unclear:
        raise Refused(_WHISPER, str(unclear)) from None


def _shown(desk: Desk, key: str) -> _Shown | None:
    """What is to be shown now; an answer only while it may still be read where it goes."""
    question = desk.asking.get(key)
    if question is None or question.state is State.RECEIVED:
        return None
    kept = desk.asking.kept(key)
    if question.state is not State.ANSWERED or kept is None:
        return _Shown(question, None, More())
    answer = keeping.answer(kept.data["answer"])
    if not revealing.may_show(desk, question, answer):
        return _Shown(replace(question, state=State.REFUSED, reason=CHANGED), None, More())
    return _Shown(question, answer, _more(desk, question, answer, kept.data))


def _more(desk: Desk, question: Question, answer: Answer, data: dict[str, Any]) -> More:
    before = desk.asking.in_thread(question.channel, question.thread)
    quoting = not desk.answering.writer.decides
    return More(
        documents_searched=data["documents"],
        private=question.place is Place.PRIVATE,
        draftable=paragraph.fits(answer),
        person_available=bool(desk.settings.colleagues),
        say_no_model=quoting and (not before or before[0].key == question.key),
        elsewhere=bool(data["elsewhere"]) and answer.status is Status.NOT_IN_DOCUMENTS,
        edited=question.revision > 1,
    )


def _show_elsewhere(desk: Desk, key: str, *, unclear: bool) -> str:
    """In a direct message to whoever asked, once; else in the operator's log with a reference.

    ``unclear``: it may have been shown already.
    """
    try:
        desk.jobs.step("elsewhere", partial(_direct, desk, key, unclear))
    except (GaveUp, Refused) as no:
        failing.lost(key, logs.reference(), no)
        return "lost"
    return "elsewhere"


def _direct(desk: Desk, key: str, unclear: bool) -> None:
    shown = _shown(desk, key)
    if shown is None or shown.question.state is State.DELETED:
        return
    again = replace(shown, more=replace(shown.more, sent_again=unclear))
    desk.gateway.put(again.messages, key=key, spot=desk.gateway.direct(shown.question.person))
