"""Run a command, and turn every refusal that people can act on into one line and an exit code."""

import argparse
import json
import logging
import sys
from collections.abc import Callable, Iterable
from typing import Any

from bot import settings
from bot.answering.writing import Unwritten
from bot.bootstrap import Parts, StateUnusable
from bot.evaluation import QuestionsWrong
from bot.model import ModelError
from bot.settings import Settings, SettingsWrong
from retrieval.catalogue import CatalogueWrong
from retrieval.documents import Refused
from retrieval.embedding import ModelUnusable
from retrieval.index import IndexBusy
from retrieval.search import NothingIndexed

DONE, NO, WRONG_USE, BROKEN = 0, 1, 2, 3
_IN_WORDS = (
    CatalogueWrong,
    ConnectionError,
    IndexBusy,
    ModelError,
    ModelUnusable,
    NothingIndexed,
    QuestionsWrong,
    Refused,
    SettingsWrong,
    StateUnusable,
    Unwritten,
)

Command = Callable[[argparse.Namespace, Parts], int]


class WrongUse(Exception):
    """A command that was given something it cannot take; the message says what it takes."""


def run(command: Command, given: argparse.Namespace) -> int:
    """The exit code of a command, its refusals said in words on standard error."""
    try:
        chosen = settings.load()
        _set_up_logging(chosen)
        return command(given, Parts(chosen))
    except WrongUse as wrong:
        print(f"rejoinder {given.command}: {wrong}", file=sys.stderr)
        return WRONG_USE
    except _IN_WORDS as refusal:
        print(f"rejoinder {given.command}: {refusal}", file=sys.stderr)
        return BROKEN
    except KeyboardInterrupt:
        print("Stopped. What was finished is kept.", file=sys.stderr)
        return NO


def _set_up_logging(chosen: Settings) -> None:
    """Our own events at the chosen level; other libraries only from warnings up."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s")
    for name in ("bot", "retrieval"):
        logging.getLogger(name).setLevel(chosen.log_level)


def show(data: Any) -> None:
    """One JSON document on standard output."""
    json.dump(data, sys.stdout, ensure_ascii=False, indent=2)
    print()


def say(lines: Iterable[str]) -> None:
    """Lines on standard output."""
    for line in lines:
        print(line, flush=True)
