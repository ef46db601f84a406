"""The chief officer's comments are kept word for word, and only added."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from bot.store.audit import Audit
from bot.store.casebook import Casebook, NoSuchCase
from bot.store.cases import Read, Role
from bot.store.comments import Comment, Comments
from retrieval.documents import Kind, Span
from tests.bot.responding.cases import content
from tests.builders import reading

NOW = datetime(2031, 3, 30, 9, 0, tzinfo=UTC)
REPORT, LETTER = reading("# Report\nAct."), reading("# Comments\nWe have begun.")
CASE = "peel-2031-fernshire"


def as_read(document: object = LETTER, role: Role = Role.SOURCE) -> Read:
    one = LETTER if document is LETTER else REPORT
    return Read(one.digest, "letter.md", "Comments", Kind.OTHER, role, one.pages)


def comment(text: str = "We have begun.", number: int = 1) -> Comment:
    return Comment(number, 0, text, LETTER.digest, "Comments", 1, (Span(1, 11, 25),))


@pytest.fixture
def record(engine: Engine) -> Casebook:
    made = Casebook(engine)
    made.add(CASE, content(), as_read(REPORT, Role.REPORT), person="U1", now=NOW)
    return made


def test_they_come_out_as_they_went_in(record: Casebook, engine: Engine) -> None:
    said = (comment(), comment("“Quoted”\n  as it\tstands"))
    Comments(engine).confirm(CASE, said, as_read(), person="U1", now=NOW)
    assert Comments(engine).of(CASE) == said
    assert record.pages(LETTER.digest) == LETTER.pages
    assert record.get(CASE).document(LETTER.digest) is not None


def test_the_last_confirmation_counts_and_the_first_stays(record: Casebook, engine: Engine) -> None:
    kept = Comments(engine)
    kept.confirm(CASE, (comment(),), as_read(), person="U1", now=NOW)
    kept.confirm(CASE, (comment(number=2),), as_read(), person="U2", now=NOW)
    assert [one.item for one in kept.of(CASE)] == [2]
    with engine.connect() as connection:
        from bot.store import tables as t

        assert len(connection.execute(t.comments.select()).all()) == 2


def test_the_audit_holds_no_words(record: Casebook, engine: Engine) -> None:
    Comments(engine).confirm(CASE, (comment(),), as_read(), person="U1", now=NOW)
    audit = Audit(engine)
    assert audit.verify().ok
    last = list(audit.entries())[-1]
    assert (last.event, last.person, last.facts["comments"]) == ("case.comments", "U1", 1)
    assert "begun" not in str(last.facts)


def test_a_case_that_is_not_there_takes_none(engine: Engine) -> None:
    with pytest.raises(NoSuchCase):
        Comments(engine).confirm("nowhere", (comment(),), as_read(), person="U1", now=NOW)
    assert Comments(engine).of("nowhere") == ()
