"""Sheets as files: written whole or not at all, and never over what somebody has not confirmed."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bot.cli.running import WrongUse
from bot.responding.sheet import Sheet, SheetWrong, reading, writing
from bot.store.casebook import Casebook, NoSuchCase
from bot.store.cases import Case, Content


def check(folder: Path, case: str, record: Casebook) -> Path:
    """The file for a case's sheet. WrongUse where it cannot go or an edited one stands."""
    if not folder.is_dir():
        raise WrongUse(f"{folder} is not a folder: make it, or name another with --out")
    file = folder / f"{case}.yaml"
    if file.exists() and _edited(file, case, record):
        raise WrongUse(
            f"{file} has words that are not confirmed: confirm it, remove it, or use --out"
        )
    return file


def write(file: Path, case: Case, record: Casebook, notes: Sequence[str] = ()) -> None:
    """The sheet of a case as it is now; the file is the old or the new one, never a part."""
    _replace(file, text(case, case.latest.content, record, notes))


def text(case: Case, content: Content, record: Casebook, notes: Sequence[str] = ()) -> str:
    """The sheet of a case with that content."""
    return writing.text(
        case.id,
        case.latest.number,
        content,
        case.documents,
        notes=notes,
        older=lambda name: _older(record, name),
    )


def move_on(sheet: Sheet, revision: int) -> None:
    """Let a confirmed sheet be edited and confirmed again: only its revision changes."""
    lines = sheet.file.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    place = sheet.lines["revision"] - 1
    end = lines[place][len(lines[place].rstrip("\r\n")) :]
    lines[place] = f"revision: {revision}{end}"
    _replace(sheet.file, "".join(lines))


def _edited(file: Path, case: str, record: Casebook) -> bool:
    """Whether a sheet says anything that the record does not."""
    try:
        known = record.get(case)
        told = reading.read(file)
    except (NoSuchCase, SheetWrong):
        return True
    written = (text(known, one.content, record) for one in known.revisions)
    return not any(told.content == reading.parsed(file, one).content for one in written)


def _older(record: Casebook, name: str) -> str:
    case, _, number = name.rpartition("/")
    item = record.get(case).content.item(int(number))
    return item.text if item else ""


def _replace(file: Path, words: str) -> None:
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(words)
        Path(name).chmod(0o644 if not file.exists() else file.stat().st_mode & 0o777)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
