"""Damage every kind of file in many ways: the answer is a reading or a refusal, never a crash."""

import random
from pathlib import Path

import pytest

from retrieval.documents import Reading, Refused
from retrieval.reading import Limits, read

from .making import SENTENCE, listed, paragraph, pdf_file, word_file, write

_TEXT = f"# Heading\n\n{SENTENCE}\n\n- one\n- two\n\n| a | b |\n| --- | --- |\n| c | d |\n"
_PAGE = f"<html><main><h1>Heading</h1><p>{SENTENCE}</p><table><tr><td>a<td>b</table></main></html>"


def sample(folder: Path, suffix: str) -> bytes:
    path = folder / f"sample{suffix}"
    if suffix == ".pdf":
        pdf_file(path, [[SENTENCE], [SENTENCE]])
    elif suffix == ".docx":
        word_file(path, paragraph(SENTENCE) + listed("one", 1) + listed("two", 1))
    else:
        write(path, _PAGE if suffix == ".html" else _TEXT)
    return path.read_bytes()


def answer(path: Path) -> Reading | Refused:
    try:
        return read(path, Limits(ocr=False, seconds=10))
    except Refused as refusal:
        return refusal


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".html", ".md", ".txt"])
def test_a_file_cut_anywhere_is_read_or_refused(tmp_path: Path, suffix: str) -> None:
    whole = sample(tmp_path, suffix)
    path = tmp_path / f"cut{suffix}"
    for part in range(20):
        path.write_bytes(whole[: len(whole) * part // 20])
        assert isinstance(answer(path), Reading | Refused)


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".html", ".md", ".txt"])
def test_a_file_with_changed_bytes_is_read_or_refused(tmp_path: Path, suffix: str) -> None:
    whole = sample(tmp_path, suffix)
    path = tmp_path / f"changed{suffix}"
    for seed in range(20):
        chance = random.Random(seed)
        damaged = bytearray(whole)
        for _ in range(20):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path.write_bytes(damaged)
        assert isinstance(answer(path), Reading | Refused)
