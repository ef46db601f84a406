"""What happens to documents is noted once, with ids and hashes."""

import pytest
from sqlalchemy import Engine

from bot.store.audit import Audit
from bot.store.filing import Filing
from tests.builders import NOW

FACTS = {"file": "F1", "digest": "d" * 64, "collection": "office"}


def note(engine: Engine, event: str, **changes: str) -> None:
    told = {"subject": "d:C1:F1", "person": "U1"} | changes
    Filing(engine).filed(event, facts=FACTS, now=NOW, **told)


def test_each_thing_that_happens_is_noted(engine: Engine) -> None:
    for event in ("document.offered", "document.indexed", "document.withdrawn", "document.indexed"):
        note(engine, event)
    noted = Audit(engine).entries("d:C1:F1")
    assert [one.event.removeprefix("document.") for one in noted] == [
        "offered", "indexed", "withdrawn", "indexed",
    ]  # fmt: skip
    assert all(one.facts == FACTS for one in noted)
    assert Audit(engine).verify().ok


def test_the_same_told_twice_by_a_job_that_was_cut_off_is_noted_once(engine: Engine) -> None:
    note(engine, "document.indexed")
    note(engine, "document.indexed")
    assert len(Audit(engine).entries()) == 1


@pytest.mark.parametrize("change", [{"person": "U2"}, {"subject": "d:C1:F2"}])
def test_another_person_or_document_is_noted_too(engine: Engine, change: dict[str, str]) -> None:
    note(engine, "document.indexed")
    note(engine, "document.indexed", **change)
    assert len(Audit(engine).entries()) == 2
