"""The sample corpus as tests see it: where it is, and each document as it reads."""

import json
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from retrieval import reading
from retrieval.documents import Reading

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
DOCUMENTS = CORPUS / "documents"
EVALS = ROOT / "tests" / "evals"
NAMES = sorted(path.name for path in DOCUMENTS.iterdir())
LABEL = "Sample document, written for Rejoinder. Fernshire is fictional."
RESTRICTED = "2030-01-01-prepublication-custody-fernshire.pdf"


@cache
def read(name: str) -> Reading:
    return reading.read(DOCUMENTS / name, reading.Limits())


@cache
def pages(name: str) -> tuple[str, ...]:
    """The text of each page, white space folded."""
    return tuple(fold(page.text) for page in read(name).pages)


def fold(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def catalogue() -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = tomllib.loads((CORPUS / "catalogue.toml").read_text("utf-8"))[
        "document"
    ]
    return entries


def questions() -> list[dict[str, Any]]:
    asked: list[dict[str, Any]] = json.loads((EVALS / "sample-questions.json").read_text("utf-8"))
    return asked


def items_of(path: Path) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return gold
