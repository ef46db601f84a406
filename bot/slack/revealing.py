"""What may be shown, to whom, at this moment: asked again each time something is shown."""

from collections.abc import Iterable
from typing import Any

from bot.answering import keeping, telling
from bot.answering.answers import Answer, Citation
from bot.responding.record import RECORD
from bot.slack.blocks import passage
from bot.slack.desk import Desk
from bot.store.asking import Question
from retrieval.documents import quoted
from retrieval.library import Filed, Scope

NOT_HERE = (
    "This passage cannot be shown to you here: its document was replaced or withdrawn, or is not "
    "for you to read."
)
MOVED = (
    "The words that were quoted no longer stand on this page of the document. Ask the question "
    "again to have it answered from the document as it is now."
)


def may_show(desk: Desk, question: Question, answer: Answer) -> bool:
    """Whether all that an answer shows may be read where it was asked, now."""
    admission = desk.members.admit(question)
    return not admission.refused and cited(answer) <= _readable(desk, admission.collections)


def may_share(desk: Desk, question: Question, answer: Answer) -> bool:
    """Whether all that a private answer shows may be read by everyone in its channel."""
    here = desk.members.for_channel(question.channel)
    return here is not None and cited(answer) <= _readable(desk, here)


def view(desk: Desk, person: str, key: str, number: int) -> dict[str, Any]:
    """A modal with the page around source ``number`` (from 1), for the person who asked for it."""
    found = source(desk, key, number)
    filed = found and _for_person(desk, person, found.document)
    if not found or not filed:
        return passage.gone(NOT_HERE)
    pages = desk.library.pages(found.document)
    if " ".join(quoted(pages, found.span).split()) != found.quote:
        return passage.gone(MOVED)
    page = pages[found.page - 1]
    return passage.view(
        "The passage",
        telling.source(found),
        found.page,
        page.text,
        found.span.start,
        found.span.end,
    )


def source(desk: Desk, key: str, number: int) -> Citation | None:
    """Source ``number`` of the answer that is kept under a key."""
    kept = desk.asking.kept(key)
    sources = telling.numbered(keeping.answer(kept.data["answer"])) if kept and kept.data else ()
    return sources[number - 1] if 0 < number <= len(sources) else None


def cited(answer: Answer) -> frozenset[str]:
    """The documents that an answer shows words of; of the record, all that it rests on."""
    if answer.by == RECORD:
        return frozenset(one.filed.digest for one in answer.searched)
    shown: Iterable[Citation] = (
        *(one for line in answer.sentences for one in line.citations),
        *answer.nearest,
    )
    return frozenset(one.document for one in shown)


def _readable(desk: Desk, collections: frozenset[str]) -> frozenset[str]:
    admitted = desk.library.admitted(Scope(collections, desk.now()))
    return frozenset(filed.digest for filed in admitted)


def _for_person(desk: Desk, person: str, document: str) -> Filed | None:
    if desk.members.turned_away(desk.members.person(person)):
        return None
    scope = Scope(desk.members.collections(person), desk.now(), documents=(document,))
    return next(iter(desk.library.admitted(scope)), None)
