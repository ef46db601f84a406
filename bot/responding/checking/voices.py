"""Three voices kept apart, and nothing that may not be published."""

import re
from collections.abc import Iterator

from bot.responding import promising
from bot.responding.binding import holds
from bot.responding.checking.draft import Draft, Said
from bot.responding.checking.rules import Rule, Seen
from bot.responding.evidence import Piece, Sort
from bot.responding.promising import SELF
from bot.store.wordings import Voice
from retrieval.words import folded

_CHIEF = (Sort.COMMENT, Sort.FORCE)
_SAYING = (
    r"(?:says?|said|tells?|told|reports?|reported|explains?|explained|accepts?|accepted|states?|"
    r"stated|writes?|wrote|expects?|estimates?|promises?|promised|proposes?|plans?|intends?|"
    r"assures?|assured|confirms?|confirmed|comments?|finds?|found|asks?|asked|agreed|describes?|"
    r"predicts?|judges?|judged|admits?|acknowledges?)"
)
_SPEAKERS = (
    (
        Voice.CHIEF_OFFICER,
        re.compile(
            rf"\b(?:chief constable|chief officer|the force|force's|constabulary|"
            rf"DCC [A-Z]\w+|she|he)(?:'s)?(?: \w+ly| own| has| also| now)?"
            rf"(?: {_SAYING}| (?:comments?|audit|figures?|account))\b|"
            r"\baccording to the (?:chief constable|force)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Voice.INSPECTORATE,
        re.compile(
            rf"\b(?:inspectors?|the inspectorate|HMIC\w*|the report)(?: \w+ly| has| also)?"
            rf" {_SAYING}\b|\baccording to (?:the )?(?:inspect\w+|report|HMIC\w*)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Voice.COMMISSIONER,
        re.compile(
            r"\b(?:I|my office|my predecessor|we|the commissioner)(?: \w+ly| also| had)? "
            r"(?:said|promised|wrote|committed|undertook|announced|pledged|answered|found)\b",
            re.IGNORECASE,
        ),
    ),
)
_TESTED = re.compile(
    rf"\b{SELF} (?:\w+ ){{0,3}}(?:check|test|ask|see|seen|verif|satisf|examin|inspect|audit|doubt|"
    r"look|need|want|expect|require|hold|scrutin)\w*|\b(?:evidence|proof|independent\w*)\b",
    re.IGNORECASE,
)
_AS_FORCE = re.compile(
    r"\b(?:my|our) (?:force|officers|sergeants|detectives|constables|call (?:handlers|takers)|"
    r"control room)\b",
    re.IGNORECASE,
)
_WE = re.compile(r"we\b", re.IGNORECASE)
_WHOSE = re.compile(
    r"\b(?:that|which|whom) (?:the )?(?:chief constable|force|she|he)\b", re.IGNORECASE
)
_PLAN = re.compile(r"\b(?:my|the office's|our) (?:police and crime )?plan\b", re.IGNORECASE)
_CLAIMS = 0.5  # share of the force's words in the sentence, from which it restates them
_COPIED = 0.8  # of both one's words, from which it is the force's own sentence
_RUN = 7  # words in a row that are somebody's own


def seen(draft: Draft) -> Iterator[Seen]:
    """Words under the wrong voice, claims taken over unexamined, and what may not be shown."""
    for one in draft.said:
        yield from _restricted(draft, one)
        if one.sentence.voice is Voice.CHIEF_OFFICER:
            yield from _chief(draft, one)
        elif one.sentence.voice is Voice.INSPECTORATE:
            yield from _inspectorate(draft, one)
        else:
            yield from _ascribed(one)
            if found := _AS_FORCE.search(one.text):
                yield Seen(Rule.VOICE, f"“{found.group()}” is how the force speaks", one.place)
            yield from _claimed(draft, one)


def _chief(draft: Draft, one: Said) -> Iterator[Seen]:
    """Only what the chief officer has written stands under their label."""
    comments = [piece.words for piece in draft.pack.of(Sort.COMMENT)]
    if not any(holds(words, one.text) for words in [*comments, " ".join(comments)]):
        yield Seen(Rule.CHIEF_WORDS, "the chief officer's comments do not say this", one.place)


def _inspectorate(draft: Draft, one: Said) -> Iterator[Seen]:
    there = [piece.words for piece in draft.pack.pieces if piece.voice is Voice.INSPECTORATE]
    if not any(holds(words, one.text) for words in [*there, " ".join(there)]):
        yield Seen(Rule.VOICE, "the inspectorate's words do not say this", one.place)


def _ascribed(one: Said) -> Iterator[Seen]:
    """Words that are put to one speaker and are another's."""
    named = [voice for voice, form in _SPEAKERS if form.search(one.text)]
    sources = list(one.quoted[:1]) or one.nearly
    voices = {piece.voice for piece in sources if piece.voice and piece.sort is not Sort.OFFICE}
    if len(named) == 1 and voices and named[0] not in voices and not _office(sources):
        whose = sources[0].voice or Voice.COMMISSIONER
        words = f"it puts to the {_NAME[named[0]]} what are the words of the {_NAME[whose]}"
        yield Seen(Rule.VOICE, words, one.place)


_NAME = {
    Voice.INSPECTORATE: "inspectorate",
    Voice.CHIEF_OFFICER: "chief officer",
    Voice.COMMISSIONER: "commissioner",
}


def _office(sources: list[Piece]) -> bool:
    """Notes of meetings tell what others said."""
    return any(piece.sort in (Sort.OFFICE, Sort.PLAN) for piece in sources)


def _claimed(draft: Draft, one: Said) -> Iterator[Seen]:
    """What the force says, taken over as the commissioner's own knowledge."""
    bond = one.bonds[0] if one.bonds else None
    if bond is None or bond.piece.sort not in _CHIEF or bond.of_sentence < _CLAIMS:
        return
    if (
        promising.is_promise(one.text)
        and not _AS_FORCE.search(one.text)
        and not _WE.match(one.text)
    ):
        return
    forms = (*(form for _, form in _SPEAKERS), _PLAN, _WHOSE)
    ascribed = any(form.search(one.text) for form in forms)
    after = next((other for other in draft.own if other.place == one.place + 1), None)
    tested = _TESTED.search(one.text) or (after and _TESTED.search(after.text))
    copied = min(bond.of_sentence, bond.of_piece) >= _COPIED and not one.quoted
    if not ascribed and (copied or not tested):
        words = "it takes over what the force says without saying so or testing it"
        yield Seen(Rule.FORCE_CLAIM, words, one.place)


def _restricted(draft: Draft, one: Said) -> Iterator[Seen]:
    """Words or facts of a document that may not be published and stand in no other."""
    opened = [piece.words for piece in draft.pack.pieces if piece.open]
    for piece in draft.pack.pieces:
        if piece.open:
            continue
        run = _longest_run(one.text, piece.words)
        nearest = one.nearest is piece and one.bonds[0].of_sentence >= _CLAIMS
        if (run and not any(holds(words, run) for words in opened)) or nearest:
            words = f"it takes from “{piece.cited.title}”, and {piece.closed}"
            yield Seen(Rule.RESTRICTED, words, one.place)
            return


def _longest_run(text: str, words: str) -> str:
    """The first seven words in a row that stand in both, "" for none."""
    said = re.findall(r"[\w'£%.,-]*\w", folded(text))
    for start in range(len(said) - _RUN + 1):
        run = " ".join(said[start : start + _RUN])
        if holds(words, run):
            return run
    return ""
