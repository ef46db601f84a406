"""Passages hold whole bullets, and every sentence gives back the words on its pages."""

import doctest
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import passages
from retrieval.documents import Block, BlockKind, Page, Passage, Reading, Span, quoted
from retrieval.passages import sentence_bounds
from tests.builders import reading, split

LONG = " ".join(["word"] * 100) + "."
FULL = " ".join(["word"] * 140) + "."


def texts(markup: str) -> list[str]:
    return [passage.text for passage in split(markup)]


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_bounds(text)]


class TestCutting:
    def test_a_heading_begins_a_passage(self) -> None:
        assert texts("# One\nFirst text.\n# Two\nSecond text.") == ["First text.", "Second text."]

    def test_short_paragraphs_share_a_passage(self) -> None:
        assert texts("# One\nFirst.\nSecond.\nThird.") == ["First.\nSecond.\nThird."]

    def test_a_full_passage_takes_no_more(self) -> None:
        assert texts(f"{LONG}\n{LONG}") == [LONG, LONG]

    def test_a_long_paragraph_is_one_passage(self) -> None:
        assert texts(f"{FULL} {FULL}") == [f"{FULL} {FULL}"]

    def test_a_short_last_piece_joins_the_passage_before_it(self) -> None:
        assert texts(f"{FULL}\n{LONG}\nThe end.") == [FULL, f"{LONG}\nThe end."]
        assert texts(f"{FULL}\nThe end.") == [f"{FULL}\nThe end."]

    def test_a_short_section_does_not_join_another(self) -> None:
        assert texts(f"# One\n{FULL}\n# Two\nThe end.") == [FULL, "The end."]

    def test_table_rows_are_kept_whole(self) -> None:
        assert texts("Question || Grade\nCustody || Good") == ["Question\tGrade\nCustody\tGood"]

    def test_nothing_gives_no_passage(self) -> None:
        assert texts("") == texts("# Only a heading") == []

    def test_ordinals_count_up(self) -> None:
        found = split(f"# One\n{LONG}\n{LONG}\n# Two\nText.")
        assert [passage.ordinal for passage in found] == [0, 1, 2]


class TestBullets:
    def test_are_kept_with_their_lead_in(self) -> None:
        found = texts(f"{LONG}\nThe force should:\n- {LONG}\n- Review it.")
        assert found[0] == LONG
        assert found[1].startswith("The force should:\nword")

    def test_are_kept_with_their_own_bullets(self) -> None:
        bullet = f"- {LONG}\n-- It has six officers.\n-- It has two more."
        first, second = texts(f"{LONG}\n{bullet}")
        assert first == LONG
        assert second.endswith("It has six officers.\nIt has two more.")

    @pytest.mark.parametrize("count", [3, 12, 60])
    def test_are_never_cut(self, count: int) -> None:
        bullets = [f"Bullet {n} has some {n} words of its own to tell apart." for n in range(count)]
        found = texts("To do:\n" + "\n".join(f"- {bullet}" for bullet in bullets))
        assert [line for text in found for line in text.split("\n")] == ["To do:", *bullets]

    def test_do_not_pile_up_without_end(self) -> None:
        found = texts("To do:\n" + "\n".join(f"-- {LONG}" for _ in range(6)))
        assert max(len(text.split()) for text in found) <= 2 * 130 + 25


class TestContinuedBlocks:
    def test_become_one_unit_with_a_span_on_each_page(self) -> None:
        (found,) = split("The force should review\n===\n+ how it records risk. It has time.")
        first, second = found.sentences
        assert first.text == "The force should review how it records risk."
        assert first.spans == (Span(1, 0, 23), Span(2, 0, 20))
        assert second.spans == (Span(2, 21, 33),)
        assert found.pages == (1, 2)

    def test_may_run_over_three_pages(self) -> None:
        (found,) = split("One\n===\n+ two\n===\n+ three.")
        assert [span.page for span in found.sentences[0].spans] == [1, 2, 3]

    def test_run_past_furniture_and_footnotes(self) -> None:
        body, note = split("The force\n^ 5 See annex A.\n= Page 4\n===\n= 5\n+ should act.")
        assert body.text == "The force should act."
        assert note.text == "5 See annex A."

    def test_that_carry_nothing_on_stand_for_themselves(self) -> None:
        assert texts("# One\n+ should act.") == ["should act."]

    def test_do_not_join_what_stands_on_their_own_page(self) -> None:
        assert texts("One thing.\n+ Another thing.") == ["One thing.\nAnother thing."]

    def test_do_not_reach_over_a_heading(self) -> None:
        assert texts("The force\n===\n# Custody\n+ should act.") == ["The force", "should act."]


class TestTheTrail:
    def test_is_the_headings_above_highest_first(self) -> None:
        found = split("# Report\nOne.\n## Custody\nTwo.\n### Nurses\nThree.\n## Roads\nFour.")
        assert [passage.trail for passage in found] == [
            ("Report",),
            ("Report", "Custody"),
            ("Report", "Custody", "Nurses"),
            ("Report", "Roads"),
        ]

    def test_holds_headings_that_follow_each_other(self) -> None:
        assert split("# Report\n## Custody\nText.")[0].trail == ("Report", "Custody")

    def test_is_empty_before_the_first_heading(self) -> None:
        assert split("Text.\n# Report\nMore.")[0].trail == ()

    def test_is_no_part_of_the_text(self) -> None:
        assert texts("# Report\n## Custody\nText.") == ["Text."]


class TestFurnitureAndFootnotes:
    def test_furniture_is_in_no_passage(self) -> None:
        found = texts("= Fernshire 2031\nText.\n= Page 4\n===\n= Fernshire 2031\nMore.")
        assert found == ["Text.\nMore."]

    def test_footnotes_come_after_the_rest_of_their_section(self) -> None:
        assert texts("# One\nText.\n^ 5 A note.\nMore.\n# Two\nLast.") == [
            "Text.\nMore.",
            "5 A note.",
            "Last.",
        ]


class TestKeys:
    MARKUP = "# One\nFirst text.\n# Two\nFirst text."

    def test_are_the_same_each_time(self) -> None:
        assert split(self.MARKUP) == split(self.MARKUP)

    def test_differ_within_a_document(self) -> None:
        first, second = split(self.MARKUP)
        assert first.key != second.key

    def test_differ_between_documents(self) -> None:
        one = passages.split(reading(self.MARKUP, "a" * 64))
        other = passages.split(reading(self.MARKUP, "b" * 64))
        assert {passage.key for passage in one}.isdisjoint(passage.key for passage in other)

    def test_do_not_change_between_versions_unseen(self) -> None:
        """A changed key means that passages.VERSION has to be raised: other records name keys."""
        (passage,) = passages.split(reading("First text. Second text.", "a" * 64))
        assert (passages.VERSION, passage.key) == (3, "4e668b0b78f7e0019a8d9e1a79ba1cc5")


class TestSentences:
    def test_are_as_the_example_says(self) -> None:
        assert doctest.testmod(passages).failed == 0

    @pytest.mark.parametrize(
        "whole",
        [
            "Mr. Smith met Dr. Jones.",
            "See para. 4 and pp. 7-9 of annex A.",
            "It used e.g. Saturday patrols.",
            "Under s. 55 of the Act it must answer.",
            "J. B. Smith signed it.",
            "It fell by 2.5 per cent.",
            "See fig. 3 (No. 4).",
            "Is it ready? yes.",
            "Records are kept at v1.2 of the system",
        ],
    )
    def test_do_not_end_in_their_middle(self, whole: str) -> None:
        assert sentences(whole) == [whole]

    @pytest.mark.parametrize(
        ("text", "first"),
        [
            ("It ended on 30 March 2020.This is new.", "It ended on 30 March 2020."),
            ("He said “Act now.” The force did.", "He said “Act now.”"),
            ("He said 'Act now.' The force did.", "He said 'Act now.'"),
            ("It joined Encompass.⁵ The force did too.", "It joined Encompass.⁵"),
            ("It ended (in May.) “We act,” it said.", "It ended (in May.)"),
            ("Is it ready? It is.", "Is it ready?"),
            ("Act! Now is the time.", "Act!"),
            ("It cost little. £5m was left.", "It cost little."),
            ("The plan is the force’s. It has time.", "The plan is the force’s."),
            ("There were six. 12 more came.", "There were six."),
            ("One thing.\n\nAnother thing.", "One thing."),
        ],
    )
    def test_end_where_a_reader_ends_them(self, text: str, first: str) -> None:
        found = sentences(text)
        assert len(found) == 2
        assert found[0] == first

    def test_keep_no_white_space_at_their_ends(self) -> None:
        assert sentences("  One thing.   Another. \n") == ["One thing.", "Another."]

    @pytest.mark.parametrize("text", ["", " ", "\n\t"])
    def test_are_none_in_nothing(self, text: str) -> None:
        assert sentence_bounds(text) == []

    @given(st.text(alphabet="aA.b B?!”)2⁵\n'e.g", max_size=60))
    def test_lose_no_word_and_never_overlap(self, text: str) -> None:
        bounds = sentence_bounds(text)
        assert all(before[1] <= after[0] for before, after in pairwise(bounds))
        assert "".join(sentences(text)).split() == [] or (
            "".join("".join(sentences(text)).split()) == "".join(text.split())
        )


def _pages() -> st.SearchStrategy[tuple[Page, ...]]:
    """Pages of any blocks of words, with gaps between blocks, some carried on from before."""
    words = st.text(alphabet="ab AB.?\n \u00a05£”:", min_size=1, max_size=40)
    block = st.tuples(st.sampled_from(BlockKind), words, st.integers(0, 3), st.booleans())
    return st.lists(st.lists(block, max_size=5), min_size=1, max_size=4).map(
        lambda pages: tuple(_page(number, blocks) for number, blocks in enumerate(pages, 1))
    )


def _page(number: int, given_blocks: list[tuple[BlockKind, str, int, bool]]) -> Page:
    text, blocks = "", []
    for kind, words, level, continues in given_blocks:
        start = len(text)
        text += words
        blocks.append(Block(kind, start, len(text), level, continues))
        text += "\n"
    return Page(number, text, tuple(blocks))


def _of(pages: tuple[Page, ...]) -> list[Passage]:
    return passages.split(Reading("d" * 64, "pdf-tagged", pages))


@settings(max_examples=200, deadline=None)
@given(_pages())
def test_every_sentence_gives_back_the_words_on_its_pages(pages: tuple[Page, ...]) -> None:
    for sentence in (line for passage in _of(pages) for line in passage.sentences):
        words = " ".join(quoted(pages, span) for span in sentence.spans)
        assert " ".join(words.split()) == sentence.text != ""


@settings(max_examples=200, deadline=None)
@given(_pages())
def test_every_block_but_headings_and_furniture_is_in_one_passage(pages: tuple[Page, ...]) -> None:
    apart = {BlockKind.HEADING, BlockKind.FURNITURE}
    told = [
        page.text[block.start : block.end]
        for page in pages
        for block in page.blocks
        if block.kind not in apart
    ]
    found = [line.text for passage in _of(pages) for line in passage.sentences]
    assert sorted("".join("".join(told).split())) == sorted("".join("".join(found).split()))


@settings(max_examples=100, deadline=None)
@given(_pages())
def test_keys_are_never_shared(pages: tuple[Page, ...]) -> None:
    keys = [passage.key for passage in _of(pages)]
    assert len(keys) == len(set(keys))
