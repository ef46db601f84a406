"""Plain Markdown sources → DOCX; the only home of python-docx here.

Understood: front matter (``title``, ``header``), ``#`` headings, ``-`` bullets of two depths, pipe
tables, ``**bold**`` and a ``<!-- page -->`` line for a page break.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

MADE_ON = datetime(2020, 1, 1, tzinfo=UTC)
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
PAGE_BREAK = "<!-- page -->"


def make(source: Path, out: Path) -> Path:
    """``source`` as a DOCX of the same name in ``out``."""
    front, body = _parts(source.read_text("utf-8"))
    word = _blank(front)
    for block in _blocks(body):
        _write(block, word)
    target = out / f"{source.stem}.docx"
    target.write_bytes(_settled(word))
    return target


def _parts(text: str) -> tuple[dict[str, str], str]:
    _, front, body = text.split("---\n", 2)
    pairs = (line.split(":", 1) for line in front.splitlines() if line.strip())
    return {key.strip(): value.strip() for key, value in pairs}, body


def _blank(front: dict[str, str]) -> WordDocument:
    word = Document()
    word.core_properties.title = front["title"]
    word.core_properties.author = "Rejoinder sample corpus"
    word.core_properties.created = word.core_properties.modified = MADE_ON
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.header.paragraphs[0].text = front.get("header", "")
    style = word.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(11)
    return word


def _blocks(body: str) -> Iterator[list[str]]:
    """Lines that belong together: a paragraph, one bullet, one heading or one table."""
    block: list[str] = []
    for line in [*body.splitlines(), ""]:
        starts = re.match(r"(#+ | *- )", line) or not line.strip()
        if starts and block:
            yield block
            block = []
        if line.strip():
            block.append(line)


def _write(block: list[str], word: WordDocument) -> None:
    first = block[0]
    if first == PAGE_BREAK:
        word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    elif first.startswith("|"):
        _write_table(block, word)
    elif first.startswith("#"):
        marks, text = first.split(" ", 1)
        word.add_heading(text, level=len(marks))
    else:
        _write_words(block, word)


def _write_words(block: list[str], word: WordDocument) -> None:
    text = " ".join(line.strip() for line in block)
    bullet = re.match(r"( *)- ", block[0])
    style = None if not bullet else "List Bullet 2" if bullet[1] else "List Bullet"
    _runs(text.removeprefix("- ") if bullet else text, word.add_paragraph(style=style))


def _runs(text: str, paragraph: Paragraph) -> None:
    for number, piece in enumerate(text.split("**")):
        if piece:
            paragraph.add_run(piece).bold = number % 2 == 1


def _write_table(block: list[str], word: WordDocument) -> None:
    rows = [_cells(line) for line in block if not re.fullmatch(r"[|\-: ]+", line)]
    table = word.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            _runs(text, cell.paragraphs[0])


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _settled(word: WordDocument) -> bytes:
    """The file with its parts in name order and no clock in it: the same bytes each time."""
    loose, settled = io.BytesIO(), io.BytesIO()
    word.save(loose)
    with zipfile.ZipFile(loose) as old, zipfile.ZipFile(settled, "w") as new:
        for name in sorted(old.namelist()):
            part = zipfile.ZipInfo(name, ZIP_EPOCH)
            new.writestr(part, old.read(name), zipfile.ZIP_DEFLATED, compresslevel=9)
    return settled.getvalue()
