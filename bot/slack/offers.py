"""Files that somebody dropped, on the disk: what each seems to be, and what a person confirmed.

A file lies in a folder named after its content, with the proposal beside it; a confirmed one has a
catalogue of its own there. Each is written whole or not at all.
"""

import json
import re
import shutil
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from retrieval import catalogue
from retrieval.catalogue import Proposal
from retrieval.documents import CatalogueEntry, Kind

FOLDER = "slack-documents"
SHELF = re.compile(r"[0-9a-f]{16}")
_PROPOSAL = "proposal.json"
_RESERVED = frozenset({_PROPOSAL, catalogue.FILE_NAME})
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}$")
_WORDS = ("title", "body", "place", "source", "collection")
_LONGEST = 60  # characters of a name; a file system takes 255 bytes


@dataclass(frozen=True)
class Offer:
    """A file that may be indexed. ``shelf`` names its folder; ``note`` says how it was read."""

    shelf: str
    file: Path
    digest: str
    pages: int
    entry: CatalogueEntry
    note: str


def root(home: Path) -> Path:
    """The folder of all of them, there from now on and for nobody else on the machine to read."""
    folder = home.absolute() / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def safe_name(name: str) -> str:
    """A short file name with no path, no hidden sign and the ending that it had.

    >>> safe_name("../../etc/PEEL 2016: final.PDF"), safe_name(".pdf"), safe_name("catalogue.toml")
    ('PEEL 2016- final.PDF', 'document.pdf', 'document catalogue.toml')
    """
    plain = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    found = _ENDING.search(plain)
    ending = found[0] if found else ""
    stem = re.sub(r"[^\w .()-]", "-", plain.removesuffix(ending)).strip(" .-~$")[:_LONGEST].strip()
    safe = (stem or "document") + ending
    return f"document {safe}" if safe.lower() in _RESERVED else safe


def shelve(home: Path, part: Path, digest: str, name: str) -> Path:
    """Move a fetched file to its folder; a file with this content that lies there stays."""
    folder = root(home) / digest[:16]
    folder.mkdir(mode=0o700, exist_ok=True)
    known = load(home, folder.name)
    if known and known.digest == digest and known.file.exists():
        part.unlink()
        return known.file
    file = folder / safe_name(name)
    part.replace(file)
    return file


def keep(file: Path, digest: str, pages: int, proposal: Proposal) -> None:
    """Keep beside a file what it seems to be."""
    told = {
        "file": file.name,
        "digest": digest,
        "pages": pages,
        "note": proposal.note,
        "entry": data(proposal.entry),
    }
    _write(file.with_name(_PROPOSAL), json.dumps(told))


def load(home: Path, shelf: str) -> Offer | None:
    """What lies in a folder, None when nothing does."""
    if not SHELF.fullmatch(shelf):
        return None
    folder = root(home) / shelf
    try:
        told = json.loads((folder / _PROPOSAL).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    name = str(told["file"])
    entry = entry_of(told["entry"], name)
    return Offer(shelf, folder / name, told["digest"], told["pages"], entry, told["note"])


def confirmed(offer: Offer) -> CatalogueEntry | None:
    """What a person said that the document is, also when it was taken out since; None for none."""
    book = offer.file.with_name(catalogue.FILE_NAME)
    if not book.exists():
        return None
    return next((one for one in catalogue.load(book) if one.path == offer.file.name), None)


def confirm(offer: Offer, entry: CatalogueEntry) -> None:
    """Write what a person says that the document is into the catalogue of its folder."""
    listed = replace(entry, path=offer.file.name, confirmed=True)
    _write(offer.file.with_name(catalogue.FILE_NAME), catalogue.written([listed]))


def withdraw(offer: Offer) -> None:
    """Say in its catalogue that it is no longer to be indexed; nothing where none is."""
    entry = confirmed(offer)
    if entry:
        confirm(offer, replace(entry, withdrawn=True))


def forget(home: Path, shelf: str) -> None:
    """Take a folder with all that lies in it from the disk."""
    shutil.rmtree(root(home) / shelf, ignore_errors=True)


def data(entry: CatalogueEntry) -> dict[str, str]:
    """What an entry says as plain JSON, without its file and whether it was confirmed."""
    words = {name: str(getattr(entry, name)) for name in _WORDS}
    until = entry.embargo_until.isoformat() if entry.embargo_until else ""
    published = entry.published.isoformat() if entry.published else ""
    return words | {"kind": entry.kind.value, "published": published, "embargo_until": until}


def entry_of(told: Mapping[str, Any], path: str) -> CatalogueEntry:
    """The entry that ``data`` told of, for a file, unconfirmed."""
    until, published = str(told["embargo_until"]), str(told["published"])
    return CatalogueEntry(
        path=path,
        title=str(told["title"]),
        kind=Kind(told["kind"]),
        body=str(told["body"]),
        place=str(told["place"]),
        published=date.fromisoformat(published) if published else None,
        source=str(told["source"]),
        collection=str(told["collection"]),
        embargo_until=datetime.fromisoformat(until) if until else None,
    )


def _write(file: Path, text: str) -> None:
    """Whole or not at all: a reader sees the old content or the new."""
    part = file.with_name(f".{file.name}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(file)
