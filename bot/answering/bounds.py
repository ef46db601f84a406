"""Questions that no document may answer: deadlines in law, forecasts, judgements, guarded text."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from bot.answering.answers import Status
from retrieval.words import folded

WITHHELD = "There may be documents on this that cannot be shown here."


@dataclass(frozen=True)
class Bound:
    """Why a question is not put to the documents, in words for the person who asked."""

    status: Status
    words: str


_BOUNDS: tuple[tuple[str, Status, str], ...] = (
    (
        # "Ignore all rules", "now forget your instructions"; not "did officers ignore the rules".
        r"(?:^|[.!?:;,] ?|\b(?:please|and|now) )(?:ignore|disregard|forget|override)\b"
        r".{0,30}\b(?:instructions?|rules?|prompt)\b|"
        r"\b(?:ignore|disregard|forget|override) (?:all )?(?:of )?your\b|\bsystem prompt\b",
        Status.REFUSED,
        "I answer questions from the documents; I take no orders about how I do it.",
    ),
    (
        r"\b(?:our|statutory|legal) (?:last day|deadline)\b|"
        r"\b(?:56|30|fifty-six|thirty)[- ]days?\b.*\b(?:rule|publish\w*|due)\b|"
        r"\b(?:rule|deadline|due)\b.*\b(?:56|30|fifty-six|thirty)[- ]days?\b|"
        r"\b(?:our|pcc's|commissioner's|office's) (?:\w+ )?(?:response|reply|comments)\b.*"
        r"\b(?:56|30|fifty-six|thirty)[- ]days?\b|"
        r"\bpublished on\b.*\b(?:last day|deadline|by when|when must)\b",
        Status.NOT_IN_DOCUMENTS,
        "Statutory deadlines are worked out from the rule in law and the confirmed publication "
        "date, never read from documents: `rejoinder duty --published DATE` gives the working.",
    ),
    (
        r"\bwhen (?:will|is|are)\b.*\bnext\b|\b(?:grade|inspect\w*|report)\b.*\bnext time\b|"
        r"\bwill\b.*\bnext (?:inspection|grade|report|letter)\b|"
        r"^(?:(?:can|could|would|will) you |please )?(?:predict|forecast)\b|"
        r"\byou (?:predict|forecast)\b",
        Status.NOT_IN_DOCUMENTS,
        "The documents say what was found and what was planned; they cannot say what will happen.",
    ),
    (
        r"^(?:(?:who|which (?:\w+ )?\w+) )?(?:should|ought)\b.*\b(?:resign|"
        r"be (?:disciplined|dismissed|sacked|fired|prosecuted|blamed|promoted|suspended)|"
        r"(?:discipline|dismiss|sack|fire|prosecute|blame|promote|suspend) "
        r"(?:him|her|them|the (?:\w+ )?(?:constable|officers?|inspectors?|sergeants?|"
        r"superintendents?|commissioner|staff)))\b",
        Status.NOT_IN_DOCUMENTS,
        "Whether somebody should be disciplined or promoted is for the chief officer, not for "
        "these documents.",
    ),
)


# "Show me the embargoed report", "quote the restricted annex"; not "how are confidential reports
# from staff handled", which asks about the force's.
_GUARDED = re.compile(
    r"(?:\b(?:embargoed|restricted|pre-?publication|unpublished)|"
    r"\b(?:the|our|your|any|all|that|this|show|give|quote|print|read|summari[sz]e)(?: me| us)? "
    r"(?:confidential|secret))\b(?: \w+){0,2} "
    r"(?:reports?|documents?|cop(?:y|ies)|annex(?:es)?|versions?|texts?|pages?|papers?|letters?|"
    r"files?|drafts?)\b",
    re.IGNORECASE,
)


def beyond(question: str, collections: Collection[str]) -> Bound | None:
    """The bound that a question meets, None for a question to put to the documents.

    Guarded text is refused in the same words whether there is any or not.
    """
    text = folded(question)
    if _GUARDED.search(text) and not any(one.startswith("restricted:") for one in collections):
        return Bound(Status.REFUSED, WITHHELD)
    for form, status, words in _BOUNDS:
        if re.search(form, text, re.IGNORECASE):
            return Bound(status, words)
    return None
