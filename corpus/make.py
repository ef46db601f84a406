"""Makes the sample PDFs and DOCX from ``corpus/sources``: ``python -m corpus.make [--out FOLDER]``.

The same sources give the same bytes: no clock, no system fonts, no zip times.
"""

import argparse
from pathlib import Path

from corpus import pdf_maker, word_maker

HERE = Path(__file__).parent
SOURCES = HERE / "sources"


def make(out: Path) -> list[Path]:
    """Every made document, written into ``out`` (which is created), in name order."""
    out.mkdir(parents=True, exist_ok=True)
    made = pdf_maker.make_all(SOURCES, out)
    made += [word_maker.make(source, out) for source in sorted(SOURCES.glob("*.md"))]
    return sorted(made)


def main() -> None:
    """Make the documents and say what was written."""
    parser = argparse.ArgumentParser(description="Make the sample PDFs and DOCX.")
    parser.add_argument("--out", type=Path, default=HERE / "documents")
    for path in make(parser.parse_args().out):
        print(f"{path.name} {path.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
