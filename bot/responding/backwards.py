"""A published response read backwards: which decision it gives on each item, in its own words.

Only the commissioner's voice decides. What the force says is never taken for a decision, and a
reply that decides nothing proposes nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from bot.responding import grading, intake
from bot.responding.duty.rules import Regime
from bot.responding.locating import Words
from bot.store.cases import Case, Choice, Content, Decided, Item, Origin, Read, Role
from retrieval import catalogue, items
from retrieval.dates import find_dates
from retrieval.documents import Kind, Reading
from retrieval.items.parts import Part, parts
from retrieval.items.wording import sentences

_OURS = re.compile(
    r"(?:the )?(?:PCC|PFCC|(?:police(?:,? fire)? and crime )?commissioner|local policing body|"
    r"mayor|our|my)(?:['’]?s['’]?)?\b[^.]{0,40}\b(?:response|comments?|reply)\b|"
    r"(?:what|my|our) (?:I|we) will do\b",
    re.IGNORECASE,
)
_THEIRS = re.compile(
    r"(?:the )?(?:(?:[\w.’'-]+ ){0,4}(?:force|police|constabulary|service)|WMP|chief constable|"
    r"chief officer|[A-Z]{2,5})(?:['’]?s['’]?)?\s(?:response|comments?|reply)\b",
    re.IGNORECASE,
)
_TOLD = re.compile(r"^decision\s*[:–-]\s*(?P<words>.+)$", re.IGNORECASE | re.DOTALL)
_NONE = re.compile(
    r"\b(?:no (?:further )?action\b|(?:do|does|did|will|would) not (?:accept|propose|intend|act)|"
    r"not accepted|reject(?:s|ed)?)\b",
    re.IGNORECASE,
)
_WILL = re.compile(
    r"\b(?:will|shall|propose[sd]?|intend|plans? to|am going to|be asked to)\b", re.IGNORECASE
)
_HAVE = re.compile(
    r"\b(?:(?:have|has) (?:already |now |also )?\w+(?:ed|en|de|one|et|ut|id)\b|taken|already)\b",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(r"\bpublish(?:ed|es)\b", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?P<kind>recommendation|cause of concern|area for improvement)s?\s+(?P<number>\d+\w?)\b",
    re.IGNORECASE,
)
_REPORT = re.compile(r"\bresponse\b.{0,160}?\b(?:to|reports?)\W+(?P<report>PEEL\b.+|[“\"‘'A-Z].+)$")
_MARKERS = re.compile("[⁰¹²³⁴-⁹]+")
_ENDS = re.compile(r"yours (?:sincerely|faithfully)|distribution\b|copy:", re.IGNORECASE)


def answered(case: Case, reading: Reading, file: str) -> tuple[Content, Read]:
    """What a response says of a case, as a proposal, and the response as its document."""
    before = case.latest.content
    document = case.document(reading.digest)
    number = document.number if document else len(case.documents) + 1
    entry = catalogue.propose(reading, file.rsplit("/", 1)[-1]).entry
    own = items.extract(reading)
    origins = [one for one in before.origins if one.of != "response"]
    content = replace(
        before,
        items=_decided(before.items, reading, number),
        response=before.response if before.response_confirmed else own.published,
        origins=(*origins, *_dated("response", own.published_quote, reading)),
    )
    return content, Read(
        reading.digest, file, entry.title, Kind.RESPONSE, Role.RESPONSE, reading.pages
    )


def begun(reading: Reading, file: str, *, force: str = "") -> tuple[Content, Read]:
    """A case made of a response alone, where the report itself is not at hand."""
    entry = catalogue.propose(reading, file.rsplit("/", 1)[-1]).entry
    found = items.extract(reading)
    said = _published(reading, found.published)
    restated = intake.asked(found, reading, force=force)
    content = Content(
        title=_report_in(entry.title),
        kind=Kind.INSPECTION_REPORT,
        rule=Regime.S55.value,
        published=_day(said.quote, found.published) if said else None,
        grades=grading.printed(reading.pages),
        items=_decided(restated, reading, 1),
        response=found.published,
        origins=(
            *((said,) if said else ()),
            *_dated("response", found.published_quote, reading),
        ),
    )
    return content, Read(
        reading.digest, file, entry.title, Kind.RESPONSE, Role.RESPONSE, reading.pages
    )


def _decided(asked: tuple[Item, ...], reading: Reading, document: int) -> tuple[Item, ...]:
    """The items, each with the decision that the response gives on it, where it gives one."""
    run = parts(reading)
    words = Words(reading.pages)
    places = dict(_places(asked, run, words))
    starts = sorted({*places.values(), *_headings(run), len(run)})
    given = {
        number: _decision(_ours(run[place : _after(place, starts)]), words, document)
        for number, place in places.items()
    }
    return tuple(replace(one, decision=given.get(one.id) or one.decision) for one in asked)


def _headings(run: list[Part]) -> Iterator[int]:
    """Where some item is taken up, whether the case has it or not."""
    for place, part in enumerate(run):
        if part.is_heading and _NUMBERED.match(part.text):
            yield place


def _after(place: int, starts: list[int]) -> int:
    return next(one for one in starts if one > place)


def _dated(of: str, quote: str, reading: Reading) -> Iterator[Origin]:
    if quote:
        spans = Words(reading.pages).find(quote)
        yield Origin(of, spans[0].page if spans else 0, quote)


def _report_in(title: str) -> str:
    """The title of the report within that of the response to it."""
    named = _REPORT.search(title)
    return _MARKERS.sub("", named["report"] if named else title).strip()


def _published(reading: Reading, own: date | None) -> Origin | None:
    """The sentence that says when the report was published, with its page; None for none."""
    for part in parts(reading):
        for sentence in sentences(part.text):
            if _PUBLISHED.search(sentence) and _day(sentence, own):
                return Origin("published", part.page, sentence)
    return None


def _day(sentence: str, own: date | None) -> date | None:
    """A full date other than the response's own."""
    days = (one.date for one in find_dates(sentence))
    return next((day for day in days if day and day != own), None)


def _places(items: Sequence[Item], run: list[Part], words: Words) -> Iterator[tuple[int, int]]:
    """Where in the response each item is taken up: by its heading's number, else by its words."""
    for item in items:
        place = _headed(item, run)
        if place is None:
            place = _quoted(item, run, words)
        if place is not None:
            yield item.id, place


def _headed(item: Item, run: list[Part]) -> int | None:
    for place, part in enumerate(run):
        named = _NUMBERED.match(part.text) if part.is_heading else None
        if named and _names(named, item):
            return place
    return None


def _names(named: re.Match[str], item: Item) -> bool:
    kind = named["kind"].lower().replace(" ", "_")
    return kind == item.kind.value and named["number"] == item.number


def _quoted(item: Item, run: list[Part], words: Words) -> int | None:
    spans = words.find(item.text)
    if not spans:
        return None
    quote = " ".join(words.quote(spans).split())[:60]
    return next((place for place, part in enumerate(run) if quote[:40] in part.text), None)


def _ours(stretch: list[Part]) -> list[Part]:
    """The paragraphs under the commissioner's heading, up to the next heading or the end."""
    kept: list[Part] = []
    speaking = False
    for part in stretch:
        if part.is_heading or len(part.text) < 60:
            if _OURS.match(part.text):
                speaking = True
                continue
            if _THEIRS.match(part.text) or part.is_heading or _ENDS.match(part.text):
                speaking = False
        if speaking or _TOLD.match(part.text):
            kept.append(part)
    return kept


def _decision(reply: list[Part], words: Words, document: int) -> Decided | None:
    for part in reply:
        told = _TOLD.match(part.text)
        choice = _choice(told["words"]) if told else None
        if choice:
            return _cited(choice, part.text, words, document)
    said = [sentence for part in _joined(reply) for sentence in sentences(part.text)]
    for choice, form in ((Choice.NONE, _NONE), (Choice.PROPOSED, _WILL), (Choice.TAKEN, _HAVE)):
        for sentence in said:
            if form.search(sentence):
                return _cited(choice, sentence, words, document)
    return None


def _choice(told: str) -> Choice | None:
    """ "Action taken and proposed" still has something to come, so it is proposed."""
    if _NONE.search(told):
        return Choice.NONE
    if re.search(r"\bproposed\b", told, re.IGNORECASE):
        return Choice.PROPOSED
    return Choice.TAKEN if re.search(r"\btaken\b", told, re.IGNORECASE) else None


def _cited(choice: Choice, quote: str, words: Words, document: int) -> Decided | None:
    spans = words.find(quote)
    if not spans:
        return None
    reason = quote if choice is Choice.NONE else ""
    return Decided(choice, reason, document, spans[0].page, quote, spans)


def _joined(run: Sequence[Part]) -> list[Part]:
    """Paragraphs that a column or page end cut in two are read as one."""
    made = list(run[:1])
    for before, part in pairwise(run):
        cut = part.text[:1].islower() and not before.text.endswith((".", ":", "?"))
        if cut:
            made[-1] = replace(made[-1], text=f"{made[-1].text} {part.text}")
        else:
            made.append(part)
    return made
