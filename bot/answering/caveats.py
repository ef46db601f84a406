"""What a reader should know about the sources before relying on an answer."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.answering.answers import Sentence
from bot.answering.premises import GRADES
from retrieval.library import Filed

_OLD_YEARS = 3
_NEW_SCALE = 2021  # the five-step scale came with the PEEL cycle of 2021/22
_GRADING = re.compile(rf"\b(?:grad|rat|judg)\w*\b.*\b(?:{'|'.join(GRADES)})\b", re.IGNORECASE)


def about(
    sentences: Sequence[Sentence], filed: Mapping[str, Filed], now: datetime, *, quoting: bool
) -> tuple[str, ...]:
    """Caveats on the documents that these sentences cite, in the order of their weight."""
    digests = dict.fromkeys(one.document for line in sentences for one in line.citations)
    cited = [filed[digest] for digest in digests if digest in filed]
    said = [_scales(sentences, cited), _age(cited, now), _unconfirmed(cited), _recognised(cited)]
    if quoting:
        said.append("No language model is set up: the sentences are the documents' own.")
    return tuple(filter(None, said))


def _scales(sentences: Sequence[Sentence], cited: Sequence[Filed]) -> str:
    years = [one.entry.year for one in cited if one.entry.year]
    graded = any(_GRADING.search(line.text) for line in sentences)
    if graded and years and min(years) < _NEW_SCALE <= max(years):
        return (
            "Grades before 2021/22 are on a four-step scale and may not be compared "
            "with later ones."
        )
    return ""


def _age(cited: Sequence[Filed], now: datetime) -> str:
    dates = [one.entry.published for one in cited if one.entry.published]
    if dates and max(dates).year <= now.year - _OLD_YEARS:
        return f"The newest source is from {max(dates):%B %Y}; things may have changed since."
    return ""


def _unconfirmed(cited: Sequence[Filed]) -> str:
    names = [one.name for one in cited if not one.entry.confirmed]
    if not names:
        return ""
    return f"Title and date not yet confirmed by a person: {', '.join(names)}."


def _recognised(cited: Sequence[Filed]) -> str:
    names = [one.name for one in cited if one.reader == "pdf-ocr"]
    return f"Read in part by character recognition: {', '.join(names)}." if names else ""
