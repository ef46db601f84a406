"""Score the items read from real letters against hand-made labels.

Run: python -m tests.evals.items_score GOLD_FOLDER LETTERS_FOLDER
"""

import json
import re
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from retrieval.documents import Item
from retrieval.items import ReportItems, extract
from retrieval.reading import Limits, read

_ALIKE = 0.9
_NEW_STYLE = 2022


@dataclass
class Tally:
    """Counts of one era; precision and recall over its pooled items."""

    wanted: int = 0
    found: int = 0
    matched: int = 0

    @property
    def precision(self) -> float:
        """The share of found items that were wanted; 1 when none was found."""
        return self.matched / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of wanted items that were found; 1 when none was wanted."""
        return self.matched / self.wanted if self.wanted else 1.0


@dataclass
class Figures:
    """The score of all letters; ``misses`` name what to look at."""

    eras: dict[str, Tally] = field(default_factory=dict)
    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def note(self, what: str, ok: bool, where: str) -> None:
        """Count one yes-or-no finding and remember where it failed."""
        self.asked[what] += 1
        self.right[what] += ok
        if not ok:
            self.misses.append(f"{where}: {what}")


def score(gold_dir: Path, letters_dir: Path) -> Figures:
    """Extract every labelled letter and compare items, limbs, dates, title and addressees."""
    figures = Figures()
    for path in sorted(gold_dir.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        _compare(figures, gold, extract(read(letters_dir / gold["file"], Limits())))
    return figures


def report(figures: Figures) -> str:
    """The figures as lines of text."""
    lines = [
        f"{era}: precision {tally.precision:.3f} recall {tally.recall:.3f} "
        f"({tally.matched} of {tally.found} found, {tally.wanted} wanted)"
        for era, tally in figures.eras.items()
    ]
    lines += [f"{what}: {figures.right[what]} of {n}" for what, n in figures.asked.items()]
    return "\n".join([*lines, *figures.misses])


def _compare(figures: Figures, gold: dict[str, Any], found: ReportItems) -> None:
    where = gold["file"]
    new = int(gold["letter_date"][:4]) >= _NEW_STYLE
    tally = figures.eras.setdefault(f"{'from' if new else 'before'} {_NEW_STYLE}", Tally())
    pairs = _pairs(gold["items"], found.items)
    tally.wanted += len(gold["items"])
    tally.found += len(found.items)
    tally.matched += len(pairs)
    figures.note("reply_by", str(found.reply_by or "") == (gold["reply_by"] or ""), where)
    figures.note("letter date", str(found.published) == gold["letter_date"], where)
    figures.note("title", _words(found.title) == _words(gold["title"]), where)
    figures.note("addressees", _same_offices(gold["addressees"], found.addressees), where)
    for wanted, item in pairs:
        figures.note("kind", wanted["kind"] == item.kind.value, where)
        figures.note("page", wanted["page"] == item.page, where)
        for what in ("number", "addressee", "deadline"):
            if what in wanted:
                ok = _same(wanted[what], getattr(item, what))
                figures.note(what, ok, f"{where} {item.text[:40]}")
        if wanted["limbs"] or item.limbs:
            figures.note("limbs", _same_limbs(wanted["limbs"], item), where)
    matched = {id(wanted) for wanted, _ in pairs}
    missed = [one for one in gold["items"] if id(one) not in matched]
    figures.misses += [f"{where}: not found: {one['text'][:80]}" for one in missed]
    taken = {id(item) for _, item in pairs}
    extra = [item for item in found.items if id(item) not in taken]
    figures.misses += [f"{where}: not wanted: {item.text[:80]}" for item in extra]


def _pairs(
    wanted: list[dict[str, Any]], found: tuple[Item, ...]
) -> list[tuple[dict[str, Any], Item]]:
    """One-to-one pairs that have nine words in ten in common, the best first."""
    scored = sorted(
        ((alike(one["text"], item.text), w, f) for w, one in enumerate(wanted)
         for f, item in enumerate(found)),
        reverse=True,
    )  # fmt: skip
    pairs: dict[int, int] = {}
    for likeness, w, f in scored:
        if likeness >= _ALIKE and w not in pairs and f not in pairs.values():
            pairs[w] = f
    return [(wanted[w], found[f]) for w, f in sorted(pairs.items())]


def alike(one: str, other: str) -> float:
    """The share of words in common, of the longer of the two texts; 1 when the same."""
    mine, yours = Counter(_words(one)), Counter(_words(other))
    longest = max(mine.total(), yours.total())
    return (mine & yours).total() / longest if longest else 1.0


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.findall(r"[^\W_]+", plain)


def _same(wanted: str, found: str) -> bool:
    """The same words; "force" stands for the force that the report names."""
    if found.casefold() in {"force", "constabulary"} and wanted:
        return True
    return _words(wanted) == _words(found)


def _same_limbs(wanted: list[str], item: Item) -> bool:
    return len(wanted) == len(item.limbs) and all(
        alike(one, limb.text) >= _ALIKE for one, limb in zip(wanted, item.limbs, strict=True)
    )


def _same_offices(wanted: list[str], found: tuple[str, ...]) -> bool:
    return [_words(one) for one in wanted] == [_words(one) for one in found]


if __name__ == "__main__":
    print(report(score(Path(sys.argv[1]), Path(sys.argv[2]))))
