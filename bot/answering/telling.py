"""An answer as lines of text, for a terminal; and as plain data, for ``--json``."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from bot.answering.answers import Answer, Citation, Sentence, Shown
from bot.grounding import Support


def lines(answer: Answer) -> Iterator[str]:
    """The answer as a person reads it, sources numbered in the order of first use."""
    told = Telling()
    yield answer.opening
    for sentence in answer.sentences:
        yield from told.sentence(sentence)
    yield from told.rest(answer)


class Telling:
    """One answer being told, so that its sentences can be shown as they come."""

    def __init__(self) -> None:
        self._marks = Marks()
        self._under = ""

    def sentence(self, sentence: Sentence) -> Iterator[str]:
        """A sentence with the marks of its sources."""
        if sentence.under != self._under:
            self._under = sentence.under
            yield from ("", f"  {sentence.under}:")
        yield ""
        yield f"  {said(sentence, self._marks.of(sentence))}"

    def rest(self, answer: Answer) -> Iterator[str]:
        """All that comes after the sentences."""
        if answer.sentences:
            yield from _sources(answer)
        for near in answer.nearest:
            yield ""
            yield f"  {source(near)}:"
            yield f"  “{near.quote}”"
        if answer.withheld:
            yield ""
            yield withheld(len(answer.withheld))
        for caveat in answer.caveats:
            yield ""
            yield f"Note: {caveat}"


class Marks:
    """The numbers of an answer's sources, from 1 in the order of first use: one for each page."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int], int] = {}

    def of(self, sentence: Sentence) -> tuple[int, ...]:
        """The numbers of the pages that a sentence cites, each once."""
        places = [(one.document, one.page) for one in sentence.citations]
        numbers = [self._numbers.setdefault(place, len(self._numbers) + 1) for place in places]
        return tuple(dict.fromkeys(numbers))


def sources(answer: Answer) -> tuple[Citation, ...]:
    """What the marks of an answer stand for: the first citation of each page, in their order."""
    first: dict[tuple[str, int], Citation] = {}
    for sentence in answer.sentences:
        for cited in sentence.citations:
            first.setdefault((cited.document, cited.page), cited)
    return tuple(first.values())


def numbered(answer: Answer) -> tuple[Citation, ...]:
    """What an answer lets be looked up, from number 1: its sources, then the nearest."""
    return (*sources(answer), *answer.nearest)


def said(sentence: Sentence, numbers: Sequence[int]) -> str:
    """A sentence as it is shown: quoted when it is a document's own, with marks and any doubt."""
    noted = " ".join(f"[{number}]" for number in numbers)
    text = f"“{sentence.text}”" if sentence.verbatim else sentence.text
    check = " (to check)" if sentence.support is Support.TO_CHECK else ""
    return f"{text} {noted}{check}"


def withheld(count: int) -> str:
    """How many sentences were withheld, and why."""
    if count == 1:
        return "1 sentence was withheld: not borne out by what it cites."
    return f"{count} sentences were withheld: not borne out by what they cite."


def _sources(answer: Answer) -> Iterator[str]:
    yield ""
    yield "Sources"
    for number, cited in enumerate(sources(answer), start=1):
        yield f"  [{number}] {source(cited)}"


def source(citation: Citation) -> str:
    """Title, date and page of a citation; a date that the title says is not said again."""
    dated = _dated(citation.published)
    titled = citation.title if dated in citation.title else f"{citation.title}, {dated}"
    return f"{titled}, page {citation.page}"


def _dated(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "undated"


def data(answer: Answer) -> dict[str, Any]:
    """The answer as JSON has it; offsets count characters in the page's text."""
    return {
        "question": answer.question,
        "status": answer.status.value,
        "opening": answer.opening,
        "sentences": [_sentence(one) for one in answer.sentences],
        "withheld": [_sentence(one) for one in answer.withheld],
        "nearest": [_citation(one) for one in answer.nearest],
        "passages": [_shown(one) for one in answer.searched],
        "caveats": list(answer.caveats),
        "certainty": round(answer.certainty, 4),
        "by": answer.by,
        "prompt": answer.prompt,
    }


def _sentence(sentence: Sentence) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "support": sentence.support.value,
        "verbatim": sentence.verbatim,
        "reasons": list(sentence.reasons),
        "under": sentence.under,
        "citations": [_citation(one) for one in sentence.citations],
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "document": citation.document,
        "file": citation.file,
        "title": citation.title,
        "published": citation.published.isoformat() if citation.published else None,
        "page": citation.page,
        "start": citation.span.start,
        "end": citation.span.end,
        "quote": citation.quote,
    }


def _shown(shown: Shown) -> dict[str, Any]:
    entry = shown.filed.entry
    return {
        "key": shown.key,
        "document": shown.filed.digest,
        "file": shown.filed.name,
        "title": entry.title,
        "published": entry.published.isoformat() if entry.published else None,
        "pages": list(shown.pages),
        "trail": list(shown.trail),
        "text": shown.text,
        "score": round(shown.score, 4),
    }
