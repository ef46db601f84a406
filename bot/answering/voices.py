"""Questions that ask for two voices at once: what was found, and what the office said to it."""

import re
from dataclasses import replace

from bot.answering.answers import Answer, Sentence, Shown, Status

FOUND = "What was found"
SAID = "What the office said"
_BOTH = re.compile(
    r"^(?P<found>.+?),?\s+and\s+(?P<said>(?:what|how|when)\s+(?:did|have|has|was|were)\s+"
    r"(?:we|the office|our office|the commissioner|the PCC|our)\b.*)$",
    re.IGNORECASE | re.DOTALL,
)
_SUBJECT = re.compile(r"\b(?:about|on|regarding|concerning|of)\s+(?P<subject>.+)$", re.IGNORECASE)
_NO = (Status.NOT_IN_DOCUMENTS, Status.REFUSED)


def parted(question: str) -> tuple[str, str] | None:
    """The two questions that one asks, each to stand alone; None for a question that is one.

    >>> parted("What was found about custody in 2016, and what did we promise?")
    ('What was found about custody in 2016?', 'what did we promise about custody in 2016?')
    """
    both = _BOTH.match(question.strip().rstrip("?"))
    subject = both and _SUBJECT.search(both["found"])
    if not both or not subject:
        return None
    said = both["said"]
    about = "" if _SUBJECT.search(said) else f" about {subject['subject']}"
    return f"{both['found']}?", f"{said}{about}?"


def joined(question: str, found: Answer, said: Answer) -> Answer:
    """One answer of two, each voice under its own heading; what one lacks is said.

    The caveats are those of one of them: they are for the caller to say anew.
    """
    if found.status in _NO and said.status in _NO:
        return replace(found, question=question)
    whole = found if found.status not in _NO else said
    lacking = found.status in _NO or said.status in _NO
    return replace(
        whole,
        question=question,
        status=Status.PARTLY if lacking else _status(found, said),
        opening=_opening(found, said),
        sentences=(*_under(FOUND, found), *_under(SAID, said)),
        withheld=(*found.withheld, *said.withheld),
        nearest=(),
        searched=_once(found, said),
        certainty=max(found.certainty, said.certainty),
    )


def _status(found: Answer, said: Answer) -> Status:
    for status in (Status.CONFLICTING, Status.PARTLY):
        if status in (found.status, said.status):
            return status
    return Status.ANSWERED


def _opening(found: Answer, said: Answer) -> str:
    if said.status in _NO:
        return f"{found.opening} What the office said to it, they do not say."
    if found.status in _NO:
        return f"{said.opening} What was found, they do not say."
    return found.opening


def _under(heading: str, answer: Answer) -> tuple[Sentence, ...]:
    return tuple(replace(sentence, under=heading) for sentence in answer.sentences)


def _once(found: Answer, said: Answer) -> tuple[Shown, ...]:
    return tuple({shown.key: shown for shown in (*found.searched, *said.searched)}.values())
