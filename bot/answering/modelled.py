"""The writer that asks a language model, and believes nothing it says.

The model sees passages under keys drawn by chance and answers sentence by sentence, each with its
keys. A key leads back to a passage, and from there to the sentences nearest in words: those are
what the draft is held against.
"""

import re
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence

from bot.answering.evidence import Line
from bot.answering.keys import KEY, drawn, parted
from bot.answering.plain import plain
from bot.answering.writing import Draft, Evidence, Unwritten
from bot.model import ChatModel, ModelError
from prompts import answer
from retrieval.passages import sentence_bounds
from retrieval.search import Found
from retrieval.words import terms

WORDS = 3500  # of passages in one prompt
_LINES = 3  # that a draft sentence may rest on in one passage
_LONGEST = 4000  # characters without an end: a reply that has run away
_OPEN, _CLOSE = "<think>", "</think>"
# A line ends a sentence; so do its keys, when a new sentence begins behind them.
_CUT = re.compile(rf"\n+|(?:(?<=[\[(]{KEY}[\])])|(?<=[\[(]{KEY}[\])][.;]))[ \t]+(?=[\"“‘'A-Z£\d])")
_NOT_IN_DOCUMENTS = re.compile(r"\W*not in (?:the )?documents\W*", re.IGNORECASE)


class ModelWriter:
    """Writes with ``model``; ``chance`` picks the signs of keys; ``words`` bounds the passages."""

    def __init__(
        self, model: ChatModel, chance: Callable[[str], str] = secrets.choice, words: int = WORDS
    ) -> None:
        self.name = model.name
        self.prompt = answer.digest()
        self.decides = True
        self._model = model
        self._chance = chance
        self._words = words

    def write(self, question: str, evidence: Sequence[Evidence]) -> Iterator[Draft]:
        """Drafts as the reply comes; none for NOT IN DOCUMENTS; Unwritten when it failed."""
        keyed = self._keyed(chosen(evidence, self._words))
        if not keyed:
            return
        known = {_place(line): line for part in evidence for line in part.lines}
        said = False
        for sentence in self._sentences(question, keyed):
            said = True
            yield from _drafts(sentence, keyed, known)
        if not said:
            raise Unwritten(f"The language model {self.name} gave no sentence. Ask again.")

    def _keyed(self, passages: Sequence[Found]) -> dict[str, Found]:
        keyed: dict[str, Found] = {}
        for found in passages:
            keyed[drawn(self._chance, keyed)] = found
        return keyed

    def _sentences(self, question: str, keyed: Mapping[str, Found]) -> Iterator[str]:
        prompt = answer.render(question, [_shown(key, found) for key, found in keyed.items()])
        try:
            yield from sentences(self._model.stream(prompt.system, prompt.user))
        except ModelError as error:
            raise Unwritten(f"The language model could not answer. {error}") from None


def chosen(evidence: Sequence[Evidence], words: int) -> list[Found]:
    """The best passages of each part in turn, as long as they fit; each once, the first always."""
    queues = [list(part.passages) for part in evidence]
    ranked = [
        queue[rank]
        for rank in range(max(map(len, queues), default=0))
        for queue in queues
        if rank < len(queue)
    ]
    taken: dict[str, Found] = {}
    for found in ranked:
        size = len(found.held.passage.text.split())
        if size <= words or not taken:
            taken.setdefault(found.held.passage.key, found)
            words -= size
    return list(taken.values())


def sentences(pieces: Iterator[str]) -> Iterator[str]:
    """A reply cut into sentences with their keys, each as soon as it is complete."""
    held = ""
    for piece in _aloud(pieces):
        *ready, held = _CUT.split(held + piece)
        yield from filter(_telling, ready)
        if len(held) > _LONGEST:
            raise Unwritten("The language model wrote without coming to an end. Ask again.")
    yield from filter(_telling, [held])


def _aloud(pieces: Iterator[str]) -> Iterator[str]:
    """The reply without the thinking that some models put before it."""
    held = ""
    for piece in pieces:
        held += piece
        begun = held.lstrip()[: len(_OPEN)]
        if begun == _OPEN and _CLOSE not in held:
            continue
        if begun == _OPEN or not _OPEN.startswith(begun):
            yield held.partition(_CLOSE)[2] if begun == _OPEN else held
            yield from pieces
            return
    yield "" if held.lstrip().startswith(_OPEN) else held


def _telling(sentence: str) -> bool:
    return any(sign.isalpha() for sign in parted(plain(sentence))[0])


def _drafts(
    sentence: str, keyed: Mapping[str, Found], known: Mapping[tuple[str, int], Line]
) -> Iterator[Draft]:
    text, keys = parted(plain(sentence))
    cited = [keyed[key] for key in keys if key in keyed]
    for said in (text[start:end] for start, end in sentence_bounds(text)):
        if not _NOT_IN_DOCUMENTS.fullmatch(said):
            lines = [line for found in cited for line in nearest(said, found, known)]
            yield Draft(said, tuple(lines), verbatim=False)


def nearest(sentence: str, found: Found, known: Mapping[tuple[str, int], Line]) -> list[Line]:
    """The passage's sentences that hold the draft's words, as few as hold the most.

    Never none: a draft that shares no word with what it cites is held against the first.
    """
    held = [set(terms(line.text)) for line in found.held.passage.sentences]
    wanted, places = _weighed(sentence), list[int]()
    while len(places) < min(_LINES, len(held)):
        gains = [sum(weight for term, weight in wanted.items() if term in one) for one in held]
        best = max(range(len(held)), key=gains.__getitem__)
        if places and not gains[best]:
            break
        places.append(best)
        wanted = {term: weight for term, weight in wanted.items() if term not in held[best]}
    return [known.get((found.held.passage.key, n)) or _line(found, n, sentence) for n in places]


def _weighed(sentence: str) -> dict[str, int]:
    """The draft's words; numbers count threefold, since nothing else stands in for one."""
    return {term: 3 if term[0].isdigit() else 1 for term in terms(sentence)}


def _line(found: Found, place: int, sentence: str) -> Line:
    """A line that the search did not put forward, such as one beside a passage that it found."""
    wanted, held = set(terms(sentence)), set(terms(found.held.passage.sentences[place].text))
    covered = len(wanted & held) / len(wanted) if wanted else 0.0
    cosine = found.lines[place] if place < len(found.lines) else 0.0
    return Line(found, place, cosine=cosine, covered=covered, meets=0.0, score=covered)


def _place(line: Line) -> tuple[str, int]:
    return line.found.held.passage.key, line.place


def _shown(key: str, found: Found) -> answer.Passage:
    entry, passage = found.held.filed.entry, found.held.passage
    return answer.Passage(
        key=key,
        kind=entry.kind.value.replace("_", " "),
        place=entry.place,
        published=entry.published,
        lines=(*passage.trail[-1:], *(line.text for line in passage.sentences)),
    )
