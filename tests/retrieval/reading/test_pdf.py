from pathlib import Path

import pytest

from retrieval.documents import Block, BlockKind, Page, Reading, Refused
from retrieval.reading.pdf import read
from tests.fakes.pdfs import Box, Drawn, Ink, Leaf, Photo, Tag, lines, write

BULLETS = BlockKind.BULLET
LONG = "The force has taken some steps to answer the calls that it receives each day and night"


def opened(path: Path) -> Reading:
    return read(path, digest="0" * 64, max_pages=10)


def words(page: Page, block: Block) -> str:
    return page.text[block.start : block.end]


def outline(page: Page) -> list[tuple[str, str]]:
    return [(block.kind.value, words(page, block)) for block in page.blocks]


def of_kind(page: Page, kind: BlockKind) -> list[str]:
    return [words(page, block) for block in page.blocks if block.kind is kind]


def p(number: int) -> Tag:
    return Tag("P", (number,))


def item(number: int) -> Tag:
    return Tag("LI", (Tag("LBody", (number,)),))


def test_blocks_cut_the_whole_page_up_in_order(tmp_path: Path) -> None:
    drawn = [Ink("Next steps", y=720, bold=True), *lines(LONG, "and it will do more.")]
    page = opened(write(tmp_path / "a.pdf", Leaf(drawn))).pages[0]
    assert page.text == "\n".join(words(page, block) for block in page.blocks)
    assert outline(page) == [
        ("heading", "Next steps"),
        ("paragraph", f"{LONG} and it will do more."),
    ]


def test_tags_decide_where_the_maker_put_them(tmp_path: Path) -> None:
    drawn = [
        Ink("What we found", y=720, tag=0),
        Ink("The force is", y=700, tag=1),
        Ink("improving.", y=686, tag=1),
        Ink("•", y=666, tag=2),
        Ink("call takers are trained", x=90, y=666, tag=2),
        Ink("1 A note.", y=80, size=8, tag=3),
    ]
    tags = [Tag("H2", (0,)), p(1), Tag("Note", (3,)), Tag("L", (item(2),))]
    reading = opened(write(tmp_path / "a.pdf", Leaf(drawn, tags)))
    assert reading.reader == "pdf-tagged"
    assert outline(reading.pages[0]) == [
        ("heading", "What we found"),
        ("paragraph", "The force is improving."),
        ("bullet", "call takers are trained"),
        ("footnote", "1 A note."),
    ]
    assert reading.pages[0].blocks[0].level == 2


def test_a_page_that_tags_do_not_reach_is_read_by_its_lines(tmp_path: Path) -> None:
    drawn = [Ink("Tagged.", y=720, tag=0), *lines(LONG, "and more of the same.")]
    reading = opened(write(tmp_path / "a.pdf", Leaf(drawn, [p(0)])))
    assert reading.reader == "pdf-plain"
    assert "and more of the same." in reading.pages[0].text


def test_a_row_of_a_table_is_one_block_with_tabs(tmp_path: Path) -> None:
    cells = [Ink("Question", tag=0), Ink("Grade", x=300, tag=1)]
    cells += [Ink("Investigating", y=680, tag=2), Ink("Good", x=300, y=680, tag=3)]
    rows = [Tag("TR", (Tag("TD", (p(a),)), Tag("TD", (p(a + 1),)))) for a in (0, 2)]
    page = opened(write(tmp_path / "a.pdf", Leaf(cells, [Tag("Table", tuple(rows))]))).pages[0]
    assert of_kind(page, BlockKind.TABLE_ROW) == ["Question\tGrade", "Investigating\tGood"]


def test_a_table_of_one_column_is_no_table(tmp_path: Path) -> None:
    rows = Tag("Table", (Tag("TR", (Tag("TD", (p(0),)),)),))
    page = opened(write(tmp_path / "a.pdf", Leaf([Ink("Only words.", tag=0)], [rows]))).pages[0]
    assert outline(page) == [("paragraph", "Only words.")]


def test_a_hyphen_at_the_end_of_a_line_stays_without_a_space(tmp_path: Path) -> None:
    drawn = lines("The force relies on information-", "sharing between partners.")
    page = opened(write(tmp_path / "a.pdf", Leaf(drawn))).pages[0]
    assert page.text == "The force relies on information-sharing between partners."


def test_a_raised_small_number_becomes_a_superscript(tmp_path: Path) -> None:
    drawn = [Ink("Operation Lantern", x=72), Ink("5", x=163, y=704, size=7), Ink("began.", x=170)]
    page = opened(write(tmp_path / "a.pdf", Leaf(drawn))).pages[0]
    assert page.text == "Operation Lantern⁵ began."


@pytest.mark.parametrize(
    ("printed", "label", "text"),
    [
        ("4a) the force checks", "4a)", "the force checks"),
        ("4a) i) the force checks", "4a) i)", "the force checks"),
        ("12. the force checks", "12.", "the force checks"),
        ("iii) the force checks", "iii)", "the force checks"),
        ("• the force checks", "", "the force checks"),
        ("– the force checks", "", "the force checks"),
    ],
)
def test_signs_and_labels_are_no_part_of_the_words(
    tmp_path: Path, printed: str, label: str, text: str
) -> None:
    page = opened(write(tmp_path / "a.pdf", Leaf([Ink(printed)]))).pages[0]
    assert [(b.kind, b.label, words(page, b)) for b in page.blocks] == [(BULLETS, label, text)]


def test_a_year_or_a_count_at_the_start_is_no_label(tmp_path: Path) -> None:
    drawn = [Ink("2016 was a hard year."), Ink("5 officers left the unit.", y=640)]
    page = opened(write(tmp_path / "a.pdf", Leaf(drawn))).pages[0]
    assert of_kind(page, BlockKind.PARAGRAPH) == [
        "2016 was a hard year.",
        "5 officers left the unit.",
    ]


def test_bullets_run_together_in_a_paragraph_are_parted(tmp_path: Path) -> None:
    page = opened(write(tmp_path / "a.pdf", Leaf([Ink("• one thing • another")]))).pages[0]
    assert of_kind(page, BULLETS) == ["one thing", "another"]


def test_dashes_set_further_in_are_one_level_deeper(tmp_path: Path) -> None:
    drawn = [
        Ink("• Leaders should act:", tag=0),
        Ink("– on capacity", x=90, y=680, tag=1),
        Ink("• Police should act.", y=660, tag=2),
    ]
    leaf = Leaf(drawn, [Tag("L", (item(0), item(1), item(2)))])
    page = opened(write(tmp_path / "a.pdf", leaf)).pages[0]
    assert [block.level for block in page.blocks] == [1, 2, 1]


def test_printed_page_numbers_and_running_feet_are_furniture(tmp_path: Path) -> None:
    leaves = [
        Leaf([Ink(str(n), x=500, y=40), Ink("Inspection of Fenmarsh", y=30), Ink(f"Words {n}.")])
        for n in (1, 2, 3)
    ]
    for page in opened(write(tmp_path / "a.pdf", *leaves)).pages:
        body = [words(page, b) for b in page.blocks if b.kind is not BlockKind.FURNITURE]
        assert body == [f"Words {page.number}."]
        assert page.text.endswith("Inspection of Fenmarsh")


@pytest.mark.parametrize(
    ("first", "second", "continues"),
    [
        ("The force should review how it", "answers calls.", True),
        ("The force reviewed this.", "Partners agreed.", False),
        ("The force works with the", "Home Office on this.", True),
    ],
)
def test_a_paragraph_carries_on_overleaf(
    tmp_path: Path, first: str, second: str, continues: bool
) -> None:
    leaves = [Leaf([Ink(first), Ink("1", y=40)]), Leaf([Ink("2", y=40), Ink(second)])]
    page = opened(write(tmp_path / "a.pdf", *leaves)).pages[1]
    assert page.blocks[0].continues is continues


def test_a_bullet_without_its_sign_carries_on_overleaf(tmp_path: Path) -> None:
    one = Leaf([Ink("• Staff are trained. Then", tag=0)], [Tag("L", (item(0),))])
    two = Leaf(
        [Ink("Supervisors check.", tag=0), Ink("• Other.", y=600, tag=1)],
        [Tag("L", (item(0), item(1)))],
    )
    blocks = opened(write(tmp_path / "a.pdf", one, two)).pages[1].blocks
    assert [(block.kind, block.continues) for block in blocks] == [
        (BULLETS, True),
        (BULLETS, False),
    ]


def test_a_paragraph_carries_on_after_a_box(tmp_path: Path) -> None:
    drawn: list[Drawn] = [
        Ink("The force should make sure that", y=780, tag=0),
        Box(60, 600, 480, 140, None),
        Ink("Case study: a good call", y=720, bold=True, tag=1),
        Ink("A caller was helped at once.", y=690, tag=2),
        Ink("every caller is heard.", y=560, tag=3),
    ]
    leaf = Leaf(drawn, [p(number) for number in range(4)])
    blocks = opened(write(tmp_path / "a.pdf", leaf)).pages[0].blocks
    assert [block.boxed for block in blocks] == [False, True, True, False]
    assert blocks[3].continues


def test_a_short_bold_line_is_a_heading_and_bold_words_in_a_line_are_not(tmp_path: Path) -> None:
    drawn = [
        Ink("Areas for improvement", y=720, bold=True),
        Ink("The", y=690),
        Ink("Good", x=95, y=690, bold=True),
        Ink("grade was kept.", x=130, y=690),
        Ink("The force should improve at once.", y=650, bold=True),
    ]
    page = opened(write(tmp_path / "a.pdf", Leaf(drawn))).pages[0]
    assert of_kind(page, BlockKind.HEADING) == ["Areas for improvement"]


def test_larger_headings_stand_above_smaller_ones(tmp_path: Path) -> None:
    drawn = [
        Ink("Title", y=780, size=20, bold=True),
        Ink("Part", y=740, size=14, bold=True),
        Ink("Section", y=700, bold=True),
        *lines(LONG, "and more.", top=670),
    ]
    page = opened(write(tmp_path / "a.pdf", Leaf(drawn))).pages[0]
    assert [block.level for block in page.blocks] == [1, 2, 3, 0]


def test_names_under_a_letters_close_are_no_headings(tmp_path: Path) -> None:
    drawn = [Ink("Yours sincerely"), Ink("Ann Example", y=660, bold=True)]
    page = opened(write(tmp_path / "a.pdf", Leaf(drawn))).pages[0]
    assert not of_kind(page, BlockKind.HEADING)


def test_lines_printed_in_a_jumble_are_put_in_order(tmp_path: Path) -> None:
    drawn = lines(*(f"{LONG} {number}." for number in range(8)))
    jumbled = [drawn[place] for place in (7, 3, 1, 5, 0, 6, 2, 4)]
    text = opened(write(tmp_path / "a.pdf", Leaf(jumbled))).pages[0].text
    assert [int(part[-1]) for part in text.split(".")[:-1]] == list(range(8))


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    drawn = [
        *lines("The force answers", "its calls late", "on most days."),
        *lines("Partners say", "that they wait", "for a week.", x=330),
    ]
    text = opened(write(tmp_path / "a.pdf", Leaf(drawn))).pages[0].text
    assert " ".join(text.split()) == (
        "The force answers its calls late on most days. Partners say that they wait for a week."
    )


def test_an_address_is_read_line_by_line(tmp_path: Path) -> None:
    drawn = [
        Ink("Chief Constable, Fenmarsh Police", y=740, tag=0),
        Ink("Chief Executive, Fenmarsh Council", y=726, tag=0),
        Ink(LONG, y=690, tag=1),
    ]
    page = opened(write(tmp_path / "a.pdf", Leaf(drawn, [p(0), p(1)]))).pages[0]
    assert of_kind(page, BlockKind.PARAGRAPH)[:2] == [
        "Chief Constable, Fenmarsh Police",
        "Chief Executive, Fenmarsh Council",
    ]


def test_a_page_without_text_is_named(tmp_path: Path) -> None:
    reading = opened(write(tmp_path / "a.pdf", Leaf([Ink("Words.")]), Leaf([Photo()])))
    assert reading.notes == ("page 2 has no text: scanned?",)
    assert reading.pages[1].blocks == ()


def test_a_scan_under_a_stamped_page_number_has_no_blocks(tmp_path: Path) -> None:
    reading = opened(write(tmp_path / "a.pdf", Leaf([Photo(), Ink("7", y=40)])))
    assert reading.pages[0].blocks == ()


def test_what_the_file_says_of_itself_is_kept(tmp_path: Path) -> None:
    reading = opened(write(tmp_path / "a.pdf", Leaf([Ink("Words.")]), title="PEEL 2024"))
    assert reading.properties["title"] == "PEEL 2024"
    assert reading.properties["created"].startswith("D:2024")


def refused(path: Path, max_pages: int = 10) -> str:
    with pytest.raises(Refused) as refusal:
        read(path, digest="0" * 64, max_pages=max_pages)
    message = str(refusal.value)
    assert path.name in message
    assert "\n" not in message
    return message


def test_a_locked_file_is_refused(tmp_path: Path) -> None:
    assert "password" in refused(write(tmp_path / "a.pdf", Leaf([Ink("Words.")]), locked=True))


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", *[Leaf([Ink("Words.")])] * 3)
    assert "3 pages" in refused(path, max_pages=2)


def test_a_file_without_pages_is_refused(tmp_path: Path) -> None:
    refused(write(tmp_path / "a.pdf"))


@pytest.mark.parametrize("content", [b"", b"no PDF at all", b"%PDF-1.7\n1 0 obj <<"])
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    assert "damaged" in refused(path)
