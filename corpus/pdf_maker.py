"""Typst sources → PDFs; the only home of typst.

A first line ``// tags: off`` makes a PDF without a structure tree, as older reports are. Sources in
``pictures/`` become PNGs first, for pages that are scans and grades that are drawn.
"""

import shutil
import tempfile
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import typst

MADE_ON = datetime(2020, 1, 1, tzinfo=UTC)
SCAN_PPI = 130.0
SHARED = "theme.typ"


def make_all(sources: Path, out: Path) -> list[Path]:
    """One PDF in ``out`` for each ``*.typ`` in ``sources``, in name order."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "sources"
        shutil.copytree(sources, root)
        fonts = _fonts(Path(scratch) / "fonts")
        for picture in sorted((root / "pictures").glob("*.typ")):
            _draw(picture, root, fonts)
        names = sorted(path for path in root.glob("*.typ") if path.name != SHARED)
        return [_make(path, root, fonts, out / f"{path.stem}.pdf") for path in names]


def _make(source: Path, root: Path, fonts: typst.Fonts, target: Path) -> Path:
    compiler = typst.Compiler(source, root=root, font_paths=fonts)
    tagged = not source.read_text("utf-8").startswith("// tags: off")
    compiler.compile(output=target, format="pdf", timestamp=MADE_ON, pdf_tags=tagged)
    return target


def _draw(picture: Path, root: Path, fonts: typst.Fonts) -> None:
    compiler = typst.Compiler(picture, root=root, font_paths=fonts)
    compiler.compile(output=picture.with_suffix(".png"), format="png", ppi=SCAN_PPI)


def _fonts(folder: Path) -> typst.Fonts:
    """Source Sans Pro (SIL Open Font License) from its package, beside what typst carries."""
    spec = find_spec("font_source_sans_pro")
    if spec is None or spec.origin is None:
        raise SystemExit("Install font-source-sans-pro first: pip install font-source-sans-pro")
    folder.mkdir()
    for style in ("Regular", "It", "Semibold", "SemiboldIt", "Bold", "BoldIt"):
        file = f"SourceSansPro-{style}.ttf"
        shutil.copy(Path(spec.origin).parent / "files" / file, folder / file)
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])
