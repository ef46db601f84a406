"""What stands before a list item's words: a bullet's sign, or a printed number or letter."""

import re
from itertools import pairwise

# Signs that are nothing but bullets, among them the private-use ones of symbol fonts.
_SIGNS = "\uf000-\uf0ff•‣⁃∙▪▫■□●○◦◆◇◼◻►▶➢➤❖✓✔·"
_SIGN = re.compile(rf"([{_SIGNS}])\s*")
# Signs that also stand inside sentences: bullets only with a space after them.
_DOUBTFUL = re.compile(r"([–—−‐*-]|o(?= [A-Z\w]))\s+")
_WITHIN = re.compile(rf"\s*[{_SIGNS.replace('·', '')}]\s*")
# "4.", "12)", "4a)", "4a) i)", "(b)", "iv.", "1.2", "1.2.3", but no year and no "5 officers".
_NUMBER = r"\d{1,3}[a-z]?(?:\.\d{1,2})*[.)]|\d{1,2}(?:\.\d{1,2})+|\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})\)"
_LABEL = re.compile(
    rf"((?:{_NUMBER}|[a-h]\.|[ivx]{{1,4}}\.)(?:\s(?:[a-z]|[ivx]{{1,5}})\))?)\s+(?=\S)"
)
DASHES = frozenset("–—−‐-o*")


def parted(text: str) -> tuple[str, str, str]:
    """A text as (bullet sign, printed label, words); "" for what is not there.

    ``parted("4a) i) Check")`` is ``("", "4a) i)", "Check")``.
    """
    sign = _SIGN.match(text) or _DOUBTFUL.match(text)
    if sign:
        return sign[1], "", text[sign.end() :].strip()
    label = _LABEL.match(text)
    if label:
        return "", label[1], text[label.end() :].strip()
    return "", "", text


def is_mark(text: str) -> bool:
    """Whether a text is nothing but a sign or a label."""
    glyph, label, rest = parted(f"{text} x")
    return bool(glyph or label) and rest == "x"


def without_signs(text: str) -> str:
    """A text without the bullets' signs in it."""
    return _WITHIN.sub(" ", text).strip()


def run_together(text: str) -> list[str]:
    """Bullets set in one paragraph, each with its sign again: "• one • two" gives two."""
    starts = [match.start() for match in _WITHIN.finditer(text)]
    cuts = sorted({0, *starts, len(text)})
    return [text[a:b].strip() for a, b in pairwise(cuts) if text[a:b].strip()]
