"""Text that a person has edited, read back: sentences by voice, each bound to the pack anew."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.responding import promising
from bot.responding.binding import Bonds
from bot.responding.drafting.style import USUAL, Style
from bot.responding.evidence import Pack
from bot.store.cases import Choice
from bot.store.wordings import Sentence, Voice, Wording, Writer
from retrieval.passages import sentence_bounds

_SOURCE = re.compile(r"\s*\((?:[^()]*,\s*)?page \d+\)(?=\W*$)")
_MARK = re.compile(r"^\s*(?:[-*•]\s+|>\s+|\(?[a-z]\)\s+(?=[“\"]))")
_GAP = re.compile(r"\[[^\]]{3,}\]")
_NONE = re.compile(r"\b(?:no (?:further )?action|none|not accepted|rejected)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Line:
    voice: Voice
    text: str


def rebind(text: str, pack: Pack, style: Style = USUAL) -> Wording:
    """The draft that a text says. Labels tell the voices; before any label it is the commissioner.

    What a sentence quotes or restates of the pack is cited again; the rest is its author's own.
    """
    bonds = Bonds(pack.pieces)
    lines = list(_lines(text, style))
    choice, reason = _decision(text, style)
    sentences = tuple(_bound(one, bonds) for line in lines for one in _sentences(line))
    return Wording(sentences, choice, reason, Writer.PERSON)


def cut(text: str) -> list[str]:
    """A paragraph cut into sentences; a quotation of several stays whole."""
    made: list[str] = []
    for start, end in sentence_bounds(text):
        piece = text[start:end]
        if made and made[-1].count("“") > made[-1].count("”"):
            made[-1] = f"{made[-1]} {piece}"
        else:
            made.append(piece)
    return made


def _lines(text: str, style: Style) -> Iterator[_Line]:
    voice = Voice.COMMISSIONER
    for line in filter(None, map(str.strip, text.splitlines())):
        voice, words = _voice(line, style) or (voice, line)
        if words and not _is_decision(words, style):
            yield _Line(voice, words)
        elif _GAP.search(words):
            yield _Line(Voice.COMMISSIONER, words)


def _voice(line: str, style: Style) -> tuple[Voice, str] | None:
    """The voice that a label begins, and what stands behind it on the line."""
    labels = (
        (style.found_label, Voice.INSPECTORATE),
        (style.asked_label, Voice.INSPECTORATE),
        (style.chief_label, Voice.CHIEF_OFFICER),
        (style.own_label, Voice.COMMISSIONER),
    )
    for label, voice in labels:
        found = re.match(rf"[#*\s]*{_any_mark(label)}\s*(?:$|[*:]+\s*)", line, re.IGNORECASE)
        if found:
            return voice, line[found.end() :].strip()
    return None


def _any_mark(label: str) -> str:
    return re.escape(label).replace("’", "['’]")


def _is_decision(line: str, style: Style) -> bool:
    return line.casefold().startswith(f"{style.decision_label.casefold()}:")


def _decision(text: str, style: Style) -> tuple[Choice | None, str]:
    """The choice of the decision line, and the reason that follows when it is none."""
    for line in map(str.strip, text.splitlines()):
        if _is_decision(line, style) and not _GAP.search(line):
            told = line.partition(":")[2].strip()
            first, _, rest = told.partition(".")
            choice = _choice(first)
            return choice, (rest or _because(first)).strip() if choice is Choice.NONE else ""
    return None, ""


def _choice(told: str) -> Choice | None:
    """ "Action taken and proposed" still has something to come, so it is proposed."""
    if _NONE.search(told):
        return Choice.NONE
    if re.search(r"\bproposed\b", told, re.IGNORECASE):
        return Choice.PROPOSED
    return Choice.TAKEN if re.search(r"\btaken\b", told, re.IGNORECASE) else None


def _because(told: str) -> str:
    found = re.search(r"\bbecause\b.*", told, re.IGNORECASE)
    return found.group() if found else ""


def _sentences(line: _Line) -> Iterator[_Line]:
    bare = _SOURCE.sub("", _MARK.sub("", line.text))
    for one in cut(bare):
        yield _Line(line.voice, _SOURCE.sub("", one).strip())


def _bound(line: _Line, bonds: Bonds) -> Sentence:
    gap = bool(_GAP.search(line.text))
    cited = () if gap else tuple(one.cited for one in bonds.cited(line.text))
    promise = line.voice is Voice.COMMISSIONER and promising.is_promise(line.text)
    return Sentence(line.text, line.voice, cited, gap=gap, promise=promise)
