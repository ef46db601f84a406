"""How well earlier reports on the same are found, on the sample reports: the pairs judged by hand.

``python -m tests.evals.recurrence`` prints the figures; ``--list DIR [--since YEAR]`` prints what
is suggested for the reports of a folder, as if all were on one body, for a person to read.
"""

import argparse
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bot.bootstrap import Parts
from bot.responding import intake
from bot.responding.recurrence import Looking, Suggestion
from bot.responding.recurrence.raised import REPORTS
from bot.settings import Settings
from bot.store.cases import Case, Item
from retrieval import catalogue, reading
from retrieval.documents import Reading
from retrieval.library import Filed
from retrieval.reading import Limits
from retrieval.search import Search
from tests.bot.responding.cases import case, document
from tests.corpus.samples import DOCUMENTS

FORCE = "Fernshire Police"
FIRST = 3

# Which earlier reports raise what an item raises, read one by one: {(report, item): years}.
# "How calls are answered" is the same of 101 and of 999; a backlog elsewhere is not the same.
SAME = {
    ("2016-12-08", 4): {2014},
    ("2016-12-08", 5): {2014},
    ("2019-05-02", 1): {2016},
    ("2019-05-02", 2): {2014},
    ("2022-04-14", 2): {2019},
    ("2022-11-24", 3): {2016, 2019},
    ("2023-06-29", 2): {2019},
    ("2023-12-08", 1): {2016},
    ("2023-12-08", 2): {2022},
    ("2023-12-08", 4): {2022},
    ("2023-12-08", 5): {2014, 2016},
    ("2023-12-08", 6): {2014, 2016},
    ("2023-12-08", 8): {2016, 2019, 2022},
    ("2023-12-08", 10): {2019, 2022},
    ("2023-12-08", 11): {2019, 2022},
    ("2023-12-08", 14): {2019},
    ("2025-02-06", 1): {2016, 2023},
}
# Items of an earlier report that are not the same, though their report has one that is.
OTHER = ("clear the backlog of medium-risk cases",)


def main() -> None:
    """Print the figures, or a list to be read."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--list", type=Path, metavar="DIR")
    asked.add_argument("--since", type=int, default=0, metavar="YEAR")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as home:
        parts = Parts(Settings(home=Path(home) / "home", ocr=False))
        folder = _as_one_body(given.list, Path(home) / "shelf") if given.list else DOCUMENTS
        with parts.owning() as (shelves, search):
            list(parts.indexing(shelves)([folder]))
            lines = _listed(parts, search, given.since) if given.list else _figures(parts, search)
            for line in lines:
                print(line, flush=True)
        parts.engine.dispose()


def _as_one_body(folder: Path, shelf: Path) -> Path:
    """A copy of the folder with a catalogue that gives every report one place."""
    shutil.copytree(folder, shelf)
    proposed = [
        catalogue.propose(reading.read(file, Limits(ocr=False)), file.name).entry
        for file in sorted(shelf.iterdir())
    ]
    entries = [replace(one, body=FORCE, place="Fernshire", collection="public", confirmed=True)
               for one in proposed]  # fmt: skip
    (shelf / catalogue.FILE_NAME).write_text(catalogue.written(entries), encoding="utf-8")
    return shelf


def _reports(parts: Parts) -> list[Filed]:
    listed = [one for one in parts.library.admitted(parts.scope()) if one.entry.kind in REPORTS]
    dated = [one for one in listed if one.entry.published]
    return sorted(dated, key=lambda one: (str(one.entry.published), one.name))


def _case(parts: Parts, filed: Filed, force: str) -> Case:
    read = Reading(filed.digest, filed.reader, parts.library.pages(filed.digest))
    said = intake.propose(read, filed.file, listed=filed.entry, force=force).content
    return case(said, documents=(document(digest=filed.digest),))


def _suggested(
    parts: Parts, search: Search, filed: Filed, force: str
) -> Iterator[tuple[Item, list[Suggestion]]]:
    mine = _case(parts, filed, force)
    looking = Looking(mine, search, parts.scope(), [], lambda _: (), force)
    for item in mine.content.items:
        if item.ours:
            yield item, looking.suggestions(item)


def _figures(parts: Parts, search: Search) -> Iterator[str]:
    """Precision of the first suggestions, and the share of earlier reports that are found."""
    shown = right = found = 0
    for filed in _reports(parts):
        if filed.entry.place == "Sallowshire" or not filed.entry.published:
            continue
        for item, suggestions in _suggested(parts, search, filed, FORCE):
            same = SAME.get((filed.entry.published.isoformat(), item.id), set())
            first = suggestions[:FIRST]
            good = [one for one in first if _is_same(one, same)]
            shown, right = shown + len(first), right + len(good)
            found += len({one.earlier.published.year for one in good})
            for one in first:
                if one not in good:
                    yield f"not the same: {_line(one)} for {filed.name}, item {item.id}"
    wanted = sum(map(len, SAME.values()))
    yield f"first {FIRST} suggestions: {right} of {shown} the same ({right / shown:.2f})"
    yield f"earlier reports found: {found} of {wanted} ({found / wanted:.2f})"


def _is_same(one: Suggestion, years: set[int]) -> bool:
    quote = one.earlier.quote
    return one.earlier.published.year in years and not any(words in quote for words in OTHER)


def _listed(parts: Parts, search: Search, since: int) -> Iterator[str]:
    """Every item with its first suggestions."""
    for filed in _reports(parts):
        if (filed.entry.year or 0) < since:
            continue
        for item, suggestions in _suggested(parts, search, filed, FORCE):
            yield f"{filed.name}, item {item.id}: {' '.join(item.text.split())[:300]}"
            yield from (f"    {_line(one)}" for one in suggestions[:FIRST])


def _line(one: Suggestion) -> str:
    kind = one.kind.value if one.kind else "sentence"
    return f"{one.likeness:.2f} {one.earlier.published.year} {kind} “{one.earlier.quote[:200]}”"


if __name__ == "__main__":
    main()
