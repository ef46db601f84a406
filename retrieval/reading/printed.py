"""Tell the printed mark of a list item from its text: "• one", "1. one", "4a) one", "- one"."""

import re

# Glyphs that never start a sentence, the private-use ones of symbol fonts among them.
_GLYPH = re.compile("[•‣⁃∙▪▫■□●○◦◆◇◼◻►▶➢➤❖✓✔·\uf000-\uf0ff\u2212]\\s*")
_DASH = re.compile(r"[-*–—+]\s+")
_STEP = r"\(?(?:[a-z]|[ivx]{2,5})\)"
# "1." "12)" "(3)" "4a)" "4a) i)" "a)" "(b)" "iv." and "1.2" before a capital letter, but neither
# "27.04.17" nor "3.5 million" nor "A. Smith".
_LABEL = re.compile(
    rf"((?:\(?\d{{1,3}}[a-z]?[.)]|{_STEP}|[ivx]{{1,5}}\.)(?:\s{_STEP})?"
    r"|\d{1,3}(?:\.\d{1,3})+\.?(?=\s+[A-Z]))\s+(?=\S)"
)


def without_glyph(text: str) -> tuple[str, bool]:
    """The text after a bullet glyph, and whether there was one."""
    found = _GLYPH.match(text)
    return (text[found.end() :], True) if found else (text, False)


def without_dash(text: str) -> tuple[str, bool]:
    """The text after a dash or asterisk that stands for a bullet, and whether there was one."""
    found = _DASH.match(text)
    return (text[found.end() :], True) if found else (text, False)


def without_label(text: str) -> tuple[str, str]:
    """The text after a printed number or letter, and that label ("" when there is none)."""
    found = _LABEL.match(text)
    return (text[found.end() :], found.group(1)) if found else (text, "")
