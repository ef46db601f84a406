"""How many corrections a person would need to make a proposed case right.

Proposals are held against hand-made labels: six real letters of different years where they are
there, and the sample reports. Run: python -m tests.evals.intake [LETTERS_FOLDER GOLD_FOLDER]
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.responding import intake
from bot.responding.intake import Proposal
from bot.responding.ours import judged
from bot.store.cases import Item
from retrieval.documents import Kind
from retrieval.reading import Limits, read
from tests.corpus.samples import DOCUMENTS
from tests.evals.items_score import alike

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "data"
YEARS = ("2016", "2017", "2018", "2019", "2022", "2024")
FORCE = "Fernshire Police"
_ALIKE = 0.9
_COUNTED = ("date", "title", "rule", "addressees", "items", "kind", "page", "text", "limbs",
            "number", "addressee", "deadline", "ours", "retyped")  # fmt: skip


@dataclass
class Row:
    """One report: how much there is to be right about, and what a person would correct."""

    file: str
    items: int
    limbs: int
    corrections: list[str] = field(default_factory=list)

    def count(self, what: str) -> int:
        """Corrections of one kind."""
        return sum(one == what for one in self.corrections)


def rows(gold: Sequence[Path], folder: Path) -> list[Row]:
    """A row for each labelled report of which the file is there."""
    labelled = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(gold)]
    return [row(one, folder / one["file"]) for one in labelled if (folder / one["file"]).exists()]


def row(gold: dict[str, Any], file: Path) -> Row:
    """Propose a case from the file and hold it against the label."""
    proposal = intake.propose(read(file, Limits(ocr=False)), str(file), force=FORCE)
    limbs = sum(len(one["limbs"]) for one in gold["items"])
    made = Row(gold["file"], len(gold["items"]), limbs)
    made.corrections.extend(_report(gold, proposal))
    made.corrections.extend(_items(gold["items"], proposal.content.items, _is_joint(proposal)))
    return made


def table(found: Sequence[Row]) -> str:
    """All rows as a Markdown table, with the sum."""
    lines = ["| report | items | limbs | corrections | which |", "| --- | --- | --- | --- | --- |"]
    for one in found:
        which = ", ".join(f"{what} {n}" for what in _COUNTED if (n := one.count(what)))
        counts = f"{one.items} | {one.limbs} | {len(one.corrections)}"
        lines.append(f"| {one.file} | {counts} | {which or 'none'} |")
    items, limbs = sum(one.items for one in found), sum(one.limbs for one in found)
    corrections = sum(len(one.corrections) for one in found)
    each = corrections / len(found) if found else 0
    lines.append(f"| {len(found)} reports | {items} | {limbs} | {corrections} | {each:.1f} each |")
    return "\n".join(lines)


def real(folder: Path = REAL) -> list[Row]:
    """Six real letters, one of each year; [] where they are not there."""
    gold = sorted((folder / "jtai-gold" / "items").glob("*.json"))
    chosen = [next((one for one in gold if one.name.startswith(year)), None) for year in YEARS]
    return rows([one for one in chosen if one], folder / "jtai")


def samples() -> list[Row]:
    """The sample reports."""
    return rows(list((ROOT / "tests" / "evals" / "sample-items").glob("*.json")), DOCUMENTS)


def _is_joint(proposal: Proposal) -> bool:
    return proposal.content.kind is Kind.JOINT_INSPECTION_LETTER


def _report(gold: dict[str, Any], proposal: Proposal) -> Iterator[str]:
    said = proposal.content
    if str(said.published) != gold["letter_date"]:
        yield "date"
    if alike(said.title, gold["title"]) < 1:
        yield "title"
    if (str(said.reply_by or ""), said.rule) != _rule(gold):
        yield "rule"
    wanted = gold["addressees"]
    same = len(wanted) == len(said.addressees)
    if not same or any(alike(*pair) < 1 for pair in zip(wanted, said.addressees, strict=True)):
        yield "addressees"


def _rule(gold: dict[str, Any]) -> tuple[str, str]:
    by = gold["reply_by"] or ""
    return by, "stated_date" if by else "s55"


def _items(wanted: list[dict[str, Any]], found: tuple[Item, ...], joint: bool) -> Iterator[str]:
    """An item missing or not wanted is one correction; of the others each wrong part is one."""
    left = list(found)
    for one in wanted:
        best = max(left, key=lambda item: alike(one["text"], item.text), default=None)
        if best is None or alike(one["text"], best.text) < _ALIKE:
            yield "items"
            continue
        left.remove(best)
        yield from _parts(one, best, joint)
    yield from ("items" for _ in left)


def _parts(one: dict[str, Any], item: Item, joint: bool) -> Iterator[str]:
    if one["kind"] != item.kind.value:
        yield "kind"
    if one["page"] != item.page:
        yield "page"
    if alike(one["text"], item.text) < 1:
        yield "text"
    limbs = [limb.text for limb in item.limbs]
    if len(limbs) != len(one["limbs"]) or any(
        alike(*pair) < _ALIKE for pair in zip(one["limbs"], limbs, strict=True)
    ):
        yield "limbs"
    for name in ("number", "deadline"):
        if name in one and alike(one[name], getattr(item, name)) < 1:
            yield name
    if one.get("addressee") and not _same_body(one["addressee"], item.addressee):
        yield "addressee"
    if not joint and judged(one.get("addressee", ""), FORCE)[0] != item.ours:
        yield "ours"
    if item.retyped:
        yield "retyped"


def _same_body(wanted: str, found: str) -> bool:
    """ "force" stands for the force that the report is about."""
    return found.casefold() in {"force", "constabulary"} or alike(wanted, found) == 1


if __name__ == "__main__":
    letters = real(Path(sys.argv[1])) if len(sys.argv) > 1 else real()
    print(f"Real letters\n\n{table(letters) if letters else 'not there'}\n")
    print(f"Sample reports\n\n{table(samples())}")
