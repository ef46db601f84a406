"""Tests of carrying a reading between two processes."""

import json
from typing import Any

import pytest

from retrieval.documents import Block, BlockKind, Page, Reading, Refused
from retrieval.reading import wire

_BLOCKS = (
    Block(BlockKind.HEADING, 0, 3, level=1, label="1."),
    Block(BlockKind.BULLET, 4, 9, level=2, continues=True, boxed=True),
)
READING = Reading("ab12", "docx", (Page(1, "One\nwords", _BLOCKS),), ("a note",), {"title": "T"})


def test_a_reading_comes_back_as_it_was() -> None:
    assert wire.unpacked(wire.packed(READING), digest="ab12") == READING


def test_a_refusal_comes_back_as_one_line() -> None:
    with pytest.raises(Refused, match=r"^bad file: fetch it$"):
        wire.unpacked(wire.packed_refusal(Refused("bad\nfile:  fetch it")), digest="ab12")


def changed(**page: Any) -> bytes:
    content = json.loads(wire.packed(READING))
    content["reading"]["pages"][0].update(page)
    return json.dumps(content).encode()


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"not JSON",
        b"[]",
        b"{}",
        b'{"reading": {}}',
        b'{"reading": 5}',
        b'{"refused": 5}',
        b"[" * 100_000,
        b"\xff\xfe",
        changed(number=2),
        changed(text=None),
        changed(text="One\nother words"),
        changed(ocr="yes"),
        changed(blocks=[{"kind": "heading"}]),
        changed(blocks=[{"kind": "advert", "start": 0, "end": 9}]),
        changed(blocks=5),
    ],
)
def test_an_answer_that_does_not_hold_together_is_not_taken(answer: bytes) -> None:
    with pytest.raises(wire.MisformedError):
        wire.unpacked(answer, digest="ab12")


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 0), (0, 2.5), (True, 3), (0, 10_000)])
def test_blocks_with_odd_offsets_are_not_taken(start: float, end: float) -> None:
    content = json.loads(wire.packed(READING))
    content["reading"]["pages"][0]["blocks"][0].update(start=start, end=end)
    with pytest.raises(wire.MisformedError):
        wire.unpacked(json.dumps(content).encode(), digest="ab12")


def test_an_answer_about_another_file_is_not_taken() -> None:
    with pytest.raises(wire.MisformedError):
        wire.unpacked(wire.packed(READING), digest="cd34")
