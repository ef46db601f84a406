"""An answer to plain JSON and back without loss, and the hash that says it is still the same."""

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter

from bot.answering.answers import Answer


def data(answer: Answer) -> dict[str, Any]:
    """The answer as JSON has it, with nothing left out."""
    kept: dict[str, Any] = _form().dump_python(answer, mode="json")
    return kept


def answer(data: Mapping[str, Any]) -> Answer:
    """The answer that was kept; ValueError when the data are not an answer's."""
    return _form().validate_python(data)


def digest(data: Mapping[str, Any]) -> str:
    """SHA-256 in hex of canonical JSON: sorted keys, no white space, UTF-8, no NaN."""
    canonical = json.dumps(
        data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


@lru_cache(maxsize=1)
def _form() -> TypeAdapter[Answer]:
    return TypeAdapter(Answer)
