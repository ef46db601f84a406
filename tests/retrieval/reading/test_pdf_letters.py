"""Real letters: what people quote from them is found in what is read."""

import json
import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest

from retrieval.documents import BlockKind, Page, Reading
from retrieval.reading.pdf import read

DATA = Path(__file__).parents[3].parent / "shared" / "data"
ASIDE = frozenset({BlockKind.FURNITURE, BlockKind.FOOTNOTE})
PLAIN = str.maketrans("‘’“”–—‑−‐", "''\"\"-----")

pytestmark = pytest.mark.skipif(
    not (DATA / "jtai").is_dir(), reason="the real letters (../shared/data) are not here"
)


@cache
def letter(name: str) -> Reading:
    return read(DATA / "jtai" / name, digest="0" * 64, max_pages=100)


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).translate(PLAIN)).strip().lower()


def printed(page: Page, without: frozenset[BlockKind], boxes: bool = True) -> str:
    kept = (b for b in page.blocks if b.kind not in without and (boxes or not b.boxed))
    return plain(" ".join(page.text[block.start : block.end] for block in kept))


def stands(quote: str, reading: Reading, number: int) -> bool:
    """Whether the words stand on the page, or over its end into the next."""
    page, after = reading.pages[number - 1], reading.pages[number : number + 1]
    whole = printed(page, frozenset({BlockKind.FURNITURE}))
    crossing = " ".join(printed(one, ASIDE, boxes=False) for one in [page, *after])
    return plain(quote) in whole or plain(quote) in crossing


def test_every_quotation_of_the_questions_stands_on_its_page() -> None:
    questions = json.loads((DATA / "jtai-gold" / "questions.json").read_text(encoding="utf-8"))
    quotes = [q for one in questions for q in [*one["support"], *one.get("alt_support", [])]]
    missed = [q for q in quotes if not stands(q["quote"], letter(q["file"]), q["page"])]
    assert missed == []


def test_every_labelled_item_stands_where_it_was_seen() -> None:
    labels = sorted((DATA / "jtai-gold" / "items").glob("*.json"))
    found = [json.loads(path.read_text(encoding="utf-8")) for path in labels]
    missed = [
        (one["file"], item["page"], item["text"][:60])
        for one in found
        for item in one["items"]
        if not stands(item["text"], letter(one["file"]), item["page"])
    ]
    assert missed == []


@pytest.mark.parametrize("heading", ["next steps", "strengths", "area"])
def test_known_sections_are_headings_in_nearly_every_letter(heading: str) -> None:
    names = sorted(path.name for path in (DATA / "jtai").glob("*.pdf"))
    with_it = [
        name
        for name in names
        for page in letter(name).pages
        if any(
            heading in page.text[block.start : block.end].casefold()
            for block in page.blocks
            if block.kind is BlockKind.HEADING
        )
    ]
    assert len(set(with_it)) >= 0.9 * len(names) if heading == "next steps" else with_it
