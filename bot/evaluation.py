"""How well finding and answering do on a set of questions; the figures of ``rejoinder eval``.

The format of the questions is described in ``tests/evals/README.md``. Two are read: supports with
file, page and quote; and supports as quotes between « » of the one document asked about.
"""

import json
import re
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bot.answering.answer import Answering
from bot.answering.answers import Answer, Citation, Status
from retrieval.documents import Page
from retrieval.library import Scope
from retrieval.search import Finding
from retrieval.words import folded

CUTS = (1, 5, 10, 20)
_SPOKE = (Status.ANSWERED, Status.PARTLY, Status.CONFLICTING)
_WORDS = re.compile(r"[\W_]+")
_TAGS = re.compile(r"<[^>]+>")


class QuestionsWrong(Exception):
    """A file of questions that cannot be used; the message says where and why."""


@dataclass(frozen=True)
class Asked:
    """A question with what should be found. ``pages`` are (file, page); ``quotes`` their words."""

    id: str
    question: str
    type: str
    answerable: bool
    pages: frozenset[tuple[str, int]] = frozenset()
    instead: frozenset[tuple[str, int]] = frozenset()
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """What one question gave. Shares are 0-1, None where the question has nothing to measure."""

    id: str
    type: str
    answerable: bool
    status: str
    certainty: float
    milliseconds: float
    recall: dict[int, float] | None = None
    reciprocal_rank: float | None = None
    first_right: bool | None = None
    first_three_right: bool | None = None
    words_shown: bool | None = None
    quotes: int = 0
    quotes_verbatim: int = 0

    @property
    def spoke(self) -> bool:
        """Whether it claimed an answer."""
        return self.status in _SPOKE


@dataclass(frozen=True)
class Report:
    """The rows, and their figures for the whole and for each type of question."""

    rows: tuple[Row, ...]
    overall: dict[str, Any] = field(default_factory=dict)
    by_type: dict[str, dict[str, Any]] = field(default_factory=dict)

    def data(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "overall": self.overall,
            "by_type": self.by_type,
            "rows": [asdict(row) for row in self.rows],
        }


def questions(file: Path) -> list[Asked]:
    """The questions of a file. QuestionsWrong when it cannot be read."""
    try:
        listed = json.loads(file.read_text(encoding="utf-8"))
        return [_asked(number, one) for number, one in enumerate(listed, 1)]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as cause:
        raise QuestionsWrong(
            f"{file} is not a list of questions as described in tests/evals/README.md: "
            f"{type(cause).__name__} {cause}"
        ) from cause


def _asked(number: int, one: dict[str, Any]) -> Asked:
    support = one.get("support") or []
    if isinstance(support, str):
        quotes = tuple(_TAGS.sub("", quote) for quote in re.findall("«([^»]+)»", support))
        return Asked(
            one.get("id", f"Q{number:02}"),
            one["question"],
            one.get("category", one.get("type", "")),
            bool(one["answerable_from_document"]),
            quotes=quotes,
        )
    return Asked(
        one.get("id", f"Q{number:02}"),
        one["question"],
        one["type"],
        bool(one["answerable"]),
        frozenset((part["file"], part["page"]) for part in support),
        frozenset((part["file"], part["page"]) for part in one.get("alt_support") or []),
        tuple(part["quote"] for part in support),
    )


def evaluate(
    asked: Sequence[Asked],
    answering: Answering,
    scope: Scope,
    pages: Callable[[str], tuple[Page, ...]],
    seen: Callable[[], None] = lambda: None,
) -> Report:
    """Ask every question. ``pages`` gives a document's pages, read anew, by its digest."""
    rows = []
    for one in asked:
        rows.append(_row(one, answering, scope, pages))
        seen()
    types = sorted({row.type for row in rows})
    return Report(
        tuple(rows),
        figures(rows),
        {name: figures([row for row in rows if row.type == name]) for name in types},
    )


def _row(
    one: Asked, answering: Answering, scope: Scope, pages: Callable[[str], tuple[Page, ...]]
) -> Row:
    started = time.perf_counter()
    answer = answering.answer(one.question, scope=scope)
    spent = 1000 * (time.perf_counter() - started)
    cited = [citation for sentence in answer.sentences for citation in sentence.citations]
    shown = [*cited, *answer.nearest]
    ranked = _ranked(answering.search.find(one.question, scope)) if one.pages else []
    places = list(dict.fromkeys((citation.file, citation.page) for citation in cited))
    right = one.pages | one.instead
    spoke = answer.status in _SPOKE
    return Row(
        one.id,
        one.type,
        one.answerable,
        answer.status.value,
        answer.certainty,
        spent,
        recall={cut: _recall(ranked, cut, one) for cut in CUTS} if one.pages else None,
        reciprocal_rank=_reciprocal_rank(ranked, right) if one.pages else None,
        first_right=places[0] in right if spoke and one.pages else None,
        first_three_right=any(p in right for p in places[:3]) if spoke and one.pages else None,
        words_shown=_words_shown(one.quotes, answer) if one.answerable and one.quotes else None,
        quotes=len(shown),
        quotes_verbatim=sum(_stands(citation, pages) for citation in shown),
    )


def _ranked(findings: Sequence[Finding]) -> list[set[tuple[str, int]]]:
    """The pages of each passage found, the parts of a comparison in turn."""
    longest = max((len(finding.found) for finding in findings), default=0)
    return [
        {(finding.found[n].held.filed.name, page) for page in finding.found[n].held.passage.pages}
        for n in range(longest)
        for finding in findings
        if n < len(finding.found)
    ]


def _recall(ranked: list[set[tuple[str, int]]], cut: int, one: Asked) -> float:
    got = set().union(*ranked[:cut])
    return 1.0 if got & one.instead else len(got & one.pages) / len(one.pages)


def _reciprocal_rank(ranked: list[set[tuple[str, int]]], right: Iterable[tuple[str, int]]) -> float:
    wanted = set(right)
    return next((1 / rank for rank, pages in enumerate(ranked, 1) if pages & wanted), 0.0)


def _words_shown(quotes: Sequence[str], answer: Answer) -> bool:
    """Whether any of the supporting words are among those shown as the answer."""
    cited = [citation.quote for line in answer.sentences for citation in line.citations]
    shown = _bare(" ".join(cited))
    return any(_bare(quote) in shown or _overlaps(quote, cited) for quote in quotes)


def _overlaps(quote: str, cited: Sequence[str]) -> bool:
    """Whether a shown quotation lies within the wanted one: a sentence of a longer support."""
    return any(len(one.split()) >= 4 and _bare(one) in _bare(quote) for one in cited)


def _bare(text: str) -> str:
    return _WORDS.sub("", folded(text).lower())


def _stands(citation: Citation, pages: Callable[[str], tuple[Page, ...]]) -> bool:
    """Whether a quotation stands, word for word, on the page it names."""
    there = [page.text for page in pages(citation.document) if page.number == citation.page]
    return any(" ".join(citation.quote.split()) in " ".join(text.split()) for text in there)


def figures(rows: Sequence[Row]) -> dict[str, Any]:
    """The figures of some rows; None where none of them has what is measured."""
    able = [row for row in rows if row.answerable]
    unable = [row for row in rows if not row.answerable]
    found = [row for row in rows if row.recall is not None]
    spent = sorted(row.milliseconds for row in rows)
    quoted = sum(row.quotes for row in rows)
    return {
        "questions": len(rows),
        **{
            f"recall@{cut}": _mean([row.recall[cut] for row in found if row.recall]) for cut in CUTS
        },
        "mrr": _mean([row.reciprocal_rank for row in found]),
        "answered_of_answerable": _mean([row.spoke for row in able]),
        "refused_of_unanswerable": _mean([not row.spoke for row in unable]),
        "first_citation_right": _mean([row.first_right for row in rows]),
        "first_three_right": _mean([row.first_three_right for row in rows]),
        "words_shown": _mean([row.words_shown for row in able]),
        "quotes": quoted,
        "quotes_verbatim": sum(row.quotes_verbatim for row in rows) / quoted if quoted else None,
        "auroc": auroc([r.certainty for r in able], [r.certainty for r in unable]),
        "ms_p50": statistics.median(spent) if spent else None,
        "ms_p95": spent[min(len(spent) - 1, int(0.95 * len(spent)))] if spent else None,
    }


def _mean(values: Sequence[float | bool | None]) -> float | None:
    known = [float(value) for value in values if value is not None]
    return sum(known) / len(known) if known else None


def auroc(able: Sequence[float], unable: Sequence[float]) -> float | None:
    """How often an answerable question is more certain than an unanswerable one (ties half)."""
    if not able or not unable:
        return None
    wins = sum((a > u) + 0.5 * (a == u) for a in able for u in unable)
    return wins / (len(able) * len(unable))


def table(report: Report) -> list[str]:
    """The figures as lines of text, the whole first, then each type."""
    columns = ("questions", *(f"recall@{cut}" for cut in CUTS), "mrr", "answered_of_answerable",
               "refused_of_unanswerable", "first_citation_right", "first_three_right",
               "words_shown", "quotes_verbatim", "auroc", "ms_p50", "ms_p95")  # fmt: skip
    kinds = defaultdict(dict, {"all": report.overall} | report.by_type)
    width = max(len(column) for column in columns)
    lines = [" " * width + "".join(f"{kind[:13]:>14}" for kind in kinds)]
    for column in columns:
        cells = "".join(f"{_cell(figures.get(column)):>14}" for figures in kinds.values())
        lines.append(f"{column:<{width}}{cells}")
    return lines


def _cell(value: float | int | None) -> str:
    if value is None:
        return "-"
    return (
        str(value) if isinstance(value, int) else f"{value:.3f}" if value < 10 else f"{value:.0f}"
    )
