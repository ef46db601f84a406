"""Only what changed is read and embedded again, and the indexes always equal the library."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from retrieval import indexing
from retrieval.catalogue import CatalogueWrong
from retrieval.documents import CatalogueEntry, Passage, Reading
from retrieval.embedding import PassageText, PassageVectors
from retrieval.index import VectorIndex
from retrieval.indexing import State
from retrieval.keywords import WordIndex
from retrieval.library import Generation, Held, Kept
from tests.builders import Office, entry, scope, texts, unused
from tests.fakes.embedder import HashedEmbedder

VETTING = """# Vetting

Fernshire Police has cleared its vetting backlog. Checks now take twenty days.
"""
CUSTODY = """# Custody

Every detainee sees a nurse within an hour. Records are checked each week.
"""
ROADS = """# Roads

Patrols stop three hundred drivers each month on the coast road.
"""


class FullDisk(OSError):
    """What the index below raises."""


class FailsOnce(WordIndex):
    """A word index whose disk is full at its first change, and well afterwards."""

    failed = False

    def put(self, generation: Generation, held: Sequence[Held]) -> None:
        if not self.failed:
            self.failed = True
            raise FullDisk("no space left on the device")
        super().put(generation, held)


class Withholds(VectorIndex):
    """A vector index that cannot be written to."""

    def put(self, generation: Generation, held: Sequence[Held]) -> None:
        raise FullDisk("no space left on the device")


class Asks(HashedEmbedder):
    """An embedder that asks something each time before it embeds."""

    def __init__(self, ask: Callable[[], int]) -> None:
        super().__init__("other")
        self.ask = ask
        self.answers: list[int] = []

    def passages(self, texts: Sequence[PassageText]) -> Iterator[PassageVectors]:
        self.answers.append(self.ask())
        return super().passages(texts)


def assert_indexes_equal_library(office: Office) -> None:
    live = office.live()
    keys = office.library.keys(live)
    assert office.shelves.vectors.keys(live) == keys
    assert office.shelves.words.count(live) == len(keys)
    assert live.clean
    for held in office.library.walk(live):
        question = " ".join(held.text.sentences)
        bounds = scope(held.filed.entry.collection)
        found = office.shelves.words.matching(live, question, bounds, 50)
        assert held.passage.key in dict(found)


@pytest.fixture
def filled(office: Office) -> Office:
    office.write("vetting.md", VETTING, title="Vetting 2031")
    office.write("custody.md", CUSTODY, title="Custody 2031")
    office.index()
    return office


class TestAFirstRun:
    def test_adds_every_file_and_says_what_it_became(self, office: Office) -> None:
        office.write("vetting.md", VETTING, title="Vetting 2031")
        (outcome,) = office.index()
        assert (outcome.state, outcome.title) == (State.ADDED, "Vetting 2031")
        assert (outcome.pages, outcome.passages) == (1, 1)

    def test_leaves_the_indexes_equal_to_the_library(self, filled: Office) -> None:
        assert_indexes_equal_library(filled)
        assert len(filled.library.keys(filled.live())) == 2

    def test_walks_folders_and_passes_other_files_by(self, office: Office) -> None:
        office.write("2031/march/vetting.md", VETTING)
        office.write("table.csv", "a,b")
        office.write(".hidden.md", CUSTODY)
        assert office.states() == {"vetting.md": State.ADDED}

    def test_takes_a_single_file(self, office: Office) -> None:
        file = office.write("vetting.md", VETTING)
        office.write("custody.md", CUSTODY)
        assert office.states(file) == {"vetting.md": State.ADDED}

    def test_takes_a_file_that_is_named_twice_once(self, office: Office) -> None:
        file = office.write("vetting.md", VETTING)
        assert len(office.index(file, office.documents)) == 1

    def test_proposes_what_the_catalogue_does_not_say(self, office: Office) -> None:
        office.write("letter.md", "# Report on Fernshire Police\n\nEmbargoed until noon.\n")
        (outcome,) = office.index()
        (filed,) = office.library.documents()
        assert not filed.entry.confirmed
        assert filed.entry.collection == "restricted:unchecked"
        assert "proposed, not confirmed" in " ".join(outcome.notes)

    def test_reads_web_pages_too(self, office: Office) -> None:
        page = "<html><body><h1>Custody</h1><p>Every detainee sees a nurse.</p></body></html>"
        office.write("custody.html", page)
        assert office.states() == {"custody.html": State.ADDED}


class TestASecondRun:
    def test_loads_no_model_and_changes_nothing(self, filled: Office) -> None:
        assert set(filled.states(encoder=unused).values()) == {State.UNCHANGED}
        assert_indexes_equal_library(filled)

    def test_replaces_a_changed_file_and_nothing_else(self, filled: Office) -> None:
        filled.embedder.given.clear()
        filled.write("vetting.md", ROADS)
        assert filled.states() == {"vetting.md": State.CHANGED, "custody.md": State.UNCHANGED}
        assert len(filled.embedder.given) == 1
        walked = " ".join(texts(list(filled.library.walk(filled.live()))))
        assert "three hundred drivers" in walked
        assert "backlog" not in walked
        assert_indexes_equal_library(filled)

    def test_embeds_only_the_new_passages_of_a_changed_file(self, filled: Office) -> None:
        filled.embedder.given.clear()
        filled.write("vetting.md", VETTING + "\n" + ROADS)
        filled.index()
        assert [text.sentences for text in filled.embedder.given] == [
            ("Patrols stop three hundred drivers each month on the coast road.",)
        ]

    def test_withdraws_a_file_that_has_gone(self, filled: Office) -> None:
        (filled.documents / "custody.md").unlink()
        assert filled.states(encoder=unused)["custody.md"] is State.WITHDRAWN
        assert [one.name for one in filled.library.documents()] == ["vetting.md"]
        assert_indexes_equal_library(filled)

    def test_leaves_documents_of_other_folders_alone(self, filled: Office, tmp_path: Path) -> None:
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        assert filled.states(elsewhere) == {}
        assert len(filled.library.documents()) == 2

    def test_leaves_everything_when_the_folder_is_not_there(self, filled: Office) -> None:
        (outcome,) = filled.index(filled.home / "documentz")
        assert outcome.state is State.REFUSED
        assert "is not there" in outcome.notes[0]
        assert len(filled.library.documents()) == 2

    def test_embeds_again_when_the_title_changes(self, filled: Office) -> None:
        filled.embedder.given.clear()
        filled.put_in_catalogue(entry("custody.md", title="Custody inspection 2031"))
        assert filled.states()["custody.md"] is State.CHANGED
        assert ["Custody inspection" in one.prefix for one in filled.embedder.given] == [True]
        assert filled.found("Custody inspection")[0].filed.entry.title == "Custody inspection 2031"

    def test_needs_no_model_when_only_the_collection_changes(self, filled: Office) -> None:
        filled.put_in_catalogue(
            entry("custody.md", title="Custody 2031", collection="restricted:custody")
        )
        assert filled.states(encoder=unused)["custody.md"] is State.CHANGED
        assert [one.filed.name for one in filled.found("detainee nurse")] == ["vetting.md"]
        assert_indexes_equal_library(filled)

    def test_reads_again_what_an_older_reader_read(self, filled: Office) -> None:
        (filed,) = (one for one in filled.library.documents() if one.name == "custody.md")
        read = next(iter(filled.library.walk(filled.live(), filed.digest)))
        pages = filled.library.pages(filed.digest)
        assert read.filed.reading_version == indexing.READING_VERSION
        old = replace(filed, reading_version=0)
        reading = Reading(filed.digest, filed.reader, pages)
        kept = [Kept(read.passage, read.text, read.vectors)]
        filled.library.put(filled.live(), old, reading, kept)
        assert filled.states(encoder=unused)["custody.md"] is State.CHANGED


class TestAWithdrawnEntry:
    def test_takes_its_document_out(self, filled: Office) -> None:
        filled.put_in_catalogue(entry("custody.md", withdrawn=True))
        assert filled.states(encoder=unused)["custody.md"] is State.WITHDRAWN
        assert_indexes_equal_library(filled)

    def test_takes_it_out_though_its_file_cannot_be_read(self, filled: Office) -> None:
        filled.put_in_catalogue(entry("custody.md", withdrawn=True))
        filled.write("custody.md", "")
        assert filled.states()["custody.md"] is State.WITHDRAWN
        assert [one.name for one in filled.library.documents()] == ["vetting.md"]

    def test_is_not_taken_in_at_all(self, office: Office) -> None:
        office.write("custody.md", CUSTODY, withdrawn=True)
        assert office.states(encoder=unused) == {"custody.md": State.UNCHANGED}
        assert office.library.documents() == []


class TestTheSameContentTwice:
    def test_is_one_document(self, filled: Office) -> None:
        filled.write("second copy.md", CUSTODY)
        (outcome,) = (one for one in filled.index(encoder=unused) if "copy" in one.file)
        assert outcome.state is State.SAME
        assert outcome.notes == ("the same as custody.md",)
        assert len(filled.library.documents()) == 2

    def test_is_one_document_in_the_first_run_too(self, office: Office) -> None:
        office.write("a.md", CUSTODY)
        office.write("b.md", CUSTODY)
        assert office.states() == {"a.md": State.ADDED, "b.md": State.SAME}
        assert_indexes_equal_library(office)

    def test_stays_when_its_first_copy_goes(self, filled: Office) -> None:
        filled.write("second copy.md", CUSTODY)
        filled.index()
        (filled.documents / "custody.md").unlink()
        filled.index(encoder=lambda: filled.embedder)
        assert {one.name for one in filled.library.documents()} == {"second copy.md", "vetting.md"}
        assert_indexes_equal_library(filled)

    def test_leaves_nothing_of_what_a_file_held_before(self, filled: Office) -> None:
        filled.write("vetting.md", CUSTODY)
        assert filled.states(encoder=unused)["vetting.md"] is State.SAME
        assert [one.name for one in filled.library.documents()] == ["custody.md"]
        assert_indexes_equal_library(filled)

    def test_is_filed_as_a_person_confirmed_it(self, office: Office) -> None:
        office.write("a copy.md", CUSTODY)
        office.write("custody.md", CUSTODY, collection="restricted:custody")
        office.index()
        for _ in range(2):
            (filed,) = office.library.documents()
            assert (filed.name, filed.entry.collection) == ("custody.md", "restricted:custody")
            assert office.states() == {"a copy.md": State.SAME, "custody.md": State.UNCHANGED}


class TestAMovedFile:
    def test_is_found_under_its_new_name_without_a_model(self, office: Office) -> None:
        office.write("vetting.md", VETTING)
        office.index()
        (office.documents / "vetting.md").rename(office.documents / "moved.md")
        assert office.states(encoder=unused) == {"moved.md": State.ADDED}
        assert [one.name for one in office.library.documents()] == ["moved.md"]
        assert_indexes_equal_library(office)

    @pytest.mark.parametrize("new", ["a.md", "z.md"])
    def test_may_leave_its_name_to_another(self, office: Office, new: str) -> None:
        office.write("m.md", VETTING)
        office.index()
        (office.documents / "m.md").rename(office.documents / new)
        office.write("m.md", CUSTODY)
        office.index()
        held = {one.filed.name: one.passage.text for one in office.library.walk(office.live())}
        assert "backlog" in held[new]
        assert "nurse" in held["m.md"]
        assert_indexes_equal_library(office)

    def test_may_change_places_with_another(self, filled: Office) -> None:
        filled.write("vetting.md", CUSTODY)
        filled.write("custody.md", VETTING)
        filled.index()
        held = {one.filed.name: one.passage.text for one in filled.library.walk(filled.live())}
        assert "nurse" in held["vetting.md"]
        assert "backlog" in held["custody.md"]
        assert set(filled.states(encoder=unused).values()) == {State.UNCHANGED}
        assert_indexes_equal_library(filled)


class TestARefusedFile:
    def test_is_named_and_the_rest_goes_on(self, office: Office) -> None:
        office.write("broken.md", "")
        office.write("vetting.md", VETTING)
        refused, added = office.index()
        assert (refused.state, added.state) == (State.REFUSED, State.ADDED)
        assert refused.file.endswith("broken.md")
        assert "broken.md is empty" in refused.notes[0]
        assert_indexes_equal_library(office)

    def test_keeps_what_it_held_when_it_could_be_read(self, filled: Office) -> None:
        filled.write("custody.md", "")
        assert filled.states()["custody.md"] is State.REFUSED
        assert len(filled.library.documents()) == 2

    def test_may_be_a_pipe(self, filled: Office) -> None:
        (filled.documents / "custody.md").unlink()
        os.mkfifo(filled.documents / "custody.md")
        assert filled.states()["custody.md"] is State.REFUSED


class TestTheCatalogue:
    def test_is_told_of_an_entry_that_no_file_stands_for(self, office: Office) -> None:
        office.write("meant.md", "# Custody\n\nText about cells.\n")
        office.write("mistyped.md", "gone", title="Custody", collection="restricted:custody")
        (office.documents / "mistyped.md").unlink()
        outcomes = {Path(one.file).name: one for one in office.index()}
        assert outcomes["mistyped.md"].state is State.REFUSED
        assert "not there" in outcomes["mistyped.md"].notes[0]
        assert outcomes["meant.md"].state is State.ADDED

    def test_of_a_folder_below_counts_for_its_files(self, office: Office) -> None:
        office.write("vetting.md", VETTING, title="Vetting 2031", collection="restricted:vetting")
        office.index(office.home)
        assert [one.entry.collection for one in office.library.documents()] == [
            "restricted:vetting"
        ]

    def test_that_is_wrong_stops_the_run_before_anything_is_done(self, filled: Office) -> None:
        (filled.documents / "catalogue.toml").write_text("[[document]]\n", encoding="utf-8")
        (filled.documents / "custody.md").unlink()
        with pytest.raises(CatalogueWrong, match="document 1"):
            filled.index()
        assert len(filled.library.documents()) == 2


class TestACrash:
    """The record is written and the indexes are not."""

    def test_is_mended_at_the_next_run(self, filled: Office) -> None:
        words = FailsOnce(filled.home / "words")
        failing = replace(filled.shelves, words=words)
        filled.write("vetting.md", ROADS)
        with pytest.raises(FullDisk):
            filled.index(shelves=failing)
        assert not filled.live().clean
        assert set(filled.states(encoder=unused).values()) == {State.UNCHANGED}
        assert_indexes_equal_library(filled)

    def test_in_the_run_that_mends_an_earlier_one_is_mended_too(self, filled: Office) -> None:
        filled.library.mark(filled.live(), clean=False)
        failing = replace(filled.shelves, words=FailsOnce(filled.home / "words"))
        filled.write("vetting.md", ROADS)
        with pytest.raises(FullDisk):
            filled.index(shelves=failing)
        filled.index(encoder=unused)
        assert_indexes_equal_library(filled)

    def test_that_cleared_the_index_folders_is_noticed(self, filled: Office) -> None:
        live = filled.live()
        filled.shelves.vectors.remove(live, sorted(filled.library.keys(live)))
        filled.index(encoder=unused)
        assert_indexes_equal_library(filled)

    def test_of_the_word_index_alone_is_noticed(self, filled: Office) -> None:
        filled.shelves.words.rebuild(filled.live(), ())
        filled.index(encoder=unused)
        assert_indexes_equal_library(filled)


class TestAChangeOfModel:
    def test_leaves_one_complete_index_and_drops_the_old(self, filled: Office) -> None:
        before = filled.live()
        states = filled.states(model="other")
        assert set(states.values()) == {State.UNCHANGED}
        after = filled.live()
        assert (after.model, after.fingerprint != before.fingerprint) == ("other", True)
        assert filled.library.keys(before) == set()
        assert filled.shelves.vectors.count(before) == 0
        assert [folder.name for folder in (filled.home / "words").iterdir()] == [after.fingerprint]
        assert_indexes_equal_library(filled)

    def test_lets_the_old_one_answer_until_it_is_complete(self, filled: Office) -> None:
        asking = Asks(lambda: len(filled.found("vetting backlog")))
        filled.index(model="other", encoder=lambda: asking)
        assert asking.answers == [2, 2]

    def test_that_fails_half_way_leaves_the_old_one_answering(self, filled: Office) -> None:
        before = filled.live()
        broken = Withholds(filled.shelves.vectors._client)
        with pytest.raises(FullDisk):
            filled.index(model="other", shelves=replace(filled.shelves, vectors=broken))
        assert filled.live() == before
        assert len(filled.found("vetting backlog")) == 2
        filled.index(model="other", encoder=unused)
        assert filled.live().model == "other"
        assert_indexes_equal_library(filled)

    def test_and_back_again_works(self, filled: Office) -> None:
        filled.index(model="other")
        filled.index(model="hashed")
        assert filled.live().model == "hashed"
        assert_indexes_equal_library(filled)


class TestThePrefix:
    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({}, "PEEL 2031: Fernshire Police, Findings, Custody."),
            ({"title": "A report"}, "A report, Fernshire Police, 2031, Findings, Custody."),
            (
                {"body": "", "place": "Oxmere"},
                "PEEL 2031: Fernshire Police, Oxmere, Findings, Custody.",
            ),
            (
                {"title": "A report", "published": None},
                "A report, Fernshire Police, Findings, Custody.",
            ),
        ],
    )
    def test_says_once_what_a_passage_belongs_to(
        self, changes: dict[str, Any], expected: str
    ) -> None:
        passage = Passage("k", "d", 0, ("Findings", "Custody"), "", ())
        assert indexing.prefix(entry(**changes), passage) == expected

    def test_needs_no_heading(self) -> None:
        said: CatalogueEntry = entry()
        assert indexing.prefix(said, Passage("k", "d", 0, (), "", ())) == (
            "PEEL 2031: Fernshire Police."
        )
