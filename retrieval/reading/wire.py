"""A reading as JSON and back, strictly: what comes from the parsing process is not trusted."""

import json
from dataclasses import asdict
from typing import Any

from retrieval.documents import Block, BlockKind, Page, Reading, Refused


class MisformedError(ValueError):
    """An answer that is not a reading that holds together."""


def packed(reading: Reading) -> bytes:
    """The reading as JSON."""
    return json.dumps({"reading": asdict(reading)}, ensure_ascii=True).encode()


def packed_refusal(refusal: Refused) -> bytes:
    """The refusal as JSON."""
    return json.dumps({"refused": str(refusal)}).encode()


def unpacked(answer: bytes, *, digest: str) -> Reading:
    """The reading in an answer; a refusal in it is raised, anything else is MisformedError."""
    try:
        content = json.loads(answer)
        if set(content) == {"refused"}:
            raise Refused(" ".join(_text(content["refused"]).split()))
        return _reading(content["reading"], digest)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise MisformedError(str(error)) from error


def _reading(data: dict[str, Any], digest: str) -> Reading:
    _demand(data["digest"] == digest, "another file")
    pages = tuple(_page(number, page) for number, page in enumerate(data["pages"], start=1))
    return Reading(
        digest,
        _text(data["reader"]),
        pages,
        tuple(_text(note) for note in data["notes"]),
        {_text(key): _text(value) for key, value in data["properties"].items()},
    )


def _page(number: int, data: dict[str, Any]) -> Page:
    _demand(data["number"] == number, "a page out of order")
    text = _text(data["text"])
    blocks = tuple(_block(block) for block in data["blocks"])
    _demand("\n".join(text[b.start : b.end] for b in blocks) == text, "blocks beside the text")
    return Page(number, text, blocks, _flag(data["ocr"]))


def _block(data: dict[str, Any]) -> Block:
    start, end = _count(data["start"]), _count(data["end"])
    _demand(start <= end, "a block that ends before it starts")
    return Block(
        BlockKind(data["kind"]),
        start,
        end,
        level=_count(data["level"]),
        continues=_flag(data["continues"]),
        label=_text(data["label"]),
        boxed=_flag(data["boxed"]),
    )


def _text(value: object) -> str:
    _demand(isinstance(value, str), "something that is not text")
    return str(value)


def _count(value: object) -> int:
    if type(value) is not int or value < 0:
        raise MisformedError("something that is not a count")
    return value


def _flag(value: object) -> bool:
    _demand(isinstance(value, bool), "something that is not yes or no")
    return bool(value)


def _demand(holds: bool, found: str) -> None:
    if not holds:
        raise MisformedError(found)
