"""The word index finds stems, and keeps who may read in the query itself."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from retrieval.keywords import WordIndex
from retrieval.library import Held
from tests.builders import NOW, generation, held, scope

LIVE = generation()
OTHER = generation("e" * 64)


@pytest.fixture
def words(tmp_path: Path) -> WordIndex:
    return WordIndex(tmp_path / "words")


def one(collection: str = "public", until: datetime | None = None, text: str = "backlog") -> Held:
    (made,) = held(f"Vetting {text} of {collection}.", collection=collection, embargo_until=until)
    return made


def found(
    words: WordIndex, question: str = "vetting", *collections: str, **bounds: Any
) -> list[str]:
    return [key for key, _ in words.matching(LIVE, question, scope(*collections, **bounds), 20)]


def keys(*passages: Held) -> list[str]:
    return [one.passage.key for one in passages]


class TestWhoMayRead:
    def test_only_the_reader_s_collections_are_found(self, words: WordIndex) -> None:
        public, office, custody = one(), one("office"), one("restricted:custody")
        words.put(LIVE, [public, office, custody])
        assert found(words, "vetting", "public") == keys(public)
        assert set(found(words, "vetting", "office", "restricted:custody")) == set(
            keys(office, custody)
        )

    def test_a_reader_of_nothing_finds_nothing(self, words: WordIndex) -> None:
        words.put(LIVE, [one()])
        nobody = replace(scope(), collections=frozenset())
        assert words.matching(LIVE, "vetting", nobody, 10) == []

    @pytest.mark.parametrize(("seconds", "count"), [(-1, 1), (0, 1), (1, 0), (3600, 0)])
    def test_an_embargo_ends_at_its_second(
        self, words: WordIndex, seconds: int, count: int
    ) -> None:
        words.put(LIVE, [one(until=NOW + timedelta(seconds=seconds))])
        assert len(found(words)) == count

    def test_an_embargo_does_not_end_within_the_second_before(self, words: WordIndex) -> None:
        words.put(LIVE, [one(until=NOW + timedelta(milliseconds=500))])
        assert found(words) == []
        assert len(found(words, now=NOW + timedelta(seconds=1))) == 1

    def test_forbidden_matches_do_not_crowd_out_what_may_be_read(self, words: WordIndex) -> None:
        near = [one("office", text=f"vetting vetting {n}") for n in range(50)]
        (far,) = held("Vetting is one word among many others here, and roads are long.")
        words.put(LIVE, [*near, far])
        assert [key for key, _ in words.matching(LIVE, "vetting", scope(), 3)] == keys(far)

    def test_documents_bound_the_search(self, words: WordIndex) -> None:
        first, second = one(text="backlog"), one(text="queue")
        words.put(LIVE, [first, second])
        assert found(words, documents=(second.filed.digest,)) == keys(second)
        assert found(words, documents=("d" * 64,)) == []

    def test_bounds_add_nothing_to_the_score(self, words: WordIndex) -> None:
        passage = one()
        words.put(LIVE, [passage])
        ((_, loose),) = words.matching(LIVE, "backlog", scope(), 5)
        tight = scope("public", "office", documents=(passage.filed.digest,))
        assert words.matching(LIVE, "backlog", tight, 5) == [(passage.passage.key, loose)]


class TestMatching:
    @pytest.mark.parametrize(
        "question",
        ["Who reviews it?", "reviewing", "REVIEWED", "the reviewer’s work", "1100", "in 2031"],
    )
    def test_finds_other_forms_of_a_word(self, words: WordIndex, question: str) -> None:
        (passage,) = held("A sergeant reviewed 1,100 files.")
        words.put(LIVE, [passage])
        assert found(words, question) == keys(passage)

    @pytest.mark.parametrize("question", ["", "the of and", "parking", '"((', "words:* OR key:x"])
    def test_finds_nothing_for_words_that_are_not_there(
        self, words: WordIndex, question: str
    ) -> None:
        words.put(LIVE, held("A sergeant reviewed the files."))
        assert found(words, question) == []

    def test_finds_the_words_of_title_and_heading(self, words: WordIndex) -> None:
        (passage,) = held("# Custody\nEvery detainee sees a nurse.", title="Report of Sallowshire")
        words.put(LIVE, [passage])
        assert found(words, "Sallowshire custody") == keys(passage)

    def test_puts_what_shares_more_words_first(self, words: WordIndex) -> None:
        (less,) = held("The vetting unit sits upstairs.")
        (more,) = held("The vetting backlog is gone now.")
        words.put(LIVE, [less, more])
        assert found(words, "vetting backlog") == keys(more, less)

    def test_gives_no_more_than_the_limit(self, words: WordIndex) -> None:
        words.put(LIVE, [one(text=f"backlog {n}") for n in range(5)])
        assert len(words.matching(LIVE, "vetting", scope(), 3)) == 3

    def test_finds_nothing_in_an_empty_index(self, words: WordIndex) -> None:
        assert found(words) == []


class TestChanges:
    def test_putting_twice_replaces(self, words: WordIndex) -> None:
        words.put(LIVE, held("Vetting backlog.", collection="office"))
        (after,) = held("Vetting backlog.", collection="restricted:custody")
        words.put(LIVE, [after])
        assert words.count(LIVE) == 1
        assert found(words, "vetting", "office") == []
        assert found(words, "vetting", "restricted:custody") == keys(after)

    def test_removing_takes_out_those_and_no_others(self, words: WordIndex) -> None:
        first, second = one(text="backlog"), one(text="queue")
        words.put(LIVE, [first, second])
        words.remove(LIVE, [first.passage.key, "not there"])
        assert found(words) == keys(second)
        assert words.count(LIVE) == 1

    def test_rebuilding_leaves_what_it_is_given(self, words: WordIndex) -> None:
        words.put(LIVE, [one(text="backlog")])
        second = one(text="queue")
        words.rebuild(LIVE, iter([second]))
        assert found(words) == keys(second)

    def test_rebuilding_mends_a_damaged_folder(self, words: WordIndex, tmp_path: Path) -> None:
        words.put(LIVE, [one()])
        for file in (tmp_path / "words" / LIVE.fingerprint).iterdir():
            file.write_bytes(b"")
        again = WordIndex(tmp_path / "words")
        again.rebuild(LIVE, [one()])
        assert again.count(LIVE) == 1

    def test_it_survives_being_opened_again(self, words: WordIndex, tmp_path: Path) -> None:
        passage = one()
        words.put(LIVE, [passage])
        again = WordIndex(tmp_path / "words")
        assert found(again) == keys(passage)
        again.put(LIVE, [one(text="queue")])
        assert again.count(LIVE) == 2

    def test_generations_are_kept_apart(self, words: WordIndex, tmp_path: Path) -> None:
        words.put(LIVE, [one()])
        words.put(OTHER, [one(), one(text="queue")])
        words.drop_others(OTHER)
        assert [folder.name for folder in (tmp_path / "words").iterdir()] == [OTHER.fingerprint]
        assert (words.count(OTHER), words.count(LIVE)) == (2, 0)

    def test_dropping_others_before_anything_is_there_does_nothing(self, words: WordIndex) -> None:
        words.drop_others(LIVE)
        assert words.count(LIVE) == 0
