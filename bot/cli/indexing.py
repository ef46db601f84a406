"""``rejoinder index``: bring the index up to date, one line a file that changed."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from tqdm import tqdm

from bot.bootstrap import Parts
from bot.cli.running import BROKEN, DONE, WrongUse, show
from retrieval.indexing import Outcome, State
from retrieval.sources import sources

_NONE = "No documents there: give files or folders. What is indexed is whole."


def run(given: argparse.Namespace, parts: Parts) -> int:
    """0 when every file is in the index, 3 when one was refused."""
    corpus = parts.settings.corpus
    paths = given.paths or ([corpus] if corpus else [])
    for path in paths:
        if not path.exists():
            raise WrongUse(f"{path} is not there: give files or folders that exist.")
    outcomes = []
    for outcome in _outcomes(paths, parts):
        outcomes.append(outcome)
        if not given.json and outcome.state is not State.UNCHANGED:
            tqdm.write(line(outcome), file=sys.stdout)
    if given.json:
        show({"files": [asdict(outcome) for outcome in outcomes], "counts": _counts(outcomes)})
    else:
        print(summary(outcomes))
    return BROKEN if any(outcome.state is State.REFUSED for outcome in outcomes) else DONE


def _outcomes(paths: list[Path], parts: Parts) -> Iterator[Outcome]:
    """The outcomes, with a bar on a terminal."""
    with parts.shelves() as shelves:
        found = parts.indexing(shelves)(paths)
        total = len(sources(paths))
        yield from tqdm(found, total=total, unit="file", disable=not sys.stderr.isatty())


def line(outcome: Outcome) -> str:
    """What became of one file."""
    name = Path(outcome.file).name
    if outcome.state is State.REFUSED:
        return f"refused    {'; '.join(outcome.notes)}"
    size = f" ({outcome.pages} pages, {outcome.passages} passages)" if outcome.passages else ""
    notes = f": {'; '.join(outcome.notes)}" if outcome.notes else ""
    return f"{outcome.state:<10} {name}{size}{notes}"


def summary(outcomes: list[Outcome]) -> str:
    """How many files ended how."""
    counts = ", ".join(f"{number} {state}" for state, number in _counts(outcomes).items())
    noun = "file" if len(outcomes) == 1 else "files"
    return f"{len(outcomes)} {noun}: {counts}." if outcomes else _NONE


def _counts(outcomes: list[Outcome]) -> dict[str, int]:
    return dict(Counter(outcome.state.value for outcome in outcomes))
