"""Tests of reading Word files."""

from pathlib import Path

from retrieval.documents import Reading
from retrieval.reading import docx
from retrieval.reading.word import paging

from .making import labelled, listed, outline, paragraph, run_of, word_file

_BREAK = '<w:r><w:br w:type="page"/></w:r>'
_LAID_OUT = "<w:r><w:lastRenderedPageBreak/></w:r>"
_STYLES = (
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="character" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Heir"><w:basedOn w:val="Gone"/></w:style>'
)


def reading_of(folder: Path, body: str, **parts: str) -> Reading:
    path = word_file(folder / "a.docx", body, **{"styles": _STYLES, **parts})
    return docx.read(path, digest="d", max_pages=9)


def level(depth: int, form: str, text: str, start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*levels: str, override: str = "") -> str:
    return (
        f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="7"/>{override}</w:num>'
    )


def table(*rows: tuple[str, ...]) -> str:
    cells = ["".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def test_headings_paragraphs_and_tables(tmp_path: Path) -> None:
    reading = reading_of(
        tmp_path,
        paragraph("Response", style="T")
        + paragraph("Finding", style="H1")
        + paragraph("Some ", run_of("words", "<w:b/>"), ".")
        + table((paragraph("How?"), paragraph("Good") + paragraph("again")), (paragraph("x"),) * 2)
        + table((paragraph("Case study") + paragraph("Boxed words."),)),
    )
    (page,) = reading.pages
    assert outline(page) == [
        ("heading", "Response"),
        ("heading", "Finding"),
        ("paragraph", "Some words."),
        ("table_row", "How?\tGood again"),
        ("table_row", "x\tx"),
        ("paragraph", "Case study"),
        ("paragraph", "Boxed words."),
    ]
    assert [block.boxed for block in page.blocks][-3:] == [False, True, True]
    assert reading.notes == (paging.NO_PAGES,)


def test_printed_labels_are_worked_out(tmp_path: Path) -> None:
    numbering = lists(
        level(0, "decimal", "%1."), level(1, "lowerLetter", "%1%2)"), level(2, "lowerRoman", "(%3)")
    )
    body = "".join(
        listed(text, number, depth)
        for text, number, depth in [
            ("one", 1, 0), ("two", 1, 0), ("inner", 1, 1), ("inner too", 1, 1), ("deep", 1, 2),
            ("three", 1, 0), ("inner again", 1, 1), ("goes on", 2, 0),
        ]
    )  # fmt: skip
    assert labelled(reading_of(tmp_path, body, numbering=numbering)) == [
        ("1.", 1, "one"),
        ("2.", 1, "two"),
        ("2a)", 2, "inner"),
        ("2b)", 2, "inner too"),
        ("(i)", 3, "deep"),
        ("3.", 1, "three"),
        ("3a)", 2, "inner again"),
        ("4.", 1, "goes on"),
    ]


def test_a_list_that_starts_anew_counts_from_its_own_start(tmp_path: Path) -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering = lists(level(0, "decimal", "%1.", start=3), override=override)
    body = listed("one", 1) + listed("two", 1) + listed("new", 2) + listed("newer", 2)
    labels = [label for label, _, _ in labelled(reading_of(tmp_path, body, numbering=numbering))]
    assert labels == ["3.", "4.", "5.", "6."]


def test_bullets_have_no_label(tmp_path: Path) -> None:
    numbering = lists(level(0, "bullet", "\uf0b7"), level(1, "bullet", "o"))
    body = listed("one", 1) + listed("inner", 1, 1) + listed("two", 1)
    assert labelled(reading_of(tmp_path, body, numbering=numbering)) == [
        ("", 1, "one"),
        ("", 2, "inner"),
        ("", 1, "two"),
    ]


def test_numbered_headings_keep_their_number_as_label(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    numbering = lists(level(0, "upperRoman", "Part %1"))
    body = paragraph("First", style="H1") + paragraph("Second", style="H1")
    assert labelled(reading_of(tmp_path, body, styles=styles, numbering=numbering)) == [
        ("Part I", 1, "First"),
        ("Part II", 1, "Second"),
    ]


def test_hidden_runs_are_left_out_and_counted(tmp_path: Path) -> None:
    body = paragraph(
        "Shown",
        run_of("hidden", "<w:vanish/>"),
        run_of("tiny", '<w:sz w:val="2"/>'),
        run_of("styled", '<w:rStyle w:val="Heir"/>'),
        run_of(" too", '<w:rStyle w:val="Gone"/><w:vanish w:val="0"/>'),
        ".",
    )
    reading = reading_of(tmp_path, body)
    assert reading.pages[0].text == "Shown too."
    assert "16 hidden characters were left out" in reading.notes


def test_changes_and_comments_are_settled_and_told(tmp_path: Path) -> None:
    body = paragraph(
        "The force ",
        f"<w:ins w:id='1'>{run_of('should')}</w:ins>",
        "<w:del w:id='2'><w:r><w:delText>could</w:delText></w:r></w:del>",
        f"<w:moveFrom w:id='3'>{run_of('moved')}</w:moveFrom>",
        " act.",
        "<w:r><w:commentReference w:id='4'/></w:r>",
    )
    comments = f'<w:comment w:id="4">{paragraph("A secret remark")}</w:comment>'
    reading = reading_of(tmp_path, body, comments=comments)
    assert reading.pages[0].text == "The force should act."
    assert reading.notes[1:] == (
        "it has tracked changes: insertions (1) are kept, deletions (10 characters) are left out",
        "1 comment was left out",
    )


def test_footnotes_stand_on_the_page_of_their_marker(tmp_path: Path) -> None:
    reference = '<w:r><w:footnoteReference w:id="5"/></w:r>'
    footnotes = (
        f'<w:footnote w:id="5">{paragraph("A scheme", run_of("!", "<w:vanish/>"))}</w:footnote>'
    )
    reading = reading_of(
        tmp_path,
        paragraph("Encompass", reference, " helps.") + paragraph(_BREAK, "Next."),
        footnotes=footnotes,
    )
    assert [outline(page) for page in reading.pages] == [
        [("paragraph", "Encompass¹ helps."), ("footnote", "A scheme")],
        [("paragraph", "Next.")],
    ]
    assert reading.pages[0].blocks[1].label == "1"


def test_written_page_breaks_start_pages(tmp_path: Path) -> None:
    reading = reading_of(
        tmp_path,
        paragraph("One")
        + paragraph(_BREAK)
        + paragraph("Two", properties="<w:sectPr/>")
        + paragraph("Three")
        + paragraph("Four", properties="<w:pageBreakBefore/>")
        + paragraph("same", properties='<w:sectPr><w:type w:val="continuous"/></w:sectPr>'),
    )
    assert [page.text for page in reading.pages] == ["One", "Two", "Three", "Four\nsame"]
    assert reading.notes == (paging.WRITTEN_PAGES,)


def test_pages_that_word_laid_out_count_once(tmp_path: Path) -> None:
    reading = reading_of(
        tmp_path,
        paragraph("One runs ", _LAID_OUT, "on")
        + paragraph(_BREAK)
        + paragraph(_LAID_OUT, "Three", style="H1")
        + table((paragraph("a"), paragraph("b")), (paragraph(_LAID_OUT, "c"), paragraph("d"))),
    )
    assert [page.text for page in reading.pages] == ["One runs", "on", "Three\na\tb", "c\td"]
    assert reading.pages[1].blocks[0].continues
    assert not reading.pages[3].blocks[0].continues
    assert reading.notes == (paging.LAID_OUT_PAGES,)


def test_drawings_that_stand_twice_are_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('Boxed', run_of('gone', '<w:vanish/>'))}</w:txbxContent>"
    spaces = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    drawing = (
        f"<w:r><mc:AlternateContent {spaces}><mc:Choice>{box}</mc:Choice><mc:Fallback><w:pict>"
        f"<v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    reading = reading_of(tmp_path, paragraph("Words", drawing))
    assert reading.pages[0].text == "Words\nBoxed"
    assert "4 hidden characters were left out" in reading.notes
