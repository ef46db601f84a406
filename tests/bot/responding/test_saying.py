from dataclasses import replace
from datetime import date, timedelta

from bot.responding import saying
from bot.store.cases import Content, Revision
from tests.bot.responding.cases import NOW, case, content, item

FIRST = content(item(1), item(2), published_confirmed=False)
SECOND = replace(FIRST, published_confirmed=True)
THIRD = replace(SECOND, items=(item(1), item(2, deadline="at once"), item(3)))


def revisions(*said: Content) -> tuple[Revision, ...]:
    return tuple(
        Revision(n, True, one, (), f"U{n}", NOW + timedelta(days=n))
        for n, one in enumerate(said, 1)
    )


def test_each_thing_is_said_by_whoever_said_it_as_it_stands() -> None:
    told = saying.of(case(revisions=revisions(FIRST, SECOND, THIRD)))
    assert {path: said.person for path, said in told.items()} == {
        "title": "U1", "kind": "U1", "rule": "U1", "addressees": "U1", "published": "U2",
        "items.1": "U1", "items.2": "U3", "items.3": "U3",
    }  # fmt: skip
    assert told["items.2"].at.date() == date(2031, 3, 9)


def test_what_was_removed_is_said_by_nobody() -> None:
    told = saying.of(case(revisions=revisions(THIRD, FIRST)))
    assert "items.3" not in told


def test_a_proposal_is_said_by_nobody() -> None:
    assert saying.of(case(confirmed=False)) == {}
