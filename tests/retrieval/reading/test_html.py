"""Tests of reading web pages."""

from pathlib import Path

import pytest

from retrieval.documents import Reading
from retrieval.reading import html

from .making import labelled, outline, write


def reading_of(folder: Path, content: str) -> Reading:
    return html.read(write(folder / "a.html", content), digest="d", max_pages=9)


def blocks_of(folder: Path, content: str) -> list[tuple[str, str]]:
    return outline(reading_of(folder, content).pages[0])


def test_the_words_of_a_page_in_order(tmp_path: Path) -> None:
    assert blocks_of(
        tmp_path,
        "<body>Loose words<h2>1. Finding</h2><p>Two<br>lines &amp; <em>more</em>.</p>"
        "<blockquote><p>Quoted.</p></blockquote>"
        "<div>In a <span>div</span><p>and below</p>rest</div>",
    ) == [
        ("paragraph", "Loose words"),
        ("heading", "Finding"),
        ("paragraph", "Two lines & more."),
        ("paragraph", "Quoted."),
        ("paragraph", "In a div"),
        ("paragraph", "and below"),
        ("paragraph", "rest"),
    ]


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav>Menu</nav>",
        "<header><a>Logo</a></header>",
        "<footer>Copyright</footer>",
        "<aside>See also</aside>",
        "<form><label>Search</label></form>",
        "<script>var x = 'words'</script>",
        "<style>p { color: red }</style>",
        "<noscript>Switch on scripts</noscript>",
        "<div role='navigation'>Menu</div>",
        "<div id='cookie-banner'>We use cookies</div>",
        "<div class='govuk-cookie-banner'>We use cookies</div>",
        "<div class='x breadcrumbs'>Home</div>",
        "<a class='skip-link' href='#x'>Skip</a>",
        "<ul class='social-share'><li>Share</li></ul>",
        "<button>Print</button>",
        "<select><option>Choose</option></select>",
    ],
)
def test_site_furniture_is_left_out(tmp_path: Path, furniture: str) -> None:
    assert blocks_of(tmp_path, f"<body>{furniture}<p>Words.</p>{furniture}</body>") == [
        ("paragraph", "Words.")
    ]


def test_left_out_furniture_is_told(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, "<nav>Menu</nav><p>Words.</p><aside>Aside</aside>")
    assert reading.notes == (
        "menus, banners and side notes of the web site were left out (9 characters)",
    )


def test_only_the_main_part_counts_when_there_is_one(tmp_path: Path) -> None:
    content = "<body><p>Site</p><main><header><h1>Title</h1></header><p>Words.</p></main><p>End</p>"
    assert blocks_of(tmp_path, content) == [("heading", "Title"), ("paragraph", "Words.")]
    assert blocks_of(tmp_path, "<main></main><p>Words.</p>") == [("paragraph", "Words.")]


def test_words_about_cookies_are_no_furniture(tmp_path: Path) -> None:
    content = (
        "<div class='share-of-crime'><p>A share of crime.</p></div><p class='menus'>Words.</p>"
    )
    assert blocks_of(tmp_path, content)[-1] == ("paragraph", "Words.")


@pytest.mark.parametrize(
    "hidden",
    [
        "<p style='display: none'>secret</p>",
        "<p style='visibility:hidden'>secret</p>",
        "<p style='color:red;font-size:0px'>secret</p>",
        "<p style='opacity:0'>secret</p>",
        "<p hidden>secret</p>",
        "<span aria-hidden='true'>secret</span>",
        "<span class='govuk-visually-hidden'>secret</span>",
        "<span class='sr-only'>secret</span>",
        "<span class='screen-reader-text'>secret</span>",
        "<style>.a, #b {display:none}</style><p class='a'>secret</p>",
        "<style>..a, > {display:none} .b {display:none}</style><p class='b'>secret</p>",
        "<ul><li hidden>secret</li></ul>",
        "<table><tr hidden><td>secret</td></tr></table>",
        "<table><tr><td>Words</td><td style='display:none'>secret</td></tr></table>",
    ],
)
def test_hidden_words_are_left_out_and_counted(tmp_path: Path, hidden: str) -> None:
    reading = reading_of(tmp_path, f"<p>Words</p>{hidden}")
    assert "secret" not in reading.pages[0].text
    assert reading.notes == ("6 hidden characters were left out",)


@pytest.mark.parametrize(
    "shown",
    [
        "<p style='opacity:0.9'>shown</p>",
        "<p style='font-size:0.8em'>shown</p>",
        "<p aria-hidden='false'>shown</p>",
        "<style>@media print { .a {display:none} } .b {color:red}</style><p class='a b'>shown</p>",
        "<details><summary>More</summary>shown</details>",
    ],
)
def test_shown_words_stay(tmp_path: Path, shown: str) -> None:
    assert "shown" in reading_of(tmp_path, shown).pages[0].text


def test_tables_keep_their_rows_and_bullets(tmp_path: Path) -> None:
    assert blocks_of(
        tmp_path,
        "<table><caption>Grades</caption><thead><tr><th>Question<th>Grade</thead>"
        "<tr><td>How?<sup>2</sup><td><b>Good</b><tr><td><td>None"
        "<tr><td>Asked:<ul><li>one<li>two</ul><td>Accepted</table>",
    ) == [
        ("paragraph", "Grades"),
        ("table_row", "Question\tGrade"),
        ("table_row", "How?²\tGood"),
        ("table_row", "\tNone"),
        ("table_row", "Asked:\tAccepted"),
        ("bullet", "one"),
        ("bullet", "two"),
    ]


def test_a_table_of_one_column_is_a_box(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, "<table><tr><td><p>Case study</p><ul><li>one</ul></table><p>x")
    assert outline(reading.pages[0]) == [
        ("paragraph", "Case study"),
        ("bullet", "one"),
        ("paragraph", "x"),
    ]
    assert [block.boxed for block in reading.pages[0].blocks] == [True, True, False]


def test_tables_inside_tables_and_for_looks(tmp_path: Path) -> None:
    assert blocks_of(
        tmp_path,
        "<table role=presentation><tr><td><p>Left</p><td><p>Right</p></table>"
        "<table><tr><td>Outer<table><tr><td>a<td>b</table><td>Cell</table>",
    ) == [
        ("paragraph", "Left"),
        ("paragraph", "Right"),
        ("table_row", "Outer\tCell"),
        ("table_row", "a\tb"),
    ]


def test_lists_nest_and_items_stay_whole(tmp_path: Path) -> None:
    reading = reading_of(
        tmp_path,
        "<ol type=a start=3><li><p>first</p><p>more</p><ul><li>• inner</li></ul>after</li>"
        "<li>second</ol><ol><li>one</ol>",
    )
    assert labelled(reading) == [
        ("c.", 1, "first more"),
        ("", 2, "inner"),
        ("d.", 1, "second"),
        ("1.", 1, "one"),
    ]
    assert outline(reading.pages[0])[2] == ("paragraph", "after")


def test_terms_and_definitions_are_rows(tmp_path: Path) -> None:
    content = "<dl><dt>Published<dd>2 May<dt>Force<dd>Fenmarsh<dd>Police<div><dt>a<dd>b</div></dl>"
    assert blocks_of(tmp_path, content) == [
        ("table_row", "Published\t2 May"),
        ("table_row", "Force\tFenmarsh\tPolice"),
        ("table_row", "a\tb"),
    ]


def test_typed_marks_make_bullets_and_bold_lines_headings(tmp_path: Path) -> None:
    reading = reading_of(
        tmp_path,
        "<h2>Part</h2><p><b>Area for improvement</b></p><p>• typed</p><p>4a) labelled</p>"
        "<p><b>The force should act at once.</b></p><p>Some <b>bold</b></p>",
    )
    assert outline(reading.pages[0])[1:] == [
        ("heading", "Area for improvement"),
        ("bullet", "typed"),
        ("bullet", "labelled"),
        ("paragraph", "The force should act at once."),
        ("paragraph", "Some bold"),
    ]
    assert labelled(reading)[1:] == [
        ("", 3, "Area for improvement"),
        ("", 1, "typed"),
        ("4a)", 1, "labelled"),
    ]


def test_footnotes_are_found_by_their_links(tmp_path: Path) -> None:
    reading = reading_of(
        tmp_path,
        "<p>Encompass<sup><a href='#fn-1'>1</a></sup> helps, the 5<sup>th</sup> time.</p>"
        "<section role='doc-endnotes'><ol><li id='fn-1'>A scheme. <a href='#r'>↩</a></li></ol>",
    )
    assert outline(reading.pages[0]) == [
        ("paragraph", "Encompass¹ helps, the 5th time."),
        ("footnote", "A scheme."),
    ]


def test_what_a_page_says_of_itself_stays_beside_the_text(tmp_path: Path) -> None:
    reading = reading_of(
        tmp_path,
        "<head><title> A \n response </title><meta name='DCTERMS.issued' content='2017-04-27'>"
        "<meta name='viewport' content='w'></head><p>Words.</p>",
    )
    assert reading.properties == {"title": "A response", "dcterms.issued": "2017-04-27"}
    assert reading.pages[0].text == "Words."


def test_lines_in_preformatted_text_are_told_apart(tmp_path: Path) -> None:
    content = "<pre>Words\nrun on\n\n- one\n- two</pre>"
    assert [kind for kind, _ in blocks_of(tmp_path, content)] == ["paragraph", "bullet", "bullet"]
