"""Tests of reading Markdown."""

from pathlib import Path

from retrieval.documents import Reading
from retrieval.reading import markdown

from .making import labelled, outline, write


def reading_of(folder: Path, content: str) -> Reading:
    return markdown.read(write(folder / "a.md", content), digest="d", max_pages=9)


def blocks_of(folder: Path, content: str) -> list[tuple[str, str]]:
    return outline(reading_of(folder, content).pages[0])


def test_headings_paragraphs_lists_and_tables(tmp_path: Path) -> None:
    assert blocks_of(
        tmp_path,
        "## Finding\n\nSome *plain*\nwords  \nhere.\n\n- one\n- **two**\n  - inner\n\n"
        "| Question | Grade |\n| --- | --- |\n| How? | Good |\n\nUnder\n-----\n",
    ) == [
        ("heading", "Finding"),
        ("paragraph", "Some plain words here."),
        ("bullet", "one"),
        ("bullet", "two"),
        ("bullet", "inner"),
        ("table_row", "Question\tGrade"),
        ("table_row", "How?\tGood"),
        ("heading", "Under"),
    ]


def test_html_inside_is_walked_too(tmp_path: Path) -> None:
    assert blocks_of(
        tmp_path,
        "<table><tr><th>Name</th><th>Grade</th></tr>\n<tr><td>A <b>bold</b></td><td>Good</td></tr>"
        "</table>\n\nWords<sup>3</sup> and <b>bold</b>.\n\n<!-- a comment -->\n",
    ) == [
        ("table_row", "Name\tGrade"),
        ("table_row", "A bold\tGood"),
        ("paragraph", "Words³ and bold."),
    ]


def test_lines_of_cells_are_rows(tmp_path: Path) -> None:
    assert blocks_of(
        tmp_path,
        "Words before.\nOverall\t<b>Good</b> (as before)\nNumber | count\t2\t\textra\n\n"
        "How *well*?\tGood\n\nWords after.",
    ) == [
        ("paragraph", "Words before."),
        ("table_row", "Overall\tGood (as before)"),
        ("table_row", "Number | count\t2\textra"),
        ("table_row", "How well?\tGood"),
        ("paragraph", "Words after."),
    ]


def test_items_with_tabs_are_no_rows(tmp_path: Path) -> None:
    content = "-\tone\n-\ttwo\n\n1.\tfirst\n\n#\tTitle\n\n\tindented words"
    assert [kind for kind, _ in blocks_of(tmp_path, content)] == [
        "bullet",
        "bullet",
        "bullet",
        "heading",
        "paragraph",
    ]


def test_ordered_lists_have_their_numbers(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, "3. three\n4. four\n   1. inner\n\n# 2. Heading\n")
    assert labelled(reading) == [
        ("3.", 1, "three"),
        ("4.", 1, "four"),
        ("1.", 2, "inner"),
        ("2.", 1, "Heading"),
    ]


def test_pages_start_at_form_feeds_and_comments(tmp_path: Path) -> None:
    reading = reading_of(
        tmp_path, "# One\n\nwords\n\f## Two\n\nmore words that\n<!-- page 3 -->\nrun on\n"
    )
    assert [page.text for page in reading.pages] == ["One\nwords", "Two\nmore words that", "run on"]
    assert reading.pages[2].blocks[0].continues
    assert not reading.pages[1].blocks[0].continues


def test_front_matter_becomes_properties(tmp_path: Path) -> None:
    reading = reading_of(
        tmp_path, '---\ntitle: "A response"\ndate: 2017-04-27\ntags:\n  - one\n---\n\n# Words\n'
    )
    assert reading.properties == {"title": "A response", "date": "2017-04-27"}
    assert reading.pages[0].text == "Words"


def test_a_rule_at_the_top_is_no_front_matter(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, "---\n\nWords of the office, not keys.\n\n---\n\nMore\n")
    assert reading.pages[0].text == "Words of the office, not keys.\nMore"
    assert reading.properties == {}


def test_a_paragraph_behind_a_raised_number_is_a_footnote(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, "Title<sup>1</sup>\n\n<sup>1</sup> <https://fenmarsh.example/>")
    assert outline(reading.pages[0]) == [
        ("paragraph", "Title¹"),
        ("footnote", "https://fenmarsh.example/"),
    ]
    assert reading.pages[0].blocks[1].label == "1"


def test_references_cannot_start_pages(tmp_path: Path) -> None:
    assert len(reading_of(tmp_path, "one &#xFDD0; two &#64976; three").pages) == 1
