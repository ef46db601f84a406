"""Have a file parsed in the sandbox, and say in words when that went wrong."""

import signal
from pathlib import Path

from retrieval.documents import Reading, Refused
from retrieval.reading import sandbox, wire
from retrieval.reading.limits import Limits
from retrieval.reading.sniffing import Format

_READERS = {
    Format.PDF: "PDF",
    Format.DOCX: "Word",
    Format.HTML: "web page",
    Format.MARKDOWN: "Markdown",
    Format.TEXT: "text",
}
_MEND = {
    Format.PDF: "open it and save it again as PDF",
    Format.DOCX: "open it in Word and save it again",
    Format.HTML: "save the page again, or print it to PDF",
    Format.MARKDOWN: "save it again as text in UTF-8",
    Format.TEXT: "save it again as text in UTF-8",
}
_SHORT = "were not enough"


def parsed(path: Path, form: Format, digest: str, limits: Limits) -> Reading:
    """The reading of a file; Refused when the parser refuses it, fails, hangs or swells."""
    task: dict[str, object] = {
        "do": "read",
        "format": form.value,
        "path": str(path.absolute()),
        "digest": digest,
        "max_pages": limits.max_pages,
    }
    outcome = sandbox.run(task, limits=limits, seconds=limits.seconds)
    cause = failure(outcome, limits)
    if not cause:
        try:
            return wire.unpacked(outcome.output, digest=digest)
        except wire.MisformedError:
            cause = "its answer does not hold together"
    state = "too large or damaged" if cause.endswith(_SHORT) else "damaged"
    raise Refused(
        f"{path.name} stopped the {_READERS[form]} reader ({cause}): "
        f"the file may be {state}; {_MEND[form]}"
    )


def failure(outcome: sandbox.Outcome, limits: Limits) -> str:
    """What went wrong in the sandbox ("signal 6"), "" when nothing did."""
    if outcome.stopped:
        bound = f"{limits.seconds} seconds" if outcome.stopped == "time" else "64 MB of text"
        return f"{bound} {_SHORT}"
    if outcome.status == -signal.SIGXCPU:
        return f"{limits.cpu_seconds} seconds of processor time {_SHORT}"
    if outcome.status < 0:
        return f"signal {-outcome.status}"
    return _error(outcome.error or f"status {outcome.status}", limits) if outcome.status else ""


def _error(name: str, limits: Limits) -> str:
    known = {
        "MemoryError": f"{limits.memory_megabytes:,} MB of memory {_SHORT}",
        "ImportError": "a part of it is missing: install Rejoinder again",
        "ModuleNotFoundError": "a part of it is missing: install Rejoinder again",
        "RecursionError": "its parts are nested too deeply",
    }
    return known.get(name, name)
