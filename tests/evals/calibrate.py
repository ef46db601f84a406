"""Fit when to speak: weights of the signals, from question sets; writes ``calibration.toml``.

Run it as ``python -m tests.evals.calibrate QUESTIONS DOCUMENTS [QUESTIONS DOCUMENTS …]``. There are
few unanswerable questions, so each answerable one is also used with its supporting passages taken
away. Figures are from cross-validation in which a question is never in its own training set.
"""

import sys
import tempfile
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from bot import settings
from bot.answering import bounds, evidence, signals
from bot.answering.signals import CALIBRATION, Signals
from bot.bootstrap import Parts
from bot.evaluation import Asked, auroc, questions
from retrieval import indexing
from retrieval.search import Finding, Search

NAMES = [field.name for field in fields(Signals)]
FOLDS = 8
SEEDS = 4
WITHOUT = 0.5  # what a question whose support was taken away counts for
WITHOUT_PARAPHRASE = 0.3
SPEAK_SHARE = 0.88  # of answerable questions that are no paraphrases, to be answered at the setting
STRENGTH = 0.3  # of the regularisation: sklearn's C

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """One question, with or without its support, and its signals."""

    group: str
    kind: str
    answerable: bool
    taken_away: bool
    signals: Signals

    @property
    def weight(self) -> float:
        """How much it counts in fitting."""
        if not self.taken_away:
            return 1.0
        return WITHOUT_PARAPHRASE if self.kind == "paraphrase" else WITHOUT


def cases(file: Path, documents: Path) -> list[Case]:
    """The cases of one question set over its documents, indexed in a temporary home."""
    with tempfile.TemporaryDirectory() as home:
        chosen = settings.load().model_copy(update={"home": Path(home)})
        parts = Parts(chosen)
        with parts.shelves() as shelves:
            list(
                indexing.bring_up_to_date(
                    [documents],
                    shelves=shelves,
                    model=chosen.embedding_model,
                    encoder=parts.embedder,
                    limits=parts.limits,
                )
            )
        scope = parts.scope()
        with parts.searching() as search:
            found = [
                case
                for asked in questions(file)
                if not bounds.beyond(asked.question, scope.collections)
                for case in _cases(search, asked, search.find(asked.question, scope), file.stem)
            ]
        parts.engine.dispose()
    return found


def _cases(search: Search, asked: Asked, findings: list[Finding], name: str) -> list[Case]:
    group = f"{name} {asked.id}"
    whole = Case(group, asked.type, asked.answerable, False, _signals(search, findings))
    away = [_without(finding, asked.pages | asked.instead) for finding in findings]
    if not asked.pages or asked.type == "false_premise" or not all(one.found for one in away):
        return [whole]
    return [whole, Case(group, asked.type, False, True, _signals(search, away))]


def _signals(search: Search, findings: list[Finding]) -> Signals:
    alone = max(4, evidence.ALONE // len(findings))
    several = [signals.read(f, evidence.lines(search, f, alone=alone)) for f in findings]
    return Signals(**{n: float(np.mean([getattr(one, n) for one in several])) for n in NAMES})


def _without(finding: Finding, pages: frozenset[tuple[str, int]]) -> Finding:
    kept = tuple(
        one
        for one in finding.found
        if not any((one.held.filed.name, page) in pages for page in one.held.passage.pages)
    )
    return replace(finding, found=kept)


def arrays(several: list[Case]) -> tuple[Array, Array, Array]:
    """Signals (n, k), answerable (n,) and weights (n,)."""
    values = np.array([[asdict(case.signals)[name] for name in NAMES] for case in several])
    return (
        values,
        np.array([float(case.answerable) for case in several]),
        np.array([case.weight for case in several]),
    )


def fit(values: Array, answerable: Array, weights: Array) -> dict[str, Any]:
    """Means, scales, weights and intercept of a balanced logistic regression."""
    means, scales = values.mean(0), values.std(0)
    scales[scales == 0] = 1.0
    model = LogisticRegression(C=STRENGTH, class_weight="balanced")
    model.fit((values - means) / scales, answerable, sample_weight=weights)
    return {
        "intercept": float(model.intercept_[0]),
        "means": dict(zip(NAMES, map(float, means), strict=True)),
        "scales": dict(zip(NAMES, map(float, scales), strict=True)),
        "weights": dict(zip(NAMES, map(float, model.coef_[0]), strict=True)),
    }


def certainties(fitted: dict[str, Any], values: Array) -> Array:
    """How likely each row is answerable."""
    weights, means, scales = (
        np.array([fitted[part][name] for name in NAMES]) for part in ("weights", "means", "scales")
    )
    total: Array = fitted["intercept"] + ((values - means) / scales) @ weights
    return 1 / (1 + np.exp(-total))


def cross_validated(several: list[Case]) -> Array:
    """The mean certainty of each case over several splits, always fitted without its question."""
    values, answerable, weights = arrays(several)
    groups = sorted({case.group for case in several})
    total = np.zeros(len(several))
    for seed in range(SEEDS):
        order = np.random.default_rng(seed).permutation(len(groups))
        fold_of = {groups[n]: k % FOLDS for k, n in enumerate(order)}
        folds = np.array([fold_of[case.group] for case in several])
        for fold in range(FOLDS):
            test = folds == fold
            fitted = fit(values[~test], answerable[~test], weights[~test])
            total[test] += certainties(fitted, values[test])
    return total / SEEDS


def curve(several: list[Case], certain: Array) -> list[dict[str, float]]:
    """At each threshold the shares answered and refused, over the questions as they were asked."""
    real = [(case, c) for case, c in zip(several, certain, strict=True) if not case.taken_away]
    plain = [c for case, c in real if case.answerable and case.kind != "paraphrase"]
    paraphrased = [c for case, c in real if case.answerable and case.kind == "paraphrase"]
    unable = [c for case, c in real if not case.answerable]
    return [
        {
            "from": round(float(at), 2),
            "answered": round(float(np.mean(np.array(plain) >= at)), 3),
            "paraphrases_answered": round(float(np.mean(np.array(paraphrased) >= at)), 3),
            "refused": round(float(np.mean(np.array(unable) < at)), 3),
        }
        for at in np.arange(0.2, 0.81, 0.05)
    ]


def written(fitted: dict[str, Any], speak: float, near: float, record: dict[str, Any]) -> str:
    """The calibration as TOML."""
    lines = [
        "# When to speak: fitted by tests/evals/calibrate.py, not by hand.",
        "[calibration]",
        f"intercept = {fitted['intercept']:.4f}",
        f"answer_from = {speak:.2f}",
        f"nearest_from = {near:.2f}",
    ]
    for part in ("means", "scales", "weights"):
        lines += ["", f"[calibration.{part}]"]
        lines += [f"{name} = {fitted[part][name]:.4f}" for name in NAMES]
    lines += ["", "[record]", *(f"{key} = {value!r}" for key, value in record["facts"].items())]
    for row in record["curve"]:
        lines += ["", "[[record.curve]]", *(f"{key} = {value}" for key, value in row.items())]
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> None:
    """Fit on all sets together and write the calibration with its curve."""
    sets = [Path(argument) for argument in arguments]
    several = [case for n in range(0, len(sets), 2) for case in cases(sets[n], sets[n + 1])]
    certain = cross_validated(several)
    real = [(case, c) for case, c in zip(several, certain, strict=True) if not case.taken_away]
    able = sorted(c for case, c in real if case.answerable and case.kind != "paraphrase")
    speak = round(float(able[int((1 - SPEAK_SHARE) * len(able))]), 2)
    facts = {
        "fitted_on": date.today().isoformat(),
        "questions": len(real),
        "unanswerable": sum(not case.answerable for case, _ in real),
        "support_taken_away": len(several) - len(real),
        "auroc": round(float(auroc([c for k, c in real if k.answerable],
                             [c for k, c in real if not k.answerable]) or 0.0), 3),
        "auroc_without_paraphrases": round(
            float(auroc(able, [c for k, c in real if not k.answerable]) or 0.0), 3),
    }  # fmt: skip
    text = written(fit(*arrays(several)), speak, round(speak - 0.15, 2),
                   {"facts": facts, "curve": curve(several, certain)})  # fmt: skip
    CALIBRATION.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main(sys.argv[1:])
