"""How well the gate tells what its sources bear out from what they do not.

``python -m tests.evals.grounding_calibration [QUESTIONS.json …]`` prints the tables of
``docs/decisions/0005-grounding.md``. A question set gives four kinds of pairs:

- *supported*: a person's answer, sentence by sentence, with its own support;
- *other support*: the same sentence with the support of another question on the same document, or
  of the same type where there is none;
- *nearest other*: the same sentence with the support that shares most words with it, of all others;
- *twisted*: a supporting quotation with one thing changed (a number, a name, a "not", a "should", a
  grade), with the untouched quotation as its source.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.grounding import Support, Verdict, check
from retrieval.passages import sentence_bounds
from retrieval.words import terms

HERE = Path(__file__).parent
SETS = (HERE / "sample-questions.json", HERE.parents[2] / "shared/data/jtai-gold/questions.json")
_OTHERS = 3  # other questions that each sentence is held against


@dataclass(frozen=True)
class Pair:
    """A sentence and what it is held against; ``kind`` is one of the four, or the twist."""

    kind: str
    of: str
    sentence: str
    cited: tuple[str, ...]
    about: tuple[str, ...]

    def verdict(self) -> Verdict:
        """What the gate says of it."""
        return check(self.sentence, self.cited, self.about)


def pairs(questions: Sequence[dict[str, Any]]) -> list[Pair]:
    """All pairs that a question set gives."""
    answered = [one for one in questions if one["answerable"] and one["support"]]
    return [
        pair
        for one in answered
        for pair in (
            *_own(one),
            *_of_others(one, answered),
            *_nearest_other(one, answered),
            *_twisted(one),
        )
    ]


def auroc(good: Sequence[float], bad: Sequence[float]) -> float:
    """How often a good one scores above a bad one; a tie counts half."""
    wins = sum((a > b) + 0.5 * (a == b) for a in good for b in bad)
    return wins / (len(good) * len(bad)) if good and bad else 0.0


def _own(one: dict[str, Any]) -> Iterator[Pair]:
    for sentence in _sentences(one["answer"]):
        yield Pair("supported", one["type"], sentence, _quotes(one), _about(one))


def _of_others(one: dict[str, Any], answered: Sequence[dict[str, Any]]) -> Iterator[Pair]:
    files = {support["file"] for support in one["support"]}
    others = [two for two in answered if two is not one and not _overlap(one, two)]
    near = [two for two in others if files & {support["file"] for support in two["support"]}]
    same = [two for two in others if two["type"] == one["type"] and two not in near]
    at = answered.index(one)
    for two in (near + same[at % max(len(same), 1) :] + same)[:_OTHERS]:
        for sentence in _sentences(one["answer"]):
            yield Pair("other support", one["type"], sentence, _quotes(two), _about(two))


def _nearest_other(one: dict[str, Any], answered: Sequence[dict[str, Any]]) -> Iterator[Pair]:
    others = [two for two in answered if two is not one and not _overlap(one, two)]
    held = [set(terms(" ".join(_quotes(two)))) for two in others]
    for sentence in _sentences(one["answer"]) if others else ():
        shared = [len(words.intersection(terms(sentence))) for words in held]
        two = others[shared.index(max(shared))]
        yield Pair("nearest other", one["type"], sentence, _quotes(two), _about(two))


def _overlap(one: dict[str, Any], two: dict[str, Any]) -> bool:
    return any(a in b or b in a for a in _quotes(one) for b in _quotes(two))


def _twisted(one: dict[str, Any]) -> Iterator[Pair]:
    for support in one["support"]:
        for kind, twist in TWISTS.items():
            twisted = twist(support["quote"])
            if twisted != support["quote"]:
                yield Pair(kind, one["type"], twisted, (support["quote"],), _about(one))


def _number(text: str) -> str:
    return re.sub(r"(?<![\w.,])\d\d?(?![\d.,/]|\w)", lambda m: str(int(m[0]) + 3), text, count=1)


def _name(text: str) -> str:
    return re.sub(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b", "Ravensworth", text, count=1)


def _without_not(text: str) -> str:
    return re.sub(r"\b(not|never|no)\s", "", text, count=1)


def _with_not(text: str) -> str:
    if re.search(r"\b(?:not|no|never|lack|without|too|poor|few|fail|limit)", text):
        return text
    return re.sub(r"\b(is|are|was|were|has|have|had|should)\s", r"\1 not ", text, count=1)


def _done(text: str) -> str:
    return re.sub(r"\bshould\s(?=\w+)", "did ", text, count=1)


def _graded(text: str) -> str:
    swaps = {"inadequate": "good", "requires improvement": "good", "good": "inadequate",
             "adequate": "outstanding", "outstanding": "inadequate"}  # fmt: skip
    grade = rf"(?<=is )(?:{'|'.join(swaps)})(?= at\b)"
    return re.sub(grade, lambda m: swaps[m[0]], text, count=1)


TWISTS: dict[str, Callable[[str], str]] = {
    "another number": _number,
    "another name": _name,
    "a lost not": _without_not,
    "a new not": _with_not,
    "a should made done": _done,
    "another grade": _graded,
}


def _sentences(answer: str) -> list[str]:
    return [answer[start:end] for start, end in sentence_bounds(answer)]


def _quotes(one: dict[str, Any]) -> tuple[str, ...]:
    return tuple(support["quote"] for support in (*one["support"], *one.get("alt_support", ())))


def _about(one: dict[str, Any]) -> tuple[str, ...]:
    """What the catalogue would say of the documents: here, what their file names say."""
    return tuple(
        words
        for file in dict.fromkeys(support["file"] for support in one["support"])
        for words in _named(file)
    )


def _named(file: str) -> list[str]:
    name = Path(file).stem
    dated = re.match(r"(\d{4}-\d\d-\d\d)-(.*)", name)
    title = re.sub(r"(20\d\d)-(\d\d)(?=-|$)", r"\1/\2", dated[2] if dated else name)
    when = date.fromisoformat(dated[1]) if dated else None
    return [title.replace("-", " ").title(), *([f"{when.day} {when:%B %Y}"] if when else [])]


def _report(name: str, found: Sequence[Pair]) -> Iterator[str]:
    judged = [(pair, pair.verdict()) for pair in found]
    yield f"\n{name}\n{'pairs':22}{'n':>5} {'clear':>7} {'to check':>9} {'withheld':>9}"
    for kind in dict.fromkeys(pair.kind for pair in found):
        yield _shares(kind, [verdict for pair, verdict in judged if pair.kind == kind])
    for of in dict.fromkeys(pair.of for pair in found):
        own = [v for pair, v in judged if pair.of == of and pair.kind == "supported"]
        yield _shares(f"  supported {of}", own)
    yield from _separation(judged)
    yield from _rules(judged)


def _shares(kind: str, verdicts: Sequence[Verdict]) -> str:
    counts = Counter(verdict.support for verdict in verdicts)
    total = len(verdicts) or 1
    clear, to_check, withheld = (counts[support] / total for support in Support)
    return f"{kind:22}{len(verdicts):5} {clear:7.2f} {to_check:9.2f} {withheld:9.2f}"


def _separation(judged: Sequence[tuple[Pair, Verdict]]) -> Iterator[str]:
    for name, score in (("covered share", _share), ("verdict, then share", _standing)):
        good, bad = ([score(v) for pair, v in judged if pair.kind == kind]
                     for kind in ("supported", "other support"))  # fmt: skip
        yield f"AUROC {name:22} {auroc(good, bad):.3f}"


def _share(verdict: Verdict) -> float:
    return verdict.covered


def _standing(verdict: Verdict) -> float:
    rank = {Support.CLEAR: 2.0, Support.TO_CHECK: 1.0, Support.WITHHELD: 0.0}
    return rank[verdict.support] + verdict.covered / 2


def _rules(judged: Iterable[tuple[Pair, Verdict]]) -> Iterator[str]:
    fires: Counter[tuple[str, bool]] = Counter()
    for pair, verdict in judged:
        if pair.kind == "nearest other" or verdict.support is not Support.WITHHELD:
            continue
        for rule in {_rule(reason) for reason in verdict.reasons}:
            fires[rule, pair.kind == "supported"] += 1
    yield "rule: fires on unsupported / on supported = precision"
    for rule in sorted({rule for rule, _ in fires}):
        bad, good = fires[rule, False], fires[rule, True]
        yield f"  {rule:34}{bad:5}{good:5}{bad / (bad + good):7.2f}"


def _rule(reason: str) -> str:
    kept = re.sub(r"“[^”]*”|\d[\d.,%]*", "…", reason)
    kept = re.sub(r"(the (?:name|date|number)) .* (?=does not|stands)", r"\1 … ", kept)
    return kept[:34]


def main(paths: Sequence[str]) -> None:
    """Print the tables of each question set that is there."""
    for path in [Path(one) for one in paths] or [one for one in SETS if one.exists()]:
        found = pairs(json.loads(path.read_text(encoding="utf-8")))
        print("\n".join(_report(path.name, found)))


if __name__ == "__main__":
    main(sys.argv[1:])
