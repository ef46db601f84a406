"""Prompt files: a part for the system, a part for the user, and a hash that says which wording."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_PARTS = re.compile(r"\A# System\n(?P<system>.*?)\n# User\n(?P<user>.*)\Z", re.DOTALL)
_VALUE = re.compile(r"\{\{(\w+)\}\}")


@dataclass(frozen=True)
class Prompt:
    """What is sent. ``digest`` is the SHA-256 of the prompt's file, in hex."""

    system: str
    user: str
    digest: str


def filled(name: str, **values: str) -> Prompt:
    """The prompt of ``prompts/<name>.md`` with its values.

    ValueError for a value that is missing, blank, or that the file has no place for.
    """
    template = _read(name)
    match = _PARTS.match(template)
    if match is None:
        raise ValueError(f"prompts/{name}.md needs the headings “# System” and “# User”.")
    places = set(_VALUE.findall(template))
    if places != set(values):
        raise ValueError(f"prompts/{name}.md takes {sorted(places)} and was given {sorted(values)}")
    blank = sorted(key for key, value in values.items() if not value.strip())
    if blank:
        raise ValueError(f"prompts/{name}.md was given nothing for {blank}")
    return Prompt(_put(match["system"], values), _put(match["user"], values), digest(name))


def digest(name: str) -> str:
    """The SHA-256 of the prompt's file in hex."""
    return hashlib.sha256(_read(name).encode()).hexdigest()


@cache
def _read(name: str) -> str:
    return Path(__file__).with_name(f"{name}.md").read_text(encoding="utf-8")


def _put(part: str, values: Mapping[str, str]) -> str:
    """Values are put in all at once, so that one value cannot hold a place for another."""
    return _VALUE.sub(lambda place: values[place[1]], part).strip()
