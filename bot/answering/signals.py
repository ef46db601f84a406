"""How likely the documents hold an answer at all: several weak signs, weighed by calibration.

No one sign is enough: the nearest sentence of an unanswerable question is often very near.
"""

import math
import tomllib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from bot.answering import evidence
from bot.answering.evidence import Line
from bot.answering.expecting import Expected, expected
from retrieval.search import Finding

CALIBRATION = Path(__file__).with_name("calibration.toml")
# A question for one of these is not answered by a sentence that does not hold it.
_MUST_HOLD = (
    Expected.NUMBER,
    Expected.MONEY,
    Expected.SHARE,
    Expected.STATUS,
    Expected.DEFINITION,
)


@dataclass(frozen=True)
class Signals:
    """What speaks for an answer, of one finding.

    ``near``: the best cosine of a sentence within its passage; ``alone``: of a sentence by itself;
    ``passage``: of a passage. ``covered`` (0-1): the question's telling words in the best line.
    ``unmet`` (0-1): no line at the top holds the kind of thing asked for; ``lacking`` the same
    where nothing else will do, such as a number. ``why``: a reason is asked for. ``off_year``: the
    question names a year, and neither the best line nor its document is of that year.
    ``whether``: yes or no is asked for. ``stands_out``: how far the best sentence by itself is
    above the lower half of the first few.
    """

    near: float
    alone: float
    passage: float
    covered: float
    unmet: float
    lacking: float
    why: float
    off_year: float
    whether: float
    stands_out: float


NOTHING = Signals(0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Calibration:
    """Weights fitted on development questions, and the certainties from which to speak."""

    intercept: float
    means: dict[str, float]
    scales: dict[str, float]
    weights: dict[str, float]
    answer_from: float
    nearest_from: float

    def certainty(self, signals: Signals) -> float:
        """How likely (0-1) the documents hold an answer."""
        total = self.intercept + sum(
            self.weights[name] * (value - self.means[name]) / self.scales[name]
            for name, value in asdict(signals).items()
        )
        return 1 / (1 + math.exp(-total))


def read(finding: Finding, ordered: Sequence[Line]) -> Signals:
    """The signals of a finding and its lines, best first; NOTHING for nothing found."""
    if not ordered:
        return NOTHING
    kind = expected(finding.asked.question).kind
    unmet = 1 - max(line.meets for line in ordered[:3])
    return Signals(
        near=max(line.cosine for line in ordered),
        alone=max(line.alone for line in ordered),
        passage=max(found.cosine for found in finding.found),
        covered=ordered[0].covered,
        unmet=unmet,
        lacking=unmet if kind in _MUST_HOLD else 0.0,
        why=float(kind is Expected.REASON),
        off_year=float(evidence.is_off_year(finding.asked.years, ordered[0])),
        whether=float(kind is Expected.YES_OR_NO),
        stands_out=_stands_out([line.alone for line in ordered[: evidence.ALONE]]),
    )


def _stands_out(alone: Sequence[float]) -> float:
    lower = sorted(alone)[: max(1, len(alone) // 2)]
    return max(alone) - sum(lower) / len(lower)


@cache
def calibration(file: Path = CALIBRATION) -> Calibration:
    """The calibration as recorded in its file."""
    return Calibration(**tomllib.loads(file.read_text(encoding="utf-8"))["calibration"])
