"""Short keys for passages, drawn by chance so that no document can know or forge one."""

import re
from collections.abc import Callable, Iterable

_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_DIGITS = "23456789"
_SHAPE = (_LETTERS, _LETTERS, _DIGITS, _LETTERS)
KEY = r"[a-z]{2}\d[a-z]"
_GROUP = re.compile(rf"[\[(【]\s*({KEY}(?:[\s,;/&]+(?:and\s+)?{KEY})*)\s*[\])】]")


def drawn(chance: Callable[[str], str], taken: Iterable[str] = ()) -> str:
    """A key such as "kx7f" that is not yet taken; ``chance`` picks one of the letters given."""
    used = set(taken)
    while True:
        key = "".join(chance(signs) for signs in _SHAPE)
        if key not in used:
            return key


def parted(text: str) -> tuple[str, list[str]]:
    """The text without its keys in brackets, and the keys in order.

    >>> parted("They wait 12 days [kx7f, pm2a].")
    ('They wait 12 days.', ['kx7f', 'pm2a'])
    """
    keys = [key for group in _GROUP.findall(text) for key in re.findall(KEY, group)]
    bare = re.sub(r"\s+([.,;:!?])", r"\1", _GROUP.sub(" ", text))
    return " ".join(bare.split()), list(dict.fromkeys(keys))
