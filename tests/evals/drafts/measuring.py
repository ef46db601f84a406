"""How well limbs are found answered and planted errors caught, on drafts written by hand.

Each part of the set has its own drafts and its own items: the checks were tuned on one only.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from bot.responding import checking, intake
from bot.responding.checking import Finding, Matrix, Rule
from bot.responding.drafting.rebinding import rebind
from bot.responding.evidence import Pack, Piece, Sort, own
from bot.responding.locating import Words
from bot.store.cases import Case, Document, Item, Revision, Role
from bot.store.wordings import Cited, Voice, Wording
from retrieval.documents import Kind
from tests.corpus import samples

HERE = Path(__file__).parent
PARTS = ("tuning", "held_out")
CAUGHT_BY = {
    "number": {Rule.FIGURE},
    "date": {Rule.DATE},
    "name": {Rule.NAME},
    "grade": {Rule.GRADE},
    "negation": {Rule.TURNED},
    "voice": {Rule.VOICE, Rule.FORCE_CLAIM, Rule.CHIEF_WORDS},
    "restricted": {Rule.RESTRICTED},
    "undated": {Rule.PROMISE_DATE},
}
"""The rules that have to see a planted error, in its own sentence."""

FACTUAL = frozenset({Rule.QUOTATION, Rule.POSITION, Rule.LEGAL}.union(*CAUGHT_BY.values()))
"""What must be silent on a draft with nothing wrong planted in it."""

_VOICES = {
    Sort.COMMENT: Voice.CHIEF_OFFICER,
    Sort.FORCE: Voice.CHIEF_OFFICER,
    Sort.FINDING: Voice.INSPECTORATE,
    Sort.EARLIER: Voice.INSPECTORATE,
    Sort.OUTCOME: Voice.INSPECTORATE,
}
_NOW = datetime(2024, 1, 20, tzinfo=UTC)


@dataclass(frozen=True)
class Checked:
    """One draft of the set, checked."""

    draft: dict[str, Any]
    wording: Wording
    matrix: Matrix
    findings: tuple[Finding, ...]

    @property
    def answered(self) -> set[int]:
        """The limbs that are found answered."""
        return {row.limb for row in self.matrix.rows if row.answered}

    @property
    def caught(self) -> bool:
        """Whether the planted error was seen where it is, as what it is."""
        rules = CAUGHT_BY[self.draft["planted"]]
        return any(one.rule in rules and self._planted(one) for one in self.findings)

    @property
    def alarms(self) -> list[Finding]:
        """What was said to be wrong and is not."""
        factual = [one for one in self.findings if one.rule in FACTUAL]
        return [one for one in factual if not ("planted" in self.draft and self._planted(one))]

    def _planted(self, one: Finding) -> bool:
        said = self.wording.sentences[one.sentence - 1].text if one.sentence else ""
        return self.draft["words"] in said


@dataclass(frozen=True)
class Figures:
    """Counts over one part; ``alarmed`` of ``clean`` drafts have a false alarm."""

    drafts: int
    right: int
    found: int
    wanted: int
    caught: int
    planted: int
    alarmed: int
    clean: int

    @property
    def f1(self) -> float:
        """F1 of "this limb is answered", over all limbs of all drafts."""
        return 2 * self.right / ((self.found + self.wanted) or 1)


def checked(part: str) -> list[Checked]:
    """All drafts of a part, checked against their packs."""
    drafts = tomllib.loads((HERE / f"{part}.toml").read_text("utf-8"))["draft"]
    return [_checked(one) for one in drafts]


def figures(found: list[Checked]) -> Figures:
    """The counts."""
    planted = [one for one in found if "planted" in one.draft]
    clean = [one for one in found if one not in planted]
    wanted = [set(one.draft["answers"]) for one in found]
    return Figures(
        drafts=len(found),
        right=sum(len(w & one.answered) for w, one in zip(wanted, found, strict=True)),
        found=sum(len(one.answered) for one in found),
        wanted=sum(map(len, wanted)),
        caught=sum(one.caught for one in planted),
        planted=len(planted),
        alarmed=sum(bool(one.alarms) for one in clean),
        clean=len(clean),
    )


def misses(found: list[Checked]) -> Iterator[str]:
    """A line for each thing that went wrong."""
    for one in found:
        name, wanted = one.draft["id"], set(one.draft["answers"])
        if one.answered != wanted:
            yield f"{name}: limbs {sorted(one.answered)}, wanted {sorted(wanted)}"
        if "planted" in one.draft and not one.caught:
            yield f"{name}: {one.draft['planted']} not caught"
        for alarm in one.alarms:
            said = one.wording.sentences[alarm.sentence - 1].text if alarm.sentence else ""
            yield f"{name}: {alarm.rule}: {alarm.what} [{said[:80]}]"


def _checked(draft: dict[str, Any]) -> Checked:
    item, pack = of_item(draft["item"])
    said = rebind(draft["text"], pack)
    matrix = checking.coverage(said, item)
    return Checked(draft, said, matrix, checking.check(said, item, pack))


@cache
def of_item(name: str) -> tuple[Item, Pack]:
    """An item of the set with the evidence on it."""
    told = tomllib.loads((HERE / "packs.toml").read_text("utf-8"))
    entry = told["items"][name]
    case = of_case(entry["report"])
    item = case.content.item(entry["item"])
    assert item is not None
    read = samples.read(entry["report"])
    pieces = [
        *own.pieces(case, item, lambda _: read.pages),
        *(one for listed in told["piece"] if listed["set"] in entry["evidence"]
          for one in _pieces(listed)),
    ]  # fmt: skip
    titles = [one["title"] for one in samples.catalogue() if one["place"] == "Fernshire"]
    names = (*titles, "Fernshire Police", "Police and Crime Plan", "Fernshire", "HMICFRS", "HMIC")
    known = tuple(own.names(read.pages))
    return item, Pack(
        case.id, item.id, entry["on"], tuple(pieces), names=names, known=known, awaited=False
    )


def of_case(file: str) -> Case:
    """The case that a sample report makes, confirmed as it was read."""
    read = samples.read(file)
    proposal = intake.propose(read, file, force="Fernshire Police")
    revision = Revision(1, True, proposal.content, (), "U1", _NOW)
    document = Document(1, read.digest, file, proposal.content.title, Kind.INSPECTION_REPORT,
                        Role.REPORT)  # fmt: skip
    return Case(proposal.case, "U1", _NOW, (revision,), (document,))


def _pieces(listed: dict[str, Any]) -> Iterator[Piece]:
    entry = next(one for one in samples.catalogue() if one["path"].endswith(listed["file"]))
    words = Words(samples.read(listed["file"]).pages)
    sort = Sort(listed["sort"])
    for quote in listed["quotes"]:
        spans = words.find(quote)
        assert spans, quote
        cited = Cited(
            samples.read(listed["file"]).digest, entry["title"], Kind(entry["kind"]),
            entry["published"], spans[0].page, words.quote(spans), spans,
        )  # fmt: skip
        voice = _VOICES.get(sort, Voice.COMMISSIONER)
        yield Piece(sort, cited, voice, listed.get("closed", ""))
