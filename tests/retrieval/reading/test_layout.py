"""Tests of putting blocks together into pages."""

import pytest

from retrieval.documents import BlockKind, Refused
from retrieval.reading.layout import PAGE_TURN, Layout, Piece, hidden_note, without_marks

from .making import outline


def paragraph(text: str) -> Piece:
    return Piece(BlockKind.PARAGRAPH, text)


def test_a_page_is_its_blocks_joined_by_line_feeds() -> None:
    layout = Layout()
    layout.add(Piece(BlockKind.HEADING, "One", level=1))
    layout.add(paragraph(" two\n three "))
    (page,) = layout.pages()
    assert page.text == "One\ntwo three"
    assert outline(page) == [("heading", "One"), ("paragraph", "two three")]


def test_a_turn_inside_a_block_cuts_it_and_the_rest_continues() -> None:
    layout = Layout()
    layout.add(Piece(BlockKind.BULLET, f"first{PAGE_TURN}second", level=1, label="1."))
    first, second = layout.pages()
    assert (first.blocks[0].label, first.blocks[0].continues) == ("1.", False)
    assert (second.blocks[0].label, second.blocks[0].continues) == ("", True)


def test_a_turn_before_a_block_makes_nothing_continue() -> None:
    layout = Layout()
    layout.add(paragraph("first"))
    layout.add(paragraph(f"{PAGE_TURN}Second"))
    assert [page.blocks[0].continues for page in layout.pages()] == [False, False]


@pytest.mark.parametrize(
    ("last", "first", "continues"),
    [
        ("the force should", "act at once.", True),
        ("The force should act.", "at once.", False),
        ("the force should", "Act at once.", False),
        ("the force should:", "act at once.", False),
    ],
)
def test_a_sentence_left_open_runs_on_overleaf(last: str, first: str, continues: bool) -> None:
    layout = Layout()
    layout.add(Piece(BlockKind.BULLET, last, level=2))
    layout.turn()
    layout.add(paragraph(first))
    block = layout.pages()[1].blocks[0]
    assert block.continues is continues
    assert (block.kind, block.level) == ((BlockKind.BULLET, 2) if continues else ("paragraph", 0))


def test_footnotes_stand_below_the_page_that_calls_them() -> None:
    layout = Layout()
    layout.add(paragraph("words¹"))
    layout.add_footnote("a note", "1")
    layout.add(paragraph("more words"))
    layout.add(paragraph(f"{PAGE_TURN}next page"))
    first, second = layout.pages()
    assert outline(first)[-1] == ("footnote", "a note")
    assert second.text == "next page"


def test_empty_pages_stay_inside_and_go_at_the_end() -> None:
    layout = Layout()
    layout.add(paragraph(f"first{PAGE_TURN}{PAGE_TURN}third{PAGE_TURN}{PAGE_TURN}"))
    assert [page.text for page in layout.pages()] == ["first", "", "third"]


def test_cells_keep_their_tabs_and_lose_those_at_the_end() -> None:
    layout = Layout()
    layout.add(Piece(BlockKind.TABLE_ROW, "\tgood \t\tno  grade\t\t"))
    assert layout.pages()[0].text == "\tgood\t\tno grade"


def test_hidden_characters_are_counted_over_all_blocks() -> None:
    layout = Layout()
    layout.add(paragraph("a\u200bb"))
    layout.add_footnote("c\u200bd", "1")
    assert layout.hidden == 2
    assert hidden_note(2) == ("2 hidden characters were left out",)
    assert hidden_note(1) == ("1 hidden character was left out",)
    assert hidden_note(0) == ()


def test_more_pages_than_allowed_are_refused() -> None:
    layout = Layout("long.txt", max_pages=2)
    with pytest.raises(Refused, match=r"long\.txt has 3 pages or more and the limit is 2"):
        layout.add(paragraph(PAGE_TURN.join(["one", "two", "three"])))


@pytest.mark.parametrize("mark", [PAGE_TURN, "&#xFDD0;", "&#64976;", "&#x00fdd0", "&#64977;"])
def test_a_source_cannot_set_marks_of_its_own(mark: str) -> None:
    assert PAGE_TURN not in without_marks(f"a{mark} b")
    assert "fdd" not in without_marks(f"a{mark} b").lower()
