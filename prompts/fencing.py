"""Text from documents and people between lines that nothing inside can imitate.

Every line inside begins with "> "; the lines of the fence do not, and name a key drawn by chance.
"""

import unicodedata

_BREAKS = {"\n", "\t"}


def fenced(key: str, about: str, text: str) -> str:
    """A stretch of data under its key; ``about`` says in one line what it is."""
    inside = "\n".join(f"> {line}" for line in visible(text).splitlines() if line.strip())
    return f"BEGIN {key}: {one_line(about)}\n{inside}\nEND {key}"


def one_line(text: str) -> str:
    """Text without line breaks or anything unseen."""
    return " ".join(visible(text).split())


def visible(text: str) -> str:
    """Text without control, zero-width, direction and tag characters, which could hide orders."""
    return "".join(
        "\n" if character in "\r\v\f\x85\u2028\u2029" else character
        for character in text
        if character in _BREAKS
        or character in "\r\v\f\x85\u2028\u2029"
        or unicodedata.category(character) not in ("Cc", "Cf", "Co", "Cn", "Cs")
    )
