"""``rejoinder eval``: index documents aside, ask every question, print the figures."""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

from tqdm import tqdm

from bot import evaluation
from bot.bootstrap import Parts
from bot.cli.running import DONE, WrongUse, say, show
from retrieval import indexing, reading
from retrieval.documents import Page
from retrieval.indexing import State
from retrieval.sources import sources


def run(given: argparse.Namespace, parts: Parts) -> int:
    """Always 0: the figures are for a person to judge."""
    if not given.documents.is_dir():
        raise WrongUse(f"{given.documents} is not a folder.")
    asked = evaluation.questions(given.questions)
    with tempfile.TemporaryDirectory(prefix="rejoinder-eval-") as home:
        aside = Parts(
            parts.settings.model_copy(
                update={"home": Path(home), "database_url": "", "chroma_url": ""}
            )
        )
        indexed = _index(given.documents, aside)
        report = _evaluate(asked, aside)
        aside.engine.dispose()
    if given.json:
        show({"indexed": indexed} | report.data())
    else:
        say(f"{name}: {value}" for name, value in indexed.items())
        say(["", *evaluation.table(report)])
    return DONE


def _index(documents: Path, aside: Parts) -> dict[str, object]:
    started = time.perf_counter()
    with aside.shelves() as shelves:
        outcomes = indexing.bring_up_to_date(
            [documents],
            shelves=shelves,
            model=aside.settings.embedding_model,
            encoder=aside.embedder,
            limits=aside.limits,
        )
        total = len(sources([documents]))
        bar = tqdm(outcomes, total=total, unit="file", disable=not sys.stderr.isatty())
        ended = list(bar)
    seconds = time.perf_counter() - started
    pages = sum(outcome.pages for outcome in ended)
    return {
        "files": len(ended),
        "refused": [note for o in ended if o.state is State.REFUSED for note in o.notes],
        "pages": pages,
        "passages": sum(outcome.passages for outcome in ended),
        "seconds": round(seconds, 2),
        "pages_per_second": round(pages / seconds, 2),
    }


def _evaluate(asked: list[evaluation.Asked], aside: Parts) -> evaluation.Report:
    with aside.searching() as search:
        answering = aside.answering(search)
        answering.search.embedder(aside.settings.embedding_model).question("warm")
        bar = tqdm(total=len(asked), unit="question", disable=not sys.stderr.isatty())
        report = evaluation.evaluate(
            asked, answering, aside.scope(), _anew(aside), lambda: bar.update() and None
        )
        bar.close()
    return report


def _anew(aside: Parts) -> Callable[[str], tuple[Page, ...]]:
    """A document's pages read from its file again, not from what was stored."""
    files = {filed.digest: Path(filed.file) for filed in aside.library.documents()}

    @cache
    def pages(digest: str) -> tuple[Page, ...]:
        return reading.read(files[digest], aside.limits).pages

    return pages
