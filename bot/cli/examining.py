"""``rejoinder doctor``: what is set up, what is missing, what to do about it."""

import argparse
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.bootstrap import Parts, StateUnusable
from bot.cli.running import DONE, NO, say, show
from bot.model import ModelError
from bot.operating.checking import Check, within
from bot.slack import checking
from bot.store import engine
from retrieval import embedding, indexing, reranking
from retrieval.embedding import ModelUnusable
from retrieval.index import IndexBusy
from retrieval.library import Generation
from retrieval.shelves import Shelves, agree

_LEAST_FREE = 1_000_000_000
_SLACK_SECONDS = 20.0  # for all that Slack is asked


def run(given: argparse.Namespace, parts: Parts) -> int:
    """0 when everything needed works, 1 when something does not."""
    checks = list(_all(parts))
    if given.json:
        show({"ok": all(check.ok is not False for check in checks),
              "checks": [asdict(check) for check in checks]})  # fmt: skip
    else:
        marks = {True: "ok      ", None: "not set ", False: "MISSING "}
        say(f"{marks[check.ok]} {check.name}: {check.words}" for check in checks)
    return NO if any(check.ok is False for check in checks) else DONE


def _all(parts: Parts) -> Iterator[Check]:
    yield _home(parts)
    database = _database(parts)
    yield database
    yield _jobs(parts)
    if database.ok:
        yield from _index(parts)
    yield _embedding(parts)
    yield _recognition(parts)
    chosen = parts.settings
    yield _optional("model", chosen.model, "REJOINDER_MODEL", lambda: parts.writer)
    yield _optional("judge", chosen.judge_model, "REJOINDER_JUDGE_MODEL", lambda: parts.judge)
    yield _optional(
        "reranker", chosen.reranker, "REJOINDER_RERANKER", lambda: reranking.load(chosen.reranker)
    )
    yield from within(_SLACK_SECONDS, "slack", checking.checks(chosen))


def _home(parts: Parts) -> Check:
    home = parts.settings.home.absolute()
    try:
        home.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(home).free
    except OSError as cause:
        return Check("home", False, f"{home} cannot be made ({cause.strerror}): set REJOINDER_HOME")
    if free < _LEAST_FREE:
        return Check("home", False, f"{home} has {free // 10**6} MB left: make room")
    return Check("home", True, f"{home}, {free // 10**9} GB free")


def _database(parts: Parts) -> Check:
    try:
        documents = parts.library.documents()
    except StateUnusable as cause:
        return Check("database", False, str(cause))
    kind = parts.engine.dialect.name
    if not _takes_writes(parts.engine):
        return Check("database", False, f"{kind}, cannot be written: check its disk and rights")
    return Check("database", True, f"{kind}, {len(documents)} documents, tables of this version")


def _jobs(parts: Parts) -> Check:
    """On SQLite jobs have a file of their own; looking at it must not make it."""
    file = parts.settings.home / "jobs.db"
    if parts.settings.database_url:
        return Check("jobs", True, "in the same database")
    if not file.exists():
        return Check("jobs", None, "none yet: `rejoinder serve` makes their database")
    opened = engine.connect(f"sqlite:///{file}")
    try:
        ok = _takes_writes(opened)
    finally:
        opened.dispose()
    words = "can be written" if ok else "cannot be written: check its disk and rights"
    return Check("jobs", ok, f"{file.name} {words}")


def _takes_writes(database: Engine) -> bool:
    try:
        return engine.can_write(database)
    except SQLAlchemyError:
        return False


def _index(parts: Parts) -> Iterator[Check]:
    generation = parts.library.live()
    if generation is None:
        yield Check("index", False, "nothing is indexed: run `rejoinder index FOLDER`")
        return
    try:
        with parts.shelves() as shelves:
            yield _agreement(shelves, generation)
    except IndexBusy:
        yield Check("index", True, "in use by a Rejoinder that runs; its /readyz says how it is")
    except ConnectionError as cause:
        yield Check("index", False, str(cause))
    if generation.fingerprint != indexing.fingerprint(parts.settings.embedding_model):
        yield Check(
            "index model", False, "the settings name another model: run `rejoinder index` to switch"
        )


def _agreement(shelves: Shelves, generation: Generation) -> Check:
    counts = {
        "database": len(shelves.library.keys(generation)),
        "vectors": shelves.vectors.count(generation),
        "words": shelves.words.count(generation),
    }
    if agree(shelves, generation):
        return Check("index", True, f"{counts['database']} passages, all parts agree")
    told = ", ".join(f"{name} {number}" for name, number in counts.items())
    return Check("index", False, f"the parts disagree ({told}): run `rejoinder index` to mend it")


def _embedding(parts: Parts) -> Check:
    name = parts.settings.embedding_model
    if name != embedding.DEFAULT_MODEL:
        return _optional("embedding model", name, "", parts.embedder)
    try:
        embedding.packaged()
    except (ModelUnusable, ModuleNotFoundError) as cause:
        return Check("embedding model", False, str(cause))
    return Check("embedding model", True, f"{name}, weights checked")


def _recognition(parts: Parts) -> Check:
    if not parts.settings.ocr:
        return Check("scanned pages", None, "switched off by REJOINDER_OCR")
    if shutil.which("tesseract") is None:
        return Check("scanned pages", None, "install Tesseract to have scanned pages read")
    return Check("scanned pages", True, "Tesseract is installed")


def _optional(name: str, value: str, setting: str, build: Callable[[], object]) -> Check:
    if not value:
        return Check(name, None, f"set {setting} to use one")
    try:
        build()
    except (ModelError, ModelUnusable) as cause:
        return Check(name, False, str(cause))
    return Check(name, True, value)
