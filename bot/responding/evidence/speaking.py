"""Who speaks in a published response: the inspectorate, the chief officer or the commissioner.

Headings, labels at the head of a paragraph ("Chief Constable:") and the columns of a table say so.
What stands under none of them is the commissioner's, whose document it is.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.store.wordings import Voice
from retrieval.documents import Page, Passage, Sentence, Span
from retrieval.passages import sentence_bounds

_SAYS = r"(?:response|comments?|reply|replies|views?|statement)"
_OWN = re.compile(
    rf"(?:(?:the )?(?:PF?CC|(?:police(?:,? fire)? and crime )?commissioner|local policing body|"
    rf"mayor)(?:['’]?s)?|our|my)\b.{{0,30}}\b{_SAYS}\b|"
    r"what (?:I|we) will do\b|(?:commissioner|PF?CC)(?: \([^)]*\))?\s*:",
    re.IGNORECASE,
)
_CHIEF = re.compile(
    rf"(?:(?:the )?(?:chief constable|chief officer|force|constabulary|[\w’'-]+ (?:police|"
    rf"constabulary)|(?-i:[A-Z]{{2,4}}))(?:['’]?s)?)\b.{{0,30}}\b{_SAYS}\b|"
    r"(?:chief constable|chief officer|force)(?: \([^)]*\))?\s*:",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"what (?:was|is|the report|HMIC\w*) ?(?:asked|asks|found|recommended)?\b|"
    r"(?:area for improvement|recommendation|cause of concern)\b",
    re.IGNORECASE,
)
_HEADS = ((Voice.COMMISSIONER, _OWN), (Voice.CHIEF_OFFICER, _CHIEF), (Voice.INSPECTORATE, _ASKED))
_LABELLED = re.compile(
    r"(?:the )?(?:chief constable|chief officer|force|PF?CC|commissioner)(?: \([^)]*\))?:",
    re.IGNORECASE,
)
_LABEL = 60  # signs within which a label ends


@dataclass(frozen=True)
class Said:
    """A sentence, whose it is (None: none of the three), and the heading that it stands under."""

    text: str
    voice: Voice | None
    spans: tuple[Span, ...]
    under: str


def said(passages: Iterable[Passage], pages: tuple[Page, ...]) -> Iterator[Said]:
    """The sentences of a response in reading order, labels and headings left out."""
    trail: tuple[str, ...] = ()
    voice = Voice.COMMISSIONER
    columns: tuple[Voice | None, ...] = ()
    for passage in passages:
        if passage.trail != trail:
            trail, columns = passage.trail, ()
            voice = _headed(trail)
        for sentence in passage.sentences:
            cells = _cells(sentence, pages)
            if len(cells) > 1:
                voices = tuple(map(_voice, (text for text, _ in cells)))
                columns = columns or (voices if len(list(filter(None, voices))) > 1 else ())
                yield from _row(cells, columns, voices)
                continue
            voice = _labels(sentence.text) or voice
            if not _is_label(sentence.text):
                text, spans = _unlabelled(sentence, pages)
                yield Said(text, voice, spans, _subject(trail))


def _headed(trail: tuple[str, ...]) -> Voice:
    """The voice that the lowest telling heading names; under an item's heading none speaks yet."""
    for heading in reversed(trail[-2:]):
        if (found := _voice(heading)) and found is not Voice.INSPECTORATE:
            return found
        if found and re.match(r"(?:recommendation|cause|area)s?\b", heading, re.IGNORECASE):
            return Voice.INSPECTORATE
    return Voice.COMMISSIONER


def _subject(trail: tuple[str, ...]) -> str:
    """The lowest heading that is not only a voice: "Recommendation 2: missing children"."""
    telling = (one for one in reversed(trail) if _voice(one) in (None, Voice.INSPECTORATE))
    return next(telling, trail[-1] if trail else "")


def _voice(text: str) -> Voice | None:
    head = text[:_LABEL]
    return next((voice for voice, form in _HEADS if form.match(head)), None)


def _labels(text: str) -> Voice | None:
    """The voice that a sentence begins as a label does, "Chief Constable:" or "PCC response."."""
    found = _label(text)
    if found is None:
        return None
    voice, end = found
    return voice if text[:end].endswith(":") or re.match(r"\W*$|\s*[.:]", text[end:]) else None


def _label(text: str) -> tuple[Voice, int] | None:
    """The voice that the first words name, and where those words end."""
    head = text[:_LABEL]
    matches = ((voice, form.match(head)) for voice, form in _HEADS)
    return next(((voice, match.end()) for voice, match in matches if match), None)


def _is_label(text: str) -> bool:
    """Whether a sentence is a label and nothing else."""
    found = _label(text)
    return found is not None and not any(sign.isalnum() for sign in text[found[1] :])


def _unlabelled(sentence: Sentence, pages: tuple[Page, ...]) -> tuple[str, tuple[Span, ...]]:
    """A sentence without the "Chief Constable:" at its head."""
    first = sentence.spans[0]
    raw = pages[first.page - 1].text[first.start : first.end]
    label = re.match(r"[^.]{0,58}?:\s+", raw) if _LABELLED.match(sentence.text) else None
    if label is None or len(sentence.spans) > 1:
        return sentence.text, sentence.spans
    return " ".join(raw[label.end() :].split()), (
        Span(first.page, first.start + label.end(), first.end),
    )


def _cells(sentence: Sentence, pages: tuple[Page, ...]) -> list[tuple[str, Span]]:
    """The cells of a table row with their spans; one cell for anything else."""
    if len(sentence.spans) != 1:
        return []
    span = sentence.spans[0]
    raw = pages[span.page - 1].text[span.start : span.end]
    found, at = [], span.start
    for cell in raw.split("\t"):
        found.append((" ".join(cell.split()), Span(span.page, at, at + len(cell))))
        at += len(cell) + 1
    return found


def _row(
    cells: list[tuple[str, Span]],
    columns: tuple[Voice | None, ...],
    own: tuple[Voice | None, ...],
) -> Iterator[Said]:
    """The sentences of a row, by the voices of its columns; the header itself says nothing."""
    if not columns or own == columns:
        return
    about = cells[0][0]
    for (text, span), voice in zip(cells, columns, strict=False):
        for start, end in sentence_bounds(text) if voice else ():
            at = Span(span.page, span.start + start, span.start + end)
            yield Said(text[start:end], voice or Voice.COMMISSIONER, (at,), about)
