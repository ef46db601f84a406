"""Check a file before anything parses it: that it is there, a file, not empty, not too large."""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from retrieval.documents import Refused
from retrieval.reading.limits import Limits

SUFFIXES = frozenset({".pdf", ".docx", ".html", ".htm", ".md", ".markdown", ".txt"})


@dataclass(frozen=True)
class Stamp:
    """What tells one state of a file from another."""

    inode: int
    size: int
    changed: int


def is_readable(path: Path) -> bool:
    """Whether a walk through a folder should pick the file up (hidden and lock files: no)."""
    wanted = path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~$"))
    return wanted and not path.is_dir()


def digest_of(path: Path) -> str:
    """The SHA-256 of the file's bytes in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def checked(path: Path, limits: Limits) -> Stamp:
    """The state of a file that may be read; Refused says why another may not."""
    try:
        facts = path.stat()
        _refuse_special(path, facts.st_mode)
        _refuse_size(path, facts.st_size, limits.max_megabytes)
        with path.open("rb"):
            return Stamp(facts.st_ino, facts.st_size, facts.st_mtime_ns)
    except OSError as error:
        raise Refused(_in_words(path, error)) from error


def refuse_changed(path: Path, before: Stamp, limits: Limits) -> None:
    """Refuse a file that somebody saved while it was being read: hash and text may differ."""
    if checked(path, limits) != before:
        raise Refused(f"{path.name} changed while it was being read: try again")


def _refuse_special(path: Path, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise Refused(f"{path.name} is a folder: name a file in it")
    if not stat.S_ISREG(mode):
        raise Refused(f"{path.name} is a pipe or device, not a file: save the document as a file")


def _refuse_size(path: Path, size: int, most: int) -> None:
    if size == 0:
        raise Refused(f"{path.name} is empty: fetch or save it again")
    if size > most * 1_000_000:
        raise Refused(
            f"{path.name} has {size / 1_000_000:,.0f} MB and the limit is {most:,} MB: "
            "split it or raise the limit"
        )


def _in_words(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return f"{path.name} is not there ({path.parent}): check the name and the folder"
    if isinstance(error, PermissionError):
        return f"{path.name} may not be read: ask its owner for permission"
    return f"{path.name} cannot be opened ({os.strerror(error.errno or 0)}): copy it and try again"
