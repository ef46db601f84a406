"""Bytes → text, by rule and not by guess: guessers turn "£5m" into other scripts."""

import codecs
from pathlib import Path

from retrieval.documents import Refused

_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decoded(path: Path) -> tuple[str, tuple[str, ...]]:
    """The file's text and notes on how it was decoded: byte order mark, UTF-8, Windows-1252."""
    raw = path.read_bytes()
    encoding = next((name for mark, name in _MARKED if raw.startswith(mark)), "utf-8")
    text = _attempt(raw, encoding)
    if text is not None:
        return _without_nul(path, text), ()
    text = _attempt(raw, "cp1252")
    if text is None or encoding != "utf-8":
        raise Refused(f"{path.name} is not text in UTF-8 or Windows-1252: save it again as UTF-8")
    return _without_nul(path, text), (
        "the text is not UTF-8 and was read as Windows-1252: check its £ signs and quotation marks",
    )


def _attempt(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _without_nul(path: Path, text: str) -> str:
    if "\0" in text:
        raise Refused(f"{path.name} holds NUL characters and is no text: save it again as text")
    return text
