"""Who said each thing that counts, and when: the first confirmed revision that says it as it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.responding import corrections
from bot.store.cases import Case, Content, Revision


@dataclass(frozen=True)
class Said:
    """A person and a moment."""

    person: str
    at: datetime


def of(case: Case) -> dict[str, Said]:
    """Who said each thing, by its path ("published", "items.3"); {} before anybody confirmed."""
    told: dict[str, Said] = {}
    before: Content | None = None
    for revision in case.confirmed:
        for path in _new(before, revision):
            told[path] = Said(revision.person, revision.at)
        before = revision.content
    there = set(_paths(case.content))
    return {path: said for path, said in told.items() if path in there}


def _new(before: Content | None, revision: Revision) -> Iterator[str]:
    """The paths that a revision says for the first time."""
    if before is None:
        yield from _paths(revision.content)
        return
    for change in corrections.made(before, revision.content):
        name, _, rest = change.partition(".")
        yield f"{name}.{rest.split('.')[0].split(' ')[0]}" if name == "items" else name
    for flag in ("published", "response"):
        if getattr(before, f"{flag}_confirmed") != getattr(revision.content, f"{flag}_confirmed"):
            yield flag


def _paths(content: Content) -> Iterator[str]:
    yield from ("title", "kind", "rule", "addressees")
    if content.grades:
        yield "grades"
    for name in ("published", "reply_by", "response"):
        if getattr(content, name):
            yield name
    yield from (f"items.{item.id}" for item in content.items)
