"""Which files are there to index, and what the nearest catalogue says of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from retrieval import catalogue, reading
from retrieval.documents import CatalogueEntry


@dataclass(frozen=True)
class Source:
    """A file to index and what its catalogue says of it (None: nothing)."""

    file: Path
    listed: CatalogueEntry | None


def sources(paths: Iterable[Path]) -> list[Source]:
    """The readable files at these paths, folders walked, each with its catalogue entry.

    The nearest catalogue above each file counts. CatalogueWrong when it cannot be read.
    """
    found: dict[Path, Source] = {}
    listed: dict[Path, dict[Path, CatalogueEntry]] = {}
    for file in (file.absolute() for path in paths for file in _files(path)):
        if file.parent not in listed:
            listed[file.parent] = catalogue.near(file.parent)
        found[file] = Source(file, listed[file.parent].get(file))
    return list(found.values())


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.rglob("*") if reading.is_readable(file))


def missing(paths: Iterable[Path]) -> list[Source]:
    """What the catalogues of these folders list there and no file stands for: a slip in a path.

    It matters: the file that was meant is taken for one that nobody has described.
    """
    found: dict[Path, Source] = {}
    for folder in (path.absolute() for path in paths if path.is_dir()):
        for file, listed in catalogue.near(folder).items():
            if file.is_relative_to(folder) and not listed.withdrawn and not file.exists():
                found[file] = Source(file, listed)
    return list(found.values())
