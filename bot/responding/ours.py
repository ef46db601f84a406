"""Whose an item is, as its printed addressee says: ours, or somebody else's. Only a proposal."""

import re

_OURS = re.compile(
    r"\b(?:forces?|constabular(?:y|ies)|chief (?:constables?|officers?)|"
    r"(?:police and crime |police, fire and crime )?commissioners?|PCCs?|PFCCs?|"
    r"local policing bod(?:y|ies)|partners?(?:hips?)?|all agencies|agencies|LSCB|LSCP)\b",
    re.IGNORECASE,
)
_FORCE = re.compile(r"(?:[A-Z][\w’'-]+(?: and)? )+(?:Police|Constabulary)\b")
_ELSEWHERE = re.compile(
    r"\b(?:College of Policing|Home (?:Office|Secretary)|National Police Chiefs['’] Council|NPCC|"
    r"Crown Prosecution|CPS|Ministr?y? of Justice|government|National Crime Agency|"
    r"HMICFRS|HMIC|inspectorates?|Independent Office for Police Conduct|IOPC|"
    r"(?:probation|health|ambulance) (?:service|trust|board)s?|health services|NHS|"
    r"Parliament|ministers?)\b",
    re.IGNORECASE,
)


_ANY_FORCE = re.compile(r"(?:the )?(?:force|constabulary)?", re.IGNORECASE)


def judged(addressee: str, force: str, body: str = "") -> tuple[bool, str]:
    """Whether an item is for us, and if not, why. Nobody named: ours, for a person to see.

    ``force`` is the name of our force, without which every force is taken for ours; ``body`` is
    the force that the report is about, whom "the force" means.
    """
    meant = body if body and _ANY_FORCE.fullmatch(addressee) else addressee
    named = [match.group().strip() for match in _FORCE.finditer(meant)]
    if force and named and not any(_same(force, one) for one in named):
        return False, f"Addressed to {meant}."
    if named or not meant or _OURS.search(_ELSEWHERE.sub("", meant)):
        return True, ""
    return (False, f"Addressed to {meant}.") if _ELSEWHERE.search(meant) else (True, "")


def _same(force: str, other: str) -> bool:
    """ "Fernshire Police" and "The Fernshire Police" are one force."""
    return other.casefold().removeprefix("the ") == force.casefold().removeprefix("the ")
