"""A question to a checked, cited answer: find, judge whether there is one, write, check, say so."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from itertools import zip_longest
from typing import Protocol

from bot.answering import (
    absent,
    bounds,
    caveats,
    conflicts,
    evidence,
    premises,
    signals,
    thread,
    voices,
)
from bot.answering.answers import Answer, Citation, Sentence, Shown, Status
from bot.answering.evidence import Line
from bot.answering.signals import Calibration, Signals
from bot.answering.writing import Draft, Evidence, Writer
from bot.grounding import Support, check
from retrieval.documents import Page, quoted
from retrieval.library import Filed, Scope
from retrieval.search import Finding, Found, Search

_NONE = "No document may be read for this: none is open to you here, or none passes the filters."
_NEAREST = 3
_SEARCHED = 20


class Judge(Protocol):
    """A second opinion on whether cited words bear a sentence out; None is no opinion."""

    def support(self, sentence: str, cited: Sequence[str]) -> bool | None:
        """Whether ``cited`` bears ``sentence`` out."""


@dataclass(frozen=True)
class Answering:
    """Everything an answer needs, built once."""

    search: Search
    writer: Writer
    calibration: Calibration
    judge: Judge | None = None

    def answer(
        self,
        question: str,
        *,
        scope: Scope,
        earlier: Sequence[str] = (),
        heard: Callable[[Sentence], None] = lambda _: None,
    ) -> Answer:
        """The answer to a question within what the scope lets be read.

        ``earlier`` are the questions before it in the thread, oldest first; ``heard`` is given
        each sentence as soon as it has passed the gate.
        """
        both = voices.parted(question)
        if not both:
            return self._answer(question, scope, earlier, heard)
        found, said = (self._answer(one, scope, earlier, heard) for one in both)
        whole = voices.joined(question, found, said)
        return replace(whole, caveats=self._caveats(whole, scope.now)) if whole.sentences else whole

    def _answer(
        self,
        question: str,
        scope: Scope,
        earlier: Sequence[str],
        heard: Callable[[Sentence], None],
    ) -> Answer:
        beyond = bounds.beyond(question, scope.collections)
        if beyond:
            return Answer(question, beyond.status, beyond.words, by=self.writer.name)
        readable = self.search.shelves.library.admitted(scope)
        places = [filed.entry.place for filed in readable]
        alone = thread.standing_alone(question, earlier, sorted(filter(None, set(places))))
        unknown = readable and absent.named(alone, lambda word: self.search.speaks_of(word, scope))
        if unknown:
            words = f"No document that I can read here speaks of {unknown}."
            return Answer(question, Status.NOT_IN_DOCUMENTS, words, by=self.writer.name)
        findings = self.search.find(alone, scope)
        parts = [_part(self.search, finding, len(findings)) for finding in findings]
        certainty = self.calibration.certainty(_mean([part.signals for part in parts]))
        if certainty < self._speaks_from():
            return self._not_there(question, parts, certainty)
        return self._written(question, alone, parts, certainty, heard, scope.now)

    def _speaks_from(self) -> float:
        """A writer that can itself say "not there" is asked sooner than one that only quotes."""
        return (
            self.calibration.nearest_from if self.writer.decides else self.calibration.answer_from
        )

    def _written(
        self,
        question: str,
        alone: str,
        parts: "list[_Part]",
        certainty: float,
        heard: Callable[[Sentence], None],
        now: datetime,
    ) -> Answer:
        usable = [part for part in parts if self._usable(part, len(parts))]
        clash = _clash(alone, usable) if len(parts) == 1 else None
        shown: list[Sentence] = []
        withheld: list[Sentence] = []
        for draft in self._drafts(alone, usable, clash):
            sentence = self._gated(draft)
            (withheld if sentence.support is Support.WITHHELD else shown).append(sentence)
            if sentence.support is not Support.WITHHELD:
                heard(sentence)
        if not shown:
            return self._not_there(question, parts, certainty, tuple(withheld))
        status = _status(_both_shown(clash, shown), len(usable) < len(parts))
        return Answer(
            question,
            status,
            _opening(alone, status, parts, usable),
            tuple(shown),
            tuple(withheld),
            searched=_searched(parts),
            caveats=self._caveats_of(shown, self._filed(usable), now),
            certainty=certainty,
            by=self.writer.name,
            prompt=self.writer.prompt,
        )

    def _caveats(self, answer: Answer, now: datetime) -> tuple[str, ...]:
        filed = {shown.filed.digest: shown.filed for shown in answer.searched}
        return self._caveats_of(answer.sentences, filed, now)

    def _caveats_of(
        self, sentences: Sequence[Sentence], filed: Mapping[str, Filed], now: datetime
    ) -> tuple[str, ...]:
        return caveats.about(sentences, filed, now, quoting=not self.writer.decides)

    def _drafts(
        self, question: str, parts: "list[_Part]", clash: tuple[Line, Line] | None
    ) -> Iterator[Draft]:
        """What the writer says; where documents disagree, one that only quotes says just that."""
        if clash and not self.writer.decides:
            return (Draft(line.sentence.text, (line,), verbatim=True) for line in clash)
        return self.writer.write(question, [self._evidence(part) for part in parts])

    def _evidence(self, part: "_Part") -> Evidence:
        """What the writer gets; one that reads passages gets their neighbours too."""
        finding = part.finding
        reads = self.writer.decides
        passages = self.search.with_neighbours(finding) if reads else finding.found
        return Evidence(", ".join(finding.asked.places), tuple(part.lines), passages)

    def _usable(self, part: "_Part", parts: int) -> bool:
        """Whether one place of a comparison has anything to say."""
        own = self.calibration.certainty(part.signals)
        return bool(part.lines) and (parts == 1 or own >= self.calibration.nearest_from)

    def _not_there(
        self,
        question: str,
        parts: "list[_Part]",
        certainty: float,
        withheld: tuple[Sentence, ...] = (),
    ) -> Answer:
        if not any(part.finding.documents for part in parts):
            words = _NONE
            return Answer(question, Status.NOT_IN_DOCUMENTS, words, by=self.writer.name)
        near = certainty >= self.calibration.nearest_from
        first = [line for part in parts for line in evidence.one_a_page(part.lines)[:_NEAREST]]
        first.sort(key=lambda line: -line.score)
        return Answer(
            question,
            Status.NOT_IN_DOCUMENTS,
            "The documents I can read here do not say."
            + (
                " The passages that come nearest are below; they are not an answer." if near else ""
            ),
            withheld=withheld,
            nearest=tuple(c for line in first[:_NEAREST] for c in self._cited(line))
            if near
            else (),
            searched=_searched(parts) if near else (),
            certainty=certainty,
            by=self.writer.name,
            prompt=self.writer.prompt,
        )

    def _gated(self, draft: Draft) -> Sentence:
        """A draft with its citations proved and its support decided."""
        cited = [line.sentence.text for line in draft.lines]
        about = [text for line in draft.lines for text in _about(line.found.held.filed)]
        verdict = check(draft.text, cited, about)
        support, reasons = verdict.support, verdict.reasons
        asks = self.judge and support is not Support.WITHHELD and not draft.verbatim
        if asks and self.judge and self.judge.support(draft.text, cited) is False:
            support, reasons = Support.WITHHELD, (*reasons, "the second model does not agree")
        citations = tuple(one for line in draft.lines for one in self._cited(line))
        return Sentence(draft.text, citations, support, draft.verbatim, reasons)

    def _cited(self, line: Line) -> list[Citation]:
        """One citation for each page that the line stands on, its words read off the page anew."""
        filed = line.found.held.filed
        pages = self._pages(filed.digest)
        return [
            Citation(
                filed.digest,
                filed.name,
                filed.entry.title,
                filed.entry.published,
                span,
                " ".join(quoted(pages, span).split()),
            )
            for span in line.sentence.spans
        ]

    def _pages(self, digest: str) -> tuple[Page, ...]:
        return self.search.shelves.library.pages(digest)

    def _filed(self, parts: "list[_Part]") -> dict[str, Filed]:
        held = (found.held.filed for part in parts for found in part.finding.found)
        return {filed.digest: filed for filed in held}


@dataclass(frozen=True)
class _Part:
    """One finding with its lines and signals."""

    finding: Finding
    lines: list[Line]
    signals: Signals


def _part(search: Search, finding: Finding, parts: int) -> _Part:
    """The lines of one finding; the work at question time is shared out among the parts."""
    ordered = evidence.lines(search, finding, alone=max(4, evidence.ALONE // parts))
    return _Part(finding, ordered, signals.read(finding, ordered))


def _mean(several: list[Signals]) -> Signals:
    if not several:
        return signals.NOTHING
    return Signals(
        **{
            field.name: sum(getattr(one, field.name) for one in several) / len(several)
            for field in fields(Signals)
        }
    )


def _clash(question: str, parts: list[_Part]) -> tuple[Line, Line] | None:
    return conflicts.between(question, [line for part in parts for line in part.lines])


def _both_shown(clash: tuple[Line, Line] | None, shown: Sequence[Sentence]) -> bool:
    cited = {citation.document for sentence in shown for citation in sentence.citations}
    return clash is not None and {line.found.held.filed.digest for line in clash} <= cited


def _status(clash: bool, lacking: bool) -> Status:
    if clash:
        return Status.CONFLICTING
    return Status.PARTLY if lacking else Status.ANSWERED


def _opening(question: str, status: Status, parts: list[_Part], usable: list[_Part]) -> str:
    """What is said before the sentences."""
    if status is Status.CONFLICTING:
        return "The documents disagree. Both are shown with their dates, the older first."
    lines = [line for part in usable for line in part.lines[:3]]
    said = premises.correction(question, lines)
    if status is Status.PARTLY:
        lacking = [", ".join(p.finding.asked.places) for p in parts if p not in usable]
        said = f"{said} Nothing near enough was found for {' and '.join(lacking)}.".strip()
    return said or "This is what the documents say."


def _about(filed: Filed) -> list[str]:
    entry = filed.entry
    dated = f"{entry.published:%d %B %Y}" if entry.published else ""
    return [text for text in (entry.title, entry.body, entry.place, dated) if text]


def _searched(parts: list[_Part]) -> tuple[Shown, ...]:
    """The passages looked at, the parts of a comparison in turn."""
    rows = zip_longest(*(part.finding.found for part in parts))
    mixed = [found for row in rows for found in row if found is not None]
    return tuple(_shown(found) for found in mixed[:_SEARCHED])


def _shown(found: Found) -> Shown:
    passage = found.held.passage
    return Shown(
        passage.key, found.held.filed, passage.pages, passage.trail, passage.text, found.score
    )
