"""People are kept as last seen; only what changed about them is audited."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import StatementError

from bot.store.audit import Audit
from bot.store.people import People
from tests.bot.store.asked import at_once, events, person
from tests.builders import NOW


@pytest.fixture
def people(engine: Engine) -> People:
    return People(engine)


def test_nobody_is_known_at_first(people: People) -> None:
    assert people.get("U1") is None


def test_a_person_comes_back_as_put(people: People) -> None:
    guest = person(id="U2", guest=True, stranger=True)
    people.put(person())
    people.put(guest)
    assert (people.get("U1"), people.get("U2")) == (person(), guest)


@pytest.mark.parametrize(
    ("changes", "changed"),
    [
        ({"team": "T2"}, "team"),
        ({"name": "Ffion Prys"}, "name"),
        ({"guest": True}, "guest"),
        ({"bot": True}, "bot"),
        ({"stranger": True}, "stranger"),
        ({"deleted": True}, "deleted"),
    ],
)
def test_a_change_is_kept_and_audited(
    people: People, engine: Engine, changes: dict[str, Any], changed: str
) -> None:
    people.put(person())
    people.put(person(**changes))
    assert people.get("U1") == person(**changes)
    _, entry = Audit(engine).entries("U1")
    assert (entry.event, entry.facts["changed"]) == ("person.seen", [changed])


def test_another_look_that_finds_the_same_is_not_audited(people: People, engine: Engine) -> None:
    later = person(checked_at=NOW + timedelta(hours=1))
    people.put(person())
    people.put(later)
    assert people.get("U1") == later
    assert events(engine) == ["person.seen"]


def test_a_name_stays_out_of_the_audit(people: People, engine: Engine) -> None:
    people.put(person())
    assert "Ffion" not in str(Audit(engine).entries())


def test_threads_that_put_the_same_person_audit_it_once(people: People, engine: Engine) -> None:
    at_once(lambda _: people.put(person()))
    assert events(engine) == ["person.seen"]


def test_a_failure_leaves_neither_change_nor_entry(people: People, engine: Engine) -> None:
    people.put(person())
    with pytest.raises(StatementError):
        people.put(person(name="Other", checked_at=datetime(2031, 5, 1)))
    assert people.get("U1") == person()
    assert events(engine) == ["person.seen"]
