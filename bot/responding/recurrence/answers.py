"""What the office answered to an earlier report: exact sentences of the response that names it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.responding.evidence.speaking import Said, said
from bot.responding.locating import Words
from bot.responding.recurrence import bodies
from bot.responding.recurrence.likeness import Likeness, Wording, wording
from bot.responding.recurrence.raised import Raised
from bot.store.recurrences import Answered
from bot.store.wordings import Voice
from retrieval.documents import Kind
from retrieval.library import Filed, Library, Scope
from retrieval.words import terms

_LEAD = re.compile(r"^.*?\b(?:response|comments|reply)\b.*?\b(?:to|on)\b(?:\s+the\b)?", re.I)
_NUMBERED = re.compile(
    r"(?P<kind>recommendation|cause of concern|area for improvement)s?\s+(?P<number>\d+\w?)\b", re.I
)
_ALIKE = 0.55  # of what was asked with what stands under a heading of the response
_MOST = 3  # sentences that are quoted
_DECIDED = re.compile(r"(?:decision\b|(?:no (?:further )?)?action\b)", re.I)
_COMMON = frozenset(terms("police force constabulary service inspection report the of"))


@dataclass(frozen=True)
class _Part:
    """What a response has under one heading."""

    under: str
    lines: tuple[Said, ...]

    @property
    def text(self) -> str:
        return " ".join([self.under, *(one.text for one in self.lines)])


class Answers:
    """The office's responses that a reader may read, each opened once."""

    def __init__(
        self, library: Library, scope: Scope, likeness: Likeness, places: frozenset[str]
    ) -> None:
        self._library = library
        self._likeness = likeness
        self._places = places
        self._responses = [
            one
            for one in library.admitted(scope)
            if one.entry.kind is Kind.RESPONSE
            and not one.entry.withdrawn
            and bodies.is_on(one.entry, places)
        ]
        self._opened: dict[str, list[_Part]] = {}

    def to(self, raised: Raised) -> tuple[Answered, ...]:
        """What was answered then, in the commissioner's sentences; () where nothing is found."""
        if raised.decided:
            return (raised.decided,)
        for filed in self._responses:
            if _is_after(filed, raised.published) and self._names(filed, raised.title):
                part = self._part(filed, raised)
                return tuple(_quoted(filed, part)) if part else ()
        return ()

    def _names(self, filed: Filed, title: str) -> bool:
        """Whether a response is to the report of that title, by its own title or first pages."""
        told = _telling(_LEAD.sub("", filed.entry.title), self._places)
        meant = _telling(title, self._places)
        numbers = {term for term in meant if term.isdigit()}
        if told and told <= meant and numbers <= told and (numbers or len(told) > 2):
            return True
        return bool(Words(self._library.pages(filed.digest)[:2]).find(title))

    def _part(self, filed: Filed, raised: Raised) -> _Part | None:
        """What stands under the heading that names the item, or is most like it."""
        parts = self._parts(filed)
        named = [part for part in parts if _is_named(part.under, raised)]
        if len(named) == 1:
            return named[0]
        mine = wording(raised.quote, "", self._places)
        others = [Wording(wording(part.text, "", self._places).asked) for part in parts]
        listed = self._likeness.scores(mine, others, [mine, *others])
        best = max(zip(listed, parts, strict=True), key=lambda one: one[0], default=None)
        return best[1] if best and best[0] >= _ALIKE else None

    def _parts(self, filed: Filed) -> list[_Part]:
        if filed.digest not in self._opened:
            self._opened[filed.digest] = list(self._read(filed))
        return self._opened[filed.digest]

    def _read(self, filed: Filed) -> Iterator[_Part]:
        live = self._library.live()
        passages = [one.passage for one in self._library.walk(live, filed.digest)] if live else []
        lines: dict[str, list[Said]] = {}
        for one in said(passages, self._library.pages(filed.digest)):
            lines.setdefault(one.under, []).append(one)
        yield from (_Part(under, tuple(listed)) for under, listed in lines.items() if under)


def _is_after(filed: Filed, day: date) -> bool:
    return bool(filed.entry.published and filed.entry.published >= day)


def _telling(title: str, places: frozenset[str]) -> set[str]:
    """The words of a title that tell it from others."""
    return set(terms(title)) - _COMMON - {term for place in places for term in terms(place)}


def _is_named(heading: str, raised: Raised) -> bool:
    named = _NUMBERED.match(heading)
    kind = named["kind"].lower().replace(" ", "_") if named else ""
    return bool(named and raised.number == named["number"] and raised.kind == kind)


def _quoted(filed: Filed, part: _Part) -> Iterator[Answered]:
    own = [one for one in part.lines if one.voice is Voice.COMMISSIONER]
    told = [one for one in own if terms(one.text)]
    for one in (*told[:_MOST], *(one for one in told[_MOST:] if _DECIDED.match(one.text))):
        yield Answered(
            filed.digest, filed.entry.title, one.spans[0].page, " ".join(one.text.split()),
            one.spans, filed.entry.published,
        )  # fmt: skip
