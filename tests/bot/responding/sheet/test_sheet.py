"""What is written on a sheet is read again; what a person got wrong is named with its line."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.responding.sheet import SheetWrong, reading, writing
from bot.store.cases import Choice, Closing, Content, Decided, Grade, Item, Limb, Status
from retrieval.documents import ItemKind, Kind
from tests.bot.responding.cases import content, document, item, proposal

FILE = Path("peel.yaml")
SIGNS = st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"))
ODD = st.sampled_from(
    ["no", "2023-01-01", "1.10", "~", "null", "a: b", "# c", "- d", "'e'", '"f"', "|", ">", "&g",
     "*h", "!i", "%j", "@k", "`l", "{m}", "[n]", "two  spaces", "tab\tin", "é–“x”", "\x85", "\x7f",
     "\ufeff", "word " * 40, "one\n\ntwo", "x\n two"]
)  # fmt: skip
TEXTS = (st.text(SIGNS, max_size=120) | ODD).map(str.strip)
NEEDED = TEXTS.filter(bool)
PAGES = st.integers(1, 999)
DAYS = st.none() | st.dates(date(2001, 1, 1), date(2098, 12, 31))
LIMBS = st.lists(NEEDED.map(Limb), max_size=3).map(tuple)
DECISIONS = st.none() | st.builds(
    Decided, st.sampled_from(Choice), TEXTS, st.integers(1, 3), PAGES, NEEDED
)
ITEMS = st.builds(
    Item, id=st.just(0), kind=st.sampled_from(ItemKind), page=PAGES, text=NEEDED,
    document=st.integers(1, 3), number=TEXTS, finding=TEXTS, limbs=LIMBS, addressee=TEXTS,
    deadline=TEXTS, grade=TEXTS, section=TEXTS, ours=st.booleans(), reason=TEXTS, retyped=TEXTS,
    repeats=TEXTS, decision=DECISIONS,
)  # fmt: skip
GRADES = st.builds(
    Grade, NEEDED, NEEDED, PAGES, document=st.integers(1, 3), retyped=TEXTS, spans=st.just(())
)
CLOSES = st.builds(
    Closing, NEEDED, st.integers(1, 99), st.sampled_from(Status), PAGES, NEEDED, on=DAYS,
    document=st.integers(1, 3), confirmed=st.booleans(), spans=st.just(()),
)  # fmt: skip
CONTENTS = st.builds(
    Content, title=NEEDED, kind=st.sampled_from(Kind), rule=st.sampled_from(["s55", "stated_date"]),
    published=DAYS, published_confirmed=st.booleans(), reply_by=DAYS, owner=TEXTS,
    response=DAYS, response_confirmed=st.just(False),
    addressees=st.lists(NEEDED, max_size=3).map(tuple),
    grades=st.lists(GRADES, max_size=2).map(tuple),
    items=st.lists(ITEMS, max_size=3).map(
        lambda found: tuple(replace(one, id=n) for n, one in enumerate(found, 1))
    ),
    closes=st.lists(CLOSES, max_size=2).map(tuple), origins=st.just(()),
)  # fmt: skip


def sheet(said: Content | None = None) -> str:
    """The words of a sheet."""
    return writing.text("peel-2031-fernshire", 1, said or content(), [document()])


def wrong(words: str) -> str:
    """What is said of a sheet that cannot be taken."""
    with pytest.raises(SheetWrong) as caught:
        reading.parsed(FILE, words)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@contextmanager
def in_one_line() -> Iterator[None]:
    """A refusal names the file and a line, and is one line itself."""
    try:
        yield
    except SheetWrong as refusal:
        told = str(refusal)
    else:
        told = "peel.yaml, line 1"
    assert told.startswith("peel.yaml, line ")
    assert "\n" not in told


@given(CONTENTS)
def test_a_sheet_is_read_as_it_was_written(said: Content) -> None:
    words = writing.text("a-case", 7, said, [document(1), document(2)])
    told = reading.parsed(FILE, words)
    assert (told.case, told.revision) == ("a-case", 7)
    assert told.content == said
    assert yaml.safe_load(words)["revision"] == 7


def test_a_proposal_is_read_as_it_was_written_but_for_its_spans() -> None:
    said = proposal().content
    told = reading.parsed(FILE, sheet(said)).content
    assert [item.text for item in told.items] == [item.text for item in said.items]
    assert told.published == said.published
    assert told.published_confirmed is False


def test_each_proposal_carries_its_page_and_the_words_it_was_read_from() -> None:
    words = sheet(proposal().content)
    assert "# page 1: “Published 4 March 2031”\npublished: 2031-03-04" in words
    assert "# page 2, under “Preventing crime”\n  - id: 4" in words


def test_words_of_a_document_cannot_leave_their_comment() -> None:
    said = proposal("# A\x85case: evil\u2028 title\nPublished 4 March 2031").content
    assert reading.parsed(FILE, sheet(said)).case == "peel-2031-fernshire"


def test_an_item_without_an_id_is_new_and_gets_the_next() -> None:
    words = sheet(content(item(1), item(4))).replace("  - id: 1\n    kind", "  - kind")
    assert [one.id for one in reading.parsed(FILE, words).content.items] == [5, 4]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("published: 2031-03-04", "published: 4 of March", "published: write one date"),
        ("published: 2031-03-04", "published: Monday 4 March 2031", "was not that weekday"),
        ("ed: yes\nrule", "ed: maybe\nrule", "write yes or no, not 'maybe'"),
        ("rule: s55", "rule: s56", "rule: write one of s55, stated_date, not 's56'"),
        ("rule: s55", "rules: s55", "rules: there is no such key; the keys are case"),
        ("rule: s55", "rule: s55\nrule: s55", "rule: the key stands here twice"),
        ("kind: inspection_report", "kind: novel", "kind: write one of inspection_report"),
        ("revision: 1", "revision: one", "revision: write a whole number from 1"),
        ("revision: 1", "", "revision: it is missing"),
        ("title: 'PEEL 2031: Fernshire Police'", "title:", "title: it is missing"),
        ("    kind: recommendation", "    kind: wish", "items.1.kind: write one of"),
        ("    page: 1", "    page: 0", "items.1.page: write a whole number from 1"),
        ("    page: 1", "", "items.1.page: it is missing"),
        ("    text: The force should act 1.", "    text:", "items.1.text: it is missing"),
        ("    ours: yes", "    ours: perhaps", "items.1.ours: write yes or no"),
        ("    limbs: []", "    limbs: three", "items.1.limbs: write a list here"),
        ("    limbs: []", "    limbs: [{a: b}]", "items.1.limbs: write words after each dash"),
        ("    addressee:", "    addressee: [a]", "items.1.addressee: write words here"),
        ("items:", "items: none\nx:", "there is no such key"),
        ("closes: []", "closes: [a]", "closes.1: write keys with values"),
        ("case: peel", "case: [peel", "the sheet: "),
    ],
)
def test_a_slip_is_named_with_its_line_its_key_and_what_to_do(
    before: str, after: str, said: str
) -> None:
    words = sheet()
    assert before in words
    told = wrong(words.replace(before, after, 1))
    assert told.startswith("peel.yaml, line ")
    assert said in told


def test_the_line_is_that_of_the_slip() -> None:
    words = sheet().replace("    ours: yes", "    ours: perhaps")
    line = words.splitlines().index("    ours: perhaps") + 1
    assert wrong(words).startswith(f"peel.yaml, line {line}, items.1.ours:")


def test_two_items_with_one_id_are_refused() -> None:
    words = sheet(content(item(1), item(2))).replace("  - id: 2", "  - id: 1")
    assert "another item has the id 1" in wrong(words)


@pytest.mark.parametrize(
    "words",
    ["", "# nothing", "just words", "- a\n- b", "[" * 5000, "a: &x [*x]", "\x00", "a: b: c"],
)
def test_what_is_no_sheet_is_refused_in_one_line(words: str) -> None:
    assert wrong(words).startswith("peel.yaml, line ")


@given(st.randoms(use_true_random=False))
def test_a_damaged_sheet_is_read_or_refused_in_one_line(chance: random.Random) -> None:
    lines = sheet(proposal().content).splitlines(keepends=True)
    for _ in range(3):
        place = chance.randrange(len(lines))
        lines[place] = chance.choice(["", "  " + lines[place], lines[place][1:], "x: [\n", "\t\n"])
    with in_one_line():
        reading.parsed(FILE, "".join(lines))


@pytest.mark.parametrize(
    ("content_of_file", "said"),
    [(None, "cannot be read"), (b"\xff\xfe\x00", "is not UTF-8"), (b"x" * 5_000_001, "too large")],
)
def test_a_file_that_is_no_text_is_refused(
    tmp_path: Path, content_of_file: bytes | None, said: str
) -> None:
    file = tmp_path / "case.yaml"
    if content_of_file is not None:
        file.write_bytes(content_of_file)
    with pytest.raises(SheetWrong, match=said):
        reading.read(file)
