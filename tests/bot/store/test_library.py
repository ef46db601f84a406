"""The library keeps documents, passages and vectors in SQL, the same on SQLite and PostgreSQL."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Engine, func, select

from bot.store import tables
from bot.store.library import SqlLibrary
from retrieval.documents import Block, BlockKind, Kind, Page, Reading
from retrieval.library import Filed, Generation
from tests import builders
from tests.builders import NOW, scope

ONE = """
# Vetting
Fernshire Police has cleared its backlog. Checks take 20 days.
- The unit has six officers.
# Custody
Every detainee sees a nurse.
"""
TWO = """
# Roads
Sallowshire Police closes roads too often.
"""


@pytest.fixture
def library(engine: Engine) -> SqlLibrary:
    return SqlLibrary(engine)


@pytest.fixture
def live(library: SqlLibrary) -> Generation:
    return library.begin("a" * 64, "hashed")


def put(library: SqlLibrary, generation: Generation, markup: str = ONE, **changes: Any) -> Filed:
    read = builders.reading(markup)
    document = builders.filed(read, **changes)
    library.put(generation, document, read, builders.kept(read, document))
    return document


def rows(engine: Engine, table: str) -> int:
    with engine.connect() as connection:
        count = select(func.count()).select_from(tables.metadata.tables[table])
        return int(connection.execute(count).scalar_one())


class TestGenerations:
    def test_without_any_nothing_is_live(self, library: SqlLibrary) -> None:
        assert library.live() is None

    def test_the_first_is_live_from_the_start(self, library: SqlLibrary) -> None:
        made = library.begin("a" * 64, "hashed")
        assert (made.live, made.clean) == (True, True)
        assert library.live() == made

    def test_the_second_waits_beside_it(self, library: SqlLibrary, live: Generation) -> None:
        second = library.begin("b" * 64, "other")
        assert not second.live
        assert library.live() == live

    def test_beginning_again_gives_the_same_one(self, library: SqlLibrary) -> None:
        assert library.begin("a" * 64, "hashed") == library.begin("a" * 64, "hashed")

    def test_a_mark_is_kept(self, library: SqlLibrary, live: Generation) -> None:
        library.mark(live, clean=False)
        assert library.live() == replace(live, clean=False)

    def test_a_switch_leaves_one_generation_and_its_vectors(
        self, library: SqlLibrary, live: Generation, engine: Engine
    ) -> None:
        document = put(library, live)
        second = library.begin("b" * 64, "other")
        library.add(second, document.digest, builders.kept(builders.reading(ONE), document))
        assert rows(engine, "passages") == 4
        library.switch(second)
        assert library.live() == replace(second, live=True)
        assert rows(engine, "generations") == 1
        assert rows(engine, "passages") == rows(engine, "vectors") == 2

    def test_adding_a_document_twice_gives_its_passages_once(
        self, library: SqlLibrary, live: Generation
    ) -> None:
        document = put(library, live)
        kept = builders.kept(builders.reading(ONE), document)
        second = library.begin("b" * 64, "other")
        library.add(second, document.digest, kept)
        library.add(second, document.digest, kept)
        assert library.keys(second) == {one.passage.key for one in kept}


class TestADocument:
    def test_comes_back_as_it_went_in(self, library: SqlLibrary, live: Generation) -> None:
        until = datetime(2031, 6, 1, 0, 1, tzinfo=UTC)
        document = put(library, live, embargo_until=until, kind=Kind.RESPONSE, confirmed=False)
        assert library.documents() == [document]

    def test_may_have_no_date(self, library: SqlLibrary, live: Generation) -> None:
        put(library, live, published=None)
        assert library.documents()[0].entry.published is None

    def test_keeps_its_notes(self, library: SqlLibrary, live: Generation) -> None:
        read = builders.reading(ONE)
        document = replace(builders.filed(read), notes=("page 3 has no text: scanned?",))
        library.put(live, document, read, builders.kept(read, document))
        assert library.documents() == [document]

    def test_has_its_pages_with_all_their_blocks(
        self, library: SqlLibrary, live: Generation
    ) -> None:
        blocks = (
            Block(BlockKind.HEADING, 0, 4, level=2, label="4."),
            Block(BlockKind.BULLET, 5, 9, level=1, continues=True, boxed=True),
        )
        pages = (Page(1, "Vett\n£5m ✓", blocks), Page(2, "", (), ocr=True))
        read = Reading("c" * 64, "pdf-ocr", pages)
        library.put(live, builders.filed(read), read, [])
        assert library.pages("c" * 64) == pages

    def test_that_is_not_there_has_no_pages(self, library: SqlLibrary) -> None:
        with pytest.raises(KeyError):
            library.pages("d" * 64)


class TestPutting:
    def test_returns_the_keys_of_what_went(self, library: SqlLibrary, live: Generation) -> None:
        put(library, live)
        before = library.keys(live)
        read = builders.reading(TWO)
        document = builders.filed(read)
        kept = builders.kept(read, document)
        gone = library.put(live, document, read, kept)
        assert set(gone) == before
        assert library.keys(live) == {one.passage.key for one in kept}

    def test_the_same_document_again_takes_no_key_away(
        self, library: SqlLibrary, live: Generation
    ) -> None:
        document = put(library, live)
        read = builders.reading(ONE)
        kept = builders.kept(read, document)
        assert library.put(live, document, read, kept) == []
        assert len(library.keys(live)) == len(kept)

    def test_the_same_content_under_another_name_moves_it(
        self, library: SqlLibrary, live: Generation
    ) -> None:
        put(library, live)
        put(library, live, path="moved.md")
        assert [one.name for one in library.documents()] == ["moved.md"]

    def test_leaves_other_documents_alone(self, library: SqlLibrary, live: Generation) -> None:
        other = put(library, live, TWO, path="two.md")
        put(library, live)
        put(library, live, title="Another title")
        assert other in library.documents()
        assert len(list(library.walk(live, other.digest))) == 1

    def test_a_failure_leaves_what_stood(self, library: SqlLibrary, live: Generation) -> None:
        document = put(library, live)
        read = builders.reading(TWO)
        new = builders.filed(read)
        twice = builders.kept(read, new) * 2
        with pytest.raises(Exception, match=r"(?i)unique"):
            library.put(live, new, read, twice)
        assert library.documents() == [document]
        assert len(list(library.walk(live))) == 2


def test_withdrawing_takes_everything_of_a_document(
    library: SqlLibrary, live: Generation, engine: Engine
) -> None:
    document = put(library, live)
    keys = library.keys(live)
    assert set(library.withdraw(document.digest)) == keys
    assert rows(engine, "documents") == rows(engine, "pages") == rows(engine, "passages") == 0


def test_withdrawing_names_a_key_once_though_it_stands_in_two_generations(
    library: SqlLibrary, live: Generation
) -> None:
    document = put(library, live)
    second = library.begin("b" * 64, "other")
    library.add(second, document.digest, builders.kept(builders.reading(ONE), document))
    assert len(library.withdraw(document.digest)) == 2


class TestPassages:
    def test_come_back_as_they_went_in(self, library: SqlLibrary, live: Generation) -> None:
        document = put(library, live)
        kept = builders.kept(builders.reading(ONE), document)
        found = list(library.walk(live))
        assert [one.passage for one in found] == [one.passage for one in kept]
        assert [one.text for one in found] == [one.text for one in kept]
        assert {one.filed for one in found} == {document}

    def test_keep_their_vectors_nearly_exactly(self, library: SqlLibrary, live: Generation) -> None:
        document = put(library, live)
        for one, kept in zip(
            library.walk(live), builders.kept(builders.reading(ONE), document), strict=True
        ):
            assert (one.vectors.passage == kept.vectors.passage).all()
            assert np.allclose(one.vectors.sentences, kept.vectors.sentences, atol=1e-3)

    def test_are_found_by_their_keys(self, library: SqlLibrary, live: Generation) -> None:
        put(library, live)
        key = min(library.keys(live))
        assert [one.passage.key for one in library.held(live, [key, "not there"])] == [key]

    def test_are_found_by_more_keys_than_one_statement_takes(
        self, library: SqlLibrary, live: Generation
    ) -> None:
        put(library, live)
        wanted = [*(f"none-{n}" for n in range(1200)), *library.keys(live)]
        assert len(library.held(live, wanted)) == 2

    def test_are_walked_in_reading_order(self, library: SqlLibrary, live: Generation) -> None:
        put(library, live, path="b.md")
        put(library, live, TWO, path="a.md")
        walked = [(one.filed.name, one.passage.ordinal) for one in library.walk(live)]
        assert walked == [("a.md", 0), ("b.md", 0), ("b.md", 1)]

    def test_of_another_generation_stay_out(self, library: SqlLibrary, live: Generation) -> None:
        put(library, live)
        second = library.begin("b" * 64, "other")
        assert library.held(second, library.keys(live)) == list(library.walk(second)) == []


class TestVectors:
    def test_are_known_by_model_and_text(self, library: SqlLibrary, live: Generation) -> None:
        put(library, live)
        keys = [one.text.key for one in library.walk(live)]
        assert set(library.vectors("hashed", keys)) == set(keys)
        assert library.vectors("other", keys) == {}

    def test_stay_when_their_document_changes(self, library: SqlLibrary, live: Generation) -> None:
        put(library, live)
        keys = [one.text.key for one in library.walk(live)]
        put(library, live, TWO)
        assert set(library.vectors("hashed", keys)) == set(keys)

    def test_of_documents_come_as_one_matrix(self, library: SqlLibrary, live: Generation) -> None:
        document = put(library, live)
        put(library, live, TWO, path="two.md")
        keys, matrix = library.matrix(live, [document.digest])
        held = {one.passage.key: one.vectors.passage for one in library.walk(live, document.digest)}
        assert set(keys) == set(held)
        assert all((row == held[key]).all() for key, row in zip(keys, matrix, strict=True))

    def test_of_no_documents_are_an_empty_matrix(
        self, library: SqlLibrary, live: Generation
    ) -> None:
        keys, matrix = library.matrix(live, [])
        assert (keys, len(matrix)) == ([], 0)


class TestTheDocumentsInsideAScope:
    @pytest.mark.parametrize(
        ("changes", "bounds", "inside"),
        [
            ({}, {}, True),
            ({"collection": "office"}, {}, False),
            ({"collection": "restricted:custody"}, {}, False),
            ({}, {"collections": frozenset()}, False),
            ({"embargo_until": NOW + timedelta(seconds=1)}, {}, False),
            ({"embargo_until": NOW}, {}, True),
            ({"embargo_until": NOW - timedelta(seconds=1)}, {}, True),
            ({}, {"places": ("fernshire",)}, True),
            ({}, {"places": ("Sallowshire",)}, False),
            ({}, {"bodies": ("FERNSHIRE POLICE",)}, True),
            ({}, {"bodies": ("Sallowshire Police",)}, False),
            ({}, {"kinds": ("inspection_report",)}, True),
            ({}, {"kinds": ("response",)}, False),
            ({}, {"years": (2030, 2031)}, True),
            ({}, {"years": (2030,)}, False),
            ({"published": None}, {"years": (2031,)}, False),
            ({"published": date(2030, 12, 31)}, {"years": (2030,)}, True),
            ({}, {"documents": ("e" * 64,)}, False),
        ],
    )
    def test_are_those_it_admits(
        self,
        library: SqlLibrary,
        live: Generation,
        changes: dict[str, Any],
        bounds: dict[str, Any],
        inside: bool,
    ) -> None:
        document = put(library, live, **changes)
        assert library.admitted(scope(**bounds)) == ([document] if inside else [])

    def test_are_those_it_names(self, library: SqlLibrary, live: Generation) -> None:
        document = put(library, live)
        put(library, live, TWO, path="two.md")
        assert library.admitted(scope(documents=(document.digest,))) == [document]

    def test_keep_an_embargo_whatever_the_zone(self, library: SqlLibrary, live: Generation) -> None:
        put(library, live, embargo_until=datetime.fromisoformat("2031-05-01T14:00:00+03:00"))
        assert library.admitted(scope(now=NOW - timedelta(hours=1, seconds=1))) == []
        assert len(library.admitted(scope(now=NOW - timedelta(hours=1)))) == 1


def test_it_knows_when_a_document_was_last_taken_in(engine: Engine) -> None:
    library = SqlLibrary(engine)
    assert library.changed_at() is None
    live = library.begin("f" * 64, "hashed")
    read = builders.reading("Fernshire Police has cleared its backlog.")
    document = builders.filed(read)
    before = datetime.now(UTC) - timedelta(seconds=2)  # SQLite keeps whole seconds
    library.put(live, document, read, builders.kept(read, document))
    changed = library.changed_at()
    assert changed is not None
    assert before <= changed <= datetime.now(UTC) + timedelta(seconds=2)
