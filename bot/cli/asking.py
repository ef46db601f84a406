"""``rejoinder ask``: one question, or a conversation in which follow-ups are understood."""

import argparse
import sys
from dataclasses import replace

from bot.answering import telling
from bot.answering.answer import Answering
from bot.answering.answers import Answer, Status
from bot.bootstrap import Parts
from bot.cli.running import DONE, NO, WrongUse, say, show
from bot.responding.record import answering as record
from bot.responding.record import wanting
from bot.responding.record.lines import Record
from bot.store.casebook import Casebook
from retrieval.documents import Kind
from retrieval.library import Scope

_NO = (Status.NOT_IN_DOCUMENTS, Status.REFUSED)
_KEYS = {"place": "places", "body": "bodies", "kind": "kinds", "year": "years"}


def run(given: argparse.Namespace, parts: Parts) -> int:
    """0 for an answer, 1 when the documents do not say or the question is refused."""
    if given.question is None and given.json:
        raise WrongUse("give a question with --json.")
    if given.question is not None and not given.question.strip():
        raise WrongUse("write a question.")
    bounds = _bounds(given.filters)
    if given.question:
        answer = _recorded(parts, given.question, _scope(parts, given, bounds))
        if answer:
            return _ended(answer, given)
    with parts.searching() as search:
        answering = parts.answering(search)
        if given.question is None:
            return _converse(answering, parts, given, bounds)
        scope = _scope(parts, given, bounds)
        if not given.json:
            answer = _told(answering, given.question, scope, ())
        else:
            answer = answering.answer(given.question, scope=scope)
            show(telling.data(answer))
    return NO if answer.status in _NO else DONE


def _ended(answer: Answer, given: argparse.Namespace) -> int:
    """Print an answer of the record; how the command ends."""
    if given.json:
        show(telling.data(answer))
    else:
        say(telling.lines(answer))
    return NO if answer.status in _NO else DONE


def _recorded(parts: Parts, question: str, scope: Scope) -> Answer | None:
    """The answer of the record of cases, None for a question to the documents."""
    wanted = wanting.read(question)
    if wanted is None:
        return None
    book = Casebook(parts.engine)
    filed = {one.digest: one for one in parts.library.admitted(scope)}
    return record.answer(question, wanted, Record(book.all(), filed, book.pages))


def _told(answering: Answering, question: str, scope: Scope, earlier: tuple[str, ...]) -> Answer:
    """Answer and print. What a model writes is shown sentence by sentence, as each has passed."""
    if not answering.writer.decides:
        answer = answering.answer(question, scope=scope, earlier=earlier)
        say(telling.lines(answer))
        return answer
    told = telling.Telling()
    answer = answering.answer(
        question, scope=scope, earlier=earlier, heard=lambda one: say(told.sentence(one))
    )
    say(["", answer.opening, *told.rest(answer)])
    return answer


def _converse(
    answering: Answering,
    parts: Parts,
    given: argparse.Namespace,
    bounds: dict[str, tuple[str, ...]],
) -> int:
    """Question after question; each is read with those before it."""
    earlier: list[str] = []
    print("Ask about the documents. An empty line ends.", file=sys.stderr)
    while question := _next():
        scope = _scope(parts, given, bounds)
        if answer := _recorded(parts, question, scope):
            say(telling.lines(answer))
        else:
            _told(answering, question, scope, tuple(earlier))
        earlier.append(question)
        print()
    return DONE


def _next() -> str:
    print("> ", end="", flush=True, file=sys.stderr)
    return sys.stdin.readline().strip()


def _bounds(filters: list[str]) -> dict[str, tuple[str, ...]]:
    """The filters by key. WrongUse for a key that there is not."""
    found: dict[str, tuple[str, ...]] = {}
    for one in filters:
        key, equals, value = one.partition("=")
        if not equals or not value or key not in (*_KEYS, "collection"):
            raise WrongUse(
                f"--filter {one}: write KEY=VALUE with place, body, kind, year or collection."
            )
        if key == "year" and not value.isdecimal():
            raise WrongUse(f"--filter {one}: a year is a number, such as 2023.")
        if key == "kind" and value not in set(Kind):
            raise WrongUse(f"--filter {one}: a kind is one of {', '.join(Kind)}.")
        found[key] = (*found.get(key, ()), value)
    return found


def _scope(parts: Parts, given: argparse.Namespace, bounds: dict[str, tuple[str, ...]]) -> Scope:
    """What may be read now; a filter on collections can only narrow it."""
    scope = parts.scope(given.person)
    if "collection" in bounds:
        scope = replace(scope, collections=scope.collections & set(bounds["collection"]))
    return replace(
        scope,
        places=bounds.get("place", ()),
        bodies=bounds.get("body", ()),
        kinds=bounds.get("kind", ()),
        years=tuple(int(year) for year in bounds.get("year", ())),
    )
