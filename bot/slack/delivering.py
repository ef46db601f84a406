"""Show in Slack what is kept of a question: where it was asked, or else where the person reads it.

What is shown is always made from what is kept, so whichever delivery comes last shows the truth.
"""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from bot.answering import keeping
from bot.answering.answers import Answer, Status
from bot.jobs import Facts, GaveUp
from bot.operating import logs
from bot.responding import paragraph
from bot.responding.record import RECORD
from bot.slack import failing, revealing
from bot.slack.blocks import answer as answer_blocks
from bot.slack.blocks import notices
from bot.slack.blocks.answer import DIVERTED, SENT_AGAIN, More
from bot.slack.blocks.message import Message, Profile
from bot.slack.calling import SECONDS, Refused, Unauthorised, Unsure
from bot.slack.desk import DELIVERIES, Desk
from bot.slack.gateway import Spot
from bot.store.asking import Place, Question, State

CHANGED = (
    "Who can see this place, or what may be shown in it, has changed since the question was "
    "asked, so the answer is not shown. Ask again."
)
BESIDE = (".draft", ".asked", ".shared")  # keys of what was posted because of an answer
_WHISPER = "whisper"
_LATE = SECONDS + 5.0  # seconds in which Slack may still do what it was asked before


def register(desk: Desk) -> None:
    """Say what the job does."""
    desk.jobs.add("deliver", partial(_deliver, desk))
    desk.jobs.add("tidy", partial(_tidy, desk))


def start(desk: Desk, question: Question) -> None:
    """See that what has become of a question is shown."""
    key = f"{question.key}@{question.revision}.{question.state.value}"
    desk.jobs.start(DELIVERIES, "deliver", key, {"key": question.key, "of": key})


@dataclass(frozen=True)
class _Shown:
    """What is shown of a question now."""

    question: Question
    answer: Answer | None
    more: More

    def messages(self, profile: Profile) -> list[Message]:
        """The messages in a profile."""
        question = self.question
        if question.state is State.DELETED:
            return [notices.taken_down()]
        if question.state is State.FAILED:
            return [notices.failure(question.reason, self._why_here)]
        if self.answer is None:
            return [notices.refusal(f"{question.reason} {self._why_here}".strip())]
        return answer_blocks.messages(
            self.answer, key=question.key, profile=profile, more=self.more
        )

    @property
    def _why_here(self) -> str:
        if self.more.sent_again:
            return SENT_AGAIN
        return DIVERTED if self.more.diverted else ""


def _deliver(desk: Desk, facts: Facts) -> None:
    """Show what is kept where it was asked; failing that, in a direct message."""
    key = facts["key"]
    try:
        how = desk.jobs.step("show", partial(_show, desk, key))
    except GaveUp:
        how = _show_elsewhere(desk, key, unclear=True)
    except Refused as no:
        how = _show_elsewhere(desk, key, unclear=no.where == _WHISPER)
    desk.metrics.delivered(how)
    if desk.jobs.step("unsure", partial(desk.gateway.was_unsure, key)):
        desk.jobs.start(DELIVERIES, "tidy", facts["of"], {"key": key}, after=_LATE)


def _tidy(desk: Desk, facts: Facts) -> None:
    key = facts["key"]
    try:
        desk.jobs.step("tidy", partial(desk.gateway.tidy, key))
    except (GaveUp, Refused) as no:
        logs.get().warning("not tidied", question=key, error=no)


def _show(desk: Desk, key: str) -> str:
    shown = _shown(desk, key)
    if shown is None:
        return "nothing"
    question = shown.question
    if question.state is State.DELETED:
        return _take_down(desk, shown)
    spot = Spot(question.channel, question.thread)
    if question.place is not Place.PRIVATE:
        desk.gateway.put(shown.messages, key=key, spot=spot)
    else:
        _whisper(desk, shown, spot)
    if shown.answer:
        desk.metrics.answered(
            shown.answer.status.value, (desk.now() - question.asked_at).total_seconds()
        )
    return "there"


def _take_down(desk: Desk, shown: _Shown) -> str:
    """In the place of an answer, and of all that was posted because of it."""
    key = shown.question.key
    for_colleagues = (f".for.{colleague}" for colleague in desk.settings.colleagues)
    keys = [key, *(f"{key}{ending}" for ending in (*BESIDE, *for_colleagues))]
    shown_keys = [one for one in keys if desk.gateway.begun(one)]
    for one in shown_keys:
        desk.gateway.put_again(shown.messages, key=one)
    return "there" if shown_keys else "nothing"


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
    except Refused as no:
        where = _WHISPER if desk.gateway.posted(question.key) else no.where  # a part has come
        raise Refused(where, no.code) from None


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
    quoting = not desk.answering.writer.decides and answer.by != RECORD
    return More(
        documents_searched=data["documents"],
        private=question.place is Place.PRIVATE,
        draftable=paragraph.fits(answer),
        person_available=bool(desk.settings.colleagues),
        say_no_model=quoting and (not before or before[0].key == question.key),
        elsewhere=bool(data["elsewhere"])
        and question.place is Place.CHANNEL
        and answer.status is Status.NOT_IN_DOCUMENTS,
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
    again = replace(shown, more=replace(shown.more, sent_again=unclear, diverted=not unclear))
    desk.gateway.put(again.messages, key=key, spot=desk.gateway.direct(shown.question.person))
