"""Bring the index up to date with the files: only what changed is read and embedded again."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain
from pathlib import Path

from retrieval import catalogue, passages, reading
from retrieval.documents import CatalogueEntry, Passage, Reading, Refused
from retrieval.embedding import Embedder, PassageText
from retrieval.library import Filed, Generation, Kept, Library
from retrieval.reading import Limits
from retrieval.shelves import Shelves, agree, derive, mend
from retrieval.sources import Source, missing, sources

READING_VERSION = 1  # raise it when the readers would give other pages for the same file
PREFIX_VERSION = 2  # raise it when ``prefix`` gives other words
_HEADINGS = (
    2  # of the trail, from the lowest up: "Recommendation 2: missing children, Our response"
)
_AHEAD = 2  # files read while the one before is embedded


class State(StrEnum):
    """What became of a file."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    SAME = "same content"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"


@dataclass(frozen=True)
class Outcome:
    """What became of one file. ``notes`` are sentences for the person."""

    file: str
    state: State
    title: str = ""
    pages: int = 0
    passages: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Job:
    source: Source
    reading: "Future[Reading]"


Encoder = Callable[[], Embedder]
"""Loads the embedding model on first use: an unchanged corpus never needs it."""


def bring_up_to_date(
    paths: Sequence[Path], *, shelves: Shelves, model: str, encoder: Encoder, limits: Limits
) -> Iterator[Outcome]:
    """Index what is new or changed at these paths and withdraw what has gone; one outcome a file.

    A change of model or of splitting re-indexes everything beside the old index first, which
    answers until the new one is complete.
    """
    library = shelves.library
    work = sources(paths)
    generation = _ready(shelves, library.begin(fingerprint(model), model), encoder)
    changed = False
    for outcome in chain(
        map(_not_there, missing(paths)),
        _read_all(work, shelves, generation, encoder, limits),
        _withdraw_missing(paths, work, shelves, generation),
    ):
        changed = changed or outcome.state is not State.UNCHANGED
        yield outcome
    if changed:
        library.mark(generation, clean=True)


def fingerprint(model: str) -> str:
    """What a generation depends on, as a hash."""
    parts = f"{model}|passages {passages.VERSION}|prefix {PREFIX_VERSION}"
    return hashlib.sha256(parts.encode()).hexdigest()


def _ready(shelves: Shelves, generation: Generation, encoder: Encoder) -> Generation:
    """The generation, live, with both indexes equal to the library."""
    if not generation.live:
        _re_index(shelves, generation, encoder)
    elif not agree(shelves, generation):
        mend(shelves, generation)
    return replace(generation, live=True, clean=True)


def prefix(entry: CatalogueEntry, passage: Passage) -> str:
    """What a passage belongs to, in a few words: embedded and searched with it, never quoted."""
    parts = [entry.title, entry.body, entry.place]
    named = [part for n, part in enumerate(parts) if part and not _said(part, parts[:n])]
    if entry.year and str(entry.year) not in entry.title:
        named.append(str(entry.year))
    headings = [one for one in passage.trail[-_HEADINGS:] if not _said(one, [entry.title])]
    return ", ".join([*named, *headings]) + "."


def _said(part: str, before: list[str]) -> bool:
    return any(part.casefold() in other.casefold() for other in before)


def _read_all(
    work: list[Source], shelves: Shelves, generation: Generation, encoder: Encoder, limits: Limits
) -> Iterator[Outcome]:
    known = {filed.file: filed for filed in shelves.library.documents()}
    with ThreadPoolExecutor(1) as pool:
        for settled in _ahead(work, known, pool, limits):
            if isinstance(settled, Outcome):
                yield settled
            else:
                yield _settle(settled, known, shelves, generation, encoder)


def _not_there(source: Source) -> Outcome:
    title = source.listed.title if source.listed else ""
    note = f"{source.file.name} is in the catalogue but not there: correct its path and try again"
    return Outcome(str(source.file), State.REFUSED, title, notes=(note,))


def _ahead(
    work: list[Source], known: dict[str, Filed], pool: ThreadPoolExecutor, limits: Limits
) -> Iterator[Outcome | _Job]:
    """Start reading some files ahead, so that reading and embedding overlap."""
    waiting: list[Outcome | _Job] = []
    for source in work:
        waiting.append(_start(source, known, pool, limits))
        if len(waiting) > _AHEAD:
            yield waiting.pop(0)
    yield from waiting


def _start(
    source: Source, known: dict[str, Filed], pool: ThreadPoolExecutor, limits: Limits
) -> Outcome | _Job:
    before = known.get(str(source.file))
    if before and _is_unchanged(before, source):
        return Outcome(before.file, State.UNCHANGED, before.entry.title, before.page_count)
    if before is None and source.listed and source.listed.withdrawn:
        note = "withdrawn in the catalogue"
        return Outcome(str(source.file), State.UNCHANGED, source.listed.title, notes=(note,))
    return _Job(source, pool.submit(reading.read, source.file, limits))


def _is_unchanged(before: Filed, source: Source) -> bool:
    if before.reading_version != READING_VERSION or not _holds(source.file, before.digest):
        return False
    return before.entry == source.listed if source.listed else not before.entry.confirmed


def _holds(file: Path, digest: str) -> bool:
    """Whether that is the file's content now; a pipe is not opened, it would never end."""
    try:
        return file.is_file() and reading.digest_of(file) == digest
    except OSError:
        return False


def _settle(
    job: _Job, known: dict[str, Filed], shelves: Shelves, generation: Generation, encoder: Encoder
) -> Outcome:
    file, listed = str(job.source.file), job.source.listed
    before = known.get(file)
    if before and listed and listed.withdrawn:
        return _withdraw(known.pop(file), shelves, generation)
    try:
        read = job.reading.result()
    except Refused as refusal:
        return Outcome(file, State.REFUSED, notes=(str(refusal),))
    twin = _twin(read.digest, job.source, known)
    if twin:
        if before:
            _withdraw(known.pop(file), shelves, generation)
        return Outcome(file, State.SAME, twin.entry.title, notes=(f"the same as {twin.name}",))
    entry, notes = _entry(listed, read, job.source.file)
    filed = Filed(
        read.digest, file, entry, read.reader, READING_VERSION, len(read.pages), read.notes
    )
    count = _take_in(filed, read, shelves, generation, encoder)
    state = State.CHANGED if before else State.ADDED
    _remember(filed, known)
    return Outcome(file, state, entry.title, len(read.pages), count, (*read.notes, *notes))


def _remember(filed: Filed, known: dict[str, Filed]) -> None:
    """A document that moved is known under its new file alone."""
    for file in [file for file, other in known.items() if other.digest == filed.digest]:
        del known[file]
    known[filed.file] = filed


def _twin(digest: str, source: Source, known: dict[str, Filed]) -> Filed | None:
    """The document with this content whose own file still holds it, if there is one.

    What a person confirmed takes the place of what was only proposed.
    """
    for filed in known.values():
        if filed.digest == digest and filed.file != str(source.file):
            surer = source.listed and source.listed.confirmed and not filed.entry.confirmed
            if not surer and _holds(Path(filed.file), digest):
                return filed
    return None


def _entry(
    listed: CatalogueEntry | None, read: Reading, file: Path
) -> tuple[CatalogueEntry, tuple[str, ...]]:
    if listed:
        return listed, ()
    proposal = catalogue.propose(read, file.name)
    return proposal.entry, (proposal.note,)


def _take_in(
    filed: Filed, read: Reading, shelves: Shelves, generation: Generation, encoder: Encoder
) -> int:
    kept = _kept(filed.entry, passages.split(read), shelves.library, generation, encoder)
    if generation.clean:
        shelves.library.mark(generation, clean=False)
    gone = shelves.library.put(generation, filed, read, kept)
    derive(shelves, generation, gone, [one.passage.key for one in kept])
    return len(kept)


def _kept(
    entry: CatalogueEntry,
    split: list[Passage],
    library: Library,
    generation: Generation,
    encoder: Encoder,
) -> list[Kept]:
    """Passages with their vectors: those known are used again, the rest embedded."""
    texts = [
        PassageText(prefix(entry, passage), tuple(line.text for line in passage.sentences))
        for passage in split
    ]
    vectors = library.vectors(generation.model, [text.key for text in texts])
    missing = [text for text in texts if text.key not in vectors]
    if missing:
        made = encoder().passages(missing)
        vectors |= {text.key: one for text, one in zip(missing, made, strict=True)}
    return [
        Kept(passage, text, vectors[text.key]) for passage, text in zip(split, texts, strict=True)
    ]


def _withdraw_missing(
    paths: Sequence[Path], work: list[Source], shelves: Shelves, generation: Generation
) -> Iterator[Outcome]:
    """Documents read from under these folders whose files are there no more."""
    folders = [path.absolute() for path in paths if path.is_dir()]
    there = {str(source.file) for source in work}
    for filed in shelves.library.documents():
        under = any(Path(filed.file).is_relative_to(folder) for folder in folders)
        if under and filed.file not in there:
            yield _withdraw(filed, shelves, generation)


def _withdraw(filed: Filed, shelves: Shelves, generation: Generation) -> Outcome:
    shelves.library.mark(generation, clean=False)
    derive(shelves, generation, shelves.library.withdraw(filed.digest), ())
    return Outcome(filed.file, State.WITHDRAWN, filed.entry.title)


def _re_index(shelves: Shelves, generation: Generation, encoder: Encoder) -> None:
    """Fill a new generation from the stored pages, then make it the one that answers."""
    library = shelves.library
    for filed in library.documents():
        read = Reading(filed.digest, filed.reader, library.pages(filed.digest))
        kept = _kept(filed.entry, passages.split(read), library, generation, encoder)
        library.add(generation, filed.digest, kept)
    mend(shelves, replace(generation, clean=False))
    library.switch(generation)
    shelves.vectors.drop_others(generation)
    shelves.words.drop_others(generation)
