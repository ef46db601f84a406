"""The log: events of ours with facts from a list, and of other libraries only where and what class.

Nothing else can get in. A fact is kept when its key is listed and its value is a number, or a word
without spaces that does not look like a secret; the rest is dropped and counted. Records of other
libraries, which print request bodies and tokens, lose their message as they are made, so that no
handler sees it, whoever added it.
"""

import json
import logging
import re
import secrets
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, cast

import structlog
from structlog.contextvars import bound_contextvars, merge_contextvars
from structlog.typing import EventDict

EVENTS = "rejoinder"
"""The logger of our own events."""

NUMBERS = frozenset({
    "after", "answered", "attempt", "attempts", "channels", "characters", "citations", "code",
    "count", "documents", "files", "http_status", "ok", "pages", "passages", "people", "pid",
    "port", "questions", "seconds", "sentences", "tokens", "tries", "waiting", "withheld",
})  # fmt: skip
WORDS = frozenset({
    "action", "address", "answer", "channel", "check", "collection", "command", "delivery",
    "document", "error", "event_id", "figure", "generation", "job", "kind", "lane", "logger",
    "message", "method", "mode", "model", "outcome", "passage", "person", "prompt", "question",
    "reason", "reference", "replica", "setting", "signal", "status", "step", "team", "thread",
    "version", "view", "where",
})  # fmt: skip
"""Ids, names out of our code, and hashes: "question" is a question's id, never its words."""

# "question received", "socket lost": what a person wrote is seldom four words of small letters.
_EVENT = re.compile(r"[a-z]{2,20}(?:[ -][a-z]{1,20}){0,3}")
# C024BE91L, openai:gpt-5-mini, jobs.py:145; m:C1:17.2@3.failed, but not priya@office.example.
_WORD = re.compile(r"(?:[A-Za-z0-9_.:/#+-]|@(?=[0-9])){1,100}")
_SECRET = re.compile(r"(?<![a-z0-9])(?:xox[a-z]|xapp|xwfp|sk|gh[ps])[-_]", re.IGNORECASE)
_MOST = 10**15  # more is no count, nor is "not a number", which is not below it
_UNNAMED = "unnamed event"
_FACTS = "_rejoinder_facts"
_SPOKEN = "234679CDFGHJKMNPQRTVWXYZ"  # no two alike to the eye, no vowels to make a word of

Facts = dict[str, str | int | float | None]


def get() -> structlog.stdlib.BoundLogger:
    """A log of events: ``logs.get().info("question received", question=question.id)``.

    Within an ``except``, ``exception`` adds the error's class and place, not its message.
    """
    wrapped = structlog.wrap_logger(
        logging.getLogger(EVENTS),
        processors=[structlog.stdlib.filter_by_level, merge_contextvars, _handed_on],
        wrapper_class=structlog.stdlib.BoundLogger,
        context_class=dict,
    )
    return cast(structlog.stdlib.BoundLogger, wrapped)


def about(**facts: object) -> AbstractContextManager[None]:
    """Every event within has these facts too, in this thread: ``with about(reference=…):``."""
    return bound_contextvars(**facts)


def reference(choose: Callable[[str], str] = secrets.choice) -> str:
    """A reference that people can read out, such as R-7K3Q-2M; one in 190 million."""
    drawn = "".join(choose(_SPOKEN) for _ in range(6))
    return f"R-{drawn[:4]}-{drawn[4:]}"


def is_plain(value: str) -> bool:
    """Whether it is one word that may be logged: not a sentence and not a secret."""
    return bool(_WORD.fullmatch(value)) and not _SECRET.search(value)


def facts(record: logging.LogRecord) -> Facts:
    """The facts of a record that a handler has been given; empty when it has none."""
    return dict(record.__dict__.get(_FACTS, {}))


def set_up(level: str) -> None:
    """Log to standard error: our events from ``level`` up, other libraries from warnings up.

    One JSON document a line; on a terminal, words. Called again, the last call counts.
    """
    put_back()
    logging.setLogRecordFactory(_reduced)
    root = logging.getLogger()
    root.setLevel(logging.WARNING)
    root.addHandler(_Lines(_for_people if sys.stderr.isatty() else json.dumps))
    logging.getLogger(EVENTS).setLevel(level)


def put_back() -> None:
    """Log as if ``set_up`` had not been called."""
    root = logging.getLogger()
    for handler in [each for each in root.handlers if isinstance(each, _Lines)]:
        root.removeHandler(handler)
    logging.setLogRecordFactory(logging.LogRecord)
    logging.getLogger(EVENTS).setLevel(logging.NOTSET)


def watch_threads() -> None:
    """A thread that ends in an error is an event; Python would print the error's message."""
    threading.excepthook = _ended


def _ended(thread: threading.ExceptHookArgs) -> None:
    if thread.exc_type is not SystemExit:
        get().error("thread ended", exc_info=thread.exc_value)


def _handed_on(_: logging.Logger, __: str, event: EventDict) -> Mapping[str, Any]:
    """What is left of an event, as arguments for the logger that it goes to."""
    name = str(event.pop("event", ""))
    kept, dropped = _kept({**event, **_failure(event.pop("exc_info", None))})
    if not _EVENT.fullmatch(name):
        name, dropped = _UNNAMED, dropped + 1
    if dropped:
        kept["dropped"] = dropped
    return {"msg": name, "extra": {_FACTS: kept}}


def _kept(given: Mapping[str, object]) -> tuple[Facts, int]:
    """The facts that may be logged, and how many may not."""
    kept: Facts = {}
    for key, value in given.items():
        if isinstance(value, int | float) and key in NUMBERS and abs(value) < _MOST:
            kept[key] = value
        elif isinstance(value, str) and key in WORDS and (is_plain(value) or not value):
            kept[key] = str(value)
        elif value is None and key in NUMBERS | WORDS:
            kept[key] = None
        elif isinstance(value, BaseException) and key == "error":
            kept[key] = type(value).__name__
    return kept, len(given.keys() - kept.keys())


def _failure(info: object) -> dict[str, object]:
    """Class and place of an error, however it was handed to a logger; empty without one."""
    error = sys.exc_info()[1] if info is True else info[1] if isinstance(info, tuple) else info
    if not isinstance(error, BaseException):
        return {}
    return {"error": error, **_place(error.__traceback__)}


def _place(trace: TracebackType | None) -> dict[str, object]:
    frames = list(traceback.walk_tb(trace))
    if not frames:
        return {}
    frame, line = frames[-1]
    return {"where": _short(frame.f_code.co_filename, line)}


def _short(path: str, line: int) -> str:
    return f"{'/'.join(Path(path).parts[-2:])}:{line}"


def _reduced(*given: Any, **more: Any) -> logging.LogRecord:
    """A record as it was logged when it is ours, without its message when it is not."""
    record = logging.LogRecord(*given, **more)
    if record.name != EVENTS:
        record.__dict__[_FACTS] = _origin(record)
        record.msg, record.args = "(message withheld)", None
        record.exc_info = record.exc_text = record.stack_info = None
    return record


def _origin(record: logging.LogRecord) -> Facts:
    place = {"where": _short(record.pathname, record.lineno)}
    return _kept({"logger": record.name, **place, **_failure(record.exc_info)})[0]


class _Lines(logging.Handler):
    """One line a record, on what is standard error at that moment."""

    def __init__(self, written: Callable[[dict[str, Any]], str]) -> None:
        super().__init__()
        self._written = written

    def filter(self, record: logging.LogRecord) -> bool:
        return record.name == EVENTS or record.levelno >= logging.WARNING

    def emit(self, record: logging.LogRecord) -> None:
        try:
            sys.stderr.write(f"{self._written(_told(record))}\n")  # in one: a kill cuts no line
            sys.stderr.flush()
        except (OSError, ValueError):
            return  # nobody reads the log any more: no reason to stop working


def _told(record: logging.LogRecord) -> dict[str, Any]:
    ours = record.name == EVENTS and _FACTS in record.__dict__
    return {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "event": record.msg if ours else "library",
        **(facts(record) or ({} if ours else _origin(record))),
    }


def _for_people(told: dict[str, Any]) -> str:
    written = structlog.dev.ConsoleRenderer(colors=False, sort_keys=False, timestamp_key="time")
    return written(None, "", told)
