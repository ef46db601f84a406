"""The writer without a model: it picks exact sentences and puts them in order."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.answering.evidence import Line, one_a_page
from bot.answering.expecting import Expected, expected
from bot.answering.writing import Draft, Evidence
from retrieval.passages import leads_in

MOST = 3  # sentences for a question about one place
_MOST_EACH = 2  # for each place of a comparison
_HELD = 0.9  # from here a line holds what is asked for
_AT_HAND = 12
_MOST_LED_IN = 6
_BEHIND = 0.45  # a further sentence may score this much less than the first


class ExtractiveWriter:
    """Quotes; it says nothing of its own."""

    name = "extractive"
    prompt = ""
    decides = False

    def write(self, question: str, evidence: Sequence[Evidence]) -> Iterator[Draft]:
        """The most telling sentences of each part, the best first, no page twice in a row."""
        ours = expected(question).kind is Expected.PROMISE
        most = MOST if len(evidence) == 1 else _MOST_EACH
        for part in evidence:
            for line in picked(_our_voice(part.lines) if ours else part.lines, most):
                for said in (line, *led_in(line)):
                    yield Draft(said.sentence.text, (said,), verbatim=True)


def _our_voice(lines: Sequence[Line]) -> Sequence[Line]:
    """For a promise, what others said is left out where the office's own words are at hand."""
    own = [line for line in lines if line.meets >= _HELD]
    return own if any(line in own for line in lines[:_AT_HAND]) else lines


def led_in(line: Line) -> list[Line]:
    """The bullets or rows that a line leads in to: without them it says nothing."""
    text, passage = line.sentence.text, line.found.held.passage.text
    if not leads_in(text) or not (text.endswith(":") or "\t" in passage):
        return []
    count = len(line.found.held.passage.sentences)
    after = range(line.place + 1, min(count, line.place + 1 + _MOST_LED_IN))
    return [replace(line, place=place) for place in after]


def picked(lines: Sequence[Line], most: int) -> list[Line]:
    """The best line, then the best of other pages that come near it, then of the same pages."""
    if not lines:
        return []
    ordered = [*one_a_page(lines), *lines]
    near = [line for line in ordered if line.score >= lines[0].score - _BEHIND]
    if lines[0].meets >= _HELD:  # beside one that holds what is asked for, one that cannot is noise
        near = [line for line in near if line.meets >= 0.1]
    chosen: dict[str, Line] = {}
    for line in near:
        chosen.setdefault(line.sentence.text.casefold(), line)
    return list(chosen.values())[:most]
