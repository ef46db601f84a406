"""The made documents are what their sources say."""

import subprocess
import sys
import zipfile
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

import pypdfium2
import pytest
from pypdfium2 import raw

from tests.corpus.samples import CORPUS, DOCUMENTS, ROOT

SOURCES = CORPUS / "sources"
MADE = sorted(
    [f"{path.stem}.pdf" for path in SOURCES.glob("*.typ") if path.stem != "theme"]
    + [f"{path.stem}.docx" for path in SOURCES.glob("*.md")]
)
UNTAGGED = "2014-11-18-hmic-fernshire-vulnerability-and-crime-recording.pdf"
TYPST = "0.15.2"  # another version may set lines elsewhere


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    _skip_without_the_makers()
    return _made(tmp_path_factory.mktemp("fresh"))


def _skip_without_the_makers() -> None:
    for name in ("typst", "docx", "font_source_sans_pro"):
        if find_spec(name) is None:
            pytest.skip(f"{name} is not installed: see corpus/README.md")
    if (found := metadata.version("typst")) != TYPST:
        pytest.skip(f"typst is {found}, and the documents were made with {TYPST}")


def _made(out: Path) -> Path:
    command = [sys.executable, "-m", "corpus.make", "--out", str(out)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    return out


def _content(path: Path) -> object:
    """The bytes of a PDF; the parts of a DOCX, for compression differs between zlibs."""
    if path.suffix == ".pdf":
        return path.read_bytes()
    with zipfile.ZipFile(path) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


@pytest.mark.parametrize("name", MADE)
def test_the_committed_file_is_what_the_source_makes(name: str, fresh: Path) -> None:
    assert _content(fresh / name) == _content(DOCUMENTS / name), "run python -m corpus.make"


def test_making_twice_gives_the_same_bytes(fresh: Path, tmp_path: Path) -> None:
    again = _made(tmp_path)
    assert {path.name: path.read_bytes() for path in again.iterdir()} == {
        path.name: path.read_bytes() for path in fresh.iterdir()
    }


def test_nothing_else_is_made(fresh: Path) -> None:
    assert sorted(path.name for path in fresh.iterdir()) == MADE


@pytest.mark.parametrize("name", [name for name in MADE if name.endswith(".pdf")])
def test_every_pdf_is_tagged_but_the_oldest(name: str) -> None:
    document = pypdfium2.PdfDocument(DOCUMENTS / name)
    tagged = bool(raw.FPDFCatalog_IsTagged(document))
    document.close()
    assert tagged == (name != UNTAGGED)
