"""Short names for cases: ``peel-2023-25-fernshire``, ``jtai-2022-barnsley``."""

import re
import unicodedata
from collections.abc import Collection
from datetime import date
from itertools import count

from retrieval.words import STOP

FORM = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?")
"""What a case may be called."""

_PEEL = re.compile(r"\bPEEL\b.*?\b((?:19|20)\d\d)(?:\s?[/–—-]\s?(?:20)?(\d\d)\b)?", re.DOTALL)
_JOINT = re.compile(r"\bjoint targeted area inspection\b", re.IGNORECASE)
_WORDS = 3


def case_id(title: str, place: str, published: date | None, taken: Collection[str]) -> str:
    """A name from what a report says of itself, with a number where it is taken."""
    name = _slug(f"{_about(title, published)} {_place(title, place)}")[:70].strip("-") or "case"
    numbered = (f"{name}-{number}" for number in count(2))
    return name if name not in taken else next(one for one in numbered if one not in taken)


def _about(title: str, published: date | None) -> str:
    year = str(published.year) if published else ""
    peel = _PEEL.search(title)
    if peel:
        return " ".join(part for part in ("peel", *peel.groups()) if part)
    if _JOINT.search(title):
        return f"jtai {year}"
    words = [word for word in _slug(title).split("-") if word not in STOP]
    return " ".join([*words[:_WORDS], year if year not in words[:_WORDS] else ""])


def _place(title: str, place: str) -> str:
    """The place, unless the words before already name it."""
    words = [word for word in _slug(title).split("-") if word not in STOP][:_WORDS]
    named = _slug(place).split("-")
    generic = _PEEL.search(title) or _JOINT.search(title)
    return "" if not generic and set(named) <= set(words) else place


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    plain = re.sub(r"['’]", "", plain).lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
