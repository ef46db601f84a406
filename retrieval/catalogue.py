"""What each document is: read from ``catalogue.toml``, or proposed for a person to confirm.

A proposal rests on the words of the document alone. File names and the properties that a file
carries about itself have been seen to be wrong, so they are never taken for a publication date.
"""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from retrieval.dates import find_dates
from retrieval.documents import Block, BlockKind, CatalogueEntry, Kind, Page, Reading

FILE_NAME = "catalogue.toml"
UNCHECKED = "restricted:unchecked"  # where a document that speaks of an embargo waits for a person
_COLLECTION = re.compile(r"public|office|restricted:[a-z0-9][a-z0-9-]*")
_WORDS = frozenset(("path", "title", "kind", "body", "place", "source", "collection"))
_YES_OR_NO = frozenset(("confirmed", "withdrawn"))
_SIGNS: tuple[tuple[Kind, str], ...] = (
    (Kind.JOINT_INSPECTION_LETTER, r"joint targeted area inspection|joint inspection letter"),
    (
        Kind.RESPONSE,
        r"\bresponse to\b.*\b(?:report|inspection|HMIC|recommendations?)|"
        r"\bcommissioner\b.*\bresponse\b|^response\b",
    ),
    (Kind.FOLLOW_UP_LETTER, r"revisit|follow-up|progress letter"),
    (Kind.POLICE_AND_CRIME_PLAN, r"police and crime plan"),
    (Kind.INSPECTION_REPORT, r"\bPEEL\b|\binspect\w+|\bthematic\b"),
)
_TITLE_WORDS = re.compile(
    r"\b(?:(?i:inspection|report|response|revisit|review|police and crime plan)|PEEL)\b"
)
_CAPITALS = r"[A-Z][\w’'-]*(?:[ -](?:[A-Z][\w’'-]*|and|of|on|upon|with|the|le|in))*"
_NAME = r"(?!Police|Constabulary|HMI|HMIC|Inspectorate|Commissioner|The |Chief)[A-Z][\w’-]+"
_POLICE = re.compile(
    rf"\b({_NAME}(?: {_NAME}| and {_NAME}){{0,4}}) (?:Police(?! and Crime)|Constabulary)\b"
)
_COMMISSIONER = re.compile(
    rf"Police and Crime Commissioner(?: for)?,? (?:the )?({_CAPITALS})(?= |$|’|')"
)
_AUTHORITY = re.compile(
    rf"({_NAME}(?:[ -](?:{_NAME}|and|upon|on|with)){{0,4}}) "
    r"(?:local authority|(?:City |County |Borough )?[Cc]ouncil)\b"
)
_LAST_PLACE = re.compile(
    rf"\b(?:in|of|for)\s+(?:the\s+)?(?:[a-z]+\s+)?(?:borough of\s+)?({_CAPITALS})\W*$"
)
_COUNCIL = re.compile(
    r"^(?:(?:London |Royal |Metropolitan )?Borough of |City of |County of |County )|"
    r"(?: (?:City|County|Borough|District|Metropolitan|Unitary|Council|Authority|Borough of))+$"
)
_GUARDED = re.compile(
    r"\bembargo|pre-?publication|not for (?:publication|disclosure)|official[- ]sensitive", re.I
)


class CatalogueWrong(Exception):
    """A catalogue that cannot be used; the message says where and what to do."""


@dataclass(frozen=True)
class Proposal:
    """An unconfirmed entry, and for the person the words that it was read from."""

    entry: CatalogueEntry
    note: str


def near(path: Path) -> dict[Path, CatalogueEntry]:
    """The entries of the nearest catalogue at or above a path, by absolute file; {} for none."""
    start = path.absolute() if path.is_dir() else path.absolute().parent
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return {folder / entry.path: entry for entry in load(folder / FILE_NAME)}
    return {}


def load(file: Path) -> list[CatalogueEntry]:
    """The entries of a catalogue. CatalogueWrong names the entry and the key at fault."""
    try:
        read = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as cause:
        raise CatalogueWrong(f"{file}: {cause}: mend the file and try again.") from None
    tables = _tables(file, read)
    entries = [_entry(file, number, table) for number, table in enumerate(tables, 1)]
    _refuse_twins(file, entries)
    return entries


def _tables(file: Path, read: dict[str, Any]) -> list[dict[str, Any]]:
    tables = read.get("document", [])
    listed = isinstance(tables, list) and all(isinstance(table, dict) for table in tables)
    if not listed or read.keys() - {"document"}:
        raise CatalogueWrong(f"{file}: every entry begins with a line [[document]].")
    return list(tables)


def _refuse_twins(file: Path, entries: list[CatalogueEntry]) -> None:
    """Two entries for one file may open to all what one of them restricts."""
    seen: dict[Path, int] = {}
    for number, entry in enumerate(entries, 1):
        first = seen.setdefault(Path(entry.path), number)
        if first != number:
            raise CatalogueWrong(
                f"{file}, document {number} ({entry.path}): path stands in document {first} too."
            )


def _entry(file: Path, number: int, table: dict[str, Any]) -> CatalogueEntry:
    where = f"{file}, document {number} ({table.get('path', 'no path')})"
    for problem in _problems(table):
        raise CatalogueWrong(f"{where}: {problem}.")
    return CatalogueEntry(**(table | {"kind": Kind(table.get("kind", Kind.OTHER))}))


def _problems(table: dict[str, Any]) -> Iterator[str]:
    known = {field.name for field in fields(CatalogueEntry)}
    for key in sorted(table.keys() - known):
        yield f"there is no key {key!r}; the keys are {', '.join(sorted(known))}"
    for key in ("path", "title"):
        if not str(table.get(key, "")).strip():
            yield f"{key} is missing"
    for key in sorted(_WORDS.intersection(table)):
        if not isinstance(table[key], str):
            yield f"{key} is words in quotation marks"
    for key in sorted(_YES_OR_NO.intersection(table)):
        if not isinstance(table[key], bool):
            yield f"{key} is true or false, without quotation marks"
    yield from _wrong_values(table)


def _wrong_values(table: dict[str, Any]) -> Iterator[str]:
    if table.get("kind", "other") not in set(Kind):
        yield f"kind {table['kind']!r} is not one of {', '.join(Kind)}"
    if not _COLLECTION.fullmatch(table.get("collection", "public")):
        yield "collection is public, office or restricted:name (small letters, digits, hyphens)"
    if type(table.get("published", date.min)) is not date:
        yield "published is a date without quotation marks and time, such as 2023-12-22"
    until = table.get("embargo_until")
    if until is not None and (not isinstance(until, datetime) or until.tzinfo is None):
        yield "embargo_until is a time with its zone, such as 2026-11-23T00:01:00+00:00"


def propose(reading: Reading, name: str) -> Proposal:
    """What a document seems to be, read from its own first two pages; nothing is confirmed."""
    headings = list(_opening(reading.pages, {BlockKind.HEADING}))
    lines = list(
        _opening(reading.pages, set(BlockKind) - {BlockKind.FURNITURE, BlockKind.FOOTNOTE})
    )
    title = (
        _title(headings, lines)
        or str(reading.properties.get("title") or "").strip()
        or Path(name).stem
    )
    opening = " ".join(lines)
    published, words = _published(reading.pages)
    body, place = _whose(title, opening)
    guarded = _GUARDED.search(opening)
    entry = CatalogueEntry(
        path=name,
        title=title,
        kind=_kind(title, opening),
        body=body,
        place=place,
        published=published,
        collection=UNCHECKED if guarded else "office",
    )
    return Proposal(entry, _explained(words, guarded.group() if guarded else ""))


def _explained(words: str, guarded: str) -> str:
    dated = f"date read from “{words}”" if words else "no publication date found"
    held = f"; held back because it says “{guarded}”" if guarded else ""
    return f"proposed, not confirmed: {dated}{held}"


def _opening(pages: Sequence[Page], kinds: set[BlockKind]) -> Iterator[str]:
    for page, block in _blocks(pages[:2]):
        if block.kind in kinds:
            yield " ".join(page.text[block.start : block.end].split())


def _blocks(pages: Sequence[Page]) -> Iterator[tuple[Page, Block]]:
    return ((page, block) for page in pages for block in page.blocks)


def _title(headings: list[str], lines: list[str]) -> str:
    """The first short line that says what kind of document it is; else the first heading."""
    short = [line for line in lines if 2 <= len(line.split()) <= 45 and line[-1] not in ".:;,"]
    telling = (line for line in short if _TITLE_WORDS.search(line))
    return next(telling, "") or next(iter((*headings, *short)), "")


def _kind(title: str, opening: str) -> Kind:
    for text in (title, opening[:600]):
        for kind, sign in _SIGNS:
            if re.search(sign, text, re.IGNORECASE):
                return kind
    return Kind.OTHER


def _whose(title: str, opening: str) -> tuple[str, str]:
    """The force, and the place: as the title names them, else whom the opening names most.

    A joint letter is about a council's area, other documents are about a force's.
    """
    force = _POLICE.search(title)
    if force:
        return force.group(), _bare(force[1])
    place = _LAST_PLACE.search(title) or _COMMISSIONER.search(title)
    if place:
        return "", _bare(place[1])
    council = Counter(match[1] for match in _AUTHORITY.finditer(opening)).most_common(1)
    if council and "joint" in title.lower():
        return "", _bare(council[0][0])
    named = Counter(match.group() for match in _POLICE.finditer(opening)).most_common(1)
    return (named[0][0], named[0][0].rsplit(" ", 1)[0]) if named else ("", "")


def _bare(place: str) -> str:
    """A place without the words for its council.

    >>> _bare("London Borough of Merton"), _bare("Derby City"), _bare("Wokingham Borough Council")
    ('Merton', 'Derby', 'Wokingham')
    """
    return _COUNCIL.sub("", _COUNCIL.sub("", place)).strip()


def _published(pages: Sequence[Page]) -> tuple[date | None, str]:
    """The first full date that stands alone in a line, or follows "published"; with its words."""
    for page, block in _blocks(pages[:2]):
        text = page.text[block.start : block.end]
        for found in find_dates(text):
            alone = len(text.split()) - len(found.words.split()) <= 3
            said = text[: found.start].rstrip().lower().endswith(("published", "published on"))
            if found.date and (alone or said):
                return found.date, found.words
    return None, ""


def written(entries: Sequence[CatalogueEntry]) -> str:
    """Entries as TOML, in the form that ``load`` reads."""
    return "\n".join("\n".join(_lines(entry)) + "\n" for entry in entries)


def _lines(entry: CatalogueEntry) -> Iterator[str]:
    yield "[[document]]"
    for field in fields(CatalogueEntry):
        value = getattr(entry, field.name)
        if isinstance(value, bool):
            yield f"{field.name} = {str(value).lower()}"
        elif isinstance(value, date):
            yield f"{field.name} = {value.isoformat()}"
        elif value is not None:
            # JSON leaves the delete character as it is, TOML does not take it.
            words = json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
            yield f"{field.name} = {words}"
