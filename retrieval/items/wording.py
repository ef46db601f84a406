"""How inspectorates put what they ask: asking verbs, who is asked, by when, lists in a line."""

import re
from itertools import pairwise

_VERB = r"(?:should|must|needs?(?: urgently)? to|ha(?:s|ve) to|ought to|(?:is|are) required)"
_ASKING = re.compile(
    rf"\b(?:{_VERB}|needs?(?: to take)? urgent|recommends?(?:ed)?(?: that)?|"
    r"(?:urgent|priority|immediate) action is required)\b",
    re.IGNORECASE,
)
_RECOMMENDS = re.compile(
    r"\b(?:we|I|HMICFRS|HMIC|inspectors?|inspectorates?)\b[^.]{0,60}?\brecommends?(?: that)?\b|"
    r"^to address (?:this|these|the) causes? of concern",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"(?:there (?:are|were|is|was) (?:currently )?(?:no|none)\b|"
    r"(?:we|inspectors|HMICFRS) (?:have |has |had )?(?:made|identified|found|have|did not|do not|"
    r"haven['’]t|didn['’]t|make) ?(?:make |identify |find |identified |made |found )?(?:no|any)\b|"
    r"no )[^.]{0,40}"
    r"\b(?:areas?|causes?|recommendations?|priority actions?|concerns?)\b|"
    r"(?:none|nil|not applicable|n/a)\b(?: identified)?\.?$",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"\((?:now |remains? |still )?(?:closed|discharged|open|removed)\)|"
    r"\b(?:closed|discharged|no longer (?:a|an)\b|removed)\b[^.]{0,60}\bcauses? of concern|"
    r"\bcauses? of concern\b[^.]{0,80}"
    r"\b(?:has|have|is|are)(?: been| now)? (?:closed|discharged|removed)",
    re.IGNORECASE,
)
_INTRODUCES = re.compile(
    r"^there (?:is|are) (?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d+|some|several) "
    r"(?:areas?|causes?|recommendations?)\b[^.]*[:.]$|"
    r"\b(?:following|these|below|these are|we (?:have )?(?:identified|found)|inspectors "
    r"(?:identified|found))\b.{0,80}\b(?:areas?|recommendations?|improvements?|causes?)\b[^.]*[:.]$|"
    r"^(?:areas?|recommendations?|causes?)\b[^.]*:$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])[\"'”’)]?\s+(?=[A-Z“‘(\"'])|(?<=\d\.)(?=[A-Z][a-z])")

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_DATE = (
    rf"(?:(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}"
    rf"(?: \d{{2,4}})?|{_MONTH}(?: \d{{4}})?|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}|(?:19|20)\d\d)"
)
_COUNT = (
    r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|twenty-four|a|an)"
)
_BY_DATE = re.compile(
    r"\b(?:by|no later than|before|not later than) (?:the )?"
    rf"(?:(?:end|start|beginning|middle) of )?{_DATE}",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    rf"\bwithin (?:the next )?{_COUNT} (?:calendar |working )?(?:days?|weeks?|months?|years?)"
    r"(?: (?:of|from|after) (?:the )?(?:publication|date|receipt|receiving)(?: of)?(?: the| this)?"
    r"(?: report| letter| publication)?)?",
    re.IGNORECASE,
)
_AT_ONCE = re.compile(
    rf"\b(?:{_VERB}(?: also)?|recommends? that [^.,;]{{1,60}}?) (immediately)\b|^(immediately)\b|"
    r"\b(with immediate effect|as a matter of urgency)\b",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:(?:by|within|before|no later than)\b[^,]{1,60},\s*|with immediate effect,?\s*|"
    r"to address (?:this|these|the) (?:causes?|areas?) (?:of|for) (?:concern|improvement),?\s*|"
    r"(?:to address|in order to|as a matter)\b[^,]{1,120},\s*|immediately,?\s*|"
    r"(?:and|therefore|we|I|HMICFRS|HMIC)\s(?:therefore\s|also\s|further\s)?|"
    r"recommends?\s(?:that\b,?\s)?(?=\S)|within\s\w+\s\w+\s)+",
    re.IGNORECASE,
)
_WHO = re.compile(
    rf"(?P<who>[^.:;]{{2,160}}?)\s"
    rf"(?:{_VERB}|urgently\b|immediately\b|(?:reviews?|acts?|makes?|ensures?|improves?|takes?|develops?|"
    r"works?|puts?|sets?|provides?|continues?|introduces?)\b)",
)
_REQUIRED_BY = re.compile(
    r"\baction (?:is )?required by (?P<who>.{3,120}?) (?=to\b)|"
    r"\brequired (?:of|by|from) (?P<them>.{3,120}?) (?=to\b)"
)
_BODY = re.compile(
    r"\b(?:forces?|constabular|police|chief|NPCC|College|Home (?:Office|Secretary)|commissioners?|"
    r"PCCs?|PFCCs?|partner|authorit|council|board|services?|leaders?|agenc|inspectorate|trusts?|"
    r"ICB|CCG|government|minist|CPS|mayor|department|NHS|secretary|national|crime agency|"
    r"probation|panel|"
    r"LSCB|LSCP|units?\b|HMICFRS|prosecution|health|managers?|companies|providers?)",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\b(?:that|which|who|is|are|was|were|have|has|had|do|does|not|reports?|they|it|there|this|when|"
    r"while|although|if|because)\b|\b(?:the|a|an|of|and)$",
    re.IGNORECASE,
)
_FAULTED = re.compile(
    r"(?P<who>(?:\S+ ){1,5}?\S+) "
    r"(?:(?:does|is|has|do|are|have)(?:n['’]t| not)|can['’]t|cannot|fails? to)\b"
)
_ARTICLE = re.compile(r"^(?:the|all|that|both)\s+(?=\S)", re.IGNORECASE)
_JOINT = re.compile(r"\s*(?:[;,]\s*(?:and|or)?|;?\s+(?:and|or))\s*$")


def asks(text: str) -> bool:
    """Whether the first sentence, or one that opens a list, asks for something."""
    pieces = sentences(text)
    return bool(pieces) and bool(
        _ASKING.search(pieces[0]) or (text.endswith(":") and _ASKING.search(pieces[-1]))
    )


def recommends(text: str) -> bool:
    """Whether somebody recommends something in so many words: "we recommend that …"."""
    return bool(_RECOMMENDS.search(sentences(text)[0] if text else ""))


def says_nothing(text: str) -> bool:
    """ "There are no areas for priority action" and its like."""
    return len(text.split()) <= 40 and bool(_NOTHING.match(text))


def is_over(text: str) -> bool:
    """Whether a cause of concern is said to be closed."""
    return bool(_OVER.search(text))


def introduces(text: str) -> bool:
    """ "We identified the following areas for improvement:" and its like."""
    return len(text.split()) <= 45 and bool(_INTRODUCES.search(text))


def sentences(text: str) -> list[str]:
    """The text cut after each sentence, also where the space was forgotten after a date."""
    cuts = [0, *(match.end() for match in _SENTENCE.finditer(text)), len(text)]
    pieces = [text[a:b].strip() for a, b in pairwise(cuts)]
    return [piece for piece in pieces if piece]


def deadline(text: str) -> str:
    """By when, as printed: a date, a period or "immediately"; "" when nothing is said."""
    if not asks(text):
        return ""
    asking = next((piece for piece in sentences(text) if _ASKING.search(piece)), text)
    by_date = _BY_DATE.search(asking)
    found = [by_date] if by_date else [_PERIOD.search(asking), _AT_ONCE.search(asking)]
    places = [match.span(match.lastindex or 0) for match in found if match]
    return asking[slice(*min(places))] if places else ""


def addressee(text: str) -> str:
    """Who is asked or faulted, as printed without its article; "" when the words name nobody."""
    faulted = _FAULTED.match(text)
    if faulted and _BODY.search(faulted["who"]) and not _TELLS.search(faulted["who"]):
        return _ARTICLE.sub("", faulted["who"])
    pieces = sentences(text) if asks(text) else []
    asking = next((piece for piece in pieces if _ASKING.search(piece)), "")
    required = _REQUIRED_BY.search(asking)
    if required:
        return _ARTICLE.sub("", required["who"] or required["them"])
    lead = _LEAD.match(asking)
    match = _WHO.match(asking[lead.end() :] if lead else asking)
    who = _ARTICLE.sub("", match["who"].strip(" ,")) if match else ""
    named = _BODY.search(who) and not _TELLS.search(who) and len(who.split()) <= 16
    return who if named else ""


def unjoined(text: str) -> str:
    """A bullet's words without the "; and" that leads to the next."""
    return _JOINT.sub("", text) if text.endswith((";", ",", " and", " or")) else text


def run_together(text: str) -> tuple[str, list[str]]:
    """What comes before a list set in one line, and the list: "… that: a; b; and c"."""
    lead, colon, rest = text.partition(":")
    limbs = re.split(r";\s*(?:and\s+|or\s+)?", rest)
    if not colon or len(limbs) < 2 or not asks(f"{lead}:"):
        return text, []
    return f"{lead}:", [limb.strip() for limb in limbs if limb.strip()]
