"""``rejoinder catalogue``: proposed entries for documents that a catalogue does not list yet."""

import argparse
from pathlib import Path

from bot.bootstrap import Parts
from bot.cli.running import BROKEN, DONE, WrongUse, show
from retrieval import catalogue, reading
from retrieval.catalogue import FILE_NAME, Proposal
from retrieval.documents import Refused
from retrieval.sources import sources


def run(given: argparse.Namespace, parts: Parts) -> int:
    """Add proposals to the folder's catalogue; 3 when a file was refused."""
    if not given.folder.is_dir():
        raise WrongUse(f"{given.folder} is not a folder.")
    listed = catalogue.near(given.folder)
    base = _base(given.folder)
    proposals, refusals = [], []
    for source in sources([given.folder]):
        if source.file in listed:
            continue
        try:
            read = reading.read(source.file, parts.limits)
        except Refused as refusal:
            refusals.append(str(refusal))
            continue
        proposals.append(catalogue.propose(read, str(source.file.relative_to(base))))
    _add(base / FILE_NAME, proposals)
    _tell(given, base / FILE_NAME, proposals, refusals)
    return BROKEN if refusals else DONE


def _base(folder: Path) -> Path:
    """The folder of the catalogue that is in force there, else the folder itself."""
    absolute = folder.absolute()
    near = [at for at in (absolute, *absolute.parents) if (at / FILE_NAME).is_file()]
    return near[0] if near else absolute


def _add(file: Path, proposals: list[Proposal]) -> None:
    """Put the proposals at the end; what stands in the file stays as it is."""
    if not proposals:
        return
    before = file.read_text(encoding="utf-8").rstrip() + "\n\n" if file.exists() else ""
    blocks = [f"# {proposal.note}\n{catalogue.written([proposal.entry])}" for proposal in proposals]
    file.write_text(before + "\n".join(blocks), encoding="utf-8")


def _tell(
    given: argparse.Namespace, file: Path, proposals: list[Proposal], refusals: list[str]
) -> None:
    if given.json:
        entries = [
            {"path": p.entry.path, "title": p.entry.title, "note": p.note} for p in proposals
        ]
        show({"catalogue": str(file), "proposed": entries, "refused": refusals})
        return
    for refusal in refusals:
        print(f"refused    {refusal}")
    for proposal in proposals:
        print(f"proposed   {proposal.entry.path}: {proposal.entry.title}")
    if proposals:
        print(f"Now correct {file}, set confirmed = true where it is right, and run")
        print(f"rejoinder index {given.folder}")
    else:
        print("Every document there is in the catalogue.")
