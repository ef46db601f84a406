"""A document that a command names: a file, or what is indexed under that name."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.bootstrap import Parts
from bot.cli.running import WrongUse
from bot.store.cases import Document, Read, Role
from retrieval import catalogue, reading
from retrieval.catalogue import UNCHECKED
from retrieval.documents import CatalogueEntry, Reading
from retrieval.library import Filed


@dataclass(frozen=True)
class Source:
    """A document as read, the file it stands in, and what the catalogue says of it."""

    reading: Reading
    file: str
    listed: CatalogueEntry | None

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know before passing its words on."""
        entry = self.listed or catalogue.propose(self.reading, self.file).entry
        if entry.collection == UNCHECKED or entry.embargoed(datetime.now(UTC)):
            return ("It speaks of an embargo: keep this sheet from who may not read the report.",)
        return ()

    def read(self, role: Role, known: Document | None = None) -> Read:
        """It as a document of a case, under the title that the case knows it by."""
        entry = self.listed or catalogue.propose(self.reading, Path(self.file).name).entry
        title = known.title if known else entry.title
        pages = self.reading.pages
        return Read(self.reading.digest, self.file, title, entry.kind, role, pages)


def find(name: str, parts: Parts, person: str | None) -> Source:
    """The file of that name, else the indexed document; Refused or WrongUse when there is none."""
    file = Path(name)
    if file.exists():
        read = reading.read(file, parts.limits)
        listed = catalogue.near(file).get(file.absolute())
        indexed = _indexed(parts, person, digest=read.digest)
        return Source(read, str(file.absolute()), listed or (indexed.entry if indexed else None))
    filed = _indexed(parts, person, name=name)
    if filed is None:
        raise WrongUse(f"there is neither a file nor an indexed document {name!r}")
    pages = parts.library.pages(filed.digest)
    return Source(Reading(filed.digest, filed.reader, pages, filed.notes), filed.file, filed.entry)


def _indexed(parts: Parts, person: str | None, *, name: str = "", digest: str = "") -> Filed | None:
    """What that person may read under this name or with this content."""
    admitted = parts.library.admitted(parts.scope(person))
    wanted = (one for one in admitted if one.digest == digest or (name and one.name == name))
    return next(wanted, None)
