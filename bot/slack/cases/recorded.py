"""Questions that are answered from the record of cases, by what their reader may read."""

from functools import partial

from bot.answering.answers import Answer
from bot.responding.record import answering, wanting
from bot.responding.record.lines import Record
from bot.slack.cases import admitting
from bot.slack.desk import Desk
from bot.store.asking import Question
from retrieval.library import Scope


def answer(desk: Desk, question: Question, scope: Scope) -> Answer | None:
    """The record's answer, None for a question to the documents."""
    wanted = wanting.read(question.text)
    if wanted is None:
        return None
    record = Record(
        desk.casebook.all(),
        {one.digest: one for one in desk.library.admitted(scope)},
        desk.casebook.pages,
        partial(admitting.name, desk),
    )
    return answering.answer(question.text, wanted, record)
