"""Write the test documents: about Fenmarsh Police, a force that does not exist."""

import zipfile
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen.canvas import Canvas

from retrieval.documents import Page, Reading

SENTENCE = "Fenmarsh Police should review how it records vulnerability at first contact."
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_KINDS = ("styles", "numbering", "footnotes", "comments")


def outline(page: Page) -> list[tuple[str, str]]:
    """The blocks of a page as (kind, text)."""
    return [(block.kind.value, page.text[block.start : block.end]) for block in page.blocks]


def labelled(reading: Reading) -> list[tuple[str, int, str]]:
    """All list items and headings of a reading as (label, level, text)."""
    return [
        (block.label, block.level, page.text[block.start : block.end])
        for page in reading.pages
        for block in page.blocks
        if block.level
    ]


def write(path: Path, text: str) -> Path:
    """A text file in UTF-8."""
    path.write_text(text, encoding="utf-8")
    return path


def word_file(path: Path, body: str, **parts: str) -> Path:
    """A Word file with this body; ``styles``, ``numbering``, ``footnotes``, ``comments`` beside."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in word_parts(body, **parts).items():
            archive.writestr(name, content)
    return path


def word_parts(body: str, **parts: str) -> dict[str, str]:
    """The parts of a Word file by name; sections at the end of ``body`` are up to the caller."""
    made = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations([("officeDocument", "word/document.xml")]),
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": _relations([(kind, f"{kind}.xml") for kind in _KINDS]),
    }
    for kind in _KINDS:
        made[f"word/{kind}.xml"] = f'<w:{kind} xmlns:w="{_W}">{parts.get(kind, "")}</w:{kind}>'
    return made


def paragraph(*runs: str, style: str = "", properties: str = "") -> str:
    """A Word paragraph of runs; plain text is made a run."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inside = "".join(run if run.startswith("<") else run_of(run) for run in runs)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inside}</w:p>"


def run_of(text: str, properties: str = "") -> str:
    """A Word run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def listed(text: str, number: int, depth: int = 0) -> str:
    """A Word paragraph that is an item of list ``number``."""
    place = f'<w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/>'
    return paragraph(text, properties=f"<w:numPr>{place}</w:numPr>")


def pdf_file(path: Path, pages: list[list[str]]) -> Path:
    """A PDF with a text layer."""
    canvas = Canvas(str(path), invariant=True)
    for lines in pages:
        for number, line in enumerate(lines):
            canvas.drawString(72, 760 - 18 * number, line)
        canvas.showPage()
    canvas.save()
    return path


def scanned_file(path: Path, pages: list[list[str]]) -> Path:
    """A PDF of pictures of text, without a text layer."""
    sheets = []
    for lines in pages:
        sheet = Image.new("L", (1240, 1754), 255)
        for number, line in enumerate(lines):
            font = ImageFont.load_default(size=32)
            ImageDraw.Draw(sheet).text((120, 150 + 60 * number), line, fill=0, font=font)
        sheets.append(sheet)
    sheets[0].save(path, "PDF", resolution=150, save_all=True, append_images=sheets[1:])
    return path


def _content_types() -> str:
    overrides = "".join(
        f'<Override PartName="/word/{kind}.xml" ContentType="{_WORD}.{kind}+xml"/>'
        for kind in _KINDS
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
        f"{overrides}</Types>"
    )


def _relations(found: list[tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="r{number}" Type="{_R}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(found)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'
