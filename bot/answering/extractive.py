"""The writer without a model: it picks exact sentences and puts them in order."""

from collections.abc import Iterator, Sequence

from bot.answering.evidence import Line, one_a_page
from bot.answering.writing import Draft, Evidence

MOST = 3  # sentences for a question about one place
_MOST_EACH = 2  # for each place of a comparison
_BEHIND = 0.45  # a further sentence may score this much less than the first


class ExtractiveWriter:
    """Quotes; it says nothing of its own."""

    name = "extractive"
    prompt = ""
    decides = False

    def write(self, question: str, evidence: Sequence[Evidence]) -> Iterator[Draft]:
        """The most telling sentences of each part, the best first, no page twice in a row."""
        del question  # the lines are in its order already
        most = MOST if len(evidence) == 1 else _MOST_EACH
        for part in evidence:
            for line in picked(part.lines, most):
                yield Draft(line.sentence.text, (line,), verbatim=True)


def picked(lines: Sequence[Line], most: int) -> list[Line]:
    """The best line, then the best of other pages that come near it, then of the same pages."""
    if not lines:
        return []
    ordered = [*one_a_page(lines), *lines]
    near = [line for line in ordered if line.score >= lines[0].score - _BEHIND]
    chosen: dict[str, Line] = {}
    for line in near:
        chosen.setdefault(line.sentence.text.casefold(), line)
    return list(chosen.values())[:most]
